"""Parts: asked for, agreed by the customer, the model checked twice, reserved, arrived (001-29)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain.matters.matter import TEXT, WITH_THE_TICKET, Asked, Gate, Matter, Question, Row, Several
from domain.people.actors import Role
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.records import PartOrder
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

UNKNOWN = Refusal("no_part", Label("没有这个备件申请。", "No such part has been requested."))
NOT_AGREED = Refusal("part_not_agreed", Label("客户尚未同意更换备件。", "The customer has not agreed to the part."))
NOT_VERIFIED = Refusal(
    "part_not_verified",
    Label(
        "备件型号须由工程师和商务各核对一次。",
        "The part's model must be verified by the engineer and by the stock keeper.",
    ),
)
NOT_RESERVED = Refusal("part_not_reserved", Label("备件尚未预留。", "The part has not been reserved."))

_PART = Field("part", Type.WORD, required=False)

_SEVERAL: Several[PartOrder] = Several("parts", _PART)


def request(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """A part is needed."""
    return replace(ticket, parts=(*ticket.parts, PartOrder(f"P{len(ticket.parts) + 1}", at)))


def agree(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer agrees to it."""
    return _SEVERAL.changed(ticket, command, lambda part: replace(part, agreed=True))


def verify(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """Its model is checked, once by the engineer's side and once by the stock keeper, by two people."""
    by = "stock" if command.actor.role is Role.STOCK_KEEPER else "engineer"

    def checked(part: PartOrder) -> PartOrder:
        if by in part.verified or command.actor.id in part.verified_by:
            return part
        return replace(part, verified=(*part.verified, by), verified_by=(*part.verified_by, command.actor.id))

    return _SEVERAL.changed(ticket, command, checked)


def reserve(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The stock keeper puts it aside."""
    return _SEVERAL.changed(ticket, command, lambda part: replace(part, reserved=True))


def arrive(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """It is there."""
    return _SEVERAL.changed(ticket, command, lambda part: replace(part, arrived=True))


def is_known(ticket: Ticket, command: Command) -> Refusal | None:
    """Whatever happens to a part, it has been requested."""
    return None if _SEVERAL.meant(ticket, command) else UNKNOWN


def is_reserved(ticket: Ticket, command: Command) -> Refusal | None:
    """What arrives has been reserved."""
    part = _SEVERAL.meant(ticket, command)
    if part is None:
        return UNKNOWN
    return None if part.reserved else NOT_RESERVED


def is_agreed(ticket: Ticket, command: Command) -> Refusal | None:
    """A part is ordered only with the customer's agreement, its model verified twice (001-29)."""
    part = _SEVERAL.meant(ticket, command)
    if part is None:
        return UNKNOWN
    if not part.agreed:
        return NOT_AGREED
    return None if len(part.verified) > 1 else NOT_VERIFIED


def questions(ticket: Ticket) -> Iterator[Question]:
    """Whether the customer agrees, part by part."""
    for part in ticket.parts:
        if not part.agreed and not part.arrived:
            yield Question(Asked.PART_AGREEMENT, Role.CUSTOMER_CONTACT, part.requested_at, part.id)


_SAID = (TEXT, _PART)

MATTER = Matter(
    rows=(
        Row(C.REQUEST_PART, Happening.PART_REQUESTED, (TEXT,), does=request, says=_SEVERAL.newest),
        Row(C.AGREE_PART, Happening.PART_AGREED, _SAID, needs=is_known, does=agree, says=_SEVERAL.which),
        Row(C.VERIFY_PART, Happening.PART_VERIFIED, _SAID, needs=is_known, does=verify, says=_SEVERAL.which),
        Row(C.RESERVE_PART, Happening.PART_RESERVED, _SAID, does=reserve, says=_SEVERAL.which),
        Row(C.PART_ARRIVED, Happening.PART_ARRIVED, _SAID, needs=is_reserved, does=arrive, says=_SEVERAL.which),
    ),
    gates=(
        Gate(
            id="parts",
            clauses=("001-29",),
            name=Label("备件同意与型号双核", "consent to a part, its model checked twice"),
            asked=Label("更换备件", "the replacement of a part"),
            of=Label(
                "客户联系人；工程师与商务各核对一次型号",
                "the customer's contact; engineer and stock keeper check the model",
            ),
            evidence=Label("同意的凭据、两次核对", "evidence of the consent, both checks"),
            ends=WITH_THE_TICKET,
            refusal=Label(
                "不预留、不订货；另行提出备件", "nothing is reserved or ordered; another part may be requested"
            ),
            given_by=(C.AGREE_PART, C.VERIFY_PART),
            blocks=frozenset({C.RESERVE_PART}),
            before=is_agreed,
        ),
    ),
    asks=questions,
)
