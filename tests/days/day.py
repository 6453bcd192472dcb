"""A day on one ticket, told over HTTP: people act, are refused, are told, and look."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.patience import PATIENCE_S
from tests.served import Served, report

_GLANCE_S = 0.05


class Day:
    """One ticket and its people. What somebody has been asked about once is not asked about again."""

    def __init__(
        self, desk: Served, pack: str, /, *, by: str = "hotline", ago: timedelta | None = None, **fields: Any
    ) -> None:
        self._desk = desk
        if ago is not None:
            fields["received_at"] = (datetime.now(UTC) - ago).isoformat()
        answer = desk.post_ticket(report(pack, **fields), user=by)
        assert answer.status_code == 201, answer.text
        self.number = str(answer.json()["number"])
        self._read: set[str] = set()

    def does(self, who: str, kind: str, /, **data: Any) -> dict[str, Any]:
        """Somebody acts, and it is accepted."""
        answer = self._desk.command(who, self.number, kind, **data)
        assert answer.status_code == 200, f"{kind} by {who}: {answer.text}"
        done: dict[str, Any] = answer.json()
        return done

    def refused(self, who: str, kind: str, why: str, /, **data: Any) -> None:
        """Somebody tries; it is refused for this reason, and the words say more than the reason."""
        answer = self._desk.command(who, self.number, kind, **data)
        assert answer.status_code == 409, f"{kind} by {who}: {answer.text}"
        problem = answer.json()
        assert problem["reason"] == why, problem
        assert len(problem["detail"]) > len("系统未受理此操作")

    def phoned(self, by: str, kind: str, name: str, /, **data: Any) -> dict[str, Any]:
        """Somebody of ours records what a customer says on the telephone."""
        return self.does(by, kind, on_behalf={"name": name, "channel": "phone"}, **data)

    def malformed(self, who: str, kind: str, field: str, /, **data: Any) -> None:
        """Somebody leaves out what has to be said, or names who cannot be meant."""
        answer = self._desk.command(who, self.number, kind, **data)
        assert answer.status_code == 422, f"{kind} by {who}: {answer.text}"
        assert field in [error["field"] for error in answer.json()["errors"]]

    def forbidden(self, who: str, kind: str, /, **data: Any) -> None:
        """Somebody tries who may not."""
        assert self._desk.command(who, self.number, kind, **data).status_code == 403

    def told(self, who: str, words: str, /) -> dict[str, Any]:
        """Somebody gets a message whose title or text has these words, and has not had it before."""
        until = time.monotonic() + PATIENCE_S
        while True:
            messages = self._messages(who)
            for each in messages:
                if words in each["title"] + each["text"] and each["id"] not in self._read:
                    self._read.add(each["id"])
                    return each
            titles = [each["title"] + each["text"] for each in messages]
            assert time.monotonic() < until, f"nobody told {who} of {words}, but of {titles}"
            time.sleep(_GLANCE_S)

    def not_told(self, who: str, words: str, /) -> None:
        """Somebody has no message with these words; asked after one that is known to have come."""
        heard = [each["title"] + each["text"] for each in self._messages(who)]
        assert not [each for each in heard if words in each], f"{who} was told of {words}"

    def sees(self, who: str, /) -> dict[str, Any]:
        """The ticket as somebody sees it."""
        answer = self._desk.as_user(who).get(f"/api/tickets/{self.number}")
        assert answer.status_code == 200, answer.text
        seen: dict[str, Any] = answer.json()
        return seen

    def hidden_from(self, who: str, /) -> None:
        """For somebody there is no such ticket."""
        assert self._desk.as_user(who).get(f"/api/tickets/{self.number}").status_code == 404

    def promise(self, kind: str, /) -> dict[str, Any]:
        """What is promised of a kind, as the auditor reads it; of several what is due first."""
        answer = self._desk.as_user("auditor").get(f"/api/tickets/{self.number}/obligations")
        found = [each for each in answer.json()["items"] if each["kind"] == kind]
        return dict(min(found, key=lambda each: each["due_at"] or "~"))

    def timeline(self, who: str, /) -> list[str]:
        """What somebody sees that has happened, in order."""
        return [entry["happening"] for entry in self.entries(who)]

    def entries(self, who: str, happening: str | None = None, /) -> list[dict[str, Any]]:
        """What somebody sees of what has happened, or of one kind of it."""
        answer = self._desk.as_user(who).get(f"/api/tickets/{self.number}/timeline", params={"limit": 200})
        assert answer.status_code == 200, answer.text
        return [entry for entry in answer.json()["items"] if happening in {None, entry["happening"]}]

    def comes_to(self, stage: str, /) -> None:
        """The ticket comes to stand in this stage."""
        until = time.monotonic() + PATIENCE_S
        while self.sees("auditor")["stage"] != stage:
            assert time.monotonic() < until, f"it stands in {self.sees('auditor')['stage']}"
            time.sleep(_GLANCE_S)

    def _messages(self, who: str) -> list[dict[str, Any]]:
        answer = self._desk.as_user(who).get("/api/inbox", params={"limit": 200})
        assert answer.status_code == 200, answer.text
        return [each for each in answer.json()["items"] if each["ticket"] == self.number]
