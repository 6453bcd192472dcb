"""Reaching: by which channels a message leaves for somebody, and when. What is to be acted on now waits for nothing."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from domain.audience.desk import How
from domain.audience.watch import Trouble
from domain.contract.calendars import CHINA
from domain.ticket.deadlines import Event
from domain.ticket.stages import Stage


class Way(StrEnum):
    """A channel by which messages leave the machine."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    SMS = "sms"
    VOICE = "voice"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    WECOM_APP = "wecom_app"
    DINGTALK_APP = "dingtalk_app"
    FEISHU_APP = "feishu_app"


#: Those that reach several people at once: what one of them would rather not have does not concern them.
GROUPS = frozenset({Way.WECOM, Way.DINGTALK, Way.FEISHU})
#: Those of products in which somebody has an account that is bound to theirs here, and the products.
APPS = {Way.WECOM_APP: "wecom", Way.DINGTALK_APP: "dingtalk", Way.FEISHU_APP: "feishu"}
PERSONAL = tuple(way for way in Way if way not in GROUPS)
#: Those that ring in somebody's pocket, and are paid for one by one: for what is to be acted on now.
ON_THE_PHONE = frozenset({Way.SMS, Way.VOICE})
#: What stands in a number for the eye alone; and a number as a machine dials it, of at most 15 digits (E.164).
_FOR_THE_EYE, _DIALLED = re.compile(r"[ ()-]"), re.compile(r"\+?[0-9]{3,15}")


class Urgency(StrEnum):
    """What a message wants of whoever gets it."""

    NOW = "now"  # to act at once: something is broken, among the gravest, nobody's, or an emergency
    ACT = "act"  # to act
    KNOW = "know"  # nothing


#: A promise is broken from this rung on.
_BREACH = 100
#: Alarms of what is nobody's, and of calls that nobody answers.
_NOBODYS = frozenset({Event.UNOWNED, Event.UNOWNED_HALF, Event.UNANSWERED, Event.OFF_DUTY})
#: What the watchdog finds that no clock tells of any more.
_UNWATCHED = frozenset(
    {
        Trouble.OVERDUE,
        Trouble.LOST,
        Trouble.NO_RUN,
        Trouble.UNREAD,
        Trouble.NO_ROOM,
        Trouble.CALL_OVERDUE,
        Trouble.CALL_FAILS,
        Trouble.FLOODED,
    }
)
#: What the data of a message is called by which is about a call that nobody took, or a mail that nobody has taken in.
WAITING = ("phone_call", "mail")
#: How what is for somebody reaches them though they may be off duty; otherwise it is for whoever is there.
_BY_NAME = frozenset({How.BY_NAME, How.OF_THE_ROLE})


def urgency(data: Mapping[str, Any], *, asks: bool, called: bool) -> Urgency:
    """How urgent a message is.

    Args:
        data: of the entry that it speaks of.
        asks: it asks its reader to act.
        called: it calls them to answer for the ticket.
    """
    alarm = data.get("alarm")
    is_broken = alarm == Event.RUNG and data.get("rung", 0) >= _BREACH
    is_emergency = asks and data.get("stage") == Stage.EMERGENCY
    # Terms of before there were calls say of so grave a report whom it calls, and call nobody by themselves.
    is_grave = asks and bool(data.get("calls"))
    is_unwatched = data.get("trouble") in _UNWATCHED and not data.get("over")
    is_nobodys = alarm in _NOBODYS or not data.keys().isdisjoint(WAITING)
    if called or is_broken or is_emergency or is_grave or is_unwatched or is_nobodys:
        return Urgency.NOW
    return Urgency.ACT if asks else Urgency.KNOW


@dataclass(frozen=True, slots=True)
class Rule:
    """What the company lays down for an urgency, perhaps for one role.

    Attributes:
        first: the channels by which it leaves.
        second: those by which it leaves after so many minutes, unless it was delivered by another meanwhile.
        fixed: nobody refuses any of them.
        quiet: it may wait for the end of somebody's quiet hours; what is to be acted on now never does.
    """

    first: tuple[Way, ...]
    second: tuple[Way, ...] = ()
    after_min: int = 10
    fixed: bool = False
    quiet: bool = True


#: While the company has laid down nothing.
RULES: Mapping[Urgency, Rule] = {
    Urgency.NOW: Rule(tuple(Way), fixed=True, quiet=False),
    Urgency.ACT: Rule(tuple(way for way in Way if way not in ON_THE_PHONE)),
    Urgency.KNOW: Rule(tuple(way for way in PERSONAL if way not in ON_THE_PHONE)),
}


def dialled(phone: str | None) -> str | None:
    """A number as a machine dials it; None: there is none, or people put one through to an extension."""
    number = _FOR_THE_EYE.sub("", phone or "")
    return number if _DIALLED.fullmatch(number) else None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody would rather have.

    Attributes:
        quiet: from when to when of a day, in China, they are left alone; perhaps over midnight.
        refused: the channels by which they want none of an urgency.
    """

    quiet: tuple[time, time] | None = None
    refused: frozenset[tuple[Urgency, Way]] = frozenset()

    def left_alone_until(self, at: datetime) -> datetime:
        """The end of the quiet hours in which the instant lies; otherwise the instant."""
        if self.quiet is None:
            return at
        (begins, ends), there = self.quiet, at.astimezone(CHINA)
        over_midnight, time_of_day = ends <= begins, there.time()
        is_quiet = (begins <= time_of_day, time_of_day < ends)
        if not (any(is_quiet) if over_midnight else all(is_quiet)):
            return at
        end = datetime.combine(there.date(), ends, CHINA)
        return end if end > there else end + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a message is for.

    Attributes:
        ways: the channels that reach them, and the groups that hear of it.
        on_duty: by the roster.
        how: they came to be told.
    """

    ways: frozenset[Way]
    wishes: Wishes = Wishes()
    on_duty: bool = False
    how: str = How.BY_NAME


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where somebody is reached.

    Attributes:
        bound: the products in which they have an account that an administrator has bound to theirs.
    """

    email: str | None = None
    phone: str | None = None
    bound: frozenset[str] = frozenset()


def ways_to(among: Iterable[Way], known: Addresses, *, called: bool, of_group: bool) -> Iterator[Way]:
    """Of these channels those that reach somebody with a message, and those of groups that hear of it.

    Args:
        called: it calls them to answer for the ticket: the telephone rings for nothing else.
        of_group: it asks one of ours to act.
    """
    number = dialled(known.phone) is not None
    reaches = {Way.MAIL: known.email is not None, Way.SMS: number, Way.VOICE: number and called}
    reaches |= dict.fromkeys(GROUPS, of_group) | {way: product in known.bound for way, product in APPS.items()}
    return (way for way in among if reaches.get(way, True))


@dataclass(frozen=True, slots=True)
class Leaving:
    """A message leaves by a channel.

    Attributes:
        instead: only if no other channel has delivered it by then.
    """

    way: Way
    at: datetime
    instead: bool = False


def left_alone_until(wants: Urgency, rule: Rule, reader: Reader, now: datetime) -> datetime:
    """Until when somebody is left alone with a message; the instant itself: they are not.

    Whoever is on duty has no quiet hours, nor has anybody where the roster has a gap.
    """
    is_free = rule.quiet and wants is not Urgency.NOW and not reader.on_duty and reader.how in _BY_NAME
    return reader.wishes.left_alone_until(now) if is_free else now


def refuses(wants: Urgency, rule: Rule, reader: Reader, way: Way) -> bool:
    """Whether somebody would rather have no such message by a channel of their own, and the company leaves it to them.

    Of what is to be acted on now that is heard only where another channel reaches them.
    """
    return not rule.fixed and (wants, way) in reader.wishes.refused


def leaving(wants: Urgency, rule: Rule, reader: Reader, now: datetime) -> tuple[Leaving, ...]:
    """By which channels it leaves for somebody, and when; by none: it stays in the inbox.

    What is to be acted on now leaves at once by a channel that reaches them, if any does, whatever the rule and they
    themselves say; and who has read what a group was told, nobody knows.
    """
    own = [way for way in (*rule.first, *rule.second) if way in reader.ways and way not in GROUPS]
    theirs = [way for way in own if not refuses(wants, rule, reader, way)]
    groups = [way for way in (*rule.first, *rule.second) if way in reader.ways & GROUPS]
    if wants is Urgency.NOW:
        theirs = theirs or own or [way for way in PERSONAL if way in reader.ways]
        if not theirs:
            return tuple(Leaving(way, now) for way in Way if way in reader.ways)
    at = left_alone_until(wants, rule, reader, now)
    before = theirs if wants is Urgency.NOW else (*theirs, *groups)
    return (*_in_turn(theirs, rule, at, before), *_in_turn(groups, rule, now, (*own, *groups)))


def _in_turn(ways: list[Way], rule: Rule, at: datetime, among: Collection[Way]) -> tuple[Leaving, ...]:
    """``among``: those that have a turn at all; where none of them is a first one, all are."""
    is_told = not set(rule.first).isdisjoint(among)
    later = at + timedelta(minutes=rule.after_min)
    return tuple(
        Leaving(way, later, instead=True) if is_told and way not in rule.first else Leaving(way, at)
        for way in dict.fromkeys(ways)
    )
