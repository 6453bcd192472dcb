"""The form of the files: what a service manager may write in a pack, and what each field means.

Field by field only; what must hold between fields, and in the whole of a pack, is in ``policies.checks``.
"""

import re
from collections.abc import Mapping
from datetime import time, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from domain.contract.clauses import Arming, Counting, Kind, Origin
from domain.ticket.stages import Stage
from domain.words.label import Label

#: Nobody promises anything for longer, and beyond some of it there is no date.
_MOST_DAYS = 366
_MOST_MINUTES = _MOST_DAYS * 24 * 60

_DURATION = re.compile(r"([1-9]\d*) (min|h)")
_WINDOW = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")


def _budget(value: object) -> timedelta | int:
    """``"30 min"``, ``"2 h"`` or a whole number of days."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST_DAYS:
        return value
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    minutes = 0 if match is None else int(match[1]) * (1 if match[2] == "min" else 60)
    if not 0 < minutes <= _MOST_MINUTES:
        raise ValueError(f'must be "N min", "N h", or a whole number of days, and {_MOST_DAYS} days at most')
    return timedelta(minutes=minutes)


#: Who can be called while nobody answers for a ticket.
Rung = Literal["hotline", "engineer", "expert", "project_manager", "duty_manager", "leader"]
#: Minutes, and working days, after which something happens.
Minutes = Annotated[StrictInt, Field(gt=0, le=_MOST_MINUTES)]
Days = Annotated[StrictInt, Field(gt=0, le=_MOST_DAYS)]


def _budgets(value: object) -> object:
    if isinstance(value, Mapping) and value:
        return {level: _budget(each) for level, each in value.items()}
    return _budget(value)


def _listed(value: object) -> object:
    """One value, or a list of them."""
    return value if isinstance(value, list | tuple) else (value,)


def _conditions(value: object) -> object:
    return {fact: _listed(each) for fact, each in value.items()} if isinstance(value, Mapping) else value


def _window(value: object) -> tuple[time, time]:
    match = _WINDOW.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError('must be "HH:MM-HH:MM"')
    opening = time(int(match[1]), int(match[2]))
    closing = time(0) if (match[3], match[4]) == ("24", "00") else time(int(match[3]), int(match[4]))
    if closing != time(0) and closing <= opening:
        raise ValueError("closes before it opens")
    return opening, closing


def _in_order(windows: tuple[tuple[time, time], ...]) -> tuple[tuple[time, time], ...]:
    """Windows that overlap would count their common time twice; only the last may end at midnight."""
    for (_, closing), (opening, _) in pairwise(windows):
        if closing == time(0) or closing > opening:
            raise ValueError("must stand in order and not overlap")
    return windows


class FileRow(BaseModel):
    """A table of a file. A field that is not known is refused: a slip of the pen is no silent default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(FileRow):
    """The same in both languages, as a file has it."""

    zh: StrictStr
    en: StrictStr

    @property
    def label(self) -> Label:
        """As the rest of the house has it."""
        return Label(self.zh, self.en)


class LevelRow(Words):
    """A level of the pack's scale, gravest first."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z_]+$")]
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """All that it may be called by."""
        return frozenset({self.id, self.zh, *self.aliases})


class LabelRow(Words):
    """A kind of service, or a category of support, that a report is labelled with."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z_]+$")]


class Hotline(Words):
    """A number that customers call."""

    number: StrictStr


class DetourRow(FileRow):
    """The route proposed instead of the pack's where a fact has a value."""

    fact: str
    value: StrictBool | StrictStr
    route: tuple[Stage, ...]


class ClauseRow(FileRow):
    """One promise of the document.

    Attributes:
        line: where it stands in the source file; ``text`` quotes the sentence.
        levels: those it applies to, where not to all.
        budget: one for all, or one a level, which then also names the levels.
        calendar: an id of hours.toml or a name of the pack's ``hours``, one for all or one a level.
        default: the number, origin or hours are ours: at every level, or at those named. ``note`` says why.
        remote: counted in the hours of remote service, where the contract sets any.
        scope_note: where it applies is ours, and why.
        see: other requirement ids that the decision rests on.
    """

    id: Annotated[str, Field(pattern=r"^\d{3}-\d{2}$")]
    kind: Kind
    line: Annotated[StrictInt, Field(gt=0, lt=2**31)]
    text: Annotated[StrictStr, Field(min_length=1)]
    # The validator gives a timedelta, an int, or a dictionary of them; a union would muddle its messages.
    budget: Annotated[Any, BeforeValidator(_budgets)]
    levels: tuple[str, ...] = ()
    counting: Counting = Counting.WALL
    calendar: str | dict[str, str] = "7*24"
    remote: StrictBool = False
    origin: Origin = Origin.RECEIVED
    armed: Annotated[tuple[Arming, ...], BeforeValidator(_listed)] = (Arming.NOW,)
    when: Annotated[dict[str, tuple[StrictBool | StrictStr, ...]], BeforeValidator(_conditions)] = {}
    consent: str | None = None
    instead: StrictBool = False
    default: StrictBool | tuple[str, ...] = False
    note: Words | None = None
    scope_note: Words | None = None
    see: tuple[str, ...] = ()
    met_by_opening: StrictBool = False
    until_restored: StrictBool = False
    unit: str = ""


class Setting(Words):
    """A value of ours that is no clause, for the list of defaults."""

    name: str
    clauses: tuple[str, ...] = ()


class PackFile(FileRow):
    """A contract pack."""

    version: StrictStr
    source: StrictStr
    number: Annotated[str, Field(pattern=r"^\d{3}$")]
    name: Words
    hotlines: tuple[Hotline, ...] = ()
    levels: Annotated[tuple[LevelRow, ...], Field(min_length=1)]
    kind_names: dict[Kind, Words] = {}
    services: tuple[LabelRow, ...] = ()
    categories: tuple[LabelRow, ...] = ()
    fact_defaults: dict[str, StrictBool | StrictStr] = {}
    route: tuple[Stage, ...] = (Stage.PHONE, Stage.REMOTE, Stage.ONSITE)
    detours: tuple[DetourRow, ...] = ()
    hours: dict[str, dict[str, str]] = {}
    scales: str | None = None  # the rule that says how competing scales of gravity are settled
    confirmation_days: Days | None = None
    pause_caps: dict[str, Days | Literal["no cap"]] = {}
    pause_reasons: tuple[StrictStr, ...] = ("customer",)
    without_onsite: tuple[StrictStr, ...] = ()
    reported_times: StrictBool = True
    major_needs_approval: StrictBool = False
    approval_pauses: StrictBool = True
    approval_reminders_min: tuple[Minutes, ...] = (5, 10, 15)
    remote_silence_min: Minutes = 15
    vendor_reminders_min: tuple[Minutes, ...] = (60, 120, 240)
    call_ladder: tuple[Rung, ...] = ("engineer", "duty_manager", "leader")
    call_every_min: Minutes = 5
    heartbeat_min: Minutes | None = None
    vendor_leg: StrictBool = False
    expert_at_half: StrictBool = False
    emergency_on_breach: StrictBool = False
    plan_one_after_min: Minutes | None = None
    consultation_levels: tuple[StrictStr, ...] = ()
    follow_up: StrictBool = False
    log_asks: tuple[Literal["cause", "measures", "prevention"], ...] = ()
    departments: Annotated[tuple[StrictStr, ...], Field(min_length=1)] = ("technical", "business")
    expert_levels: tuple[StrictStr, ...] = ()
    major_levels: tuple[StrictStr, ...] = ()
    paid_causes: tuple[StrictStr, ...] = ()
    customer_severity: StrictBool = False
    vendor_needs_authorisation: StrictBool = False
    setting: tuple[Setting, ...] = ()
    clause: Annotated[tuple[ClauseRow, ...], Field(min_length=1, max_length=500)]

    @property
    def level_ids(self) -> tuple[str, ...]:
        """Gravest first."""
        return tuple(level.id for level in self.levels)


class CalendarRow(FileRow):
    """Service hours: every day, or on working days."""

    id: str
    days: Literal["every", "working"]
    windows: Annotated[
        tuple[Annotated[Any, BeforeValidator(_window)], ...], Field(min_length=1), AfterValidator(_in_order)
    ]
    default: StrictBool = False
    note: Words | None = None


class CalendarFile(FileRow):
    """All service hours."""

    calendar: tuple[CalendarRow, ...]


class ScheduleYear(FileRow):
    """The exceptions to the Monday-to-Friday week in a year."""

    days_off: tuple[str, ...]
    make_up: tuple[str, ...]


class ScheduleFile(FileRow):
    """The State Council's schedules, as ``tools/update_workdays.py`` writes them."""

    version: StrictStr
    years: Annotated[dict[int, ScheduleYear], Field(min_length=1)]


class DefaultsFile(FileRow):
    """What no document says and every pack shares."""

    fact_defaults: dict[str, StrictBool | StrictStr]
    confirmation_days: Days
    pause_caps: dict[str, Days | Literal["no cap"]]
    rungs: dict[int, tuple[str, ...]]
    setting: tuple[Setting, ...]
