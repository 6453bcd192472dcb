"""What no document says and no contract sets: ours for every ticket. What runs reads it here, and `zhishou contracts
lint` lists it from here.

These are law and no terms: a ticket that is open keeps them only as long as they stay what they are.
"""

from dataclasses import dataclass, fields
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Ours:
    """Values of ours, each by the name under which it is listed.

    Attributes:
        unowned_min: so long may a ticket be without anybody in charge before it is told (000-03).
        morning_hour: when people begin to work, and are reminded of what waits.
        approval_silence_min: after the last reminder of the approvers, silence is told again so often (000-11).
        log_letters: so many letters or characters that are no punctuation say something in a service log.
        grant_hours: how long a grant of remote access lives that names no end.
        grant_days: how far ahead one may end at most.
        calls_at_the_end: so often the last rung is called at the ladder's own pace; each wait after that is twice as
            long as the one before.
        call_hours: so long has a call who is on no roster.
        followups: after so many contacts without an answer a customer who is not satisfied is called no more (001-30).
    """

    unowned_min: int = 2
    morning_hour: int = 9
    approval_silence_min: int = 60
    log_letters: int = 4
    grant_hours: int = 8
    grant_days: int = 30
    calls_at_the_end: int = 3
    call_hours: int = 12
    followups: int = 3

    @property
    def morning(self) -> timedelta:
        """Since midnight."""
        return timedelta(hours=self.morning_hour)


OURS = Ours()
#: As they are listed, by name.
LISTED = {each.name: str(getattr(OURS, each.name)) for each in fields(Ours)}
