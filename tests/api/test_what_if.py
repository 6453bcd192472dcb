"""What if, over HTTP: the auditor asks of tickets in the archive what would have come of them."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from unittest.mock import Mock

import httpx2
import pytest

from api.what_if import routes
from api.what_if.requests import AskWhatIf
from gateway.archiving import keep
from policies.files import FOLDER
from runtime.archive import Archive
from tests.patience import PATIENCE_S
from tests.served import Served
from tests.what_if.corpus import kept_as, runs_of, tickets

NAME = next(name for name in tickets() if name.startswith("corrected/"))
NUMBER = NAME.rpartition("/")[2]
PACK = (FOLDER / "packs" / "sitech.toml").read_text()


@pytest.fixture(scope="module")
def asked(desk: Served) -> Served:
    """With one closed ticket in its archive."""
    keep(Archive.of(desk.settings), [kept_as(run) for run in runs_of(NAME)], datetime.now(UTC))
    return desk


def ask(desk: Served, user: str = "auditor", **question: Any) -> httpx2.Response:
    body: dict[str, Any] = {"contract": "nuobida", "numbers": [NUMBER]} | question
    return desk.as_user(user).post("/api/what-if", json=body)


class TestWhatIf:
    def test_says_what_would_have_come_of_each_promise_and_adds_it_up(self, asked: Served):
        found = ask(asked).json()
        (ticket,) = found["tickets"]
        assert (ticket["number"], ticket["contract_now"]) == (NUMBER, "nuobida")
        assert sum(each["count"] for each in found["totals"]["promises"]) == len(ticket["promises"])
        assert any(each["was"] != each["now"] for each in ticket["promises"])

    def test_finds_a_contract_of_the_registry(self, asked: Served):
        contracts = asked.as_user("admin").get("/api/customers/demo-xinhe/contracts").json()["items"]
        (ticket,) = ask(asked, contract=contracts[0]["id"]).json()["tickets"]
        assert ticket["contract_now"] == contracts[0]["id"]

    def test_takes_a_pack_that_is_edited(self, asked: Served):
        edited = PACK.replace('"10 min"', '"1 min"')
        (published,) = ask(asked, contract="sitech").json()["tickets"]
        (ticket,) = ask(asked, contract="sitech", edited=edited).json()["tickets"]
        assert ticket["promises"] != published["promises"]

    def test_leaves_out_what_the_archive_has_not(self, asked: Served):
        found = ask(asked, numbers=["22222222"]).json()
        assert [each["number"] for each in found["left_out"]] == ["22222222"]
        assert found["totals"]["tickets"] == 0

    @pytest.mark.parametrize(
        ("field", "question"),
        [
            ("contract", {"contract": "no-such"}),
            ("edited", {"edited": "nonsense = 1"}),
            ("edited", {"edited": PACK.replace('"10 min"', f'"{"9" * 20} h"')}),
            ("edited", {"edited": "a" + ".a" * 30_000 + " = 1"}),
            ("levels", {"levels": {"A": "Z"}}),
            ("numbers", {"numbers": []}),
            ("numbers", {"numbers": [f"2222222{each}" for each in "23456789ABCDEFGHJKLMN"]}),
        ],
    )
    def test_names_what_is_wrong_with_a_question(self, asked: Served, field: str, question: dict[str, Any]):
        answer = ask(asked, **question)
        assert answer.status_code == 422
        assert [each["field"] for each in answer.json()["errors"]] == [field]

    def test_waits_for_no_export_and_none_for_it(self, monkeypatch: pytest.MonkeyPatch):
        """They are worked on beside each other: what is held is another."""
        behind = Mock(heavy=asyncio.Semaphore(0), supposing=asyncio.Semaphore(1))
        monkeypatch.setattr(routes, "is_in_reach", lambda _: True)
        monkeypatch.setattr(routes, "_found", lambda *_: [])
        question = AskWhatIf(contract="sitech", numbers=(NUMBER,))
        asyncio.run(asyncio.wait_for(routes.ask_what_if(behind, question), PATIENCE_S))

    def test_is_for_the_auditor_alone(self, asked: Served):
        assert ask(asked, user="duty").status_code == 403

    def test_of_an_archive_that_is_elsewhere_is_asked_there(self, asked: Served, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(routes, "is_in_reach", lambda _: False)
        answer = ask(asked)
        assert answer.status_code == 409
        assert "zhishou whatif" in answer.json()["detail"]
