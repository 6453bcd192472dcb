"""What is large and read goes out small, unless its length could tell a stranger something."""

import pytest

from api.http import compression
from tests.served import Served

PACKED = {"Accept-Encoding": "gzip"}


def coding(desk: Served, path: str, *, user: str = "hotline", **headers: str) -> str | None:
    """How the answer was packed; it is asked for as a browser's page would."""
    asked = PACKED | {name.replace("_", "-"): value for name, value in headers.items()}
    with desk.as_user(user).stream("GET", path, headers=asked) as answer:
        assert answer.status_code == 200
        found: str | None = answer.headers.get("content-encoding")
        return found


@pytest.fixture(scope="module", autouse=True)
def tickets(desk: Served) -> list[str]:
    """Enough for a list worth packing."""
    return [desk.open()["number"] for _ in range(3)]


def test_a_list_goes_out_small_and_says_the_same(desk: Served):
    plain = desk.as_user("hotline").get("/api/tickets", headers={"Accept-Encoding": "identity"})
    packed = desk.as_user("hotline").get("/api/tickets", headers=PACKED)
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.json() == plain.json()
    assert "content-encoding" not in plain.headers


def test_the_interface_goes_out_small(desk: Served):
    """Hundreds of kilobytes of words that come again and again."""
    with desk.stranger.stream("GET", "/openapi.json", headers=PACKED) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < 60_000


def test_what_is_small_goes_out_as_it_is(desk: Served):
    assert coding(desk, "/api/counts") is None


def test_what_another_site_has_asked_for_is_not_packed(desk: Served):
    """It could choose words and watch the length, to learn what else is in the answer."""
    assert coding(desk, "/api/tickets", Sec_Fetch_Site="same-origin") == "gzip"
    for site in ("cross-site", "same-site"):
        assert coding(desk, "/api/tickets", Sec_Fetch_Site=site) is None


@pytest.fixture
def everything_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small it is: what stays as it is then stays so for another reason."""
    monkeypatch.setattr(compression, "_WORTH_IT", 0)


@pytest.mark.usefixtures("everything_is_worth_it")
def test_what_tells_the_proof_of_a_session_is_not_packed(desk: Served):
    assert coding(desk, "/api/counts") == "gzip"
    assert coding(desk, "/api/session") is None


@pytest.mark.usefixtures("everything_is_worth_it")
def test_answers_to_changes_are_not_packed(desk: Served, tickets: list[str]):
    """A new token stands in one, a link in another, and nowhere else."""
    answer = desk.command("hotline", tickets[0], "note", text="客户来电询问进展")
    assert answer.status_code == 200
    assert "gzip" in answer.request.headers["accept-encoding"]
    assert "content-encoding" not in answer.headers


def test_events_come_one_by_one(desk: Served):
    """A packer would hold them back."""
    with desk.as_user("hotline").stream("GET", "/api/events", headers=PACKED) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in answer.headers
        assert next(answer.iter_lines())


def test_the_answers_of_the_api_are_kept_by_nobody(desk: Served):
    assert desk.as_user("hotline").get("/api/tickets").headers["cache-control"] == "no-store"
