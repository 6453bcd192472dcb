"""What happened on a ticket and what is owed on it. Who may see the ticket has been asked before."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, exists, func, select
from sqlalchemy.orm import Session

from domain.audience.legs import LEGS
from domain.people.actors import Actor
from domain.ticket.stages import Stage
from domain.ticket.timeline import Entry, Happening
from store.decisions import RecordedDecision, decision
from store.models import EntryRow, ObligationRow, TicketRow
from store.paging import Found, Window, page_of, windowed
from store.queries.visibility import readable


@dataclass(frozen=True, slots=True)
class Lines:
    """Which lines of a timeline are wanted.

    Attributes:
        after: those behind this entry.
        happenings: these alone; empty: all.
        latest_first: from the end.
    """

    after: int = 0
    happenings: tuple[Happening, ...] = ()
    latest_first: bool = False


ALL = Lines()
_ALARMS = (Happening.ALARM_RAISED, Happening.PROMISE_BREACHED)


def last_act(engine: Engine, number: str) -> tuple[int, int]:
    """The last entry that is more than an alarm, and the last of all, as far as the read model knows."""
    more = func.max(EntryRow.seq).filter(EntryRow.happening.not_in(_ALARMS))
    asked = select(func.coalesce(more, 0), func.coalesce(func.max(EntryRow.seq), 0)).where(EntryRow.ticket == number)
    with engine.connect() as connection:
        act, last = connection.execute(asked).one()
    return act, last


def past_alarms(engine: Engine, number: str, seen: int) -> int:
    """Up to which entry a ticket is as somebody saw it: alarms that were raised since change nobody's mind."""
    act, last = last_act(engine, number)
    return max(seen, last) if act <= seen else seen


def timeline(engine: Engine, actor: Actor, number: str, window: Window, lines: Lines = ALL) -> Found[EntryRow]:
    """The entries that the actor may read."""
    statement = select(EntryRow).where(EntryRow.ticket == number, EntryRow.seq > lines.after, readable(actor))
    if lines.happenings:
        statement = statement.where(EntryRow.happening.in_(lines.happenings))
    with Session(engine) as session:
        rows = session.scalars(windowed(statement, window, EntryRow.seq, falling=lines.latest_first)).all()
    return page_of(rows, window, lambda row: (row.seq,))


def entries_after(engine: Engine, number: str, seq: int) -> list[Entry]:
    """The ticket's entries after that one, as the ticket itself has them."""
    statement = select(EntryRow).where(EntryRow.ticket == number, EntryRow.seq > seq).order_by(EntryRow.seq)
    with Session(engine) as session:
        return [row.entry for row in session.scalars(statement)]


def of_legs(engine: Engine, actor: Actor, number: str) -> Sequence[EntryRow]:
    """The entries of its legs that the actor may read, in their order."""
    statement = select(EntryRow).where(EntryRow.ticket == number, EntryRow.happening.in_(LEGS), readable(actor))
    with Session(engine) as session:
        return session.scalars(statement.order_by(EntryRow.seq)).all()


def obligations(engine: Engine, number: str) -> Sequence[ObligationRow]:
    """Everything promised on the ticket, in the order of the screens."""
    statement = select(ObligationRow).where(ObligationRow.ticket == number)
    with Session(engine) as session:
        return session.scalars(statement.order_by(ObligationRow.position, ObligationRow.key)).all()


def recorded_decision(engine: Engine, number: str, command_id: str) -> RecordedDecision | None:
    """What was decided on a command; None: nothing yet."""
    statement = select(EntryRow).where(EntryRow.ticket == number, EntryRow.command_id == command_id)
    with Session(engine) as session:
        entry = session.scalar(statement)
    return decision(entry) if entry else None


def is_unproven(engine: Engine, number: str, command_id: str) -> bool:
    """Whether the ticket has on record that nobody vouched for what came under that id."""
    refused = (EntryRow.ticket == number, EntryRow.happening == Happening.COMMAND_REFUSED)
    claimed = EntryRow.data["claimed"]["command_id"].astext == command_id
    with engine.connect() as connection:
        return connection.scalar(select(exists().where(*refused, claimed))) or False


def sender(engine: Engine, number: str, command_id: str) -> str | None:
    """Whose command it was that has been decided; None: nobody's yet."""
    statement = select(EntryRow.actor_id).where(EntryRow.ticket == number, EntryRow.command_id == command_id)
    with engine.connect() as connection:
        return connection.scalar(statement)


def stage_of(engine: Engine, number: str) -> Stage | None:
    """Where the ticket stands; None: it is not there yet."""
    with engine.connect() as connection:
        return connection.scalar(select(TicketRow.stage).where(TicketRow.number == number))
