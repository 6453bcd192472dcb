"""A small run as it should be, for tests to spoil: one ticket, some commands, the ledger and the histories of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any

from api.http.hashes import hash_of_key
from chaos.histories import History, Signal, Told
from chaos.ledger import Account, Answered, Line, Sent
from chaos.probe import Pulse
from chaos.reconcile import Evidence, reconciled
from domain.decisions import decide
from domain.read_model import batch
from domain.ticket.commands import Command, CommandKind
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Entry, Happening
from domain.timekeeping import catch_up
from tests.domain.told import FRIDAY, tell
from tests.people import PEOPLE

KEY = "a key"
DECIDED = (200, 409)
MINUTE = timedelta(minutes=1)
NETWORK = timedelta(milliseconds=20)
ids = count()


@dataclass
class Run:
    """A run while it is made up; its answers come at once, and its alarms are on time."""

    ticket: Ticket
    now = FRIDAY
    lines: list[Line] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)

    def passes(self, duration: timedelta) -> None:
        self.now += duration
        self.ticket = catch_up(self.ticket, upto=self.now, now=self.now)

    def sends(self, user: str, kind: str, **data: Any) -> str:
        command = Command(f"command {next(ids)}", CommandKind(kind), PEOPLE[user], self.now, data=data)
        decision = decide(self.ticket, command)
        self.ticket = decision.ticket
        self.signals.append(Signal(self.now, command))
        number, id_, at = self.ticket.opening.number, command.command_id, self.now + NETWORK
        said = ("accepted", 200) if decision.accepted else ("refused", 409)
        self.lines.append(Sent(self.now, id_, user, DECIDED, number, kind, data))
        self.lines.append(Answered(at, id_, said[1], number, said[0], decision.seq, decision.reason))
        return id_

    @property
    def history(self) -> History:
        opening = self.ticket.opening
        told = Told(self.now, batch(self.ticket, {}, self.now))
        return History(opening.number, FRIDAY, opening, self.ticket.terms, tuple(self.signals), (told,))

    @property
    def evidence(self) -> Evidence:
        histories = {self.history.number: self.history}
        pulse = Pulse(self.history.number, answers=True, decides=True, failing=False)
        return Evidence(Account.of(self.lines), self.now, histories, histories, [pulse])


def a_run() -> Run:
    """Alarms before and after an answer, a refusal, and time that goes on."""
    ticket = tell("xinhe", "emergency").ticket
    opening = replace(ticket.opening, key_hash=hash_of_key("hotline", KEY))
    run = Run(replace(ticket, opening=opening))
    run.lines.append(Sent(run.now, KEY, "hotline", (200, 201)))
    run.lines.append(Answered(run.now + NETWORK, KEY, 201, opening.number))
    run.passes(6 * MINUTE)
    run.sends("engineer", "note", text="等待")
    run.sends("engineer", "resume")
    run.passes(5 * MINUTE)
    run.sends("engineer", "respond", text="已联系")
    run.passes(3 * MINUTE)
    return run


def counted(evidence: Evidence) -> dict[str, int]:
    """The counters that are not 0."""
    return {name: len(found) for name, found in reconciled(evidence).items() if found}


def with_history(evidence: Evidence, **changes: Any) -> Evidence:
    """With the history otherwise than it was."""
    (history,) = evidence.at_the_end.values()
    changed = {history.number: replace(history, **changes)}
    return replace(evidence, at_rest=changed, at_the_end=changed)


def with_entries(evidence: Evidence, change: Callable[[tuple[Entry, ...]], Iterable[Entry]]) -> Evidence:
    """With another timeline, still numbered without a gap."""
    (history,) = evidence.at_the_end.values()
    (told,) = history.told
    entries = tuple(replace(entry, seq=seq) for seq, entry in enumerate(change(history.entries), start=1))
    return with_history(evidence, told=(Told(told.at, replace(told.batch, entries=entries)),))


def with_answer(evidence: Evidence, id_: str, **changes: Any) -> Evidence:
    """With a request answered otherwise than it was."""
    account = evidence.account
    answers = tuple(replace(answer, **changes) for answer in account.answers[id_])
    return replace(evidence, account=replace(account, answers=account.answers | {id_: answers}))


def is_alarm(entry: Entry) -> bool:
    return entry.happening is Happening.ALARM_RAISED
