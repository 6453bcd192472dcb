"""Identification: whose report it is, learnt later, or a corrected contact. Another contract brings its own terms.

The terms of another contract are agreed before the command is decided on, so that it takes effect as a whole: until
they are there the old ones hold.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.contract.terms import EDITION_4, Terms
from domain.matters import agreements, lowering, major, remote
from domain.matters.calls import called
from domain.matters.closing import reconfirmed
from domain.matters.matter import MAYBE_REASON, UNTIL_CLOSED, Matter, Row, Way
from domain.matters.triage import UNKNOWN_LEVEL, moved
from domain.ticket import clocks
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.opening import Contact, Customer, Party
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label, listed
from domain.words.refusals import Refusal

NOBODY_NAMED = Refusal(
    "nobody_named",
    Label(
        "请至少填写客户（customer）、合同（contract）、联系人（contact）之一。",
        "Name the customer, the contract or the contact (customer, contract, contact).",
    ),
)
CONTACT_NAMED_ANEW = Refusal(
    "contact_named_anew",
    Label(
        "变更客户时，请同时填写新客户的联系人（contact）：原联系人属于另一单位。",
        "With another customer, name their contact, too (contact): the one on record is somebody else's.",
    ),
)
OTHERS_MERGED = Refusal(
    "others_merged",
    Label(
        "其他报修已并入此单（{numbers}），不能再变更客户；请为正确的客户另开一单，并在本单备注。",
        "Other reports are merged into it ({numbers}), so it stays this customer's; open a ticket for the right one, "
        "and say so in a note.",
    ),
)
LEVEL_NAMED_ANEW = Refusal(
    "level_named_anew",
    Label(
        "该合同用另一套级别，请同时填写级别（level），可用：",
        "The contract has levels of its own; name the one that it is with it (level); there are:",
    ),
)
WAS_APPLIED_FOR = Refusal(
    "was_applied_for",
    Label(
        "已提交过《重大问题服务申请》，不能再变更客户、合同或联系人；有误的，请为正确的客户另开一单，并在本单备注。",
        "It was applied for as a major incident, so it stays this customer's; open a ticket for the right one, and say "
        "so in a note.",
    ),
)

CUSTOMER = Field("customer", Type.WORD, required=False)
CONTRACT = Field("contract", Type.WORD, required=False)
CONTACT = Field("contact", Type.OBJECT, required=False, parts=(Field("name", Type.WORD), Field("phone", Type.WORD)))
_LEVEL = Field("level", Type.WORD, required=False)

#: In what the API found: the customer by id and name, and the contract's id where it is to be agreed on anew.
ID, NAME = "id", "name"
#: In what the ticket's workflow found since: the terms of that contract.
TERMS = "terms"


def wants_terms(ticket: Ticket, command: Command) -> bool:
    """Whether the terms of a contract are to be agreed before anybody can decide on it."""
    return command.kind is C.IDENTIFY and CONTRACT.name in command.known and not ticket.closed


def party(ticket: Ticket, command: Command) -> Party:
    """Whose report it is by this command."""
    known, contact = command.known, CONTACT.of(command)
    found = known.get(CUSTOMER.name)
    return Party(
        Customer(found[ID], found[NAME]) if found else ticket.customer,
        Contact(**contact) if contact else ticket.contact,
        known.get(CONTRACT.name, ticket.contract),
    )


def identify(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Whose it is from now on, under which terms and at which level."""
    before, terms = ticket, command.known.get(TERMS)
    ticket = replace(ticket, party=party(ticket, command), level=_LEVEL.of(command) or ticket.level)
    if isinstance(terms, Terms):
        ticket = _under(ticket, terms)
    return _asked_anew(ticket, at) if _is_anothers(before, ticket) else ticket


def _under(ticket: Ticket, terms: Terms) -> Ticket:
    """Under the terms of a contract; the edition stays, and the calendars by which promises were kept or broken."""
    named = {each.id for each in terms.calendars}
    old = (each for each in ticket.terms.calendars if each.id not in named)
    terms = replace(terms, edition=ticket.terms.edition, calendars=(*terms.calendars, *old))
    return replace(
        ticket,
        terms=terms,
        service=ticket.service if ticket.service in terms.services else None,
        category=ticket.category if ticket.category in terms.categories else None,
        agreed_as_of={},
    )


def _is_anothers(before: Ticket, after: Ticket) -> bool:
    """Whether it was taken for another customer's; of a caller whom nobody knew it never was."""
    return before.customer.id not in {None, after.customer.id}


def _asked_anew(ticket: Ticket, at: datetime) -> Ticket:
    """Without what the customer before consented to; what is done is done."""
    return replace(
        reconfirmed(ticket, at),
        consents=(),
        extensions={},
        recorders={},
        formal_report=False,
        customer_gone=False,
        merged=(),
        parts=tuple(
            each if each.reserved or each.ordered else replace(each, agreed=False, refused=False)
            for each in ticket.parts
        ),
        changes=tuple(each if each.made else replace(each, agreed=False, refused=False) for each in ticket.changes),
    )


def may_identify(ticket: Ticket, command: Command) -> Refusal | None:
    """Before any application for a major incident, and naming somebody; another customer brings their contact."""
    if ticket.applications:
        return WAS_APPLIED_FOR
    if not (command.is_sent if _is_law(ticket) else command.data):
        return None
    if not any(field.of(command) for field in (CUSTOMER, CONTRACT, CONTACT)):
        return NOBODY_NAMED
    return _may_be_anothers(ticket, command) or _may_be_under(ticket, command)


def _is_law(ticket: Ticket) -> bool:
    """Whether the ticket is not of before; what was accepted then is accepted in every replay."""
    return ticket.terms.edition >= EDITION_4


def _may_be_anothers(ticket: Ticket, command: Command) -> Refusal | None:
    """Another customer has another contact, and takes no reports along that ended in it."""
    if not _is_law(ticket) or not _is_anothers(ticket, replace(ticket, party=party(ticket, command))):
        return None
    if ticket.merged:
        return OTHERS_MERGED.filled(numbers=listed(each.number for each in ticket.merged))
    return None if CONTACT.of(command) else CONTACT_NAMED_ANEW


def _may_be_under(ticket: Ticket, command: Command) -> Refusal | None:
    """Another pack needs its level, a promise put down its reason."""
    terms, level = command.known.get(TERMS, ticket.terms), _LEVEL.of(command)
    if level is None and terms.pack != ticket.terms.pack:
        return LEVEL_NAMED_ANEW.adding(listed(terms.levels))
    if level not in {None, *terms.levels}:
        return UNKNOWN_LEVEL
    at = command.accepted_at
    return lowering.says_why(ticket, clocks.derive(identify(ticket, command, at), at), command)


def _says(before: Ticket, after: Ticket, _: Command) -> dict[str, Any]:
    """Whose it is and whose it was, which way the level went, and whom it calls now."""
    news: dict[str, Any] = {"calls": [role for role in called(after) if role not in called(before)]}
    if _is_anothers(before, after):
        news["another"] = True
    return _told(after) | {"before": _told(before)} | news | moved(before, after)


def _told(ticket: Ticket) -> dict[str, Any]:
    return {
        CUSTOMER.name: ticket.customer.id,
        "customer_name": ticket.customer.name,
        CONTRACT.name: ticket.contract,
        CONTACT.name: {"name": ticket.contact.name, "phone": ticket.contact.phone},
    }


def react(before: Ticket, after: Ticket, did: Happening, at: datetime) -> Ticket:
    """The terms are on record, and what the customer before granted is over."""
    if did is not Happening.IDENTIFIED:
        return after
    if before.terms is not after.terms:
        after = agreements.on_record(after, at)
    if not before.terms.consultation_levels:
        after = major.began(after, at)
    return replace(remote.end_grant(after, at, by=did), remote=None) if _is_anothers(before, after) else after


def _ways(_: Ticket, __: datetime) -> Iterator[Way]:
    """Another contact, at least."""
    yield Way({CONTACT.name: {part.name: "somebody" for part in CONTACT.parts}})


MATTER = Matter(
    rows=(
        Row(
            C.IDENTIFY,
            Happening.IDENTIFIED,
            (CUSTOMER, CONTRACT, CONTACT, _LEVEL, MAYBE_REASON),
            needs=may_identify,
            does=identify,
            says=_says,
            during=UNTIL_CLOSED,
            follows=major.propose_by_level,
            ways=_ways,
        ),
    ),
    reacts=react,
)
