"""The mailbox itself: who may be asked in clear, what is said where it cannot be read, and how news is heard."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from channels import mailbox
from cli.checks import of_mailbox
from cli.findings import State
from cli.run import our_parts
from mailroom import fetching
from mailroom.fetching import Fetching
from runtime.errors import StartError
from runtime.settings import Given, Settings
from runtime.supervisor import Service
from store.database import connect
from store.models import MailboxRow, MailRow
from tests.mailroom.dovecot import PASSWORD, Dovecot, dovecot
from tests.mailroom.writing import mail
from tests.patience import eventually

PLACE = {"mailbox_user": "service@zhishou.example", "mailbox_password": PASSWORD}


def told(place: str, **more: Any) -> Given:
    return Given.model_validate(PLACE | {"mailbox": place} | more)


class TestHowItIsReached:
    @pytest.mark.parametrize(
        ("place", "within", "by"),
        [
            ("imaps://mail.example", "", "MailBox"),
            ("imap://mail.example", "", "MailBoxStartTls"),
            ("imap://127.0.0.1:1143", "", "MailBoxUnencrypted"),
            ("imap://mail.internal", "mail.internal", "MailBoxUnencrypted"),
            ("imaps://mail.internal", "mail.internal", "MailBox"),
        ],
    )
    def test_is_in_clear_on_this_machine_alone_or_where_that_is_allowed_by_name(
        self, monkeypatch: pytest.MonkeyPatch, place: str, within: str, by: str
    ):
        used: list[str] = []
        for name in ("MailBox", "MailBoxStartTls", "MailBoxUnencrypted"):
            monkeypatch.setattr(mailbox, name, lambda *_, name=name, **__: used.append(name))
        mailbox._connected(told(place, private_hosts=within))
        assert used == [by]

    @pytest.mark.parametrize(
        "place", ["http://mail.example", "imaps://", "imaps://user:secret@mail.example", "mail.example"]
    )
    def test_is_an_address_without_a_secret(self, place: str):
        with pytest.raises(ValueError, match="mailbox") as refusal:
            told(place)
        assert "secret" not in str(refusal.value)

    def test_is_told_whole_or_not_at_all(self):
        assert not Given().reads_mail()
        for missing in PLACE:
            with pytest.raises(StartError, match=missing.upper()):
                told("imaps://mail.example", **{missing: None}).reads_mail()

    def test_names_folder_and_addresses(self):
        given = told("imaps://mail.example/INBOX%2F400", mailbox_addresses="客服 <Desk@Example.com>")
        assert given.mailbox_folder == "INBOX/400"
        assert given.own_addresses() == ("desk@example.com", "service@zhishou.example")

    def test_has_a_password_that_nobody_else_is_told(self, tmp_path: Path):
        settings = Settings.model_validate(
            PLACE
            | {"mailbox": "imaps://mail.example", "home": tmp_path, "temporal_address": "127.0.0.1:1"}
            | {"database_url": "postgresql+psycopg2://127.0.0.1:1/x"}
        )
        assert PASSWORD not in repr(settings) + settings.model_dump_json()
        parts = [each.command for each in our_parts(settings) if isinstance(each, Service)]
        assert {each.name for each in parts if PASSWORD in each.environment.values()} == {"receiver"}


@pytest.fixture(params=["", "imap_capability = IMAP4rev1 UIDPLUS"], ids=["that tells of news", "that does not"])
def post(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    with dovecot(request.param) as running:
        yield running


@pytest.fixture
def given(post: Dovecot, new_demo_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in post.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ZHISHOU_DATABASE_URL", new_demo_database())
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    return Settings()


class TestAServer:
    def test_is_heard_of_new_mail(self, post: Dovecot, given: Settings, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(fetching, "_LOOK_S", 0.1)
        engine = connect(given.database_url)
        reader = Fetching(given, engine)
        thread = threading.Thread(target=reader.until_stopped)
        thread.start()
        try:
            eventually(lambda: came(engine, MailboxRow.read_at) != [], "it is read")
            for nth in range(2):
                post.put(mail(f"第 {nth} 封", more=[f"X-Nth: {nth}"]), at=datetime.now(UTC))
                eventually(lambda nth=nth: len(came(engine, MailRow.id)) == nth + 1, "it came")  # type: ignore[misc]
        finally:
            reader.stopped.set()
            thread.join()
            engine.dispose()

    def test_that_lets_nobody_in_is_told_of_without_the_password(self, given: Settings):
        assert mailbox.tried_out(given) is None
        wrong = given.model_copy(update={"mailbox_password": "wr0ng-Kq7-zzP"})
        assert mailbox.tried_out(wrong) == "the server does not let us in with that user and password"
        elsewhere = given.model_copy(update={"mailbox": f"{given.mailbox}/None"})
        assert mailbox.tried_out(elsewhere) == "there is no such folder"
        (found, *_) = of_mailbox(wrong)
        assert found.state is State.WARNING
        assert "wr0ng" not in str(found)

    def test_that_is_away_is_noted_and_asked_again(self, given: Settings):
        engine = connect(given.database_url)
        reader = Fetching(given, engine)
        with mailbox.opened(given) as there:
            reader.look(there)
        reader._note(ConnectionRefusedError("password"))
        assert came(engine, MailboxRow.failure) == ["ConnectionRefusedError"]
        with mailbox.opened(given) as there:
            reader.look(there)
        assert came(engine, MailboxRow.failing_since) == []
        engine.dispose()

    def test_that_cannot_give_a_mail_away_holds_up_none_behind_it(self, post: Dovecot, given: Settings):
        engine = connect(given.database_url)
        reader = Fetching(given, engine)
        with mailbox.opened(given) as there:
            reader.look(there)
        post.put(mail("坏的"), mail("好的", subject="good"))
        with mailbox.opened(given) as there:
            first = min(there.new(1))
            broken = Broken(there, first)
            for _ in range(fetching._MOST_TIMES):
                with pytest.raises(OSError, match="no such block"):
                    reader.look(broken)  # type: ignore[arg-type]
            reader.look(broken)  # type: ignore[arg-type]
        with engine.connect() as connection:
            assert {row.raw == b"" for row in connection.execute(select(MailRow.raw))} == {True, False}
        engine.dispose()


class Broken:
    """A mailbox of which one mail cannot be fetched."""

    def __init__(self, there: mailbox.Open, uid: int) -> None:
        self._there, self._uid = there, uid

    def __getattr__(self, name: str) -> Any:
        return getattr(self._there, name)

    def fetch(self, uid: int) -> Any:
        if uid == self._uid:
            raise OSError("no such block")
        return self._there.fetch(uid)


def came(engine: Engine, column: Any) -> list[Any]:
    with engine.connect() as connection:
        return [value for value in connection.scalars(select(column)) if value is not None]
