"""What the watchdog reads of missed calls: which of them should have been told of, and which have a clock still."""

from datetime import timedelta

from sqlalchemy import Engine, extract, func, select

from domain.audience.telephone import RETURNED_WITHIN, RUNGS
from store.models import PhoneCallRow
from store.telephone import LATELY, to_return
from store.watch.beats import PATIENCE_S
from store.watch.reading import GRACE_S

_APART_S = RETURNED_WITHIN / timedelta(seconds=1)
_AGE = extract("epoch", func.clock_timestamp()) - extract("epoch", PhoneCallRow.ended_at)
#: Those of the last day to which nobody has called back, and of which somebody is still to be told.
_UNFINISHED = (
    to_return(),
    PhoneCallRow.ended_at > func.clock_timestamp() - LATELY,
    PhoneCallRow.rungs_told < len(RUNGS),
)


def untold(engine: Engine) -> dict[str, str]:
    """Those of which a rung is reached, and nobody told; which one, and how late that is."""
    late = (_AGE - PhoneCallRow.rungs_told * _APART_S).label("late")
    asked = select(PhoneCallRow.id, PhoneCallRow.rungs_told, late).where(*_UNFINISHED, late > GRACE_S)
    with engine.connect() as connection:
        return {row.id: f"rung {row.rungs_told + 1}, {row.late:.0f} s" for row in connection.execute(asked)}


def unfinished(engine: Engine) -> set[str]:
    """Those whose clocks run still, but for what has just come in."""
    asked = select(PhoneCallRow.id).where(*_UNFINISHED, _AGE > PATIENCE_S)
    with engine.connect() as connection:
        return set(connection.scalars(asked))
