"""Consents: what a customer agrees to by its subject, a gate or a clause, and takes back (001-05, 001-06)."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from domain.matters import on_behalf
from domain.matters.matter import EVIDENCE, TEXT, THE_CONTACT, WITHDRAWN, Gate, Matter, Row
from domain.matters.on_behalf import ON_BEHALF
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NOT_IN_WRITING = Refusal(
    "not_in_writing",
    Label(
        "延期和降低严重程度须有书面凭据：请填写 evidence。",
        "An extension or a lower severity is agreed in writing: name its evidence in the field evidence.",
    ),
)


class ConsentChannel(StrEnum):
    """How a customer may have given a consent. Stored in histories."""

    PHONE = "phone"
    MAIL = "mail"
    WEB = "web"
    MOBILE = "mobile"
    PAPER = "paper"


#: Consents to a lower severity than the customer's, by their subject or their clause (001-19).
LOWERING = frozenset({"level_lowering", "001-19"})

_SUBJECT = Field("subject", Type.WORD)
#: Absent: yes.
_AGREED = Field("agreed", Type.FLAG, required=False)
#: How long the customer agrees to wait (001-05).
_UNTIL = Field("until", Type.INSTANT, required=False)


def consent(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer consents, or no longer does; with ``until``, to wait so long for what a clause promises."""
    subject, until = _SUBJECT.of(command), _UNTIL.of(command)
    ticket = on_behalf.noted(ticket, command, subject)
    others = tuple(each for each in ticket.consents if each != subject)
    extensions = {clause: at for clause, at in ticket.extensions.items() if clause != subject}
    if _AGREED.of(command) is False:
        return replace(ticket, consents=others, extensions=extensions)
    known = ticket.consents if subject in ticket.consents else (*others, subject)
    if until is None:
        return replace(ticket, consents=known)
    return replace(ticket, consents=known, extensions=extensions | {subject: until})


def is_in_writing(_: Ticket, command: Command) -> Refusal | None:
    """Another due time than the contract's, and a lower severity, are agreed in writing: with evidence (001-05)."""
    lowers = _SUBJECT.of(command) in LOWERING and _AGREED.of(command) is not False
    return NOT_IN_WRITING if (_UNTIL.of(command) or lowers) and not EVIDENCE.of(command) else None


MATTER = Matter(
    rows=(Row(C.CONSENT, Happening.CONSENTED, (_SUBJECT, TEXT, _AGREED, _UNTIL, EVIDENCE, ON_BEHALF), does=consent),),
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
