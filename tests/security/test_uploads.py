"""Uploads: nothing that is brought is run, shown as a page, put elsewhere, or seen by whom it does not concern."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from demo.people import PEOPLE
from runtime.settings import Settings
from store.models import AttachmentRow
from tests.disguises import DISGUISED
from tests.patience import PATIENCE_S, eventually
from tests.served import Served
from tests.uploads import JPEG, bring, brought

LIMIT = 20 * 1024 * 1024
#: A name as it is sent, percent-encoded, and what people are shown.
NAMES = {
    "../../../etc/passwd": "passwd.jpg",
    "%2e%2e%2f%2e%2e%2fx.jpg": "x.jpg",
    "..%5C..%5Cwindows%5Csystem32%5Cx.jpg": "x.jpg",
    "%2Fetc%2Fshadow": "shadow.jpg",
    "..": "file.jpg",
    ".": "file.jpg",
    "%20": "file.jpg",
    ".htaccess": "htaccess.jpg",
    "C%3A%5CUsers%5Cx.jpg": "x.jpg",
    "a%0d%0aSet-Cookie%3A%20x%3D1.jpg": "aSet-Cookie_ x=1.jpg",
    "%E2%80%AEgpj.exe": "gpj.exe.jpg",
    "photo.jpg.html": "photo.jpg.html.jpg",
    "photo.php%2Ejpg": "photo.php.jpg",
    "%22%3E%3Cscript%3E.jpg": "___script_.jpg",
    "a%E2%80%8Bb%EF%BB%BF.JPG": "ab.JPG",
    "x" * 400 + ".jpg": "x" * 116 + ".jpg",
    "%E7%85%A7" * 200: "照" * 116 + ".jpg",
    "%F0%9F%93%B7.jpeg": "📷.jpeg",
    "con%3Cfig%3E%3F*.jpg": "con_fig___.jpg",
    "~root.jpg": "~root.jpg",
    "%24%28id%29.jpg": "$(id).jpg",
    "a%E2%80%A8b.jpg": "ab.jpg",
}


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    return str(desk.open(level="A")["number"])


def kept(desk: Served, settings: Settings) -> tuple[int, list[Path]]:
    """The rows and the files that there are."""
    with desk.engine.connect() as connection:
        rows = connection.scalar(select(func.count()).select_from(AttachmentRow)) or 0
    return rows, sorted(path for path in settings.home.rglob("*") if path.is_file())


class TestAFile:
    @pytest.mark.parametrize("what", DISGUISED)
    def test_that_is_something_else_is_refused(self, desk: Served, settings: Settings, number: str, what: str):
        """422 by the type that it claims; nothing stays."""
        type_, made = DISGUISED[what]
        content = made if isinstance(made, bytes) else made()
        assert len(content) < LIMIT
        before = kept(desk, settings)
        answer = bring(desk, number, content=content, type_=type_)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["field"] == "Content-Type"
        assert kept(desk, settings) == before

    @pytest.mark.parametrize("name", NAMES)
    def test_is_never_put_where_its_name_says(self, desk: Served, settings: Settings, number: str, name: str):
        """The name is for people to read; the file is where its hash says, and nowhere else."""
        content = JPEG + name.encode()
        _, before = kept(desk, settings)
        answer = bring(desk, number, content=content, **{"X-File-Name": name})
        assert answer.status_code == 201, answer.text
        assert answer.json()["name"] == NAMES[name]
        (new,) = set(kept(desk, settings)[1]) - set(before)
        sha256 = answer.json()["sha256"]
        assert new == settings.uploads_folder / sha256[:2] / sha256
        back = desk.as_user("pm").get(answer.headers["location"])
        assert back.content == content
        assert "\n" not in back.headers["content-disposition"]
        assert "set-cookie" not in back.headers

    def test_may_be_as_large_as_the_limit_and_no_larger(self, desk: Served, settings: Settings, number: str):
        """In bytes, announced or not; the phone is told the limit."""
        largest = JPEG + bytes(LIMIT - len(JPEG))
        assert bring(desk, number, content=largest).status_code == 201
        before = kept(desk, settings)
        for content in (largest + b"x", iter([largest, b"x"])):
            answer = bring(desk, number, content=content)
            assert answer.status_code == 413
            assert f"{LIMIT >> 20} MB" in answer.json()["detail"]
        assert kept(desk, settings) == before


class TestAConnection:
    @pytest.fixture
    def line(self, desk: Served) -> Iterator[socket.socket]:
        """A socket to the server, for what no client would send."""
        address = urlsplit(desk.url)
        with socket.create_connection((address.hostname, address.port), timeout=PATIENCE_S) as line:
            yield line

    def head(self, desk: Served, number: str, *headers: str) -> bytes:
        token = desk.as_user("engineer").headers["authorization"]
        first = f"POST /api/tickets/{number}/attachments HTTP/1.1"
        own = ("Host: 127.0.0.1", f"Authorization: {token}", "Content-Type: image/jpeg", "X-File-Name: a.jpg")
        return "\r\n".join((first, *own, *headers)).encode() + b"\r\n\r\n"

    @pytest.mark.parametrize("headers", ["Content-Length: 100000", "Transfer-Encoding: chunked"])
    def test_that_breaks_off_leaves_nothing(
        self, desk: Served, settings: Settings, line: socket.socket, number: str, headers: str
    ):
        """A phone in a tunnel: neither a file nor a row nor a half of one."""
        before = kept(desk, settings)
        piece = b"1000\r\n" + JPEG.ljust(0x1000, b"x") + b"\r\n" if "chunked" in headers else JPEG
        line.sendall(self.head(desk, number, headers) + piece)
        eventually(lambda: kept(desk, settings) != before, "the server begins to receive")
        line.close()
        eventually(lambda: kept(desk, settings) == before, "nothing is left behind")
        assert desk.stranger.get("/healthz").status_code == 200

    def test_that_announces_too_much_is_refused_before_it_is_sent(self, desk: Served, line: socket.socket, number: str):
        """Nobody waits for it, and no file is begun."""
        line.sendall(self.head(desk, number, f"Content-Length: {LIMIT + 1}"))
        assert b" 413 " in line.recv(4096).splitlines()[0]


class TestAnUpload:
    @pytest.mark.parametrize("user", ["auditor", "admin"])
    def test_is_for_those_who_may_command(self, desk: Served, number: str, user: str):
        """403 before a byte of it is looked at."""
        assert bring(desk, number, user, content=b"").status_code == 403

    def test_of_other_peoples_tickets_does_not_exist(self, desk: Served, number: str):
        """404, in the same words as for a ticket or a file that there is not."""
        foreign = str(desk.open(customer={"name": "别家单位"})["number"])
        theirs, ours = brought(desk, foreign), brought(desk, number)

        def words(user: str, method: str, path: str) -> tuple[int, dict[str, Any]]:
            headers = {"Content-Type": "image/jpeg", "X-File-Name": "a.jpg"}
            answer = desk.as_user(user).request(method, f"/api/tickets/{path}", content=JPEG, headers=headers)
            told: dict[str, Any] = answer.json()
            del told["request_id"]
            return answer.status_code, told

        nothing = words("customer", "GET", "22222222")
        assert nothing[0] == 404
        for user in ("customer", "tech", "vendor"):
            assert words(user, "POST", f"{foreign}/attachments") == nothing
            assert words(user, "GET", f"{foreign}/attachments") == nothing
            assert words(user, "GET", f"{foreign}/attachments/{theirs}") == nothing
        for path in (
            f"{number}/attachments/{theirs}",
            f"{number}/attachments/{ours}",
            f"{number}/attachments/{'0' * 32}",
        ):
            assert words("customer", "GET", path) == nothing

    @pytest.mark.parametrize("id_", ["..%2f..%2fetc%2fpasswd", "%00", "'%20OR%201=1--", "x" * 2000, "-", "%2e"])
    def test_is_found_by_nothing_but_its_id(self, desk: Served, number: str, id_: str):
        """404 for whatever else."""
        assert desk.as_user("pm").get(f"/api/tickets/{number}/attachments/{id_}").status_code == 404

    def test_has_an_id_that_nobody_can_guess(self, desk: Served, number: str):
        """128 random bits, which say nothing of the file or of the one before."""
        ids = {brought(desk, number) for _ in range(20)}
        assert len(ids) == 20
        assert all(len(id_) == 32 and set(id_) <= set("0123456789abcdef") for id_ in ids)

    def test_of_the_same_bytes_by_many_at_once_is_whole(self, desk: Served, settings: Settings):
        """Twenty phones bring one photo; every one of them gets it back."""
        number, content = str(desk.open()["number"]), JPEG * 5000
        desk.as_user("engineer")
        with ThreadPoolExecutor(20) as people:
            ids = set(people.map(lambda _: brought(desk, number, content=content), range(20)))
        assert len(ids) == 20
        assert not list((settings.uploads_folder / "incoming").iterdir())
        for id_ in ids:
            assert desk.as_user("pm").get(f"/api/tickets/{number}/attachments/{id_}").content == content

    def test_can_be_read_by_every_role_that_reads_tickets(self, desk: Served):
        """Lists as well; the administrator reads none."""
        number = str(desk.open()["number"])
        brought(desk, number)
        seen = {user: desk.as_user(user).get(f"/api/tickets/{number}/attachments").status_code for user in PEOPLE}
        assert {user for user, status in seen.items() if status == 403} == {"admin"}
        assert seen["vendor"] == 404
