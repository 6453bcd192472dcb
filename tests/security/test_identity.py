"""Who asks comes before everything else."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from store.access.tokens import issue, revoke, tokens_of
from tests.served import Served

PUBLIC = {
    ("get", "/"),
    ("post", "/api/session"),
    ("get", "/api/session/providers"),
    ("get", "/api/session/{provider}"),
    ("get", "/api/session/{provider}/callback"),
    # What a product signs is refused with 400 where it is not signed so; tests/chat tries them.
    ("get", "/api/chat/wecom"),
    ("post", "/api/chat/wecom"),
    ("post", "/api/chat/feishu"),
    ("post", "/api/chat/dingtalk"),
}


def operations(desk: Served) -> list[tuple[str, str]]:
    """Every route that needs somebody, with something in the place of its parameters."""
    paths = desk.stranger.get("/openapi.json").json()["paths"]
    return [
        (method, re.sub(r"\{\w+\}", "x", path.replace("{number}", "22222222")))
        for path, methods in paths.items()
        for method in methods
        if (method, path) not in PUBLIC
    ]


class TestARequest:
    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Authorization": "Bearer"},
            {"Authorization": "Bearer nonsense"},
            {"Authorization": "Bearer ' OR 1=1 --"},
            {"Authorization": "Basic aG90bGluZTpob3RsaW5l"},
            {"Cookie": "zhishou_session=nonsense"},
        ],
    )
    def test_of_nobody_known_is_refused_whatever_it_asks(self, desk: Served, headers: dict[str, str]):
        """Also with a body that is broken, or a question that makes no sense."""
        asked = operations(desk)
        assert len(asked) >= 10
        for method, path in asked:
            for body in (b"", b"{", b"\xff", b"x" * 100_000):
                answer = desk.stranger.request(method, f"{path}?limit=x", headers=headers, content=body)
                assert answer.status_code == 401, (method, path)
                assert answer.headers["www-authenticate"] == "Bearer"
                assert answer.headers["content-type"] == "application/problem+json"

    def test_with_a_token_that_is_over_is_refused(self, desk: Served):
        """Expired, or revoked."""
        now = datetime.now(UTC)
        expired = issue(desk.engine, "pm", name="old", lasts=timedelta(hours=1), now=now - timedelta(hours=2))
        revoked = issue(desk.engine, "pm", name="lost", lasts=timedelta(hours=1), now=now)
        (lost,) = (row.id for row in tokens_of(desk.engine, "pm", now) if row.name == "lost")
        assert revoke(desk.engine, "pm", lost, now)
        for token in (expired, revoked):
            answer = desk.stranger.get("/api/tickets", headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 401
            assert token not in answer.text
