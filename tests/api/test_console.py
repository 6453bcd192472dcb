"""The console as it is served: its page at each of its addresses, its files packed and kept, and what stands there
where there is none.
"""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Client, Response
from starlette.testclient import TestClient

from api.app import create_app
from api.console import PAGES, PHONE_PAGES, WORKER
from runtime.console_build import SOURCE
from runtime.settings import Settings

SCRIPT = b"export const said = 1;" * 100


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build leaves: the page, and a file packed in both ways."""
    place = Path(tmp_path_factory.mktemp("console"))
    assets = place / "assets"
    assets.mkdir()
    (place / "index.html").write_text("<title>\u503c\u5b88</title>")
    (place / "m").mkdir()
    (place / "m" / "index.html").write_text("<title>the phone</title>")
    (place / "m" / "sw.js").write_text("keep()")
    (assets / "index-abc.js").write_bytes(SCRIPT)
    (assets / "index-abc.js.gz").write_bytes(gzip.compress(SCRIPT))
    (assets / "index-abc.js.br").write_bytes(b"packed as brotli")
    (assets / "notes.txt").write_text("not for browsers")
    return place


def browsing(console: str) -> Client:
    """A browser before an API that needs no server for what is asked of it."""
    nowhere = Settings(
        temporal_address="127.0.0.1:1", database_url="postgresql://nobody@127.0.0.1:1/nothing", console=console
    )
    return TestClient(create_app(nowhere), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def browser(folder: Path) -> Iterator[Client]:
    with browsing(str(folder)) as client:
        yield client


@pytest.fixture(scope="module")
def without() -> Iterator[Client]:
    """The same where there is no console."""
    with browsing("none") as client:
        yield client


class TestThePage:
    @pytest.mark.parametrize("path", PAGES)
    def test_stands_at_each_of_its_addresses(self, browser: Client, path: str):
        """What is shown there the page knows by itself: what is in an address opens no door."""
        answer = browser.get(path)
        assert (answer.status_code, answer.text) == (200, "<title>\u503c\u5b88</title>")

    @pytest.mark.parametrize("path", ["/", "/tickets/2345WXYZ", "/assets/index-abc.js"])
    def test_is_there_for_who_only_looks_whether_it_is(self, browser: Client, path: str):
        """Monitors and the previews of messengers ask for the head of a page alone."""
        answer, whole = browser.head(path), browser.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, whole.headers["content-type"])

    def test_is_not_at_any_other(self, browser: Client):
        assert browser.get("/nowhere").status_code == 404
        assert browser.get("/tickets/").status_code == 404

    @pytest.mark.parametrize("path", ["/nowhere", "/tickets/", "/m/nowhere", "/ticket/1"])
    def test_says_itself_to_a_person_that_there_is_nothing(self, browser: Client, without: Client, path: str):
        """Who mistyped an address sees a way on, not a document for programs."""
        person = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        answer = browser.get(path, headers=person)
        assert (answer.status_code, answer.text) == (404, "<title>\u503c\u5b88</title>")
        assert answer.headers["content-security-policy"] == browser.get("/").headers["content-security-policy"]
        assert "etag" not in answer.headers
        for other in (browser.get(path), without.get(path, headers=person), browser.post(path, headers=person)):
            assert other.headers["content-type"].startswith("application/problem+json")

    def test_is_no_answer_of_the_api(self, browser: Client):
        answer = browser.get("/api/nowhere", headers={"Accept": "text/html"})
        assert (answer.status_code, answer.json()["status"]) == (404, 404)

    def test_is_asked_for_each_time_and_sent_once(self, browser: Client):
        """Another build has another page; a browser that has this one keeps it."""
        answer = browser.get("/")
        assert answer.headers["cache-control"] == "no-cache"
        again = browser.get("/tickets", headers={"If-None-Match": f'W/{answer.headers["etag"]}, "other"'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["content-security-policy"] == answer.headers["content-security-policy"]
        assert browser.get("/", headers={"If-None-Match": '"other"'}).status_code == 200

    def test_has_the_addresses_that_the_console_knows(self):
        """One table in two languages."""
        table = (SOURCE / "src" / "app" / "pages.ts").read_text()
        known = [re.sub(r":(\w+)", r"{\1}", path) for path in re.findall(r'path: "([^"]+)"', table)]
        assert known == list(PAGES)


class TestThePhonesPage:
    @pytest.mark.parametrize("path", PHONE_PAGES)
    def test_stands_at_each_of_its_addresses(self, browser: Client, path: str):
        answer = browser.get(path)
        assert (answer.status_code, answer.text) == (200, "<title>the phone</title>")
        assert "unsafe-inline" not in answer.headers["content-security-policy"]

    def test_has_the_addresses_that_it_knows(self):
        """Whoever reloads one of them is not lost, with or without a network."""
        app = (SOURCE / "src" / "phone" / "app.tsx").read_text()
        known = {f"/m/{name}" for name in re.findall(r'place\.startsWith\("/m/([\w-]+)"\)', app)}
        assert known | {"/m/", "/m/t/{number}"} == set(PHONE_PAGES)

    def test_is_kept_by_a_script_that_a_browser_asks_for_each_time(self, browser: Client):
        """Else a phone would keep an old page for ever."""
        answer = browser.get(WORKER)
        assert (answer.text, answer.headers["cache-control"]) == ("keep()", "no-cache")
        assert answer.headers["content-type"].startswith("text/javascript")
        assert browser.get(WORKER, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304

    def test_is_not_there_where_a_build_has_none(self, tmp_path: Path):
        (tmp_path / "index.html").write_text("the desk")
        with browsing(str(tmp_path)) as client:
            assert {client.get(path).status_code for path in (*PHONE_PAGES, WORKER)} == {404}


def ask(browser: Client, accepted: str) -> Response:
    return browser.get("/assets/index-abc.js", headers={"Accept-Encoding": accepted})


class TestAFile:
    def test_is_kept_for_ever_for_its_name_changes_with_it(self, browser: Client):
        answer = ask(browser, "identity")
        assert answer.content == SCRIPT
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize(
        ("accepted", "coding"),
        [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("", None), ("deflate", None)],
    )
    def test_comes_packed_as_the_browser_takes_it(self, browser: Client, accepted: str, coding: str | None):
        with browser.stream("GET", "/assets/index-abc.js", headers={"Accept-Encoding": accepted}) as answer:
            assert answer.headers.get("content-encoding") == coding
            assert answer.headers["vary"] == "Accept-Encoding"

    @pytest.mark.parametrize("name", ["other.js", "notes.txt", "index-abc.js.gz", "..%2Findex.html", "%2e%2e"])
    def test_is_nothing_else_that_lies_there(self, browser: Client, name: str):
        assert browser.get(f"/assets/{name}").status_code == 404

    def test_that_was_cleared_away_since_is_not_there(self, tmp_path: Path):
        """A page of an old build is told so, and says that there is a new one."""
        assets = tmp_path / "assets"
        assets.mkdir()
        (tmp_path / "index.html").write_text("x")
        for ending in ("", ".gz"):
            (assets / f"index-old.js{ending}").write_bytes(SCRIPT)
        with browsing(str(tmp_path)) as client:
            (assets / "index-old.js.gz").unlink()
            packed = {"Accept-Encoding": "gzip"}
            assert client.get("/assets/index-old.js", headers=packed).content == SCRIPT
            (assets / "index-old.js").unlink()
            assert client.get("/assets/index-old.js", headers=packed).status_code == 404


class TestWithoutAConsole:
    def test_people_are_told_why_and_what_to_do(self, without: Client):
        page = without.get("/")
        assert page.status_code == 200
        assert "<pre>make console</pre>" in page.text
        assert "ZHISHOU_CONSOLE switches it off" in page.text
        assert "$" not in re.sub(r"\$(TOKEN|\(|\{ZHISHOU_PORT)", "", page.text)
        assert "script-src" not in page.headers["content-security-policy"]

    def test_there_are_no_pages_and_no_files(self, without: Client):
        assert {
            without.get(path).status_code for path in (*PAGES[1:], *PHONE_PAGES, WORKER, "/assets/index-abc.js")
        } == {404}

    def test_everything_else_is_as_it_was(self, without: Client):
        assert without.get("/healthz").json() == {"status": "ok"}
        assert without.get("/api/tickets").status_code == 401
