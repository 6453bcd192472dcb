"""Staff: grades, duties, and where a roster leaves nobody on duty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.people.actors import SERVICE_SIDE, Role


class Grade(StrEnum):
    """The grades of resident engineers, lowest first (000-27)."""

    JUNIOR = "junior"
    MIDDLE = "middle"
    SENIOR = "senior"
    PRINCIPAL = "principal"
    EXPERT = "expert"


#: Roles that somebody can be on duty in.
DUTIES = SERVICE_SIDE | {Role.STOCK_KEEPER}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time, half-open: its end is not part of it."""

    begins_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Stretch") -> bool:
        """Whether both have an instant in common."""
        return self.begins_at < other.ends_at and other.begins_at < self.ends_at


def uncovered(whole: Stretch, covered: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """What is left of the whole without the covered stretches, which may overlap and come in any order (001-34)."""
    gaps: list[Stretch] = []
    reached = whole.begins_at
    for stretch in sorted(covered, key=lambda stretch: stretch.begins_at):
        if stretch.begins_at >= whole.ends_at:
            break
        if stretch.begins_at > reached:
            gaps.append(Stretch(reached, stretch.begins_at))
        reached = max(reached, stretch.ends_at)
    if reached < whole.ends_at:
        gaps.append(Stretch(reached, whole.ends_at))
    return tuple(gaps)
