"""Real advisories of systems like this one, as classes of tests. Each class names its own.

Those that have a module of their own: crafted fields (CVE-2021-42086) in ``test_mass_assignment.py``, SQL
(CVE-2022-39323) in ``test_injection.py``, other people's objects and guessable ids (CVE-2026-40591, CVE-2024-33668) in
``test_rights.py`` and ``test_matrix.py``, hidden fields (CVE-2025-32360) in ``test_fields.py``, invalid UTF-8
(CVE-2024-2689) in ``test_bad_input.py``, links that never expire (CVE-2026-41902, CVE-2026-27637) in ``test_links.py``,
path traversal (CVE-2024-32491) in ``test_uploads.py``.
"""

import json
import logging
import re
import socket
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from structlog.testing import capture_logs

from domain.audience.authority import SYSTEMS
from domain.matters.index import ROWS
from domain.ticket.commands import CommandKind, Type
from runtime.settings import Settings
from tests.patience import PATIENCE_S, eventually
from tests.security.asking import TELLTALES, is_safe_json, says_nothing, sender
from tests.security.xss import DISGUISED, XSS
from tests.served import Served, report, served


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    return str(desk.open(level="A")["number"])


class TestScripts:
    """CVE-2018-1000154: a script in a subject ran when the ticket was opened.

    Texts come back as they were given, as JSON that no browser takes for a page; who shows them escapes them. The
    pages of approval links are tested with the same texts in ``test_links.py``.
    """

    @pytest.mark.parametrize("script", XSS)
    def test_in_every_text_of_a_report_come_out_verbatim_as_json(self, desk: Served, script: str):
        """From the ticket, the list and the problem that repeats a field's name."""
        name = script[:60]
        opened = desk.open(
            title=script, description=script, customer={"name": name}, contact={"name": name, "phone": "1"}
        )
        answer = desk.as_user("pm").get(f"/api/tickets/{opened['number']}")
        shown, clean = answer.json(), script.strip()
        assert (shown["title"], shown["description"]) == (clean, clean)
        assert (shown["customer"]["name"], shown["contact"]["name"]) == (name.strip(), name.strip())
        listed = desk.as_user("pm").get("/api/tickets", params={"text": opened["number"]})
        refused = desk.post_ticket(report(**{script: "x"}))
        assert listed.json()["items"][0]["title"] == clean
        assert refused.status_code == 422
        assert all(is_safe_json(one) for one in (answer, listed, refused))

    @pytest.mark.parametrize("script", DISGUISED)
    def test_that_hide_in_a_title_are_refused(self, desk: Served, script: str):
        answer = desk.post_ticket(report(title=script))
        assert [error["field"] for error in answer.json()["errors"]] == ["title"]

    def test_in_every_text_of_every_command_come_out_verbatim_as_json(self, desk: Served):
        """Accepted or refused, the timeline has what was sent; under a contract that has a survey after the close."""
        number, other = (desk.open("standard", level="severe")["number"] for _ in range(2))
        sent: dict[str, dict[str, Any]] = {}
        for place, kind in enumerate(sorted((kind for kind in ROWS if kind not in SYSTEMS), key=_ends)):
            scripted = XSS[place % len(XSS)].strip()
            data = {one.name: scripted for one in ROWS[kind].data if one.type is Type.TEXT}
            data |= _needed(kind, into=other)
            answer = desk.command(sender(kind), number, kind, **data)
            assert answer.status_code in {200, 409}, (kind, answer.text)
            assert is_safe_json(answer), kind
            sent[answer.json()["command_id"]] = data
        answer = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline?limit=1000")
        assert is_safe_json(answer)
        recorded = {line["command_id"]: line["data"] for line in answer.json()["items"]}
        for command_id, data in sent.items():
            told = recorded[command_id].get("data", recorded[command_id])
            assert {name: told.get(name) for name in data} == data

    def test_stand_in_no_page_that_strangers_get(self, desk: Served):
        """Addresses and parameters are not repeated in pages; no page runs a script but the console's own files."""
        for script in XSS:
            answer = desk.stranger.get(f"/{quote(script)}?x={quote(script)}")
            assert answer.status_code == 404
            assert is_safe_json(answer)
        page = desk.stranger.get("/", params={"x": XSS[0]})
        assert XSS[0] not in page.text
        assert re.findall(r"script-src ([^;]*)", page.headers["content-security-policy"]) in ([], ["'self'"])
        assert "default-src 'none'" in page.headers["content-security-policy"]


def _ends(kind: CommandKind) -> int:
    """What ends a ticket comes last: afterwards nobody records anything."""
    ending = (CommandKind.RESOLVE, CommandKind.CONFIRM, CommandKind.RECORD_SURVEY)
    return ending.index(kind) + 1 if kind in ending else 0


def _needed(kind: CommandKind, *, into: str) -> dict[str, Any]:
    """The fields that are no free text, with something that exists."""
    exists = {
        "into": into,
        "to": "engineer2",
        "vendor": "vendor",
        "level": "A",
        "subject": "001-06",
        "at": "2026-03-02T10:00:00+08:00",
    }
    values: dict[str, Any] = {}
    for field in ROWS[kind].data:
        if field.choices and field.required:
            values[field.name] = field.choices[0]
        elif field.type in {Type.WORD, Type.INSTANT} and field.required:
            values[field.name] = exists[field.name]
    return values


class TestSecrets:
    """CVE-2023-40171: a signing key stood in an error message.

    Every status that people can bring about, and the log beside it, is searched for what is configured and shown.
    """

    PASSWORD, TOKEN = "Kennwort-7f3a-geheim", "Zeichen-9c1e-geheim"

    def test_stand_in_no_answer_and_in_no_log(self, desk: Served, number: str, caplog: pytest.LogCaptureFixture):
        """Of callers who are refused: their tokens, their passwords, the way to the database."""
        with capture_logs() as logs, caplog.at_level(logging.DEBUG, logger="uvicorn"):
            answers = list(self._refusals(desk, number))
            eventually(lambda: len(logs) >= len(answers), "the lines, each of which follows its answer")
        assert {answer.status_code for answer in answers} >= {401, 403, 404, 405, 409, 413, 422}
        written = json.dumps(logs, default=str) + caplog.text
        token = desk.as_user("pm").headers["authorization"].removeprefix("Bearer ")
        for secret in (self.PASSWORD, self.TOKEN, token, desk.settings.database_url):
            assert secret not in written
            assert not [answer for answer in answers if secret in answer.text]
        assert all(says_nothing(answer) for answer in answers)
        assert not [telltale for telltale in TELLTALES if telltale in written]

    def test_stand_in_no_answer_and_in_no_log_when_everything_is_out_of_reach(
        self, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ):
        """503, and an address without its password."""
        nowhere = settings.model_copy(
            update={
                "home": tmp_path,
                "temporal_address": "127.0.0.1:1",
                "database_url": f"postgresql://zhishou:{self.PASSWORD}@127.0.0.1:1/zhishou",
            }
        )
        bearer = {"Authorization": f"Bearer {self.TOKEN}"}
        with capture_logs() as logs, served(nowhere, working=False) as broken:
            signing_in = {"user": "pm", "password": self.PASSWORD}
            answers = [
                broken.stranger.get("/api/tickets", headers=bearer),
                broken.stranger.post("/api/session", json=signing_in),
                broken.stranger.get("/readyz"),
            ]
        assert {answer.status_code for answer in answers} == {503}
        written = json.dumps(logs, default=str) + caplog.text
        for secret in (self.PASSWORD, self.TOKEN):
            assert secret not in written
            assert not [answer for answer in answers if secret in answer.text]
        assert all(says_nothing(answer) for answer in answers)
        assert "SELECT " not in written

    def _refusals(self, desk: Served, number: str) -> Iterator[httpx2.Response]:
        pm, commands = desk.as_user("pm"), f"/api/tickets/{number}/commands"
        bearer = {"Authorization": f"Bearer {self.TOKEN}"}
        yield desk.stranger.get("/api/tickets", headers=bearer)
        yield desk.stranger.get("/api/tickets", headers={"Cookie": f"zhishou_session={self.TOKEN}"})
        yield desk.stranger.post("/api/session", json={"user": "pm", "password": self.PASSWORD})
        yield desk.stranger.post("/api/session", json={"user": ["pm"], "password": [self.PASSWORD]})
        yield desk.as_user("auditor").post(commands, json={})
        yield pm.get("/api/nowhere")
        yield pm.put("/api/tickets", json={})
        yield pm.post(commands, content=b"x" * 70_000)
        yield pm.post(commands, content=b"{")
        yield desk.command("pm", number, "close", text="x")


class TestHeaders:
    """CVE-2018-1000154 and its class: what browsers are told, on every answer and every page."""

    def test_of_every_answer_forbid_guessing_framing_and_keeping(self, desk: Served, interface: dict[str, Any]):
        """Whoever asks whatever, also nobody, also in vain."""
        asked = [(method.upper(), path) for path, one in interface["paths"].items() for method in one]
        asked += [("GET", "/"), ("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics"), ("GET", "/nowhere")]
        for client in (desk.stranger, desk.as_user("auditor")):
            for method, path in asked:
                with client.stream(method, path.replace("{", "").replace("}", "")) as answer:
                    headers = answer.headers
                    assert headers["x-content-type-options"] == "nosniff", path
                    # The console's page holds no data: it may be kept, and is asked for anew each time.
                    kept = {"no-cache"} if path == "/" else set()
                    assert "no-store" in headers["cache-control"] or headers["cache-control"] in kept, path
                    assert headers["x-frame-options"] == "DENY", path
                    assert headers["referrer-policy"] == "no-referrer", path
                    if headers.get("content-type", "").startswith("text/html"):
                        assert "default-src 'none'" in headers["content-security-policy"], path

    @pytest.mark.parametrize("size", [20_000, 100_000, 1_000_000])
    @pytest.mark.parametrize("where", ["address", "query", "header", "cookie"])
    def test_of_any_size_harm_nobody(self, desk: Served, where: str, size: int):
        """An answer below 500 or a closed connection, at once, and the next caller is served."""
        filling = "x" * size
        address = urlsplit(desk.url)
        line = (
            f"GET /api/tickets{'/' + filling if where == 'address' else '?text=' + filling if where == 'query' else ''}"
        )
        more = {"header": f"X-Filling: {filling}\r\n", "cookie": f"Cookie: zhishou_session={filling}\r\n"}.get(
            where, ""
        )
        with socket.create_connection((address.hostname, address.port), timeout=PATIENCE_S) as connection:
            try:
                connection.sendall(f"{line} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n".encode())
                status = connection.recv(4096).partition(b" ")[2][:3]
            except ConnectionError:  # hung up in the middle of it
                status = b""
        assert status == b"" or 400 <= int(status) < 500
        assert desk.stranger.get("/healthz").status_code == 200


class TestParametersThatNameSomebody:
    """CVE-2026-34722: the ``links`` of a new ticket skipped the authorisation. What names another thing is checked."""

    @pytest.mark.parametrize("kind", ["reassign", "dispatch"])
    @pytest.mark.parametrize("name", ["customer", "tech", "vendor", "admin", "stock", "auditor", "nobody", "system"])
    def test_give_no_work_to_who_cannot_have_any(self, desk: Served, number: str, kind: str, name: str):
        """People of a customer, of a vendor, of the back office, and nobody."""
        answer = desk.command("pm", number, kind, to=name, reason="x") if kind == "reassign" else desk.command(
            "pm", number, kind, to=name
        )  # fmt: skip
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == ["data.to"]

    def test_open_no_ticket_for_a_customer_that_does_not_exist_or_by_another_ones_name(self, desk: Served):
        """An id and a name could contradict each other."""
        wrong: list[tuple[dict[str, str], str]] = [
            ({"id": "nobody"}, "customer.id"),
            ({"id": "demo-sitech", "name": "别家"}, "customer"),
            ({}, "customer"),
        ]
        for customer, field in wrong:
            answer = desk.post_ticket(report(customer=customer))
            assert answer.status_code == 422
            assert [error["field"] for error in answer.json()["errors"]] == [field]

    def test_attach_nothing_that_belongs_to_another_ticket(self, desk: Served, number: str):
        """Nor what does not exist; both are refused in the same words."""
        other = desk.open(level="A")["number"]
        picture = (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
        )
        headers = {"Content-Type": "image/png", "X-File-Name": "x.png"}
        brought = desk.as_user("engineer").post(f"/api/tickets/{other}/attachments", content=picture, headers=headers)
        assert brought.status_code == 201, brought.text
        refusals = [
            desk.command("engineer", number, "note", text="x", attachments=[id_])
            for id_ in (brought.json()["id"], uuid.uuid4().hex)
        ]
        assert {answer.status_code for answer in refusals} == {422}
        assert refusals[0].json()["errors"] == refusals[1].json()["errors"]

    def test_say_nothing_of_who_acts(self, desk: Served, number: str):
        """The actor is who shows the token, whatever a body says; the time of acceptance is the server's."""
        body = {"command_id": str(uuid.uuid4()), "kind": "note", "data": {"text": "x"}}
        later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        for more in ({"actor": {"id": "pm", "role": "project_manager"}}, {"accepted_at": later}, {"role": "auditor"}):
            answer = desk.as_user("customer").post(f"/api/tickets/{number}/commands", json=body | more)
            assert answer.status_code == 422
