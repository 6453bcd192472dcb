"""Taking: what becomes of a mail: a ticket, a word on one, or nothing. Done again after a crash, it is the same."""

import asyncio
import hashlib
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Engine
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.audience.mail import Waiting, instants
from domain.people.actors import SYSTEM
from domain.ticket.commands import Command, CommandKind
from domain.ticket.numbers import numbers
from domain.ticket.opening import Customer, Opening
from gateway.tickets import EndedError, Gateway
from mailroom import words
from mailroom.apart import LONG_S, SHORT_S, taken_apart
from mailroom.chats import as_mail
from mailroom.filing import Filing
from mailroom.mails import Mail
from policies.loader import load_calendar, load_schedule
from runtime.channel_settings import PRODUCTS
from runtime.failpoints import reached
from runtime.settings import Settings
from store.mail import threads
from store.mail.tending import MOST_TRIES, Done, Undone
from store.mail.threads import About, Writer
from store.models import Became
from store.queries.tickets import opened_with
from store.registry.customers import customer_name

#: Of one sender so many mails an hour open a ticket each, of all so many; what comes beyond the first stands on their
#: last ticket, beyond the second waits.
_OF_ONE, _OF_ALL, _WITHIN = 10, 120, timedelta(hours=1)
#: A report is taken as of when it came; older ones as of so long ago.
_OLDEST = timedelta(days=31)
#: Ids of commands are made of mails in this space.
_SPACE = uuid.UUID("6f1d6f0e-5b1c-4a53-9d61-0d5c1f4b8f3e")


class TooManyError(Exception):
    """So many tickets were opened of mails that this one waits."""


class AwaitedError(Exception):
    """It answers a mail of which nothing has become yet."""


class CostlyError(Exception):
    """It could not be taken apart in the time that nearly all take: others come before it."""


@dataclass(frozen=True, slots=True)
class Taking:
    """Takes mails, one after the other."""

    settings: Settings
    engine: Engine
    tickets: Gateway

    async def take(self, undone: Undone, now: datetime) -> Done:
        """What becomes of it.

        Raises:
            TooManyError, AwaitedError, CostlyError: not yet.
        """
        mail = await asyncio.to_thread(self._read, undone)
        if mail is None:
            return Done(Became.UNREADABLE, due_at=self.clock(undone.id, undone.came_at).rungs[1])
        title = words.title_of(mail)
        its = Done(Became.NOISE, mail.sender, mail.name, mail.id, title, mail.noise, vouched=mail.vouched)
        if mail.noise:
            return its
        if undone.tries > 1 and (number := await self._found(undone)):
            return self._waits(undone, replace(its, ticket=number))
        refers = [each for each in mail.refers if each != mail.id]
        if await asyncio.to_thread(threads.is_awaited, self.engine, refers, undone):
            raise AwaitedError
        about = await asyncio.to_thread(self._about, mail, refers)
        if about and about.is_open and await self._said(undone, mail, about.number, now):
            return replace(its, became=Became.SAID, ticket=about.number)
        lately = partial(threads.opened_lately, self.engine, mail.sender, now - _WITHIN, vouched=mail.vouched)
        many, last = await asyncio.to_thread(lately)
        if many >= _OF_ONE and last and await self._said(undone, mail, last, now):
            return replace(its, became=Became.FOLDED, ticket=last)
        return self._waits(undone, replace(its, ticket=await self._opened(undone, mail, about, now)))

    def _waits(self, undone: Undone, its: Done) -> Done:
        """It was opened, and somebody is to take it."""
        return replace(its, became=Became.OPENED, due_at=self.clock(undone.id, undone.came_at).rungs[1])

    async def _found(self, undone: Undone) -> str | None:
        """The ticket that was opened of it before somebody died."""
        first = next(numbers(_key(undone)))
        return first if await self._key_of(first) == _key(undone) else None

    def _about(self, mail: Mail, refers: list[str]) -> About | None:
        if mail.about is not None:
            return threads.as_it_stands(self.engine, mail.about)
        return threads.about(self.engine, refers, mail.subject, mail.sender)

    def _read(self, undone: Undone) -> Mail | None:
        if not undone.raw or undone.tries > MOST_TRIES:
            return None
        if undone.mailbox in PRODUCTS:
            return as_mail(undone.raw)
        ours, trusted = self._own(), self.settings.trusted_servers()
        is_first = undone.tries == 1
        mail = taken_apart(undone.raw, ours=ours, trusted=trusted, seconds=SHORT_S if is_first else LONG_S)
        if mail is None and is_first:
            raise CostlyError
        return mail

    def _own(self) -> list[str]:
        """What comes from these comes from ourselves."""
        return [*self.settings.own_addresses(), *self.settings.sends_as()]

    def clock(self, id_: str, came_at: datetime) -> Waiting:
        """By when somebody takes it, and who is told meanwhile when."""
        return Waiting(id_, instants(came_at, load_calendar(self.settings.mailbox_hours), load_schedule()))

    async def _said(self, undone: Undone, mail: Mail, number: str, now: datetime) -> bool:
        """Whether it stands on the ticket, or is on its way there."""
        kept, left = await self._filed(undone, mail, number, mail.own, now)
        text = words.shown(mail.own, [*left, *mail.lacking], is_cut=undone.cut)
        data = {"writer": words.writer_of(mail), "subject": words.title_of(mail), "text": text, "vouched": mail.vouched}
        data |= {"attachments": kept} if kept else {}
        command = Command(str(uuid.uuid5(_SPACE, undone.id)), CommandKind.TAKE_MAIL, SYSTEM, now, data=data)
        try:
            await self.tickets.submit(number, command)
        except EndedError:
            return False
        reached("mailed")
        return True

    async def _filed(
        self, undone: Undone, mail: Mail, number: str, text: str, now: datetime
    ) -> tuple[list[str], list[str]]:
        files = (*mail.files, words.whole(mail)) if words.is_long(text) else mail.files
        filing = Filing(self.settings, self.engine)
        return await asyncio.to_thread(filing.file, undone.id, number, files, now)

    async def _opened(self, undone: Undone, mail: Mail, about: About | None, now: datetime) -> str:
        """The number of its ticket, the first of its numbers that no other has."""
        for number in numbers(_key(undone)):
            taken = await self._key_of(number)
            if taken is None:
                try:
                    await self.tickets.open(await self._opening(undone, mail, about, number, now))
                except WorkflowAlreadyStartedError:
                    taken = await self._key_of(number)
                else:
                    return number
            if taken == _key(undone):
                return number
        raise TooManyError

    async def _key_of(self, number: str) -> str | None:
        """What the ticket of that number was opened with; None: there is none."""
        if row := await asyncio.to_thread(opened_with, self.engine, number):
            return row.key
        try:
            return (await self.tickets.opened_with(number)).key
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise

    async def _opening(self, undone: Undone, mail: Mail, about: About | None, number: str, now: datetime) -> Opening:
        """The report, taken by nobody: of a caller who is not known, unless a server that we trust vouches for them."""
        received_at = min(max(undone.came_at, now - _OLDEST), now)
        known = await asyncio.to_thread(threads.writer, self.engine, mail.sender, received_at, mail.person)
        many, _ = await asyncio.to_thread(threads.opened_lately, self.engine, None, now - _WITHIN)
        if many >= _OF_ALL and not (mail.vouched and known and known.customer):
            raise TooManyError
        _, left = await self._filed(undone, mail, number, mail.whole, now)
        text = words.shown(words.with_who(mail, known), [*left, *mail.lacking], is_cut=undone.cut)
        customer, contract = await asyncio.to_thread(self._party, mail, known)
        return Opening(
            number=number,
            contract=contract,
            title=words.title_of(mail),
            description=text,
            channel="mail" if mail.person is None else "chat",
            customer=customer,
            contact=words.contact_of(mail, known),
            opener=SYSTEM,
            accepted_at=now,
            received_at=received_at,
            key_hash=_key(undone),
            body_hash=_key(undone),
            follows=about.number if about and customer.id and about.customer == customer.id else None,
        )

    def _party(self, mail: Mail, known: Writer | None) -> tuple[Customer, str]:
        """Whose report it is, and the contract, where both are beyond doubt."""
        if mail.vouched and known and known.customer and known.contract:
            name = customer_name(self.engine, known.customer)
            if name is not None:
                return Customer(known.customer, name), known.contract
        return Customer(None, words.writer_of(mail)), self.settings.mailbox_contract


def _key(undone: Undone) -> str:
    """Under which its ticket is opened."""
    return hashlib.sha256(f"mail {undone.id}".encode()).hexdigest()
