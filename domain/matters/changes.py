"""Changes and upgrades: proposed with documents, agreed, made behind a backup, accepted (002-13, 002-14)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from domain.contract.terms import EDITION_2
from domain.matters import on_behalf
from domain.matters.matter import EVIDENCE, REASON, TEXT, Asked, Gate, Matter, Question, Row, Several
from domain.matters.on_behalf import ON_BEHALF
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
        "较大变更须先备份，并填写「备份情况」（backup）。",
        "A large change needs a backup first; fill in “Backup” (backup).",
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
_CHANGE = Field("change", Type.WORD, required=False, among="changes")
_BACKUP = Field("backup", required=False)


def _may_be_agreed(change: Change, _: Command) -> Refusal | None:
    """The customer agrees once to a change that has been proposed and not made."""
    return DECIDED if change.agreed or change.made or change.refused else None


def _may_be_refused(change: Change, _: Command) -> Refusal | None:
    """A change is refused before it is made, or instead of its acceptance."""
    return DECIDED if change.accepted or change.refused else None


def _may_be_made(change: Change, _: Command) -> Refusal | None:
    """A change is made once, and never what the customer refused."""
    if change.refused:
        return REFUSED
    return MADE if change.made else None


def _may_be_accepted(change: Change, _: Command) -> Refusal | None:
    """What is accepted has been made, and nobody has refused it."""
    if change.accepted or change.refused:
        return DECIDED
    return None if change.made else NOT_MADE


def _is_agreed(change: Change, command: Command) -> Refusal | None:
    """A large change needs the customer's consent and a backup that can be shown (002-14)."""
    if not change.large:
        return None
    if not change.agreed:
        return NOT_AGREED
    return NO_BACKUP if command.data and not _BACKUP.of(command) else None


def _is_asked_about(change: Change, _: Command) -> Refusal | None:
    """The customer is asked about large changes."""
    return None if change.large else DECIDED


_SEVERAL: Several[Change] = Several(
    "changes",
    _CHANGE,
    UNKNOWN,
    steps={
        C.AGREE_CHANGE: _may_be_agreed,
        C.REFUSE_CHANGE: _may_be_refused,
        C.MAKE_CHANGE: _may_be_made,
        C.ACCEPT_CHANGE: _may_be_accepted,
    },
    first={C.AGREE_CHANGE: _is_asked_about, C.MAKE_CHANGE: _is_agreed, C.ACCEPT_CHANGE: _is_asked_about},
)


def propose(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """What is to change is described, with its documents."""
    id_, large = f"C{len(ticket.changes) + 1}", _SIZE.of(command) == Size.LARGE
    return replace(ticket, changes=(*ticket.changes, Change(id_, at, large)))


def agree(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer consents to it."""
    change = _SEVERAL.meant(ticket, command)
    agreed = _SEVERAL.changed(ticket, command, lambda change: replace(change, agreed=True))
    return on_behalf.noted(agreed, command, change.id) if change else agreed


def refuse(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer will not have it, or not as it was made."""
    return _SEVERAL.changed(ticket, command, lambda change: replace(change, refused=True))


def make(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """It is made."""
    nth = sum(1 for change in ticket.changes if change.made) + 1
    who = command.actor.id
    return _SEVERAL.changed(ticket, command, lambda change: replace(change, made=nth, made_at=at, made_by=who))


def accept(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer's technicians accept what it did."""
    change = _SEVERAL.meant(ticket, command)
    accepted = _SEVERAL.changed(ticket, command, lambda change: replace(change, accepted=True))
    return on_behalf.noted(accepted, command, _acceptance(change)) if change else accepted


def _acceptance(change: Change) -> str:
    """Under which word it is noted who recorded it; the change's id alone is that of the consent to it."""
    return f"{change.id} accepted"


def may_be_agreed(ticket: Ticket, command: Command) -> Refusal | None:
    """The customer agrees once to a change that has been proposed and not made; not who proposed it."""
    change = _SEVERAL.meant(ticket, command)
    own = on_behalf.own_request(command, ticket.askers.get(f"change {change.id}")) if change else None
    return _SEVERAL.fits(ticket, command) or own


def may_be_accepted(ticket: Ticket, command: Command) -> Refusal | None:
    """What is accepted has been made, nobody has refused it, and who made it has no part in the acceptance."""
    change = _SEVERAL.meant(ticket, command)
    own = on_behalf.own_work(command, change.made_by) if change else None
    return _SEVERAL.fits(ticket, command) or own


def is_agreed(ticket: Ticket, command: Command) -> Refusal | None:
    """A large change needs the customer's consent, which who makes it has not recorded, and a backup (002-14)."""
    change = _SEVERAL.meant(ticket, command)
    own = on_behalf.own_record(ticket, command, change.id) if change and change.agreed else None
    return _SEVERAL.passes(ticket, command) or own


def is_accepted(ticket: Ticket, command: Command) -> Refusal | None:
    """Every large change that was made is accepted, or refused and followed by another (002-14).

    Nobody resolves on an acceptance that they recorded.
    """
    last = max((change.made for change in ticket.changes), default=0)
    if any(_lacks_acceptance(change, last) for change in ticket.changes):
        return NOT_ACCEPTED
    if ticket.terms.edition < EDITION_2:
        return None
    accepted = (change for change in ticket.changes if _lacks_acceptance(replace(change, accepted=False), last))
    own = (on_behalf.own_record(ticket, command, _acceptance(change)) for change in accepted)
    return next(filter(None, own), None)


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


_ANSWER = (TEXT, _CHANGE, EVIDENCE, ON_BEHALF)

MATTER = Matter(
    rows=(
        Row(C.PROPOSE_CHANGE, Happening.CHANGE_PROPOSED, (TEXT, _SIZE, _DOCUMENTS), does=propose, says=_SEVERAL.newest),
        Row(C.AGREE_CHANGE, Happening.CHANGE_AGREED, _ANSWER, needs=may_be_agreed, does=agree, says=_SEVERAL.which),
        Row(
            C.REFUSE_CHANGE,
            Happening.CHANGE_REFUSED,
            (REASON, _CHANGE, ON_BEHALF),
            needs=_SEVERAL.fits,
            does=refuse,
            says=_SEVERAL.which,
        ),
        Row(
            C.MAKE_CHANGE,
            Happening.CHANGE_MADE,
            (TEXT, _CHANGE, _BACKUP),
            needs=_SEVERAL.fits,
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
            of=Label(
                "客户联系人或技术部门审批人", "the customer's contact, or an approver of the technical department"
            ),
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
            of=Label("客户的技术部门审批人或联系人", "an approver of the technical department, or the contact"),
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
