"""`zhishou doctor`: each thing that makes an installation unsafe is found, and what is sound is left alone."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Engine, delete, insert, select, text, update

from cli.checks import of_addresses, of_database, of_evidence, of_files, of_readiness, of_running, of_sign_in
from cli.findings import Finding, State
from domain.audience.watch import Trouble
from domain.people.actors import Role
from evidence import notes
from evidence.notes import COSIGNATURE
from runtime.settings import Given
from store.access.tokens import issue
from store.database import connect
from store.models import BeatRow, FindingRow, PersonRow, SetAsideRow, TokenRow
from store.watch.beats import EXPECTED, beat
from store.watch.findings import Look, settle
from tests.evidence.authority import certificate
from tests.patience import PATIENCE_S

NOW = datetime.now(UTC)
ROOT = ("root", Ed25519PrivateKey.generate())


@pytest.fixture(scope="module")
def seeded_engine(new_demo_database: Callable[[], str]) -> Iterator[Engine]:
    """With the demo's people."""
    engine = connect(new_demo_database())
    yield engine
    engine.dispose()


@pytest.fixture
def engine(seeded_engine: Engine) -> Iterator[Engine]:
    """The same; what a test does to the people is undone after it."""
    people = PersonRow.__table__
    with seeded_engine.connect() as connection:
        before = [row._asdict() for row in connection.execute(select(people))]
    yield seeded_engine
    with seeded_engine.begin() as connection:
        connection.execute(delete(TokenRow))
        for row in before:
            connection.execute(update(PersonRow).where(PersonRow.id == row["id"]).values(row))


def states(findings: Iterable[Finding]) -> dict[str, State]:
    return {one.check: one.state for one in findings}


def found(engine: Engine, *, embedded: bool = True) -> dict[str, State]:
    return states(of_database(engine, embedded=embedded))


class TestTheFiles:
    @pytest.mark.parametrize("name", ["runtime.json", "keys/signing.pem", "first-passwords.json"])
    def test_that_others_can_read_are_unsafe(self, tmp_path: Path, name: str):
        """And named, with what to do."""
        home = tmp_path / "home"
        for folder in (home, home / "keys"):
            folder.mkdir(mode=0o700)
        file = home / name
        file.touch(0o600)
        assert states(of_files(Given(home=home))) == {"files": State.OK}
        file.chmod(0o640)
        (finding,) = of_files(Given(home=home))
        assert (finding.state, str(file) in finding.way_out) == (State.UNSAFE, True)

    def test_that_everybody_should_have_are_not(self, tmp_path: Path):
        """A public key is public."""
        tmp_path.chmod(0o700)
        (tmp_path / "keys").mkdir(mode=0o700)
        (tmp_path / "keys" / "a.pub").touch(0o644)
        assert states(of_files(Given(home=tmp_path))) == {"files": State.OK}


class TestTheAddresses:
    @pytest.mark.parametrize(
        ("settings", "state"),
        [
            ({}, State.OK),
            ({"host": "::1"}, State.OK),
            ({"host": "0.0.0.0"}, State.UNSAFE),
            ({"host": "10.0.0.1"}, State.UNSAFE),
            ({"host": "0.0.0.0", "cookie_secure": True}, State.OK),
            ({"host": "0.0.0.0", "public_url": "https://desk.example"}, State.OK),
            ({"host": "0.0.0.0", "public_url": "http://desk.example"}, State.UNSAFE),
        ],
    )
    def test_of_the_api_are_safe_at_home_or_behind_tls(self, settings: dict[str, Any], state: State):
        """Passwords go in clear otherwise."""
        assert states(of_addresses(Given(**settings)))["api"] is state

    @pytest.mark.parametrize(
        ("address", "state"),
        [
            (None, State.OK),
            ("127.0.0.1:7233", State.WARNING),
            ("localhost:7233", State.WARNING),
            ("[::1]:7233", State.WARNING),
            ("temporal:7233", State.WARNING),
            ("10.1.2.3:7233", State.WARNING),
            ("8.8.8.8:7233", State.UNSAFE),
            ("temporal.example.com:7233", State.UNSAFE),
        ],
    )
    def test_of_temporal_are_safe_with_credentials(self, address: str | None, state: State):
        """CVE-2023-3485: whoever reaches it is its master."""
        shown = {"TEMPORAL_TLS_CLIENT_CERT_PATH": "/c.pem"}
        assert states(of_addresses(Given(temporal_address=address, temporal={})))["temporal"] is state
        assert states(of_addresses(Given(temporal_address=address, temporal=shown)))["temporal"] is State.OK
        off = shown | {"TEMPORAL_TLS": "false"}
        assert states(of_addresses(Given(temporal_address=address, temporal=off)))["temporal"] is state


class TestThePeople:
    def test_of_the_demo_are_unsafe_in_an_installation_of_ones_own(self, engine: Engine):
        """But not where somebody tries things out."""
        assert found(engine)["demo"] is State.WARNING
        assert found(engine, embedded=False)["demo"] is State.UNSAFE
        with engine.begin() as connection:
            connection.execute(update(PersonRow).values(active=False))
        assert found(engine, embedded=False)["demo"] is State.OK

    @pytest.mark.parametrize(("count", "state"), [(0, State.UNSAFE), (1, State.WARNING), (2, State.OK)])
    def test_who_administer_are_better_two(self, engine: Engine, count: int, state: State):
        """Without any nobody ends anybody's access."""
        with engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "admin").values(role=Role.AUDITOR))
            some = PersonRow.id.in_(["pm", "duty"][:count])
            connection.execute(update(PersonRow).where(some).values(role=Role.ADMINISTRATOR))
        assert found(engine)["administrators"] is state

    def test_who_cannot_sign_in_are_named(self, engine: Engine):
        """Unless they have a token, or a provider knows them, or they left."""
        with engine.begin() as connection:
            some = PersonRow.id.in_(["expert", "stock", "vendor"])
            connection.execute(update(PersonRow).where(some).values(password_hash=None))
            connection.execute(update(PersonRow).where(PersonRow.id == "vendor").values(active=False))
        issue(engine, "stock", name="x", lasts=timedelta(days=1), now=NOW)
        (finding,) = (one for one in of_database(engine, embedded=True) if one.check == "people")
        assert finding.state is State.WARNING
        assert finding.found.endswith(": expert")


class TestTheTokens:
    @pytest.mark.parametrize(
        ("made", "lasts", "states"),
        [
            (0, 30, [State.OK, State.OK]),
            (91, 100, [State.WARNING, State.OK]),
            (0, 366, [State.OK, State.WARNING]),
            (91, 90, [State.OK, State.OK]),
        ],
    )
    def test_are_better_used_and_short_lived(self, engine: Engine, made: int, lasts: int, states: list[State]):
        """Days ago, and days of life; one that is over harms nobody."""
        issue(engine, "pm", name="x", lasts=timedelta(days=lasts), now=NOW - timedelta(days=made))
        assert [one.state for one in of_database(engine, embedded=True) if one.check == "tokens"] == states


class TestTheRest:
    def test_of_an_old_schema_is_not_judged(self, engine: Engine):
        """Its tables may not be there."""
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE alembic_version RENAME TO aside"))
        try:
            assert found(engine) == {"schema": State.WARNING}
        finally:
            with engine.begin() as connection:
                connection.execute(text("ALTER TABLE aside RENAME TO alembic_version"))

    def test_tells_what_could_not_be_asked(self):
        """Nothing listens there."""
        assert states(of_readiness(Given(port=1))) == {"ready": State.UNCHECKED}

    @pytest.mark.parametrize("body", [b"[]", b'{"database": [], "warnings": 3}', b"no JSON"])
    def test_tells_that_something_else_answers(self, body: bytes):
        with socket.create_server(("127.0.0.1", 0)) as another:
            answers = threading.Thread(target=_answer, args=(another, body))
            answers.start()
            found = states(of_readiness(Given(port=another.getsockname()[1])))
            answers.join()
        assert found == {"ready": State.UNCHECKED}

    def test_knows_that_a_provider_answers_in_clear(self):
        """Who listens could come back in the other's place."""
        given: dict[str, Any] = {"oidc_issuer": "https://id.example", "oidc_client_id": "x"}
        assert states(of_sign_in(Given(**given, public_url="http://desk.example")))["providers"] is State.UNSAFE
        assert states(of_sign_in(Given(**given, public_url="https://desk.example")))["providers"] is State.OK

    def test_knows_who_cosigns_the_archive(self):
        key = notes.public("example.org/w", Ed25519PrivateKey.generate(), COSIGNATURE)
        assert states(of_evidence(Given())) == {"evidence": State.UNCHECKED}
        told = list(of_evidence(Given(witnesses=f"https://w.example.org {key}")))
        assert [(each.state, "example.org/w" in each.found) for each in told] == [(State.OK, True)]

    def test_knows_whose_time_stamps_cannot_be_verified(self, tmp_path: Path):
        given = Given(timestamps=f"https://tsa.example.org {tmp_path / 'none.pem'}")
        assert states(of_evidence(given))["stamps"] is State.WARNING
        (tmp_path / "none.pem").write_bytes(certificate(*ROOT, ROOT).public_bytes(Encoding.PEM))
        assert states(of_evidence(given))["stamps"] is State.OK


def _answer(server: socket.socket, body: bytes) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)


class TestTheCommand:
    def doctor(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "cli", "doctor", *arguments],
            env=os.environ | environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        )  # fmt: skip

    def test_works_on_an_installation_that_rests(self, tmp_path: Path):
        """And is content with what it can see."""
        ended = self.doctor(ZHISHOU_HOME=str(tmp_path / "home"))
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert "not checked database" in ended.stdout

    def test_fails_where_anything_is_unsafe(self, tmp_path: Path):
        """For people and for programs."""
        ended = self.doctor("--json", ZHISHOU_HOME=str(tmp_path), ZHISHOU_HOST="0.0.0.0")
        assert ended.returncode == 1
        assert {one["check"]: one["state"] for one in json.loads(ended.stdout)}["api"] == "unsafe"

    def test_names_a_bad_secret_by_its_variable(self, tmp_path: Path):
        """Never by its value."""
        ended = self.doctor(ZHISHOU_HOME=str(tmp_path), ZHISHOU_WECOM_SECRET="changeme-changeme")
        assert ended.returncode == 1
        assert "ZHISHOU_WECOM_SECRET" in ended.stdout
        assert "changeme" not in ended.stdout + ended.stderr


class TestWhatRuns:
    @pytest.fixture(autouse=True)
    def _as_before(self, engine: Engine) -> Iterator[None]:
        yield
        with engine.begin() as connection:
            for table in (BeatRow, FindingRow, SetAsideRow):
                connection.execute(delete(table))

    def test_is_well_where_all_parts_beat_and_nothing_stands_still(self, engine: Engine):
        for name in EXPECTED:
            beat(engine, name)
        assert set(states(of_running(engine)).values()) == {State.OK}

    def test_names_what_stands_still_and_who_is_silent(self, engine: Engine):
        """Also the watchdog itself, and what the database refused."""
        settle(engine, Look(Trouble.NO_RUN, {"TICKET22": "no running workflow"}), NOW)
        row = {"ticket": "X", "seq": 1, "part": "entry", "why": "22P05", "raw": "{}", "at": NOW}
        with engine.begin() as connection:
            connection.execute(insert(SetAsideRow).values(row))
        told = {one.check: one for one in of_running(engine)}
        assert {one.state for one in told.values()} == {State.WARNING}
        assert "no_run TICKET22" in told["standing_still"].found
        assert "watchdog" in told["parts"].found
