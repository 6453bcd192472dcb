"""Codes that are read out: short enough to be typed, so whoever guesses waits, and nobody keeps what they open."""

from collections.abc import MutableMapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy import update

from store.models import ApprovalLinkRow, SignInFailureRow
from tests.handed import asked, fetched, handed, nobody_has_guessed
from tests.links import Letter, timeline
from tests.patience import eventually
from tests.served import Served
from tests.uploads import brought

#: So many wrong codes from an address cost nothing.
FREE = 10


@pytest.fixture(autouse=True)
def _begins(desk: Served) -> None:
    nobody_has_guessed(desk)


def paths(lines: Sequence[MutableMapping[str, Any]]) -> list[str]:
    """Those of links that the log tells of."""
    asked = (line["path"] for line in lines if line["event"] == "request")
    return [path for path in asked if path == "/a" or path.startswith("/a/")]


def waiting(desk: Served) -> bool:
    """Whether somebody has to wait, which then is for an hour: on a slow machine a second is over soon."""
    waits = SignInFailureRow.blocked_until > SignInFailureRow.last_at
    with desk.engine.begin() as connection:
        longer = update(SignInFailureRow).where(waits).values(blocked_until=datetime.now(UTC) + timedelta(hours=1))
        return connection.execute(longer).rowcount > 0


class TestEveryPage:
    def test_is_kept_by_nobody_and_names_its_address_to_nobody(self, desk: Served):
        """The form of a code, the way on from it, what it opens, a wrong one, a file."""
        number = asked(desk)
        file = brought(desk, number, "customer", name="现场.jpg")
        phone = fetched(desk, number, handed(desk, number, "remote_grant"), spoken=True)
        code = phone.path.removeprefix("/a/")
        answers = [
            desk.stranger.get("/a"),
            desk.stranger.post("/a", data={"code": code}),
            phone.look(),
            desk.stranger.get(f"{phone.path}/files/{file}"),
            Letter(desk, "/a/111111111111").look(),
        ]
        assert [answer.status_code for answer in answers] == [200, 303, 200, 200, 404]
        for answer in answers:
            headers = answer.headers
            assert headers["cache-control"] == "no-store"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["x-frame-options"] == "DENY"
        for answer in answers[2:]:
            assert answer.headers["x-robots-tag"].startswith("noindex")
            assert "default-src 'none'" in answer.headers["content-security-policy"]

    def test_and_every_file_never_stands_in_a_log(self, desk: Served):
        number = asked(desk)
        file = brought(desk, number, "customer", name="现场.jpg")
        with structlog.testing.capture_logs() as lines:
            phone = fetched(desk, number, handed(desk, number, "remote_grant"), spoken=True)
            code = phone.path.removeprefix("/a/")
            desk.stranger.post("/a", data={"code": code})
            desk.stranger.get(f"{phone.path}/files/{file}")
            phone.answer()
            eventually(lambda: len(paths(lines)) >= 3, "the lines, which are written once the answers are out")
        assert paths(lines) == ["/a", "/a/...", "/a/..."]
        assert code not in str(lines)
        assert code not in desk.stranger.get("/metrics").text

    def test_from_another_sites_form_is_not_taken(self, desk: Served):
        answer = desk.stranger.post("/a", data={"code": "0" * 12}, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403


class TestGuessing:
    def test_makes_whoever_does_it_wait(self, desk: Served):
        """From the eleventh wrong code in an hour on, and a right one opens nothing meanwhile: nobody learns of it."""
        number = asked(desk)
        right = fetched(desk, number, handed(desk, number, "remote_grant"), spoken=True)
        guesses = [Letter(desk, f"/a/{guess:012}{'/files/x' if guess % 2 else ''}") for guess in range(FREE)]
        assert [guess.look().status_code for guess in guesses] == [404] * FREE
        assert waiting(desk)
        wrong = Letter(desk, "/a/999999999999")
        waits = [each() for each in (wrong.look, wrong.answer, right.look, right.answer)]
        assert [answer.status_code for answer in waits] == [429] * 4
        assert int(waits[0].headers["retry-after"]) >= 1
        assert len({answer.text.replace(answer.headers["retry-after"], "") for answer in waits}) == 1
        assert "remote_granted" not in [line["happening"] for line in timeline(desk, number)]

    def test_keeps_no_link_from_anybody(self, desk: Served):
        """Only codes can be guessed, and what was guessed is forgotten by those who typed theirs rightly."""
        number = asked(desk)
        id_ = handed(desk, number, "remote_grant")
        for guess in range(FREE - 2):
            Letter(desk, f"/a/{guess:012}").look()
        assert not waiting(desk)
        right = fetched(desk, number, id_, spoken=True)
        for _ in range(FREE):
            assert right.look().status_code == 200
        for guess in range(FREE - 2, FREE + 2):
            Letter(desk, f"/a/{guess:012}").look()
        assert waiting(desk)
        assert Letter(desk, "/a/999999999999").look().status_code == 429
        assert fetched(desk, number, id_).look().status_code == 200


class TestFilesOfACode:
    def test_are_given_as_long_as_it_asks(self, desk: Served):
        """And neither by a code that is over, nor under that of another ticket."""
        number, other = asked(desk), asked(desk)
        file = brought(desk, number, "customer", name="现场.jpg")
        code, others = (
            fetched(desk, each, handed(desk, each, "remote_grant"), spoken=True).path for each in (number, other)
        )
        assert desk.stranger.get(f"{code}/files/{file}").status_code == 200
        assert desk.stranger.get(f"{others}/files/{file}").status_code == 404
        with desk.engine.begin() as connection:
            over = update(ApprovalLinkRow).filter_by(ticket=number)
            connection.execute(over.values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
        assert desk.stranger.get(f"{code}/files/{file}").status_code == 404
