"""On behalf: what a customer says by telephone or on site, and one of us records (000-24, 001-29, 002-14).

Who records a customer's word is not who acts on it; and who consents is the person named, not who types.
"""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from domain.matters.matter import EVIDENCE
from domain.people.actors import CUSTOMER_SIDE
from domain.ticket.commands import Command, Field, Type
from domain.ticket.ticket import Ticket
from domain.words.label import Label
from domain.words.refusals import Refusal

OWN_RECORD = Refusal(
    "own_record",
    Label(
        "替客户记录意见的人不能据此操作，也不能替客户认可自己的工作；请由同事操作或记录。",
        "Who records a customer's word neither acts on it nor records a yes to their own work; ask a colleague.",
    ),
)
OWN_REQUEST = Refusal(
    "own_request",
    Label(
        "提出申请或完成工作的人不能代表客户同意自己；请由客户的其他人员答复。",
        "Who asked for it, or did it, does not answer for the customer; let somebody else of the customer answer.",
    ),
)


class SpokenChannel(StrEnum):
    """How a customer said what one of us records. Stored in histories."""

    PHONE = "phone"
    SITE = "site"
    MAIL = "mail"
    CHAT = "chat"


#: Of a customer's word that somebody of the service company records: whose it is, and how they gave it.
ON_BEHALF = Field(
    "on_behalf",
    Type.OBJECT,
    required=False,
    parts=(Field("name", Type.WORD), Field("channel", Type.WORD, choices=tuple(SpokenChannel)), EVIDENCE),
)
#: In what the API found: the accounts of the person named, and whether they are on record with the customer.
ACCOUNTS, ON_RECORD = "accounts", "on_record"
#: In what the API found: by the roster the sender is on duty, and nobody else who could act or record is.
ALONE = "alone"
#: In what the API found: that the customer answers by a link, what it is for, and which of ours handed it over, with
#: all accounts of theirs (``domain.matters.links``).
LINK, HANDED_BY, HANDERS_ACCOUNTS = "link", "handed_by", "handers_accounts"


def is_recorded(command: Command) -> bool:
    """Whether it is the customer's word out of the mouth of one of us."""
    return command.actor.role not in CUSTOMER_SIDE


def speaks(command: Command) -> frozenset[str]:
    """The accounts of the person whose word it is; nobody's where they are not on record."""
    return frozenset(_found(command).get(ACCOUNTS, ())) if is_recorded(command) else command.actor.accounts


def speaker(command: Command) -> str:
    """Whose word it is: an account, or a name as it was given."""
    return str(_said(command).get("name", "")) if is_recorded(command) else command.actor.id


def has_evidence(command: Command) -> bool:
    """Whether something proves it beside the word of who records it."""
    return bool(EVIDENCE.of(command) or _said(command).get("evidence"))


def is_alone(command: Command) -> bool:
    """Whether nobody else was there who could have acted or recorded (the lone night shift)."""
    return command.known.get(ALONE) is True


def noted(ticket: Ticket, command: Command, what: str) -> Ticket:
    """With who recorded this word of the customer, or handed over the link to it; nobody, where nobody of ours did."""
    others = {each: who for each, who in ticket.recorders.items() if each != what}
    recorder = command.actor.id if is_recorded(command) else _link(command).get(HANDED_BY)
    return replace(ticket, recorders=others | ({what: recorder} if recorder else {}))


def own_record(ticket: Ticket, command: Command, *words: str) -> Refusal | None:
    """Nobody acts on a word of the customer that they recorded; one that somebody else did is enough."""
    recorded = [ticket.recorders.get(word) for word in words]
    return OWN_RECORD if words and all(who in command.actor.accounts for who in recorded) else None


def own_request(command: Command, *askers: str | None) -> Refusal | None:
    """Who asked does not grant for the customer. Recording what another grants is no grant of one's own."""
    return OWN_REQUEST if speaks(command) & set(askers) else None


def own_work(command: Command, doer: str | None) -> Refusal | None:
    """Nobody says yes for the customer to what they did: in the customer's name, by recording it, by a link."""
    if doer in speaks(command):
        return OWN_REQUEST
    return OWN_RECORD if doer in recorders(command) else None


def recorders(command: Command) -> frozenset[str]:
    """The accounts of whoever of ours recorded this word of the customer, or handed over the link to it."""
    return command.actor.accounts if is_recorded(command) else frozenset(_link(command).get(HANDERS_ACCOUNTS, ()))


def as_told(command: Command) -> dict[str, Any]:
    """What the entry of a recorded word tells: both names (代录), and whether the person is on record."""
    said = _said(command)
    if not said:
        return {}
    on_record = _found(command).get(ON_RECORD) is True
    return {"on_behalf": {**said, "on_record": on_record, "recorded_by": command.actor.id}}


def _said(command: Command) -> dict[str, Any]:
    return ON_BEHALF.of(command) or {}


def _link(command: Command) -> dict[str, Any]:
    return command.known.get(LINK) or {}


def _found(command: Command) -> dict[str, Any]:
    return command.known.get(ON_BEHALF.name) or {}
