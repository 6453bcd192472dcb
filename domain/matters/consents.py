"""Consents: what a customer agrees to by its subject, a gate or a clause, and takes back (001-05, 001-06)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.contract.clauses import Kind
from domain.contract.promises import Extension
from domain.contract.terms import EDITION_8, EDITION_9
from domain.matters import on_behalf, subjects
from domain.matters.matter import EVIDENCE, TEXT, THE_CONTACT, WITHDRAWN, Gate, Matter, Row, Way
from domain.matters.on_behalf import ON_BEHALF
from domain.ticket import clocks
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NOT_IN_WRITING = Refusal(
    "not_in_writing",
    Label(
        "延期和降低严重程度须有书面凭据：请填写「凭据」（evidence）。",
        "An extension or a lower severity is agreed in writing: fill in “Evidence” (evidence).",
    ),
)


class ConsentChannel(StrEnum):
    """How a customer may have given a consent. Stored in histories."""

    PHONE = "phone"
    MAIL = "mail"
    WEB = "web"
    MOBILE = "mobile"
    PAPER = "paper"


SUBJECT = Field("subject", Type.WORD)
#: Absent: yes.
AGREED = Field("agreed", Type.FLAG, required=False)
#: Of what the clause promises, the kind that is meant; absent: the arrival, or the only one.
_KIND = Field("kind", Type.WORD, required=False, choices=tuple(Kind))
#: How long the customer agrees to wait (001-05), and how far ahead that may lie at most.
UNTIL = Field("until", Type.INSTANT, required=False)
WAITS_AT_MOST = timedelta(days=366)


def consent(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer consents, or no longer does; with ``until``, to wait so long for a kind that a clause promises."""
    subject, until = SUBJECT.of(command), UNTIL.of(command)
    ticket = on_behalf.noted(ticket, command, subject)
    others = tuple(each for each in ticket.consents if each != subject)
    extensions = {kind: each for kind, each in ticket.extensions.items() if each.clause != subject}
    if AGREED.of(command) is False:
        return replace(ticket, consents=others, extensions=extensions)
    kinds = subjects.meant(ticket, subject, _KIND.of(command)) if until is not None else ()
    if until is None or not kinds:
        return replace(ticket, consents=ticket.consents if subject in ticket.consents else (*others, subject))
    return replace(ticket, consents=others, extensions=extensions | {kind: Extension(subject, until) for kind in kinds})


def means_something(ticket: Ticket, command: Command) -> Refusal | None:
    """A consent is to a gate or a clause of this ticket, and changes something."""
    subject = SUBJECT.of(command)
    if subject is None:
        return None if _something_is_left(ticket, command) else subjects.CHANGES_NOTHING
    if AGREED.of(command) is False:
        given = {*ticket.consents, *(each.clause for each in ticket.extensions.values())}
        return None if subject in given else subjects.CHANGES_NOTHING
    if not subjects.is_gate(subject) and not subjects.kinds_of(ticket, subject):
        return subjects.UNKNOWN.adding(subjects.known(ticket))
    if subjects.is_shut(ticket, subject, command):
        return None
    waits = UNTIL.of(command) is not None and subjects.kinds_of(ticket, subject)
    if waits and len(subjects.meant(ticket, subject, _KIND.of(command))) != 1:
        return subjects.which_kind(ticket, subject)
    return None if _moves(ticket, command) else subjects.CHANGES_NOTHING


def _moves(ticket: Ticket, command: Command) -> bool:
    """Whether anything that is owed would be due at another time; before edition 8, anything at all."""
    after = clocks.derive(consent(ticket, command, command.accepted_at), command.accepted_at)
    due = {each.key: each.promise.due_at for each in after.obligations}
    whatever = ticket.terms.edition < EDITION_8
    owed = (each for each in ticket.obligations if whatever or each.let_go is None)
    return any(due.get(each.key) != each.promise.due_at for each in owed)


def _something_is_left(ticket: Ticket, command: Command) -> bool:
    """Whether anything could be agreed to: what was is taken back, a gate is shut, or a promise could wait."""
    given = ticket.consents or ticket.extensions
    waits = any(each.let_go is None and not each.settled for each in ticket.obligations)
    return bool(given) or waits or any(subjects.is_shut(ticket, each, command) for each in subjects.gates())


def ended(before: Ticket, after: Ticket) -> dict[str, list[str]]:
    """For the entry: the agreements to wait that end because the report has become graver."""
    given, left = (
        dict.fromkeys((*each.consents, *(one.clause for one in each.extensions.values()))) for each in (before, after)
    )
    gone = [each for each in given if each not in left]
    return {"consents_ended": gone} if gone else {}


def while_as_grave(before: Ticket, after: Ticket) -> Ticket:
    """Without the customer's agreements to wait, once the report has become graver than they knew (001-06)."""
    if not subjects.is_raised(before, after):
        return after
    waiting = {clause.consent for clause in after.terms.clauses if clause.consent}
    waiting |= {each.clause for each in after.extensions.values()}
    kept = tuple(each for each in after.consents if each not in waiting)
    return replace(after, consents=kept, extensions={})


def is_in_writing(ticket: Ticket, command: Command) -> Refusal | None:
    """Another due time than the contract's, and a lower severity, are agreed in writing: with evidence (001-05)."""
    in_writing = subjects.LOWERING | _extending(ticket)
    agreed = SUBJECT.of(command) in in_writing and AGREED.of(command) is not False
    return NOT_IN_WRITING if (UNTIL.of(command) or agreed) and not on_behalf.has_evidence(command) else None


def _extending(ticket: Ticket) -> frozenset[str]:
    """The clauses that name a later time of their own for whoever agrees to it (001-06)."""
    known = ticket.terms.clauses if ticket.terms.edition >= EDITION_9 else ()
    return frozenset(clause.consent for clause in known if clause.consent)


def _says(before: Ticket, _: Ticket, command: Command) -> dict[str, Any]:
    """Of a clause, what it promises: that is what the consent is about."""
    subject = SUBJECT.of(command)
    kinds = subjects.meant(before, subject, _KIND.of(command)) if subject else ()
    return {"kinds": list(kinds)} if kinds else {}


def _ways(ticket: Ticket, now: datetime) -> Iterator[Way]:
    """To each subject, to wait for each kind that it promises, and no longer to what is agreed."""
    given = {*ticket.consents, *(each.clause for each in ticket.extensions.values())}
    due = (each.promise.due_at for each in ticket.obligations if each.promise.due_at)
    until = max((now, *due)) + timedelta(days=1)
    for subject in dict.fromkeys((*subjects.all_of(ticket), *sorted(given))):
        yield Way({SUBJECT.name: subject})
        for kind in subjects.kinds_of(ticket, subject):
            yield Way({SUBJECT.name: subject, _KIND.name: kind.value, UNTIL.name: until.isoformat()})
        if subject in given:
            yield Way({SUBJECT.name: subject, AGREED.name: False})


MATTER = Matter(
    rows=(
        Row(
            C.CONSENT,
            Happening.CONSENTED,
            (SUBJECT, TEXT, AGREED, _KIND, UNTIL, EVIDENCE, ON_BEHALF),
            needs=means_something,
            does=consent,
            says=_says,
            ways=_ways,
        ),
    ),
    gates=(
        Gate(
            id="extension",
            clauses=("001-05", "001-06"),
            name=Label("延期", "extension"),
            asked=Label("比合同更晚的到期时间", "a later due time than the contract's"),
            of=THE_CONTACT,
            evidence=Label("书面凭据", "evidence in writing"),
            ends=WITHDRAWN,
            refusal=Label("合同的时限照旧", "the contract's time stands"),
            given_by=(C.CONSENT,),
            blocks=frozenset({C.CONSENT}),
            before=is_in_writing,
        ),
    ),
)
