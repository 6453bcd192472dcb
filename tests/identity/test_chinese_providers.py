"""Signing in by WeCom, DingTalk and Feishu, against servers that answer as is documented."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from structlog.testing import capture_logs

from runtime.settings import Settings
from store.registry.confirmations import bind
from tests.identity import documented
from tests.identity.conftest import PUBLIC
from tests.identity.documented import ID, SECRET, Documented
from tests.patience import PATIENCE_S, eventually
from tests.served import Served, served
from tests.store.test_sessions import NOW

#: Whom each calls what.
SUBJECTS = {"wecom": "wecom-userid", "dingtalk": "ding-union", "feishu": "feishu-union"}
of_each = pytest.mark.parametrize("name", SUBJECTS)


@pytest.fixture(scope="module")
def theirs() -> Iterator[Documented]:
    with documented.running() as running:
        yield running


@pytest.fixture(scope="module")
def told(theirs: Documented) -> dict[str, Any]:
    """The settings, as an administrator gives them."""
    own = {"wecom_corp_id": ID, "wecom_agent_id": "1000002", "wecom_secret": SECRET}
    own |= {
        "dingtalk_client_id": ID,
        "dingtalk_client_secret": SECRET,
        "feishu_app_id": ID,
        "feishu_app_secret": SECRET,
    }
    addresses = {f"{name}_{part}_url": theirs.url for name in SUBJECTS for part in ("login", "api")}
    return own | addresses | {"public_url": PUBLIC}


@pytest.fixture(scope="module")
def desk(settings: Settings, told: dict[str, Any]) -> Iterator[Served]:
    with served(settings.model_copy(update=told), working=False) as running:
        for name, subject in SUBJECTS.items():
            bind(running.engine, "engineer", (name, subject), now=NOW)
        yield running


@pytest.fixture(autouse=True)
def well(theirs: Documented) -> Iterator[None]:
    """Until a test breaks them."""
    yield
    theirs.broken = ""


def signed_in(desk: Served, browser: httpx2.Client, name: str) -> httpx2.Response:
    """Out, agreed, and back."""
    out = browser.get(f"{desk.url}/api/session/{name}")
    assert out.status_code == 302, out.text
    back = browser.get(out.headers["location"]).headers["location"]
    assert back.startswith(f"{PUBLIC}/api/session/{name}/callback?")
    return browser.get(back.replace(PUBLIC, desk.url))


class TestAProvider:
    @of_each
    def test_signs_in_whom_an_administrator_bound(self, desk: Served, browser: httpx2.Client, name: str):
        """By its lasting word for the person."""
        answer = signed_in(desk, browser, name)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert browser.get(f"{desk.url}/api/session").json()["id"] == "engineer"

    @of_each
    @pytest.mark.parametrize(
        ("broken", "answers"),
        [
            ("refuses", (403, "provider-refused")),
            ("stranger", (403, "provider-refused")),
            ("busy", (503, "provider-down")),
            ("down", (503, "provider-down")),
        ],
    )
    def test_that_says_no_in_its_own_way_signs_nobody_in(
        self, settings: Settings, told: dict[str, Any], theirs: Documented, name: str, broken: str, answers: object
    ):
        """Also in an answer of 200; its words are not ours to repeat."""
        theirs.broken = broken
        with (
            served(settings.model_copy(update=told), working=False) as desk,
            httpx2.Client(timeout=PATIENCE_S) as browser,
        ):
            answer = signed_in(desk, browser, name)
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == answers
        assert SECRET not in answer.text
        assert "invalid" not in answer.text

    @of_each
    def test_that_does_not_know_our_secret_signs_nobody_in(
        self, settings: Settings, told: dict[str, Any], browser: httpx2.Client, name: str
    ):
        """An installation that was set up wrongly lets nobody in."""
        secret = "feishu_app_secret" if name == "feishu" else f"{name}_{'client_' if name == 'dingtalk' else ''}secret"
        with served(settings.model_copy(update=told | {secret: SECRET[::-1]}), working=False) as desk:
            assert signed_in(desk, browser, name).status_code == 403

    @of_each
    @pytest.mark.parametrize("broken", ["", "refuses", "busy"])
    def test_leaves_nothing_secret_in_the_log(
        self, desk: Served, theirs: Documented, browser: httpx2.Client, caplog: pytest.LogCaptureFixture, name: str,
        broken: str,
    ):  # fmt: skip
        """CVE-2023-40171: neither our secret nor a token or code, also when something goes wrong."""
        theirs.broken = broken
        with capture_logs() as logged:
            signed_in(desk, browser, name)
            eventually(lambda: f"/api/session/{name}/callback" in str(logged), "the line that follows the answer")
        said = f"{logged} {caplog.text}"
        secret = [SECRET, "code-", *theirs.app_tokens, "ding-token", "feishu-token", *browser.cookies.values()]
        assert not [word for word in secret if word in said]

    def test_of_wecom_is_asked_for_the_apps_token_once(self, desk: Served, theirs: Documented, browser: httpx2.Client):
        """And again when that one was revoked."""
        signed_in(desk, browser, "wecom")
        before = len(theirs.app_tokens)
        assert signed_in(desk, browser, "wecom").status_code == 303
        assert len(theirs.app_tokens) == before
        theirs.app_tokens.append("somebody asked for another")
        assert signed_in(desk, browser, "wecom").status_code == 303
        assert len(theirs.app_tokens) == before + 2

    def test_is_offered_by_its_own_name(self, desk: Served):
        """In both languages."""
        items = desk.stranger.get("/api/session/providers").json()["items"]
        assert [item["name"]["zh"] for item in items] == ["企业微信", "钉钉", "飞书"]
