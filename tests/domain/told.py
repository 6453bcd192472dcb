"""A ticket told without any server: the pure domain, with the clock in the hand of the test.

It speaks the language of ``tests.desk``, so that a rule and its story read alike.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from domain.contract.calendars import CHINA
from domain.decisions import decide
from domain.intake import open_ticket
from domain.people.actors import Actor
from domain.ticket import clocks
from domain.ticket.commands import Command, CommandKind
from domain.ticket.obligations import Obligation, State
from domain.ticket.opening import Contact, Customer, Opening
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Entry
from domain.timekeeping import catch_up
from policies import load_pack
from tests.people import PEOPLE, known_about

FRIDAY = datetime(2026, 2, 13, 16, 0, tzinfo=CHINA)  # the day before a make-up Saturday and the Spring Festival


@dataclass
class Told:
    """A ticket, and what time it is on it. ``known``: what the API would find out for the next command."""

    ticket: Ticket
    now: datetime
    ids: "count[int]"
    known: dict[str, Any] = field(default_factory=dict)  # what the API finds beside the people of the tests

    def does(self, who: str | Actor, kind: str, /, *, ago: timedelta | None = None, **data: Any) -> Entry:
        """Somebody acts, and it is accepted."""
        entry = self.says(who, kind, ago, data)
        assert entry.happening != "command_refused", f"{kind} by {who} was refused: {entry.data}"
        return entry

    def expect_refused(self, who: str | Actor, kind: str, why: str, /, **data: Any) -> Entry:
        """Somebody tries, and it is refused for this reason."""
        entry = self.says(who, kind, None, data)
        assert entry.happening == "command_refused", f"{kind} by {who} was accepted"
        assert entry.data["reason"] == why
        return entry

    def passes(self, duration: timedelta) -> None:
        """Time passes, and everything happens when it is due."""
        self.now += duration
        self.ticket = catch_up(self.ticket, upto=self.now, now=self.now)

    def sleeps(self, duration: timedelta) -> None:
        """Time passes, and nothing of ours is there to notice."""
        self.now += duration

    def reaches(self, instant: datetime | None) -> None:
        """Time passes until an instant."""
        assert instant is not None
        self.passes(instant - self.now)

    def reaches_due(self, key: str) -> None:
        """Time passes until this obligation is due."""
        self.reaches(self.due(key))

    def obligation(self, key: str) -> Obligation:
        """One of its obligations."""
        return next(each for each in self.ticket.obligations if each.key == key)

    def due(self, key: str) -> datetime:
        """When it is due."""
        due = self.obligation(key).promise.due_at
        assert due is not None, f"{key} is not due at any time yet"
        return due

    def state(self, key: str) -> State:
        """How it stands."""
        obligation = self.obligation(key)
        return obligation.state(paused=clocks.stands_still(self.ticket, obligation))

    def rungs(self, key: str) -> list[int]:
        """The rungs that were raised, in order."""
        return [alarm.rung for alarm in self.obligation(key).alarms]

    def alarms(self, alarm: str) -> list[Entry]:
        """The alarms of this name on the timeline."""
        return [entry for entry in self.ticket.fresh if entry.data.get("alarm") == alarm]

    def happened(self) -> list[str]:
        """The timeline, in words."""
        return [str(entry.happening) for entry in self.ticket.fresh]

    def says(self, who: str | Actor, kind: str, ago: timedelta | None, data: dict[str, Any]) -> Entry:
        """Somebody sends a command; its entry, whatever was decided."""
        actor = PEOPLE[who] if isinstance(who, str) else who
        return self.hears(
            Command(
                command_id=str(next(self.ids)),
                kind=CommandKind(kind),
                actor=actor,
                accepted_at=self.now,
                occurred_at=None if ago is None else self.now - ago,
                known=known_about(data) | self.known | data.pop("known", {}),
                data=data,
            )
        )

    def hears(self, command: Command) -> Entry:
        """What was due has happened, and the command is decided on."""
        self.ticket = catch_up(self.ticket, upto=self.now, now=self.now)
        decision = decide(self.ticket, command)
        self.ticket = decision.ticket
        return self.ticket.fresh[decision.seq - 1]


def tell(pack: str, level: str | None = None, *, at: datetime = FRIDAY, **report: Any) -> Told:
    """A ticket opened under a pack. ``switches``: what the contract sets otherwise; ``terms``: what else was agreed."""
    opening = Opening(
        number=report.pop("number", "TESTTEST"),
        contract=pack,
        title="核心交换机宕机",
        description="机房告警，业务中断。",
        channel=report.pop("channel", "web"),
        customer=Customer(report.pop("customer", f"demo-{pack}"), "演示客户"),
        contact=Contact("王工", "13800000000"),
        opener=report.pop("opener", PEOPLE["hotline"]),
        accepted_at=at,
        received_at=report.pop("received_at", at),
        level=level,
        facts=report.pop("facts", {}),
        fault_occurred_at=report.pop("fault_at", None),
        booked_at=report.pop("booked_at", None),
    )
    terms = load_pack(pack).terms(overrides=report.pop("switches", None))
    terms = replace(terms, **report.pop("terms", {}))
    assert not report, f"unknown: {report}"
    return Told(open_ticket(opening, terms), at, count())
