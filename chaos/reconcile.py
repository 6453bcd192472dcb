"""Reconciliation: the ledger against the histories and the read model. Every counter lists what it counts."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from api.http.hashes import hash_of_key
from chaos.histories import History
from chaos.ledger import Account, Answered, Sent
from chaos.probe import Pulse
from chaos.twin import alarm_of, alarms, relived
from domain.ticket.timeline import Entry, Happening

_OK = (200, 201, 202)
_REFUSED = 409


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known after a run.

    Attributes:
        at_rest: the histories before anybody probed, which would have raised what was late.
        horizon: what came due until then should stand in those.
        at_the_end: the histories after everything.
        differing: rows in which the read model and what the histories make of it differ.
        before: the numbers of tickets that stood before the run; their senders are others.
    """

    account: Account
    horizon: datetime
    at_rest: Mapping[str, History] = field(default_factory=dict)
    at_the_end: Mapping[str, History] = field(default_factory=dict)
    pulses: Sequence[Pulse] = ()
    differing: Sequence[str] = ()
    before: Collection[str] = ()

    @property
    def decided(self) -> dict[str, list[tuple[str, Entry]]]:
        """The entries that record decisions, with their tickets, by the command's id."""
        found: dict[str, list[tuple[str, Entry]]] = {}
        for history in self.at_the_end.values():
            for entry in history.entries:
                if entry.command_id is not None:
                    found.setdefault(entry.command_id, []).append((history.number, entry))
        return found


Findings = Iterator[str]


def lost(evidence: Evidence) -> Findings:
    """What was answered as taken and is not in history, or not as it was answered; what was turned away wrongly."""
    decided = evidence.decided
    for id_, sent in evidence.account.commands.items():
        entries = [entry for _, entry in decided.get(id_, ())]
        for answer in evidence.account.answers.get(id_, ()):
            why = _command_lost(evidence.at_the_end.get(sent.ticket or ""), sent, answer, entries)
            if why:
                yield f"command {sent.kind} {id_} on {sent.ticket}, answered {_said(answer)}: {why}"
    for key, sent in evidence.account.reports.items():
        for answer in evidence.account.answers.get(key, ()):
            if why := _report_lost(evidence, sent, answer):
                yield f"report {key}, answered {_said(answer)}: {why}"


def _command_lost(history: History | None, sent: Sent, answer: Answered, entries: list[Entry]) -> str | None:
    if answer.is_final and (answer.status not in sent.expected or (answer.asked and answer.status not in _OK)):
        return f"not one of {sent.expected}, or it had been taken before"
    if answer.status not in {*_OK, _REFUSED}:
        return None
    if history is None:
        return "its ticket has no history"
    signal = history.taken.get(sent.id)
    if signal is not None and signal.at <= answer.at:
        return _otherwise_decided(answer, entries)
    # Nobody is left to record what is asked of a ticket whose life is over.
    over = history.over_at is not None and history.over_at <= answer.at
    return None if over and answer.reason == "closed" and not entries else "not in history at that time"


def _otherwise_decided(answer: Answered, entries: list[Entry]) -> str | None:
    if not entries:
        return "never decided"
    first = entries[0]
    decision = "refused" if first.happening is Happening.COMMAND_REFUSED else "accepted"
    agree = not answer.is_final or (answer.decision, answer.seq) == (decision, first.seq)
    return None if agree else f"history says {first.happening} as entry {first.seq}"


def _report_lost(evidence: Evidence, sent: Sent, answer: Answered) -> str | None:
    if answer.is_final and answer.status not in sent.expected:
        return f"not one of {sent.expected}"
    if answer.status not in _OK:
        return None
    history = evidence.at_the_end.get(answer.number or "")
    if history is None or history.opened_at > answer.at:
        return "no such ticket at that time"
    return None if history.opening.key_hash == hash_of_key(sent.user, sent.id) else "another report's ticket"


def phantom(evidence: Evidence) -> Findings:
    """What is in history and nobody sent, or not like this, or what was turned away."""
    keys = {hash_of_key(sent.user, key) for key, sent in evidence.account.reports.items()}
    for history in evidence.at_the_end.values():
        for entry in history.entries:
            if entry.command_id is not None and entry.command_id not in history.taken:
                yield f"entry {entry.seq} {entry.happening} of {history.number} answers nothing that came"
        if history.number in evidence.before:
            yield from _unsent(evidence, history, only=evidence.account.commands)
            continue
        if history.opening.key_hash not in keys:
            yield f"ticket {history.number}"
        yield from _unsent(evidence, history, only=history.taken)


def _unsent(evidence: Evidence, history: History, *, only: Mapping[str, object]) -> Findings:
    """The commands in a history that nobody sent like this, or that were turned away."""
    for id_ in only.keys() & history.taken.keys():
        command, sent = history.taken[id_].command, evidence.account.commands.get(id_)
        told = (history.number, command.kind, command.actor.id, command.data)
        if sent is None or told != (sent.ticket, sent.kind, sent.user, sent.data):
            yield f"command {id_} was not sent like this: {told}"
        answers = evidence.account.answers.get(id_, ())
        if answers and all(answer.is_final and answer.status not in {*_OK, _REFUSED} for answer in answers):
            yield f"command {command.kind} {id_} on {history.number}, answered {_said(answers[-1])}"


def duplicate_effect(evidence: Evidence) -> Findings:
    """Commands with more than one entry or different answers, reports with more than one ticket, entries told twice."""
    for id_, entries in evidence.decided.items():
        if len(entries) > 1:
            yield f"command {id_}: entries {[(number, entry.seq) for number, entry in entries]}"
    keys = Counter(history.opening.key_hash for history in evidence.at_the_end.values())
    yield from (f"key {key}: {count} tickets" for key, count in keys.items() if count > 1)
    for id_, answers in evidence.account.answers.items():
        # A ticket's own answer shows how it stands, which may change; only its number may not.
        is_report = id_ in evidence.account.reports
        final = (answer for answer in answers if answer.is_final and answer.status in {*_OK, _REFUSED})
        said = {answer.number if is_report else f"{answer.decision} as entry {answer.seq}" for answer in final}
        if len(said) > 1:
            yield f"request {id_} was answered in different ways: {said}"
    for history in evidence.at_the_end.values():
        seqs = [entry.seq for entry in history.entries]
        if seqs != list(range(1, len(seqs) + 1)):
            yield f"ticket {history.number} was told as {seqs}"


def missing_alarm(evidence: Evidence) -> Findings:
    """What came due on an undisturbed twin and was not raised."""
    for history in evidence.at_rest.values():
        if history.terms is None:
            yield f"ticket {history.number}: its terms were never agreed"
        expected = alarms(relived(history, evidence.horizon))
        for alarm in expected - alarms(history.entries):
            yield f"ticket {history.number}: {_named(alarm)}"


def duplicate_alarm(evidence: Evidence) -> Findings:
    """Rungs raised twice."""
    for history in evidence.at_the_end.values():
        raised = [entry for entry in history.entries if entry.happening is Happening.ALARM_RAISED]
        known = Counter(_once(entry) for entry in raised)
        yield from (f"ticket {history.number}: {once}" for once, count in known.items() if count > 1)


def _once(entry: Entry) -> tuple[object, ...]:
    """Of an obligation each alarm and rung is raised once, whatever becomes of its due time; of a wait each end."""
    alarm, obligation, rung, at = alarm_of(entry)
    return (alarm, obligation, rung) if obligation else (alarm, at)


def early_alarm(evidence: Evidence) -> Findings:
    """What was raised before it was due, or was never due at all."""
    for history in evidence.at_the_end.values():
        for told in history.told:
            for entry in told.batch.entries:
                if entry.happening is Happening.ALARM_RAISED and min(entry.recorded_at, told.at) < entry.at:
                    yield f"ticket {history.number}: {_named(alarm_of(entry))}, raised {entry.recorded_at}"
        never_due = alarms(history.entries) - alarms(relived(history, evidence.horizon))
        doubled = alarms(history.entries) - Counter(set(alarms(history.entries)))
        yield from (f"ticket {history.number}: {_named(alarm)}, never due" for alarm in never_due - doubled)


def stuck(evidence: Evidence) -> Findings:
    """Tickets that do not live on, and requests that were never settled."""
    for pulse in evidence.pulses:
        if not (pulse.answers and pulse.decides) or pulse.failing:
            yield str(pulse)
    for history in evidence.at_the_end.values():
        yield from (f"ticket {history.number}: {end}" for end in history.broken)
    for id_, sent in evidence.account.sent.items():
        if sent[0].expected and evidence.account.final(id_) is None:
            yield f"request {id_} was never settled: {[_said(each) for each in evidence.account.answers.get(id_, ())]}"


def projection_difference(evidence: Evidence) -> Findings:
    """Rows that the histories do not give, or give differently."""
    yield from evidence.differing


#: In the order in which they are printed.
COUNTERS: dict[str, Callable[[Evidence], Findings]] = {
    "lost": lost,
    "phantom": phantom,
    "duplicate effect": duplicate_effect,
    "missing alarm": missing_alarm,
    "duplicate alarm": duplicate_alarm,
    "early alarm": early_alarm,
    "stuck": stuck,
    "projection difference": projection_difference,
}


def reconciled(evidence: Evidence) -> dict[str, list[str]]:
    """Counter by counter, everything found."""
    return {name: list(find(evidence)) for name, find in COUNTERS.items()}


def _said(answer: Answered) -> str:
    words = (str(answer.status), answer.decision, answer.reason, answer.trouble, f"at {answer.at:%H:%M:%S.%f}")
    return " ".join(word for word in words if word)


def _named(alarm: tuple[object, ...]) -> str:
    return " ".join(str(word) for word in alarm if word is not None)
