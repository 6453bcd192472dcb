"""What the watchdog reads: its own arithmetic, as simple as can be, and nothing of the workflows'.

Instants are compared, and read, as numbers: one that no clock of ours can show does not keep it from all others.
"""

from collections.abc import Collection

from sqlalchemy import Engine, and_, delete, exists, extract, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from domain.contract.clauses import Kind
from domain.ticket.obligations import BREACH, State
from domain.ticket.stages import Stage
from store.models import ObligationRow, SuspectRow, TicketRow

#: So long after it was due an alarm may still come.
GRACE_S = 60
#: So long a suspect stays one.
_SUSPICION_S = 120
#: What is owed when the fault is gone.
_OUTLIVE_THE_WORK = (Kind.REPORT, Kind.SURVEY)


def open_tickets(engine: Engine, among: Collection[str] | None = None) -> set[str]:
    """The tickets that must have a running workflow: those that are open, and those that owe something still."""
    owed = exists().where(
        ObligationRow.ticket == TicketRow.number,
        ObligationRow.kind.in_(_OUTLIVE_THE_WORK),
        or_(
            ObligationRow.state == State.RUNNING,
            and_(ObligationRow.state == State.BREACHED, ObligationRow.met_at.is_(None)),
        ),
    )
    asked = select(TicketRow.number).where(~TicketRow.drill, or_(TicketRow.stage != Stage.CLOSED, owed))
    if among is not None:
        asked = asked.where(TicketRow.number.in_(among))
    with engine.connect() as connection:
        return set(connection.scalars(asked))


def known(engine: Engine, numbers: Collection[str]) -> set[str]:
    """Those of the tickets that the read model has."""
    with engine.connect() as connection:
        return set(connection.scalars(select(TicketRow.number).where(TicketRow.number.in_(numbers))))


def overdue(engine: Engine) -> dict[str, str]:
    """The tickets with a promise that was due, and no alarm of it; and how late that is."""
    late = (extract("epoch", func.clock_timestamp()) - extract("epoch", ObligationRow.due_at)).label("late")
    asked = (
        select(ObligationRow.ticket, ObligationRow.key, late, ObligationRow.alarms)
        .join(TicketRow, TicketRow.number == ObligationRow.ticket)
        .where(
            ObligationRow.state == State.RUNNING,
            ObligationRow.due_at < func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, GRACE_S),
            ~TicketRow.drill,
            or_(TicketRow.stage != Stage.CLOSED, ObligationRow.kind.in_(_OUTLIVE_THE_WORK)),
        )
    )
    with engine.connect() as connection:
        rows = connection.execute(asked).all()
    return {row.ticket: f"{row.key}, {row.late:.0f} s" for row in rows if not _is_raised(row.alarms)}


def _is_raised(alarms: object) -> bool:
    """Whether the alarm stands there; what cannot be read does not say so."""
    found = alarms if isinstance(alarms, list) else ()
    return any(isinstance(alarm, dict) and alarm.get("rung") == BREACH for alarm in found)


def suspect(engine: Engine, number: str) -> None:
    """Note that the read model could not be told of a ticket again."""
    statement = insert(SuspectRow).values(ticket=number, at=func.clock_timestamp())
    with engine.begin() as connection:
        changed = {"at": statement.excluded.at}
        connection.execute(statement.on_conflict_do_update(index_elements=["ticket"], set_=changed))


def suspects(engine: Engine) -> set[str]:
    """The tickets that were suspect of late; of others nothing is kept."""
    since = func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, _SUSPICION_S)
    with engine.begin() as connection:
        connection.execute(delete(SuspectRow).where(SuspectRow.at < since))
        return set(connection.scalars(select(SuspectRow.ticket)))
