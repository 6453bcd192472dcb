"""Parts: asked for, agreed by the customer, the model checked twice, reserved or ordered, arrived (001-29)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.matters import on_behalf
from domain.matters.matter import REASON, TEXT, WITH_THE_TICKET, Asked, Gate, Matter, Question, Row, Several
from domain.matters.on_behalf import ON_BEHALF
from domain.people.actors import Role
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.records import PartOrder
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

UNKNOWN = Refusal("no_part", Label("没有这个备件申请。", "No such part has been requested."))
NOT_AGREED = Refusal(
    "part_not_agreed",
    Label(
        "客户尚未同意更换备件（agree_part）。", "The customer has not agreed to the part; ask them first (agree_part)."
    ),
)
REFUSED = Refusal(
    "part_refused",
    Label("客户不同意更换这个备件；可另行申请。", "The customer refused this part; another may be requested."),
)
AGREED = Refusal("part_agreed", Label("客户已同意更换这个备件。", "The customer has agreed to this part already."))
NOT_VERIFIED = Refusal(
    "part_not_verified",
    Label(
        "备件型号须由工程师核对一次，再由商务或备件管理员核对一次。",
        "The part's model must be verified by the engineer, and by commercial staff or the stock keeper.",
    ),
)
VERIFIED = Refusal(
    "part_verified",
    Label("贵方已核对过这个备件的型号。", "Your side has verified this part's model already."),
)
SAME_PERSON = Refusal(
    "same_person",
    Label("两次核对须由两个人完成；请由同事核对。", "Two people verify a part; ask a colleague for the other check."),
)
PROVIDED = Refusal(
    "part_provided",
    Label("这个备件已预留或已订货。", "This part has been reserved or ordered already."),
)
NOT_RESERVED = Refusal(
    "part_not_reserved",
    Label(
        "备件尚未预留或订货（reserve_part、order_part）。",
        "The part has been neither reserved nor ordered yet (reserve_part, order_part).",
    ),
)
ARRIVED = Refusal("part_arrived", Label("这个备件已经到货。", "This part has arrived already."))

_PART = Field("part", Type.WORD, required=False, among="parts")

#: Who makes the second check of a model (001-29); the first is the engineers' and managers'.
_SECOND = frozenset({Role.STOCK_KEEPER, Role.COMMERCIAL})


def _may_be_agreed(part: PartOrder, _: Command) -> Refusal | None:
    """The customer agrees once."""
    if part.refused:
        return REFUSED
    return AGREED if part.agreed else None


def _may_be_refused(part: PartOrder, _: Command) -> Refusal | None:
    """The customer refuses a part, also one that they agreed to, until it is there."""
    if part.refused:
        return REFUSED
    return ARRIVED if part.arrived else None


def _may_be_verified(part: PartOrder, command: Command) -> Refusal | None:
    """Each side checks the model once, two people, before it is reserved or ordered."""
    if part.refused:
        return REFUSED
    if _side(command) in part.verified:
        return VERIFIED
    return SAME_PERSON if command.actor.accounts & set(part.verified_by) else None


def _may_be_provided(part: PartOrder, _: Command) -> Refusal | None:
    """A part is reserved once, or ordered once."""
    if part.refused:
        return REFUSED
    return PROVIDED if part.reserved or part.ordered else None


def _may_arrive(part: PartOrder, _: Command) -> Refusal | None:
    """What arrives, once, has been reserved or ordered."""
    if part.arrived:
        return ARRIVED
    return None if part.reserved or part.ordered else NOT_RESERVED


def _is_agreed(part: PartOrder, _: Command) -> Refusal | None:
    """A part is provided only with the customer's agreement, its model verified twice (001-29)."""
    if not part.agreed:
        return NOT_AGREED
    return None if len(part.verified) > 1 else NOT_VERIFIED


_SEVERAL: Several[PartOrder] = Several(
    "parts",
    _PART,
    UNKNOWN,
    steps={
        C.AGREE_PART: _may_be_agreed,
        C.REFUSE_PART: _may_be_refused,
        C.VERIFY_PART: _may_be_verified,
        C.RESERVE_PART: _may_be_provided,
        C.ORDER_PART: _may_be_provided,
        C.PART_ARRIVED: _may_arrive,
    },
    first={C.RESERVE_PART: _is_agreed, C.ORDER_PART: _is_agreed},
)


def request(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """A part is needed."""
    return replace(ticket, parts=(*ticket.parts, PartOrder(f"P{len(ticket.parts) + 1}", at)))


def agree(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer agrees to it."""
    part = _SEVERAL.meant(ticket, command)
    agreed = _SEVERAL.changed(ticket, command, lambda part: replace(part, agreed=True))
    return on_behalf.noted(agreed, command, part.id) if part else agreed


def refuse(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer will not have it, or no longer."""
    return _SEVERAL.changed(ticket, command, lambda part: replace(part, refused=True))


def verify(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """Its model is checked, by one of two sides and one of two people."""
    side, who = _side(command), command.actor.id

    def checked(part: PartOrder) -> PartOrder:
        return replace(part, verified=(*part.verified, side), verified_by=(*part.verified_by, who))

    return _SEVERAL.changed(ticket, command, checked)


def _checked(before: Ticket, after: Ticket, command: Command) -> dict[str, Any]:
    """Which part, and whether that was the second check."""
    part = _SEVERAL.meant(before, command)
    return _SEVERAL.which(before, after, command) | ({"checked_twice": True} if part and part.verified else {})


def _side(command: Command) -> str:
    return "stock" if command.actor.role in _SECOND else "engineer"


def reserve(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The stock keeper puts it aside."""
    return _SEVERAL.changed(ticket, command, lambda part: replace(part, reserved=True))


def order(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """Commercial staff order what is not in stock."""
    return _SEVERAL.changed(ticket, command, lambda part: replace(part, ordered=True))


def arrive(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """It is there."""
    return _SEVERAL.changed(ticket, command, lambda part: replace(part, arrived=True))


def may_be_agreed(ticket: Ticket, command: Command) -> Refusal | None:
    """The customer agrees once to a part; not who requested it."""
    part = _SEVERAL.meant(ticket, command)
    own = on_behalf.own_request(command, ticket.askers.get(f"part {part.id}")) if part else None
    return _SEVERAL.fits(ticket, command) or own


def is_agreed(ticket: Ticket, command: Command) -> Refusal | None:
    """A part is provided with the customer's agreement, which who provides it has not recorded (001-29)."""
    part = _SEVERAL.meant(ticket, command)
    own = on_behalf.own_record(ticket, command, part.id) if part and part.agreed else None
    return _SEVERAL.passes(ticket, command) or own


def questions(ticket: Ticket) -> Iterator[Question]:
    """Whether the customer agrees, part by part."""
    for part in ticket.parts:
        if not part.agreed and not part.refused:
            yield Question(Asked.PART_AGREEMENT, Role.CUSTOMER_CONTACT, part.requested_at, part.id)


_SAID = (TEXT, _PART)
_YES, _NO = (TEXT, _PART, ON_BEHALF), (REASON, _PART, ON_BEHALF)

MATTER = Matter(
    rows=(
        Row(C.REQUEST_PART, Happening.PART_REQUESTED, (TEXT,), does=request, says=_SEVERAL.newest),
        Row(C.AGREE_PART, Happening.PART_AGREED, _YES, needs=may_be_agreed, does=agree, says=_SEVERAL.which),
        Row(C.REFUSE_PART, Happening.PART_REFUSED, _NO, needs=_SEVERAL.fits, does=refuse, says=_SEVERAL.which),
        Row(C.VERIFY_PART, Happening.PART_VERIFIED, _SAID, needs=_SEVERAL.fits, does=verify, says=_checked),
        Row(C.RESERVE_PART, Happening.PART_RESERVED, _SAID, needs=_SEVERAL.fits, does=reserve, says=_SEVERAL.which),
        Row(C.ORDER_PART, Happening.PART_ORDERED, _SAID, needs=_SEVERAL.fits, does=order, says=_SEVERAL.which),
        Row(C.PART_ARRIVED, Happening.PART_ARRIVED, _SAID, needs=_SEVERAL.fits, does=arrive, says=_SEVERAL.which),
    ),
    gates=(
        Gate(
            id="parts",
            clauses=("001-29",),
            name=Label("备件同意与型号双核", "consent to a part, its model checked twice"),
            asked=Label("更换备件", "the replacement of a part"),
            of=Label(
                "客户联系人；工程师核对一次型号，商务或备件管理员再核对一次",
                "the customer's contact; the engineer, and commercial staff or the stock keeper, check the model",
            ),
            evidence=Label("同意的凭据、两次核对", "evidence of the consent, both checks"),
            ends=WITH_THE_TICKET,
            refusal=Label(
                "不预留、不订货；另行提出备件", "nothing is reserved or ordered; another part may be requested"
            ),
            given_by=(C.AGREE_PART, C.VERIFY_PART),
            blocks=frozenset({C.RESERVE_PART, C.ORDER_PART}),
            before=is_agreed,
        ),
    ),
    asks=questions,
)
