"""Finding a ticket: the read model first, then Temporal, for a ticket may be younger than its row."""

import asyncio
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from api.backend import Backend
from api.http.problems import not_found
from api.tickets.documents import TicketDocument
from api.tickets.numbers import FORM
from domain.audience.authority import concerns
from domain.people.actors import Actor
from domain.ticket.opening import Opening
from domain.ticket.stages import Stage
from gateway.tickets import PATIENCE_S
from store.models import TicketRow
from store.queries.tickets import ticket
from store.registry.contracts import pack_of


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket that exists for the caller: its row, or while there is none, the report it was opened with."""

    of: TicketRow | Opening

    @property
    def number(self) -> str:
        """The ticket's number."""
        return self.of.number

    @property
    def customer(self) -> str | None:
        """Whose ticket it is; None: a caller not known yet."""
        return self.of.customer.id if isinstance(self.of, Opening) else self.of.customer_id

    @property
    def vendors(self) -> tuple[str, ...]:
        """Who may see it because of a case of theirs."""
        return () if isinstance(self.of, Opening) else self.of.vendors

    @property
    def seq(self) -> int:
        """The entry that the read model stands at."""
        return 0 if isinstance(self.of, Opening) else self.of.seq

    @property
    def is_closed(self) -> bool:
        """Whether the read model has it closed."""
        return not isinstance(self.of, Opening) and self.of.stage is Stage.CLOSED

    @property
    def assignee(self) -> str | None:
        """Who is in charge, as far as the read model knows."""
        return None if isinstance(self.of, Opening) else self.of.assignee

    def document(self, viewer: Actor) -> TicketDocument:
        """As somebody gets it."""
        of = self.of
        return TicketDocument.unprojected(of, viewer) if isinstance(of, Opening) else TicketDocument.of(of, viewer)

    def pack(self, behind: Backend) -> str:
        """The contract pack that rules it."""
        if isinstance(self.of, TicketRow) and self.of.pack is not None:
            return self.of.pack
        return pack_of(behind.reads, self.customer, self.of.contract)


async def find(behind: Backend, actor: Actor, number: str) -> Found:
    """The ticket as it can be known at once; 404 where it does not exist for the actor."""
    if not FORM.fullmatch(number):
        raise not_found()
    row = await run_in_threadpool(ticket, behind.reads, actor, number)
    if row is not None:
        return Found(row)
    async with asyncio.timeout_at(patience()):
        opening = await behind.tickets.opening(number)
    if opening is None or not concerns(actor, opening.customer.id):
        raise not_found()
    return Found(opening)


async def find_projected(behind: Backend, actor: Actor, number: str) -> Found:
    """The ticket as the read model has it, if that comes to know it within the patience of a caller."""
    found = await find(behind, actor, number)
    if isinstance(found.of, TicketRow):
        return found
    return await wait_for_row(behind, actor, number, patience()) or found


async def wait_for_row(behind: Backend, actor: Actor, number: str, deadline: float) -> Found | None:
    """The ticket as soon as the read model has it; None at the deadline."""
    with behind.news.about(number) as news:
        try:
            async with asyncio.timeout_at(deadline):
                while (row := await run_in_threadpool(ticket, behind.reads, actor, number)) is None:
                    await news.get()
                return Found(row)
        except TimeoutError:
            return None


def patience() -> float:
    """When, on the event loop's clock, a caller who asks now has waited long enough."""
    return asyncio.get_running_loop().time() + PATIENCE_S
