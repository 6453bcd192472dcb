"""A ticket, as one document and as a line of a list."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from api.http.documents import PERHAPS, Document, Plain
from api.http.instants import Shown
from api.tickets.legs import LegDocument
from domain.audience.visibility import COUNTS, TICKET, only
from domain.audience.watch import Trouble
from domain.people.actors import Actor
from domain.ticket.stages import Stage
from store.models import TicketRow
from store.queries.relations import Relations
from store.queries.tickets import COUNTED, OfLevel
from store.registry.names import Names
from store.watch.findings import Standstill


class CustomerShown(Document):
    """``id`` is null for a caller not known yet."""

    id: str | None
    name: str


class ContactShown(Document):
    """Whom to call back."""

    name: str
    phone: str


class NextDue(Document):
    """The open promise that falls, or fell, due first."""

    key: str
    due_at: Shown


class CallShown(Document):
    """Somebody is called to answer for the ticket, since then. ``answered_by``: who has it; null: nobody yet.

    ``id``: the entry that began it.
    """

    id: int
    since: Shown
    answered_by: str | None
    answered_by_name: str | None

    @classmethod
    def of(cls, row: TicketRow, names: Names) -> Self | None:
        """Of a row; None: nobody is called."""
        if row.call is None or row.called_since is None:
            return None
        name = names.get(row.answered_by or "")
        return cls(id=row.call, since=row.called_since, answered_by=row.answered_by, answered_by_name=name)


class TicketLine(Document):
    """A ticket in a list. What is not for the caller is absent.

    ``paused_until``: when the pause ends by itself. ``waits_since``: the oldest of what the customer is asked.
    ``work``: what waits for others of ours. ``late``: how many promises were broken, also those kept later.
    """

    number: str
    seq: int
    stage: Stage
    level: str | None
    contract: str = PERHAPS
    pack: str | None = PERHAPS
    title: str
    customer: CustomerShown
    assignee: str | None
    assignee_name: str | None = PERHAPS
    paused: str | None = PERHAPS
    paused_until: Shown | None = PERHAPS
    proposed: Stage | None = PERHAPS
    waits_for: tuple[str, ...] = PERHAPS
    waits_since: Shown | None = PERHAPS
    work: tuple[str, ...] = PERHAPS
    late: int = PERHAPS
    call: CallShown | None = PERHAPS
    next_due: NextDue | None = PERHAPS
    drill: bool
    received_at: Shown
    resolved_at: Shown | None
    closed_at: Shown | None
    ended_as: str | None
    service: str | None = PERHAPS
    category: str | None = PERHAPS
    updated_at: Shown

    @classmethod
    def of(cls, row: TicketRow, viewer: Actor, names: Names) -> Self:
        """Of a row, for somebody."""
        return cls(**only(viewer, TICKET, _values(row, cls, names)))


class StandstillDocument(Document):
    """What the watchdog finds to stand still of a ticket, and since when."""

    trouble: Trouble
    reason: str
    since: Shown


class TicketDocument(TicketLine):
    """A ticket.

    ``other_contacts``: of other reports of the same fault, that were merged into it.

    ``projected`` is false, and ``seq`` 0, until the read model has it: then all is as reported.
    """

    projected: bool
    agreed_contract: str | None = PERHAPS
    description: str
    channel: str = PERHAPS
    contact: ContactShown
    other_contacts: list[ContactShown]
    asset: str | None
    site: str | None
    facts: dict[str, bool | str] = PERHAPS
    opener: str = PERHAPS
    accepted_at: Shown = PERHAPS
    fault_occurred_at: Shown | None
    follows: str | None
    followed_by: tuple[str, ...] = PERHAPS
    merged_into: str | None
    merged_from: tuple[str, ...] = PERHAPS
    proposed_engineer: str | None = PERHAPS
    legs: list[LegDocument] = PERHAPS
    standing_still: list[StandstillDocument] = PERHAPS
    booked_at: Shown | None

    @classmethod
    def whole(
        cls,
        row: TicketRow,
        viewer: Actor,
        names: Names,
        belongs: Relations,
        legs: list[LegDocument],
        still: Sequence[Standstill],
    ) -> Self:
        """Of a row, with its legs, what stands still and the tickets that belong to it, for somebody."""
        more = {
            "followed_by": belongs.followed_by,
            "merged_from": belongs.merged_from,
            "proposed_engineer": belongs.proposed_engineer,
            "legs": legs,
            "standing_still": [
                StandstillDocument(trouble=each.trouble, reason=each.reason, since=each.found_at) for each in still
            ],
        }
        return cls(**only(viewer, TICKET, _values(row, cls, names) | more))


def _values(row: TicketRow, model: type[TicketLine], names: Names) -> dict[str, Any]:
    """The model's fields; those that are named otherwise in the row, or made of several of its columns, by hand."""
    due = row.next_due_key is not None and row.next_due_at is not None
    made = {
        "projected": row.seq > 0,
        "customer": {"id": row.customer_id, "name": row.customer_name},
        "contact": {"name": row.contact_name, "phone": row.contact_phone},
        "next_due": {"key": row.next_due_key, "due_at": row.next_due_at} if due else None,
        "opener": row.opener_id,
        "assignee_name": names.get(row.assignee or ""),
        "call": CallShown.of(row, names),
    }
    there = [name for name in model.model_fields if name in made or hasattr(row, name)]
    return {name: made[name] if name in made else getattr(row, name) for name in there}


class CountsDocument(Document):
    """Tickets by stage, and how many open ones have a broken promise."""

    stages: dict[Stage, int]
    breached: int = PERHAPS

    @classmethod
    def of(cls, viewer: Actor, stages: dict[Stage, int], breached: int) -> Self:
        """What of the figures is for the viewer."""
        return cls(**only(viewer, COUNTS, {"stages": stages, "breached": breached}))


class OfLevelDocument(Plain):
    """So many open tickets of a level; null: no contract, or nobody has classified them."""

    pack: str | None
    level: str | None
    tickets: int


class ViewCount(Document):
    """How many tickets a view holds. `exact` is false where there are more than `count`."""

    count: int
    exact: bool


class ViewCountsDocument(Document):
    """How many tickets each view holds, by its id; and how many are open, by pack and level, the gravest first."""

    views: dict[str, ViewCount]
    open: list[OfLevelDocument] = PERHAPS

    @classmethod
    def of(cls, viewer: Actor, views: dict[str, int], by_level: Iterable[OfLevel]) -> Self:
        """What of the figures is for the viewer."""
        counted = {id_: ViewCount(count=min(n, COUNTED), exact=n <= COUNTED) for id_, n in views.items()}
        return cls(**only(viewer, COUNTS, {"views": counted, "open": [OfLevelDocument.of(one) for one in by_level]}))
