"""Mass assignment: nobody becomes anything by sending more than was asked for.

CVE-2021-42086: an agent edited account data by a crafted request and became an administrator. Every write model of the
served interface is sent every field of all other models.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.http.problems import MOST_ERRORS
from domain.matters.index import ROWS
from domain.people.actors import Role
from domain.ticket.commands import CommandKind
from store.models import ContractRow, CustomerRow, EntryRow, PersonRow, TicketRow
from tests.security.asking import USERS, sender
from tests.served import Served

#: Fields of rows and entries that no document has.
HIDDEN = {
    "role", "customer_id", "accepted_at", "recorded_at", "approved_by", "assignee", "opener", "actor", "seq", "stage",
    "key_hash", "body_hash", "password_hash", "internal", "drill", "vendors", "__class__", "state", "due_at", "cost",
}  # fmt: skip

#: What the demo has for the parameters of an address.
IDS = {"person": "engineer", "customer": "demo-sitech", "contract": "demo-sitech-2026"}


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    return str(desk.open(level="A")["number"])


class TestMassAssignment:
    """At the top of a body and in each object inside it, by somebody who may write."""

    def test_of_any_model_by_the_fields_of_another_changes_nothing(
        self, desk: Served, interface: dict[str, Any], number: str
    ):
        """422 that names each of them, for somebody who may write."""
        before, tried = _rows(desk), 0
        for write in _writes(interface):
            for place, foreign in _few_at_once(_foreign(interface, write.model)):
                answer = write.sent(desk, number, place, dict.fromkeys(foreign, "x"))
                if answer.status_code == 404:  # the demo has nothing of the kind that the address names
                    continue
                assert answer.status_code == 422, (write.path, write.kind, place, answer.text[:500])
                named = {error["field"] for error in answer.json()["errors"]}
                wrong = {f"{place}.{name}".removeprefix(".") for name in foreign}
                assert named >= wrong, (write.path, write.kind, place)
                tried += 1
        assert tried > len(ROWS)
        assert _rows(desk) == before


def _few_at_once(named: Iterable[tuple[str, Iterable[str]]]) -> Iterator[tuple[str, list[str]]]:
    """In parts, for no answer names more than so many."""
    for place, foreign in named:
        names = sorted(foreign)
        for first in range(0, len(names), MOST_ERRORS // 2):
            yield place, names[first : first + MOST_ERRORS // 2]


@dataclass(frozen=True)
class Write:
    """A JSON body that the interface takes."""

    method: str
    path: str
    roles: list[str]
    model: dict[str, Any]

    @property
    def kind(self) -> CommandKind | None:
        kind = self.model["properties"].get("kind", {}).get("const")
        return CommandKind(kind) if kind else None

    def sent(self, desk: Served, number: str, place: str, fields: dict[str, Any]) -> httpx2.Response:
        """With these fields at that place, by somebody who may."""
        body = ({place: fields} if place else fields) | ({"kind": self.kind} if self.kind else {})
        user = sender(self.kind) if self.kind else USERS[Role(self.roles[0])] if self.roles else "hotline"
        address = self.path.format_map(_Ids(IDS | {"number": number}))
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        return desk.as_user(user).request(self.method, address, json=body, headers=headers)


class _Ids(dict[str, str]):
    """Ids by their parameter; of what the demo does not have, one of nothing."""

    def __missing__(self, name: str) -> str:
        return "no-such-thing"


def _writes(interface: dict[str, Any]) -> Iterator[Write]:
    """All of them, but one's own password: that asks for a browser's session first."""
    for path, operations in interface["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema", {})
            is_file = schema.get("format") == "binary"  # an attachment may be JSON; it has no fields
            if not path.endswith("/password") and not is_file:
                for model in schema.get("oneOf", [schema] if schema else []):
                    roles = operation["x-permission"]["roles"]
                    yield Write(method.upper(), path, roles, _resolved(interface, model))


def _resolved(interface: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = interface["components"]["schemas"][name] if name else schema
    return found


def _foreign(interface: dict[str, Any], model: dict[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """The fields of all other models, at the model's top and in each object inside it."""
    schemas = interface["components"]["schemas"].values()
    everything = {name for schema in schemas for name in schema.get("properties", {})} | HIDDEN
    yield "", everything - set(model["properties"])
    for name, inside in model["properties"].items():
        choices = [_resolved(interface, one) for one in (inside, *inside.get("anyOf", []))]
        for one in choices:
            if one.get("type") == "object" and one.get("additionalProperties") is False:
                yield name, everything - set(one.get("properties", {}))


def _rows(desk: Served) -> list[Any]:
    """What a write could have changed; what time does to a ticket meanwhile is nobody's."""
    with Session(desk.engine) as session:
        by_somebody = select(func.count()).select_from(EntryRow).where(EntryRow.actor_role != Role.SYSTEM)
        counted = [session.scalar(select(func.count()).select_from(table)) for table in (TicketRow, CustomerRow)]
        counted.append(session.scalar(by_somebody))
        people = session.execute(select(PersonRow.id, PersonRow.role, PersonRow.customers).order_by(PersonRow.id)).all()
        contracts = session.execute(select(ContractRow.id, ContractRow.pack).order_by(ContractRow.id)).all()
    return [*counted, *people, *contracts]
