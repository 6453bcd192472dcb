"""Everything that people can write, written so that no page may run it: reports, commands, records, mails, calls."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy import select

from api.commands.requests import COMMANDS
from domain.matters.index import ROWS
from domain.matters.pauses import PauseReason
from domain.ticket.commands import CommandKind, Field, Type
from gateway.tickets import Gateway
from mailroom.tending import Tending
from store.mail import arriving
from store.models import AttachmentRow
from tests.console.lives import IN_A_WEEK, LIVES, Life
from tests.console.pen import HOSTILE, Pen, Schema
from tests.mailroom.writing import encoded, of_parts, part
from tests.security.asking import USERS
from tests.security.changing import EXAMPLES
from tests.security.newcomers import token_of
from tests.security.xss import ELSEWHERE, WORDS
from tests.served import Served
from tests.uploads import PDF, brought

#: Fields that name what there is, or are numbers and addresses: another text is refused.
NAMES_OF = {
    "approver", "category", "contract", "customers", "department", "departments.0.id", "deputy", "email", "follows",
    "id", "level", "organisation", "pack", "person", "phone", "provider", "query.phone", "remote_calendar", "same_as",
    "service", "substitute", "successor", "ticket",
}  # fmt: skip
#: What has to stand beside a text.
_LAB = {"departments": [{"id": "lab", "name": "x"}]}
BESIDE: dict[str, dict[str, Any]] = {
    "/api/customers": _LAB,
    "/api/customers/{customer}": _LAB,
    "/api/tickets": {"customer": {}},
}
FORMULAS = tuple(each for each in ELSEWHERE if each[0] in "=+-@＝")
_JSON = "application/json"


@dataclass
class Hostile:
    """``numbers``: by the name of a life, the number of its ticket; ``refused``: fields that took none of it."""

    desk: Served
    pen: Pen
    numbers: dict[str, str] = field(default_factory=dict)
    done: set[CommandKind] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    file: str = ""

    @classmethod
    def at(cls, desk: Served) -> "Hostile":
        """Before anything is written."""
        return cls(desk, Pen(desk.stranger.get("/openapi.json").json()))

    def write_all(self) -> None:
        """Into every field of all."""
        for name, life in LIVES.items():
            self.numbers[name] = self._lived(life)
        for method, path in EXAMPLES:
            if schema := self._schema(method, path):
                self._recorded(method, path, schema)
        for word in (*WORDS, *FORMULAS):
            self.desk.open("standard", title=word, contact={"name": word, "phone": "1"})
        for place, word in enumerate((*WORDS, *PauseReason)):
            changed = {"site": f"{place} 号楼", "reason": str(word)}
            answer = self.desk.command("hotline", self.numbers["RECORD"], "correct", **changed)
            assert answer.status_code == 200, answer.text
        self._brings_a_file(self.numbers["WORK"])
        asyncio.run(_mailed(self.desk, self.pen))
        self._are_called()

    def _brings_a_file(self, number: str) -> None:
        name = self.pen.file_name("file")
        self.file = brought(self.desk, number, content=PDF, type_="application/pdf", name=name)
        answer = self.desk.command("engineer", number, "note", text="x", attachments=[self.file])
        assert answer.status_code == 200, answer.text

    def _are_called(self) -> None:
        """Files are called by what of their names a system of files would take."""
        with self.desk.engine.connect() as connection:
            for name in connection.scalars(select(AttachmentRow.name)):
                if mark := re.search(r";(\d+)~", name):
                    self.pen.written[int(mark[1])] = name[: mark.end()]

    def _schema(self, method: str, path: str) -> Schema | None:
        """Of a body in JSON that is not a command's."""
        content = self.pen.interface["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
        schema: Schema = content.get(_JSON, {}).get("schema", {})
        is_one = len(content) == 1 and "oneOf" not in schema
        return schema if is_one and any(self.pen.texts(schema)) else None

    def _recorded(self, method: str, path: str, schema: Schema) -> None:
        """What stands in a record, by somebody who may write it."""
        role, example = EXAMPLES[method, path]
        asked = example(self.desk, USERS[role])
        shown = asked.headers | {"Authorization": f"Bearer {token_of(self.desk, USERS[role])}"}
        said = json.loads(asked.body) | BESIDE.get(path, {})
        filled = self.pen.filled(f"{method} {path}", schema, said)
        answer = self.desk.stranger.request(method, asked.path, json=filled, headers=shown)
        while answer.status_code == 422:
            for wrong in sorted({each["field"] for each in answer.json()["errors"]}):
                place = tuple(re.findall(r"\w+", wrong))
                assert self.pen.unwritten(filled, said, place), (method, path, answer.text)
                self.refused.add(".".join(place))
            answer = self.desk.stranger.request(method, asked.path, json=filled, headers=shown)
        assert answer.status_code in range(200, 300), (method, path, answer.text)
        if path == "/api/tickets":
            self.numbers["RECORD"] = answer.json()["number"]

    def _lived(self, life: Life) -> str:
        """The number of a ticket on which all of it has been done."""
        written = {"title": 200, "description": 4000, "site": 300}
        texts = {name: self.pen.text(f"report {name}", longest) for name, longest in written.items()}
        contact = {
            "name": self.pen.text("report contact.name", 200),
            "phone": self.pen.text("report contact.phone", 64),
        }
        opened = self.desk.open(life.pack, level=life.level, facts=life.facts, contact=contact, **texts)
        number = str(opened["number"])
        for who, kind, chosen in life.steps:
            data = dict(self._data(CommandKind(kind), chosen))
            answer = self.desk.command(who, number, kind, **data)
            assert answer.status_code == 200, (life, who, kind, answer.text)
            self.done.add(CommandKind(kind))
        return number

    def _data(self, kind: CommandKind, chosen: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """What was chosen, and a text in each field for one."""
        lengths = dict(self.pen.texts(self._of_data(kind)))
        for each in ROWS[kind].data:
            if each.type is Type.TEXT:
                yield each.name, self.pen.text(f"{kind} {each.name}", lengths[(each.name,)])
            elif each.type is Type.OBJECT and each.name in chosen:
                yield each.name, dict(self._parts(kind, each, lengths)) | chosen[each.name]
            elif each.name in chosen:
                yield each.name, self._chosen(chosen[each.name])

    def _parts(self, kind: CommandKind, of: Field, lengths: dict[tuple[str, ...], int]) -> Iterator[tuple[str, str]]:
        for each in of.parts:
            if not each.choices:
                yield each.name, self.pen.text(f"{kind} {of.name}.{each.name}", lengths[of.name, each.name])

    def _chosen(self, value: Any) -> Any:
        if value == IN_A_WEEK:
            return (datetime.now(UTC) + timedelta(days=7)).isoformat()
        return self.numbers.get(value, value) if isinstance(value, str) else value

    def _of_data(self, kind: CommandKind) -> Schema:
        model = self.pen.interface["components"]["schemas"][COMMANDS[kind].__name__]
        data: Schema = model["properties"]["data"]
        return data


async def _mailed(desk: Served, pen: Pen) -> None:
    """A mail of a stranger, with a file, once it has become a ticket."""
    subject, name = pen.text("mail subject", 100), pen.text("mail name", 60)
    file = f"attachment; filename*=utf-8''{quote(pen.file_name('mail file'), safe='')}"
    body = part(pen.text("mail text", 4000))
    raw = of_parts(
        body,
        part("\n".join(HOSTILE), "text/html; charset=utf-8"),
        part(PDF, "application/pdf", disposition=file),
        subject=encoded(subject),
        sender=f"{encoded(name)} <stranger@customer.example>",
    )
    now = datetime.now(UTC)
    at = arriving.place(desk.engine, "service@here", 1, 1, now)
    arriving.keep(desk.engine, "service@here", at, arriving.Fetched(1, now, raw), now)
    gateway = Gateway(desk.settings)
    async with gateway.running():
        await Tending(desk.settings, desk.engine, gateway).look()
