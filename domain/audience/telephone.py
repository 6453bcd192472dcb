"""The telephone: a call that nobody took is returned in time, or whoever answers for that learns of it (001-34)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audience.saying import Sentence
from domain.audience.times import minute_of
from domain.people.actors import Role
from domain.words.label import Label

#: Whoever called in vain is called back within this, at any hour: somebody of the hotline is always there.
RETURNED_WITHIN = timedelta(minutes=10)
#: More calls than this within so long no desk takes: either the system repeats itself, or somebody has its token.
MOST, WITHIN = 600, timedelta(hours=1)

#: A number that the caller does not show.
WITHHELD = Label("未显示号码", "a withheld number")


@dataclass(frozen=True, slots=True)
class Missed:
    """A call that ended before anybody took it. Stored in histories.

    Attributes:
        id: what the telephone system calls it.
        at: when it ended.
    """

    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is told of a call that is not returned, and when. ``after``: since it was missed."""

    after: timedelta
    roles: tuple[Role, ...]
    words: Sentence


_CALL_BACK = Label(
    "请给 {number} 回电，然后点「已回电」或登记工单。", "Call {number} back, then say so or take the report."
)
_SEE_TO_IT = Label("请给 {number} 回电，或安排人回电。", "Call {number} back, or see to it that somebody does.")
_WHEN = Label(
    "{at} 的来电无人接听，应在 {due} 前回电。", "Nobody took the call of {at}; it is to be returned by {due}."
)
_LATE = Label(
    "{at} 的来电无人接听，{due} 前没有回电。", "Nobody took the call of {at}, and nobody returned it by {due}."
)

#: Who is told, and when, until somebody has called back.
RUNGS = (
    Rung(
        timedelta(0),
        (Role.HOTLINE,),
        Sentence(Label("漏接来电：{who}", "A call was missed: {who}"), _WHEN, _CALL_BACK),
    ),
    Rung(
        RETURNED_WITHIN,
        (Role.HOTLINE, Role.DUTY_MANAGER),
        Sentence(Label("漏接来电未按时回电：{who}", "A missed call is not returned: {who}"), _LATE, _SEE_TO_IT),
    ),
    Rung(
        2 * RETURNED_WITHIN,
        (Role.DUTY_MANAGER, Role.LEADER),
        Sentence(Label("漏接来电仍未回电：{who}", "A missed call is still not returned: {who}"), _LATE, _SEE_TO_IT),
    ),
)


def instants(missed: Missed) -> Iterator[datetime]:
    """When each rung is reached."""
    return (missed.at + rung.after for rung in RUNGS)


def stands(missed: Missed, now: datetime) -> int:
    """The last rung that is reached by then; at first the first."""
    return max((rung for rung, at in enumerate(instants(missed)) if at <= now), default=0)


def told_on(rung: int, *, since: int) -> tuple[Role, ...]:
    """Whom a rung tells where those before it, from one on, told nobody: all whom any of them means."""
    return tuple(dict.fromkeys(role for each in RUNGS[since : rung + 1] for role in each.roles))


def said(rung: int, missed: Missed, number: str, name: str | None) -> Sentence:
    """What is said of it on a rung. ``number``: empty where it is withheld; ``name``: whose number it is, if known."""
    due, shown = missed.at + RETURNED_WITHIN, number or WITHHELD
    who = f"{name} {number}" if name else shown
    return RUNGS[rung].words.filled(who=who, number=shown, at=minute_of(missed.at), due=minute_of(due))
