"""Changes and upgrades: proposed with documents, agreed, made behind a backup, accepted (002-13, 002-14)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from domain.matters.matter import EVIDENCE, REASON, TEXT, THE_CONTACT, Asked, Gate, Matter, Question, Row, Several
from domain.people.actors import Role
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.records import Change
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

UNKNOWN = Refusal("no_change", Label("没有这个变更申请。", "No such change has been proposed."))
DECIDED = Refusal("change_decided", Label("该变更已有结论。", "This change is decided already."))
MADE = Refusal("change_made", Label("该变更已经实施。", "This change has been made already."))
NOT_MADE = Refusal("change_not_made", Label("该变更尚未实施。", "This change has not been made yet."))
REFUSED = Refusal(
    "change_refused", Label("客户不同意该变更；请另行提出。", "The customer refused this change; propose another.")
)
NOT_AGREED = Refusal(
    "change_not_agreed",
    Label(
        "较大变更须先经客户同意（agree_change）。",
        "A large change needs the customer's consent first (agree_change).",
    ),
)
NO_BACKUP = Refusal(
    "no_backup",
    Label(
        "较大变更须先备份，并在 backup 中写明凭据。",
        "A large change needs a backup first; name its evidence in the field backup.",
    ),
)
NOT_ACCEPTED = Refusal(
    "change_not_accepted",
    Label(
        "较大变更须经客户技术人员验收（accept_change）才能办结；被拒收的请提出新的变更。",
        "The customer accepts a large change (accept_change) before the resolution; after a refusal make another.",
    ),
)


class Size(StrEnum):
    """A large change needs the customer's consent before and acceptance after; a small one its documents only.

    Stored in histories.
    """

    SMALL = "small"
    LARGE = "large"


_SIZE, _DOCUMENTS = Field("size", Type.WORD, choices=tuple(Size)), Field("documents")
_CHANGE, _BACKUP = Field("change", Type.WORD, required=False), Field("backup", required=False)

_SEVERAL: Several[Change] = Several("changes", _CHANGE)


def propose(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """What is to change is described, with its documents."""
    change = Change(f"C{len(ticket.changes) + 1}", at, large=_SIZE.of(command) == Size.LARGE)
    return replace(ticket, changes=(*ticket.changes, change))


def agree(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer consents to it."""
    return _SEVERAL.changed(ticket, command, lambda change: replace(change, agreed=True))


def refuse(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer will not have it, or not as it was made."""
    return _SEVERAL.changed(ticket, command, lambda change: replace(change, refused=True))


def make(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """It is made."""
    nth = sum(1 for change in ticket.changes if change.made) + 1
    return _SEVERAL.changed(ticket, command, lambda change: replace(change, made=nth, made_at=at))


def accept(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer's technicians accept what it did."""
    return _SEVERAL.changed(ticket, command, lambda change: replace(change, accepted=True))


def may_be_agreed(ticket: Ticket, command: Command) -> Refusal | None:
    """The customer agrees once to a change that has been proposed and not made."""
    change = _SEVERAL.meant(ticket, command)
    if change is None:
        return UNKNOWN
    return DECIDED if change.agreed or change.made or change.refused else None


def may_be_refused(ticket: Ticket, command: Command) -> Refusal | None:
    """A change is refused before it is made, or instead of its acceptance."""
    change = _SEVERAL.meant(ticket, command)
    if change is None:
        return UNKNOWN
    return DECIDED if change.accepted or change.refused else None


def may_be_made(ticket: Ticket, command: Command) -> Refusal | None:
    """A change that has been proposed is made once."""
    change = _SEVERAL.meant(ticket, command)
    if change is None:
        return UNKNOWN
    return MADE if change.made else None


def may_be_accepted(ticket: Ticket, command: Command) -> Refusal | None:
    """What is accepted has been made, and nobody has refused it."""
    change = _SEVERAL.meant(ticket, command)
    if change is None:
        return UNKNOWN
    if change.accepted or change.refused:
        return DECIDED
    return None if change.made else NOT_MADE


def is_agreed(ticket: Ticket, command: Command) -> Refusal | None:
    """A large change needs the customer's consent and a backup that can be shown (002-14)."""
    change = _SEVERAL.meant(ticket, command)
    if change is None:
        return UNKNOWN
    if change.refused:
        return REFUSED
    if not change.large:
        return None
    if not change.agreed:
        return NOT_AGREED
    return NO_BACKUP if command.data and not _BACKUP.of(command) else None


def is_accepted(ticket: Ticket, _: Command) -> Refusal | None:
    """Every large change that was made is accepted, or refused and followed by another (002-14)."""
    last = max((change.made for change in ticket.changes), default=0)
    return NOT_ACCEPTED if any(_lacks_acceptance(change, last) for change in ticket.changes) else None


def questions(ticket: Ticket) -> Iterator[Question]:
    """Whether the customer agrees to a large change, and whether what was made is accepted."""
    for change in ticket.changes:
        if not change.large or change.refused:
            continue
        if not change.agreed:
            yield Question(Asked.CHANGE_AGREEMENT, Role.CUSTOMER_CONTACT, change.proposed_at, change.id)
        if change.made and not change.accepted:
            yield Question(Asked.CHANGE_ACCEPTANCE, Role.CUSTOMER_CONTACT, change.made_at, change.id)


def _lacks_acceptance(change: Change, last: int) -> bool:
    mended = change.refused and change.made < last
    return change.large and bool(change.made) and not (change.accepted or mended)


_ANSWER = (TEXT, _CHANGE, EVIDENCE)

MATTER = Matter(
    rows=(
        Row(C.PROPOSE_CHANGE, Happening.CHANGE_PROPOSED, (TEXT, _SIZE, _DOCUMENTS), does=propose, says=_SEVERAL.newest),
        Row(C.AGREE_CHANGE, Happening.CHANGE_AGREED, _ANSWER, needs=may_be_agreed, does=agree, says=_SEVERAL.which),
        Row(
            C.REFUSE_CHANGE,
            Happening.CHANGE_REFUSED,
            (REASON, _CHANGE),
            needs=may_be_refused,
            does=refuse,
            says=_SEVERAL.which,
        ),
        Row(
            C.MAKE_CHANGE,
            Happening.CHANGE_MADE,
            (TEXT, _CHANGE, _BACKUP),
            needs=may_be_made,
            does=make,
            says=_SEVERAL.which,
        ),
        Row(
            C.ACCEPT_CHANGE, Happening.CHANGE_ACCEPTED, _ANSWER, needs=may_be_accepted, does=accept, says=_SEVERAL.which
        ),
    ),
    gates=(
        Gate(
            id="change_before",
            clauses=("002-13", "002-14", "000-20"),
            name=Label("变更前同意", "consent before a change"),
            asked=Label(
                "变更内容、技术文件；较大变更须备份", "what changes, with documents; a backup before a large one"
            ),
            of=THE_CONTACT,
            evidence=Label("详细说明、技术文件、备份凭据", "detailed description, documents, evidence of the backup"),
            ends=Label("本次变更", "with that change"),
            refusal=Label("不得变更；另行提出", "no change; another may be proposed"),
            given_by=(C.AGREE_CHANGE,),
            blocks=frozenset({C.MAKE_CHANGE}),
            before=is_agreed,
        ),
        Gate(
            id="change_after",
            clauses=("002-14",),
            name=Label("变更后验收", "acceptance after a change"),
            asked=Label("较大变更的结果和影响", "the result and the impact of a large change"),
            of=Label("客户的技术人员（联系人）", "the customer's technicians (contact)"),
            evidence=Label("验收意见", "the words of the acceptance"),
            ends=Label("本次变更", "with that change"),
            refusal=Label(
                "不能办结；提出并完成新的变更（如回退）",
                "nothing is resolved; propose and make another change, such as going back",
            ),
            given_by=(C.ACCEPT_CHANGE,),
            blocks=frozenset({C.RESOLVE}),
            before=is_accepted,
        ),
    ),
    asks=questions,
)
