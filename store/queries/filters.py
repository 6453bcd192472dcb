"""Filters: which tickets a list, a count or an export is to hold. Who may ask what has been asked before."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, ColumnElement, Select, and_, exists, false, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from domain.audience.visibility import may_ask
from domain.matters.matter import Asked
from domain.people.actors import Actor
from domain.people.phones import LOCAL, phone
from domain.ticket.numbers import numbers_in
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from domain.ticket.work import Work
from store.models import EntryRow, ObligationRow, TicketRow
from store.queries.visibility import visible
from store.searching import holding

#: Between a pack and one of its levels.
OF_PACK = ":"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to hold; an empty filter lets everything through.

    Attributes:
        contract: a contract's id, or a pack's for all contracts under it.
        level: a level's id, of whatever pack, or a pack's with the level's behind a colon.
        state: some obligation of the ticket stands so.
        due_from, due_before: the next open promise is due then, or later, and before.
        customer: whose report it is, by id.
        phone: who reported it, or a report that was merged into it, called from it, perhaps without the city or by an
            extension.
        mine: this person is in charge, too.
        unassigned: nobody is in charge.
        open: it is not closed.
        breached: a promise was broken, whether or not it was kept later.
        paused: a person's pause stands.
        waits_for: the customer has been asked one of these and has not answered.
        work: one of these waits for people of ours.
        refused: a command was refused on it.
        received_from, received_to, closed_from, closed_to: then or later, and before.
        drill: rehearsals, and nothing else; production figures never hold one.
        text: occurs in the number, the title, the description, the customer, the contact or the site.
    """

    number: tuple[str, ...] = ()
    contract: str | None = None
    level: tuple[str, ...] = ()
    stage: tuple[Stage, ...] = ()
    state: tuple[State, ...] = ()
    due_from: datetime | None = None
    due_before: datetime | None = None
    text: str | None = None
    assignee: str | None = None
    customer: str | None = None
    phone: str | None = None
    mine: str | None = None
    unassigned: bool = False
    open: bool | None = None
    breached: bool | None = None
    paused: bool | None = None
    waits_for: tuple[Asked, ...] = ()
    work: tuple[Work, ...] = ()
    refused: bool | None = None
    received_from: datetime | None = None
    received_to: datetime | None = None
    closed_from: datetime | None = None
    closed_to: datetime | None = None
    drill: bool = False


def those(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Of the tickets that exist for somebody those that are wanted."""
    row = TicketRow
    filters = [visible(actor), row.drill == wanted.drill, *_named(wanted), *_standing(wanted), *_within(wanted)]
    if wanted.state:
        stands = ObligationRow.state.in_(wanted.state)
        filters.append(exists().where(ObligationRow.ticket == row.number, stands))
    if wanted.refused is not None:
        refused = literal_column("entry.happening = 'command_refused'", Boolean())
        filters.append(exists().where(EntryRow.ticket == row.number, refused) == wanted.refused)
    if wanted.text is not None:
        filters.append(_contains(actor, wanted.text))
    return filters


def _named(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Whose they are, under what, and in whose hands."""
    row = TicketRow
    filters: list[ColumnElement[bool]] = []
    if wanted.number:
        filters.append(row.number.in_(wanted.number))
    if wanted.contract is not None:
        called = (row.agreed_contract, row.pack, row.contract)
        filters.append(or_(*(column == wanted.contract for column in called)))
    if wanted.level:
        filters.append(or_(*map(_is_of_level, wanted.level)))
    filters += [row.assignee == each for each in (wanted.assignee, wanted.mine) if each is not None]
    if wanted.customer is not None:
        filters.append(row.customer_id == wanted.customer)
    if wanted.phone is not None:
        filters.append(row.number.in_(_reported_from(wanted.phone)))
    if wanted.unassigned:
        filters.append(row.assignee.is_(None))
    return filters


def _standing(wanted: Wanted) -> list[ColumnElement[bool]]:
    """How they stand."""
    row = TicketRow
    filters: list[ColumnElement[bool]] = []
    if wanted.stage:
        filters.append(row.stage.in_(wanted.stage))
    if wanted.open is not None:
        filters.append(row.closed_at.is_(None) if wanted.open else row.closed_at.is_not(None))
    if wanted.breached is not None:
        filters.append(row.late > 0 if wanted.breached else row.late == 0)
    if wanted.paused is not None:
        filters.append(row.paused.is_not(None) if wanted.paused else row.paused.is_(None))
    if wanted.waits_for:
        filters += [literal_column("ticket.waits_for <> '{}'", Boolean()), row.waits_for.overlap(wanted.waits_for)]
    if wanted.work:
        filters += [literal_column("ticket.work <> '{}'", Boolean()), row.work.overlap(wanted.work)]
    return filters


def _within(wanted: Wanted) -> list[ColumnElement[bool]]:
    """When they came, ended, and fall due."""
    row = TicketRow
    spans = (
        (row.received_at, wanted.received_from, wanted.received_to),
        (row.closed_at, wanted.closed_from, wanted.closed_to),
        (row.next_due_at, wanted.due_from, wanted.due_before),
    )
    filters = [column >= since for column, since, _ in spans if since is not None]
    return filters + [column < until for column, _, until in spans if until is not None]


def _is_of_level(said: str) -> ColumnElement[bool]:
    pack, colon, level = said.rpartition(OF_PACK)
    is_level = TicketRow.level == level
    return and_(TicketRow.pack == pack, is_level) if colon else is_level


def _reported_from(said: str) -> Select[str]:
    """The reports that came from it, and the tickets in which those ended, one merged into the other."""
    called = select(TicketRow.number, TicketRow.merged_into).where(_called_from(said)).cte("called", recursive=True)
    further = aliased(TicketRow)
    there = further.number == called.c.merged_into
    called = called.union(select(further.number, further.merged_into).where(there))
    return select(called.c.number)


def _called_from(said: str) -> ColumnElement[bool]:
    """The SQL of ``domain.people.phones.is_same``, where it does not deny it; extensions tell numbers apart for nobody.

    The last digits are what the index has; the city is missing on one side, or on the other.
    """
    digits, theirs = phone(said).digits, TicketRow.contact_number
    if len(digits) < LOCAL:
        return theirs == digits
    ways = [theirs == digits, and_(func.left(theirs, 1) == "0", func.right(theirs, len(digits)) == digits)]
    if digits.startswith("0"):
        local = func.length(theirs).between(LOCAL, len(digits))
        ways.append(and_(local, func.right(digits, func.length(theirs)) == theirs))
    return and_(func.right(theirs, LOCAL) == digits[-LOCAL:], or_(*ways))


#: What people remember of a ticket: a match tells of these.
_SEARCHED = ("number", "title", "description", "customer", "contact", "site")


def _contains(actor: Actor, said: str) -> ColumnElement[bool]:
    """Whether the text occurs, however it is typed, in what the actor may see: no character is a wildcard."""
    if not all(may_ask(actor, field) for field in _SEARCHED):
        return false()
    found, number = holding(TicketRow.searched, TicketRow.searched_pairs, said), phone(said).digits
    # With the country before it, say, which whoever took the report left out.
    is_theirs = and_(func.right(TicketRow.contact_number, LOCAL) == number[-LOCAL:], TicketRow.contact_number == number)
    found = or_(found, is_theirs) if len(number) >= LOCAL else found
    return or_(found, TicketRow.number.in_(named)) if (named := numbers_in(said)) else found
