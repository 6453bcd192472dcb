"""Agreements: what the customer has agreed with us, and what of it changes while a ticket is open.

No decision reads the registry: who changes it there has the system tell the ticket what stands now, signed, and an end
by date needs no word at all, for the dates stand in the terms.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.matters.matter import AFTERWARDS, Matter, Row
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

#: The authorisation or the contract that was begun, renewed, ended or revoked; the customer itself.
ABOUT = Field("about", Type.WORD)
#: What the registry holds since: the instant of asking, and what it then said.
AS_OF, UNTIL, BEGINS_ON, ENDS_ON, ACTIVE = "as_of", "until", "begins_on", "ends_on", "active"
#: Whose agreement it is; absent: of a ticket that was never anybody else's.
OF_CUSTOMER = "customer"

CUSTOMER_GONE = Refusal(
    "customer_gone",
    Label(
        "该客户已停用，无人可以授权远程；请走现场（apply_onsite），或请管理员先恢复该客户。",
        "The customer is deactivated, and nobody can grant remote access: go on site (apply_onsite), or have an "
        "administrator activate the customer again.",
    ),
)


def is_there(ticket: Ticket, _: Command) -> Refusal | None:
    """Whoever is gone grants nothing."""
    return CUSTOMER_GONE if ticket.customer_gone else None


def on_record(ticket: Ticket, at: datetime) -> Ticket:
    """With the terms that it has on its timeline; no contract found, or none in force, is an alarm."""
    terms = ticket.terms
    ticket = ticket.write(
        Happening.TERMS_AGREED,
        at=at,
        recorded_at=at,
        data={"contract": terms.contract, "pack": terms.pack, "version": terms.version, "covered": terms.covered},
    )
    if terms.agreed and terms.covered:
        return ticket
    return ticket.write(
        Happening.ALARM_RAISED,
        at=at,
        recorded_at=at,
        data={
            "alarm": "no_contract",
            "contract": ticket.contract,
            "found": terms.agreed,
            "lateness_ms": 0,
        },
    )


def take_authorisation(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """Until when the customer lets us call vendors in its name, as it stands now (004-05)."""
    until = command.known.get(UNTIL)
    terms = replace(ticket.terms, authorised_until=until and datetime.fromisoformat(until))
    return _as_of(ticket, replace(ticket, terms=terms), command)


def take_contract(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """From when until when its contract is in force, as it stands now; what it promised before stays."""
    begins_on, ends_on = _day(command.known.get(BEGINS_ON)), _day(command.known.get(ENDS_ON))
    return _as_of(ticket, replace(ticket, terms=replace(ticket.terms, begins_on=begins_on, ends_on=ends_on)), command)


def take_customer(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """Whether its customer is one of ours, as it stands now."""
    return _as_of(ticket, replace(ticket, customer_gone=not command.known[ACTIVE]), command)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _as_of(before: Ticket, after: Ticket, command: Command) -> Ticket:
    """Nothing older than what the ticket knows already takes its place, and nothing of who it was taken for before."""
    whose = command.known.get(OF_CUSTOMER, before.customer.id)
    others = command.kind is C.TAKE_CONTRACT and before.party and ABOUT.of(command) != before.terms.contract
    if whose != before.customer.id or others:
        return before
    asked = datetime.fromisoformat(command.known[AS_OF])
    known = before.agreed_as_of.get(command.kind)
    if known is not None and asked < known:
        return before
    return replace(after, agreed_as_of=before.agreed_as_of | {command.kind: asked})


def _says(_: Ticket, after: Ticket, command: Command) -> dict[str, Any]:
    """What holds from now on."""
    if command.kind is C.TAKE_AUTHORISATION:
        until = after.terms.authorised_until
        return {UNTIL: until and until.isoformat()}
    if command.kind is C.TAKE_CUSTOMER:
        return {ACTIVE: not after.customer_gone}
    days = {BEGINS_ON: after.terms.begins_on, ENDS_ON: after.terms.ends_on}
    return {name: day and day.isoformat() for name, day in days.items()}


MATTER = Matter(
    rows=(
        Row(
            C.TAKE_AUTHORISATION,
            Happening.AUTHORISATION_CHANGED,
            (ABOUT,),
            does=take_authorisation,
            says=_says,
            during=AFTERWARDS,
        ),
        Row(C.TAKE_CONTRACT, Happening.CONTRACT_CHANGED, (ABOUT,), does=take_contract, says=_says, during=AFTERWARDS),
        Row(C.TAKE_CUSTOMER, Happening.CUSTOMER_CHANGED, (ABOUT,), does=take_customer, says=_says, during=AFTERWARDS),
    ),
)
