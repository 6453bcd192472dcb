"""A ticket behind the API: people send commands over HTTP, the auditor reads what came of it."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from domain.people.actors import Actor
from tests.patience import PATIENCE_S
from tests.separation.moves import Move
from tests.separation.record import Line, Promise, Standing
from tests.separation.registry import becomes
from tests.separation.starts import Start
from tests.served import Served

#: Nobody can skip time here: a minute of the machine is so long, and what has been owed for long is reported late.
MINUTE = timedelta(milliseconds=20)
LONG_AGO = timedelta(hours=30)
LONGEST = 10
#: The answers of the API to a command, whoever sends whatever.
ANSWERS = {200, 202, 403, 404, 409, 422}


@dataclass
class InHttp:
    """One ticket. ``claimed``: what people are now, where that is not what they were; ``other``: a report of before."""

    desk: Served
    start: Start
    claimed: dict[str, Actor]
    number: str = ""
    other: str = ""
    answers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        contract = self.start.contract
        report = {
            "contract": self.start.agreed,
            "customer": {"id": f"demo-{contract.pack}"},
            "received_at": (datetime.now(UTC) - LONG_AGO).isoformat(),
            "level": self.start.level,
            "facts": self.start.facts,
        }
        self.other = self.desk.open(contract.pack, **report)["number"]
        report["received_at"] = (datetime.now(UTC) - LONG_AGO + MINUTE).isoformat()
        self.number = self.desk.open(contract.pack, **report)["number"]

    def says(self, actor: Actor, move: Move, *, again: bool = False) -> None:
        if self.claimed.get(actor.id) != actor:
            becomes(self.desk.engine, actor)
            self.claimed[actor.id] = actor
        command_id, data = str(uuid.uuid4()), self._named(move, move.at(datetime.now(UTC), MINUTE))
        for _ in range(1 + again):
            answer = self.desk.command(actor.id, self.number, move.kind, command_id=command_id, **data)
            while answer.status_code == 503:  # the machine is busy; the same command may be repeated for ever
                time.sleep(0.2)
                answer = self.desk.command(actor.id, self.number, move.kind, command_id=command_id, **data)
            assert answer.status_code in ANSWERS, (actor.id, answer.text)
            if answer.status_code == 202:
                self._wait_for(answer)

    def _named(self, move: Move, data: dict[str, Any]) -> dict[str, Any]:
        """With what is the driver's to say: the other ticket's number, its own contract's id."""
        if move.kind == "merge":
            return data | {"into": self.other}
        return data | {"contract": self.start.agreed} if "contract" in data else data

    def passes(self, minutes: int) -> None:
        time.sleep(min(minutes, LONGEST) * MINUTE.total_seconds())

    def lines(self) -> Sequence[Line]:
        return [Line.of_document(shown) for shown in self._read("/timeline?limit=500")["items"]]

    def standing(self) -> Standing:
        ticket = self._read()
        promises = tuple(
            Promise(
                each["kind"],
                tuple(each["armed"].split(" or ")),
                each["state"],
                each["reason"],
                datetime.fromisoformat(each["due_at"]) if each["due_at"] else None,
            )
            for each in self._read("/obligations")["items"]
        )
        now, slack = datetime.now(UTC), timedelta(seconds=10)
        return Standing(now, ticket["stage"], ticket["facts"], promises, hidden=True, slack=slack)

    def _read(self, below: str = "") -> dict[str, Any]:
        answer = self.desk.as_user("auditor").get(f"/api/tickets/{self.number}{below}")
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        assert "next" not in shown, "there is more than one page"
        return shown

    def _wait_for(self, answer: httpx2.Response) -> None:
        until = datetime.now(UTC) + timedelta(seconds=PATIENCE_S)
        while datetime.now(UTC) < until:
            if self.desk.as_user("auditor").get(answer.headers["location"]).status_code != 202:
                return
            time.sleep(0.1)
        raise AssertionError("nobody decided")
