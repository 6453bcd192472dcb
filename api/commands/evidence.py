"""Evidence: what a command shows as proof exists, and is an attachment wherever the documents ask for writing."""

from collections.abc import Iterator
from typing import Any

from api.backend import Backend
from api.http.problems import FieldError, invalid
from domain.matters.consents import AGREED, SUBJECT, UNTIL
from domain.matters.on_behalf import ON_BEHALF
from domain.matters.subjects import LOWERING
from domain.people.actors import Actor
from domain.ticket.commands import CommandKind
from domain.words.label import Label
from store.attachments import evidence_unknown, is_id
from store.models import TicketRow

_MISSING = Label(
    "须上传书面凭据，并在此填写附件编号", "needs a document as its evidence: upload it and name its id here"
)
_NO_ATTACHMENT = Label(
    "须为本工单或该客户的附件编号；请先上传",
    "must be the id of an attachment of this ticket or customer; upload it first",
)


async def require_evidence(
    behind: Backend, actor: Actor, ticket: TicketRow, kind: CommandKind, data: dict[str, Any]
) -> None:
    """422 by field, where an attachment is asked for and none is named, or where one is named that is not there."""
    named = dict(_named(data))
    in_writing = kind is CommandKind.CONSENT and _asks_for_writing(data)
    if in_writing and not named:
        raise invalid(FieldError("data.evidence", _MISSING))
    ids = {id_ for id_ in named.values() if in_writing or is_id(id_)}
    unknown = await behind.ask(evidence_unknown, actor, ticket.number, ticket.customer_id, ids)
    if unknown:
        raise invalid(*(FieldError(field, _NO_ATTACHMENT) for field, id_ in named.items() if id_ in unknown))


def _named(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is named as evidence, field by field."""
    for field, holder in (("data.evidence", data), ("data.on_behalf.evidence", data.get(ON_BEHALF.name) or {})):
        if holder.get("evidence"):
            yield field, holder["evidence"]


def _asks_for_writing(data: dict[str, Any]) -> bool:
    """An extension, and the consent to a lower severity than the customer's (001-05, 001-06, 001-19)."""
    agreed = data.get(AGREED.name) is not False
    return agreed and (data.get(UNTIL.name) is not None or data.get(SUBJECT.name) in LOWERING)
