"""Signing in by OpenID Connect, at a real provider."""

import base64
import hashlib
import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from api.access.cookies import FLOW, SESSION
from api.sign_in.providers.base import ProviderRefusedError
from api.sign_in.providers.oidc import verified
from runtime.settings import Settings
from store.access.identities import person_with_email
from store.models import PersonRow, SessionRow, SignInFailureRow, SignInFlowRow
from store.registry.confirmations import bind
from tests.identity import provider
from tests.identity.conftest import CALLBACK, PUBLIC, SECRET
from tests.identity.provider import RunningProvider, agree
from tests.patience import PATIENCE_S
from tests.served import Served, served
from tests.store.test_sessions import NOW

#: The first run on a machine installs the provider.


@pytest.fixture(autouse=True, scope="module")
def bound(desk: Served) -> None:
    """Li Jianguo is known at the provider as ``jianguo``."""
    bind(desk.engine, "engineer", ("oidc", "jianguo"), now=NOW)


def forget_failures(desk: Served) -> None:
    with desk.engine.begin() as connection:
        connection.execute(delete(SignInFailureRow))


def go(desk: Served, browser: httpx2.Client) -> str:
    """To the provider's page."""
    answer = browser.get(f"{desk.url}/api/session/oidc")
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def agreed(desk: Served, browser: httpx2.Client, user: str) -> str:
    """Where the provider sends the browser once its owner has agreed; the served API in the place of the public one."""
    return agree(browser, go(desk, browser), user, CALLBACK).replace(PUBLIC, desk.url)


def expect_problem(answer: httpx2.Response, status: int, code: str) -> None:
    """Nobody is signed in, and nothing is given away."""
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:zhishou:problem:{code}")
    assert SESSION not in "".join(answer.headers.get_list("set-cookie"))
    assert SECRET not in answer.text


class TestTheWayOut:
    def test_carries_what_the_way_back_is_held_against(
        self, desk: Served, browser: httpx2.Client, oidc: RunningProvider
    ):
        """A code only, for our program, with a challenge, a nonce and a state; the verifier stays here."""
        address = urlsplit(go(desk, browser))
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        assert f"{address.scheme}://{address.netloc}" == oidc.issuer
        assert (asked["response_type"], asked["client_id"], asked["scope"]) == ("code", "zhishou", "openid")
        assert (asked["code_challenge_method"], asked["redirect_uri"]) == ("S256", CALLBACK)
        assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
        with Session(desk.engine) as session:
            rows = session.scalars(select(SignInFlowRow)).all()
        assert not [row for row in rows if row.verifier in address.query]
        assert asked["state"] not in {row.state_hash for row in rows}

    def test_has_to_wait_for_who_never_comes_back(self, desk: Served, browser: httpx2.Client):
        """Each leaves a row; the address is counted until somebody comes back from there."""
        forget_failures(desk)
        go(desk, browser)
        with desk.engine.begin() as connection:
            connection.execute(update(SignInFailureRow).values(failures=106))
        go(desk, browser)
        refused = browser.get(f"{desk.url}/api/session/oidc")
        forget_failures(desk)
        assert refused.status_code == 429

    def test_is_offered_to_whoever_wants_to_sign_in(self, desk: Served):
        """Only what is set up."""
        assert [item["id"] for item in desk.stranger.get("/api/session/providers").json()["items"]] == ["oidc"]
        assert desk.stranger.get("/api/session/feishu").status_code == 404


class TestTheWayBack:
    def test_signs_in_whom_an_administrator_bound(self, desk: Served, browser: httpx2.Client):
        """And leads to the console."""
        answer = browser.get(agreed(desk, browser, "jianguo"))
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert browser.get(f"{desk.url}/api/session").json()["id"] == "engineer"
        with Session(desk.engine) as session:
            assert set(session.scalars(select(SessionRow.way).where(SessionRow.person_id == "engineer"))) == {"oidc"}

    def test_makes_nobody(self, desk: Served, browser: httpx2.Client):
        """Who is unknown is told what to tell the administrator, as a page or as a document."""
        answer = browser.get(agreed(desk, browser, "newcomer"))
        expect_problem(answer, 403, "nobody-of-ours")
        assert (answer.json()["provider"], answer.json()["subject"]) == ("oidc", "newcomer")
        browser.cookies.clear()
        page = browser.get(agreed(desk, browser, "<b>newcomer"), headers={"Accept": "text/html"})
        assert page.headers["content-type"].startswith("text/html")
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "&lt;b&gt;newcomer" in page.text
        assert "<b>" not in page.text

    def test_works_once(self, desk: Served, browser: httpx2.Client):
        """Replayed by the same browser, with the cookie that it had."""
        cookie = f"{FLOW}="
        address = agreed(desk, browser, "jianguo")
        cookie += browser.cookies[FLOW]
        assert browser.get(address).status_code == 303
        with httpx2.Client(timeout=PATIENCE_S) as again:
            expect_problem(again.get(address, headers={"Cookie": cookie}), 400, "flow-over")

    def test_works_in_the_browser_that_went_out_only(self, desk: Served, browser: httpx2.Client):
        """Nobody signs another in as themselves; and the code is spent."""
        address = agreed(desk, browser, "jianguo")
        with httpx2.Client(timeout=PATIENCE_S) as other:
            expect_problem(other.get(address), 400, "flow-over")
        expect_problem(browser.get(address), 400, "flow-over")

    def test_is_over_after_ten_minutes(self, desk: Served, browser: httpx2.Client):
        """Whatever the provider says."""
        address = agreed(desk, browser, "jianguo")
        with desk.engine.begin() as connection:
            connection.execute(update(SignInFlowRow).values(expires_at=NOW))
        expect_problem(browser.get(address), 400, "flow-over")

    @pytest.mark.parametrize("column", ["nonce", "verifier"])
    def test_needs_what_was_made_for_it(self, desk: Served, browser: httpx2.Client, column: str):
        """A token made for another sign-in, or a code asked for by another program, is none."""
        address = agreed(desk, browser, "jianguo")
        with desk.engine.begin() as connection:
            connection.execute(update(SignInFlowRow).values({column: "x" * 43}))
        expect_problem(browser.get(address), 403, "provider-refused")

    def test_without_agreement_signs_nobody_in(self, desk: Served, browser: httpx2.Client):
        """The provider says so by an error."""
        state = parse_qs(urlsplit(go(desk, browser)).query)["state"][0]
        address = f"{desk.url}/api/session/oidc/callback?error=access_denied&state={state}"
        expect_problem(browser.get(address), 403, "provider-refused")

    def test_from_another_issuer_signs_nobody_in(self, desk: Served, browser: httpx2.Client):
        """RFC 9207: one provider's answer is not taken for another's."""
        address = agreed(desk, browser, "jianguo")
        assert "iss=" in address
        expect_problem(browser.get(address.replace("iss=http", "iss=https")), 403, "provider-refused")

    def test_signs_in_nobody_who_left(self, desk: Served, browser: httpx2.Client):
        """An administrator need not know about the provider."""
        address = agreed(desk, browser, "jianguo")
        with desk.engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "engineer").values(active=False))
        try:
            expect_problem(browser.get(address), 403, "nobody-of-ours")
        finally:
            with desk.engine.begin() as connection:
                connection.execute(update(PersonRow).where(PersonRow.id == "engineer").values(active=True))


class TestAnIdToken:
    @pytest.fixture
    def issued(self, oidc: RunningProvider, browser: httpx2.Client) -> tuple[str, dict[str, object]]:
        """A real one, and the provider's keys."""
        verifier = "v" * 43
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "client_id": "zhishou", "response_type": "code", "scope": "openid", "redirect_uri": CALLBACK,
            "state": "s", "nonce": "n", "code_challenge": challenge, "code_challenge_method": "S256",
        }  # fmt: skip
        page = str(httpx2.URL(f"{oidc.issuer}/auth", params=query))
        code = parse_qs(urlsplit(agree(browser, page, "jianguo", CALLBACK)).query)["code"][0]
        form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "redirect_uri": CALLBACK}
        token = browser.post(f"{oidc.issuer}/token", data=form, auth=("zhishou", SECRET)).json()["id_token"]
        return token, browser.get(f"{oidc.issuer}/jwks").json()

    def test_names_whoever_signed_in(self, oidc: RunningProvider, issued: tuple[str, dict[str, object]]):
        """When all of it is as it should be."""
        assert verified(*issued, oidc.issuer, "zhishou", "n")["sub"] == "jianguo"

    @pytest.mark.parametrize("wrong", [(0, "https://other"), (1, "other"), (2, "another")])
    def test_for_others_is_none(
        self, oidc: RunningProvider, issued: tuple[str, dict[str, object]], wrong: tuple[int, str]
    ):
        """Of another issuer, for another program, of another sign-in."""
        expected = [oidc.issuer, "zhishou", "n"]
        expected[wrong[0]] = wrong[1]
        with pytest.raises(ProviderRefusedError):
            verified(*issued, *expected)

    @pytest.mark.parametrize("algorithm", ["none", "HS256"])
    def test_that_the_provider_did_not_sign_is_none(
        self, oidc: RunningProvider, issued: tuple[str, dict[str, object]], algorithm: str
    ):
        """Neither unsigned nor signed with what everybody knows."""
        token, keys = issued
        claims = token.split(".")[1]
        header = base64.urlsafe_b64encode(json.dumps({"alg": algorithm, "kid": "test"}).encode()).decode().rstrip("=")
        for signature in ("", token.split(".")[2]):
            with pytest.raises(ProviderRefusedError):
                verified(f"{header}.{claims}.{signature}", keys, oidc.issuer, "zhishou", "n")

    def test_that_was_changed_is_none(self, oidc: RunningProvider, issued: tuple[str, dict[str, object]]):
        """By a single character of its claims."""
        token, keys = issued
        header, claims, signature = token.split(".")
        changed = claims[:20] + ("A" if claims[20] != "A" else "B") + claims[21:]
        with pytest.raises(ProviderRefusedError):
            verified(f"{header}.{changed}.{signature}", keys, oidc.issuer, "zhishou", "n")


@pytest.fixture(scope="module")
def by_email(desk: Served) -> Iterator[Served]:
    """An installation that goes by verified addresses too."""
    with served(desk.settings.model_copy(update={"oidc_by_email": True}), working=False) as running:
        yield running


class TestAnAddress:
    @pytest.mark.parametrize(
        ("user", "people", "status"),
        [("chenliqun", ["pm"], 303), ("chenliqun", ["pm", "duty"], 403), ("unverified", ["pm"], 403)],
    )
    def test_stands_for_the_one_person_who_has_it(
        self, by_email: Served, browser: httpx2.Client, user: str, people: list[str], status: int
    ):
        """If the provider has verified it, and nobody else has the same."""
        with by_email.engine.begin() as connection:
            connection.execute(update(PersonRow).values(email=None))
            its = update(PersonRow).where(PersonRow.id.in_(people))
            connection.execute(its.values(email=f"{user.title()}@example.org"))
        assert browser.get(agreed(by_email, browser, user)).status_code == status

    @pytest.mark.parametrize(
        "address", ["zhou\N{KELVIN SIGN}@example.org", "zhouK@example.org", "ｚｈｏｕk@example.org"]
    )
    def test_is_the_same_in_ascii_alone(self, desk: Served, address: str):
        """Where other characters have a small k, too, or look like one, it is somebody else's."""
        with desk.engine.begin() as connection:
            connection.execute(update(PersonRow).values(email=None))
            connection.execute(update(PersonRow).where(PersonRow.id == "pm").values(email="ZhouK@example.org"))
        found = person_with_email(desk.engine, "oidc", address)
        assert (found is not None) == address.isascii()

    def test_stands_for_nobody_who_is_bound_to_another_word_of_the_provider(self, desk: Served):
        """Who comes with their address would else be them beside the one whom an administrator bound."""
        with desk.engine.begin() as connection:
            connection.execute(update(PersonRow).values(email=None))
            connection.execute(update(PersonRow).where(PersonRow.id == "pm").values(email="pm@example.org"))
        assert person_with_email(desk.engine, "other", "pm@example.org") is not None
        bind(desk.engine, "pm", ("other", "subject-of-pm"), now=NOW)
        assert person_with_email(desk.engine, "other", "pm@example.org") is None

    def test_stands_for_nobody_unless_that_is_switched_on(self, desk: Served, browser: httpx2.Client):
        """It is off by default."""
        with desk.engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "pm").values(email="zhou@example.org"))
        expect_problem(browser.get(agreed(desk, browser, "zhou")), 403, "nobody-of-ours")


class TestAProviderThatIsDown:
    def test_is_told_kindly(self, settings: Settings, browser: httpx2.Client):
        """On the way out and on the way back; passwords go on working."""
        client = {"client_id": "zhishou", "client_secret": SECRET, "redirect_uris": [CALLBACK]}
        with provider.running([client]) as mortal:
            told = {"public_url": PUBLIC, "oidc_issuer": mortal.issuer, "oidc_client_id": "zhishou"}
            with served(settings.model_copy(update=told | {"oidc_client_secret": SECRET}), working=False) as desk:
                address = agreed(desk, browser, "jianguo")
                mortal.stop()
                expect_problem(browser.get(address), 503, "provider-down")
                answer = browser.get(f"{desk.url}/api/session/oidc")
                expect_problem(answer, 503, "provider-down")
                assert answer.headers["retry-after"]
