"""The same request at the same time."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.served import Served, report

CALLERS = 50


class TestFiftyRequests:
    def test_with_one_key_open_one_ticket(self, desk: Served):
        """Fifty at once; one is told that it was the first."""
        key, start = uuid.uuid4().hex, Barrier(CALLERS)
        desk.as_user("hotline")

        def ask(_: int) -> tuple[int, str]:
            start.wait()
            answer = desk.post_ticket(report(), key=key)
            return answer.status_code, answer.json()["number"]

        with ThreadPoolExecutor(CALLERS) as people:
            answers = list(people.map(ask, range(CALLERS)))
        assert len({number for _, number in answers}) == 1
        assert sorted(status for status, _ in answers) == [200] * (CALLERS - 1) + [201]

    def test_with_one_command_are_one_command(self, desk: Served):
        """Fifty answers, one entry."""
        number, command_id = desk.open(level="A")["number"], str(uuid.uuid4())
        start = Barrier(CALLERS)
        desk.as_user("engineer")

        def ask(_: int) -> tuple[int, int]:
            start.wait()
            answer = desk.command("engineer", number, "note", command_id=command_id, text="一次")
            return answer.status_code, answer.json().get("seq")

        with ThreadPoolExecutor(CALLERS) as people:
            answers = set(people.map(ask, range(CALLERS)))
        assert len(answers) == 1
        lines = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline").json()["items"]
        assert [line["happening"] for line in lines].count("noted") == 1
