"""A contract pack, loaded: its levels, its clauses, and the terms it gives a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.contract.calendars import Calendar, Schedule
from domain.contract.clauses import Clause, FactValue
from domain.contract.facts import REMOTE_CALENDARS
from domain.contract.ours import LISTED
from domain.contract.terms import EDITION, Terms
from domain.words.text import folded
from policies.expand import Cell
from policies.schema import CalendarRow, PackFile, Setting

WORKING_CALENDAR = "5*8"  # pause caps and the confirmation window are counted in it


@dataclass(frozen=True)
class Pack:
    """A service scheme as data.

    Attributes:
        file: what the service manager wrote.
        cells: every clause and the row it comes from, in document order.
        fact_defaults: what is assumed of a fact that nobody has stated.
        hours: the calendars that the pack's clauses can count in, by id.
        settings: values of ours that are no clause.
        digest: names the content of the pack and of all that it shares with the others.
    """

    id: str
    file: PackFile
    cells: tuple[Cell, ...]
    hours: Mapping[str, CalendarRow]
    calendars: tuple[Calendar, ...]
    schedule: Schedule
    fact_defaults: Mapping[str, FactValue]
    pause_caps: Mapping[str, int | None]
    confirmation_days: int
    rungs: Mapping[int, tuple[str, ...]]
    settings: tuple[Setting, ...]
    digest: str

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause, in document order."""
        return tuple(cell.clause for cell in self.cells)

    @property
    def level_ids(self) -> tuple[str, ...]:
        """Gravest first."""
        return self.file.level_ids

    def value_of(self, setting: str) -> str:
        """The value that a setting of that name has here; empty where it has none."""
        values: dict[str, object] = {
            "confirmation_days": self.confirmation_days,
            "rungs": tuple(sorted(self.rungs)),
            **{f"pause_caps.{reason}": days for reason, days in self.pause_caps.items()},
            **{switch: getattr(self.file, switch) for switch in SWITCHES},
            **LISTED,
        }
        value = values.get(setting, "")
        return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)

    def quotation(self, clause: Clause) -> str:
        """The sentence of the document that makes this promise; empty if the pack has changed since."""
        return next((cell.row.text for cell in self.cells if cell.clause == clause), "")

    def terms(
        self,
        *,
        contract: str | None = None,
        remote_calendar: str | None = None,
        years: tuple[int, int] | None = None,
        overrides: Mapping[str, object] | None = None,
    ) -> Terms:
        """What is agreed for one ticket.

        Terms travel in its history, so they hold only the calendars that its clauses can count in, and of the
        published schedules only ``years``: the year before its earliest instant, and any later one.
        ``overrides`` are what a contract may set otherwise, by the names in ``SWITCHES``.
        """
        switches: dict[str, Any] = dict(overrides or {})
        return replace(
            self._own_terms,
            contract=contract or self.id,
            schedule=self.schedule if years is None else cut(self.schedule, *years),
            remote_calendar=remote_calendar,
            **switches,
        )

    @property
    def _own_terms(self) -> Terms:
        """What the pack says by itself, under no contract."""
        return Terms(
            contract=self.id,
            pack=self.id,
            version=f"{self.file.version}-{self.digest}/{self.schedule.version}",
            levels=self.level_ids,
            level_names={level.id: level.label for level in self.file.levels},
            kind_names={str(kind): name.label for kind, name in self.file.kind_names.items()},
            services={one.id: one.label for one in self.file.services},
            categories={one.id: one.label for one in self.file.categories},
            clauses=self.clauses,
            calendars=self.calendars,
            schedule=self.schedule,
            fact_defaults=dict(self.fact_defaults),
            source=self.file.source,
            route=tuple(map(str, self.file.route)),
            detours=tuple((detour.fact, detour.value, tuple(map(str, detour.route))) for detour in self.file.detours),
            pause_caps=dict(self.pause_caps),
            confirmation_days=self.confirmation_days,
            rungs=dict(self.rungs),
            edition=EDITION,
            **{name: getattr(self.file, name) for name in SWITCHES},
        )


#: What a pack says of the process, under the same names as the terms; a contract may set any of it otherwise.
SWITCHES = (
    "pause_reasons",
    "without_onsite",
    "reported_times",
    "major_needs_approval",
    "approval_pauses",
    "approval_reminders_min",
    "remote_silence_min",
    "vendor_reminders_min",
    "call_ladder",
    "call_every_min",
    "heartbeat_min",
    "vendor_leg",
    "expert_at_half",
    "emergency_on_breach",
    "plan_one_after_min",
    "consultation_levels",
    "follow_up",
    "log_asks",
    "departments",
    "expert_levels",
    "major_levels",
    "paid_causes",
    "customer_severity",
    "vendor_needs_authorisation",
)


def level_id(pack: Pack, name: str) -> str | None:
    """The id of the level with that id, Chinese name or alias; width and case of letters do not matter."""
    wanted = folded(name).casefold()
    for level in pack.file.levels:
        if wanted in {folded(known).casefold() for known in level.names}:
            return level.id
    return None


def cut(schedule: Schedule, first: int, last: int) -> Schedule:
    """The schedule of those of its years that lie from first to last, of the nearest one if none does."""
    first = min(max(first, schedule.first_year), schedule.last_year)
    last = max(min(last, schedule.last_year), first)

    def kept(days: tuple[date, ...]) -> tuple[date, ...]:
        return tuple(day for day in days if first <= day.year <= last)

    return Schedule(schedule.version, first, last, kept(schedule.days_off), kept(schedule.make_up))


def needed(clauses: tuple[Clause, ...]) -> set[str]:
    """Ids of the calendars that clauses can count in, and of the one that caps and windows are counted in."""
    named = {clause.calendar for clause in clauses}
    remote = REMOTE_CALENDARS if any(clause.remote for clause in clauses) else ()
    return {WORKING_CALENDAR, *named, *remote}
