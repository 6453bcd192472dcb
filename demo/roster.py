"""The demo's roster: who is on duty at which hours of every day, a break with a substitute, and one gap."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.contract.calendars import CHINA
from domain.people.actors import Role
from store.registry.records import Shift

#: The week that runs and those after it.
_WEEKS = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of every day, in hours since midnight in China; one that ends after 24 ends on the next day."""

    person: str
    begins: float
    ends: float
    substitute: str | None = None


_ROUND_THE_CLOCK, _OFFICE = (0, 24), (8, 18)
#: Duty by duty, its turns. At noon the other engineer stands in.
TURNS: dict[Role, tuple[Turn, ...]] = {
    Role.HOTLINE: (Turn("hotline", 0, 8), Turn("hotline", 8, 16), Turn("hotline", 16, 24)),
    Role.ENGINEER: (
        Turn("engineer", 8, 12),
        Turn("engineer", 12, 13, substitute="engineer2"),
        Turn("engineer", 13, 20),
        Turn("engineer2", 20, 32),
    ),
    Role.PROJECT_MANAGER: (Turn("pm", *_ROUND_THE_CLOCK),),
    Role.DUTY_MANAGER: (Turn("duty", *_ROUND_THE_CLOCK),),
    Role.EXPERT: (Turn("expert", *_ROUND_THE_CLOCK),),
    Role.LEADER: (Turn("leader", *_ROUND_THE_CLOCK),),
    Role.STOCK_KEEPER: (Turn("stock", *_ROUND_THE_CLOCK),),
    Role.COMMERCIAL: (Turn("commercial", *_OFFICE),),
    Role.SUPERVISOR: (Turn("supervisor", *_OFFICE),),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A turn that nobody has planned: its duty, the day from this week's Monday on, the hour at which it begins."""

    duty: Role
    day: int
    begins: float


#: The one gap: of the coming week's Sunday, the hotline's evening.
FORGOTTEN = Gap(Role.HOTLINE, day=13, begins=16)


def round_the_clock() -> frozenset[Role]:
    """The duties that somebody has at every hour."""
    return frozenset(duty for duty, turns in TURNS.items() if sum(turn.ends - turn.begins for turn in turns) == 24)


def shifts(now: datetime) -> list[Shift]:
    """The shifts from yesterday on, or from this week's Monday where that is earlier."""
    today = datetime.combine(now.astimezone(CHINA), time(), CHINA)
    monday = today - timedelta(days=today.weekday())
    return [shift for duty in TURNS for shift in _of(duty, monday)]


def _of(duty: Role, monday: datetime) -> Iterator[Shift]:
    for day in range(-1, 7 * _WEEKS):  # the night before Monday, too
        for turn in TURNS[duty]:
            if Gap(duty, day, turn.begins) != FORGOTTEN:
                begins, ends = (monday + day * _DAY + timedelta(hours=hour) for hour in (turn.begins, turn.ends))
                yield Shift(duty, turn.person, begins, ends, substitute=turn.substitute, id=_id(duty, begins))


def _id(duty: Role, begins: datetime) -> str:
    """An id by which a second start knows what the first one added."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"demo {duty} {begins}"))
