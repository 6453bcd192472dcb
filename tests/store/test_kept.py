"""What is kept of a person: whoever asks what is known of them gets all of it, and none of the secrets."""

import hashlib
import json
import stat
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, update
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from cli import personal
from cli.main import application
from domain.people.actors import Actor, Role
from domain.ticket.opening import Contact, Customer
from domain.ticket.timeline import Happening
from runtime.blobs import Blobs
from runtime.errors import PlainError
from runtime.settings import Given
from store.kept import NAMING, OF_NOBODY, kept_of
from store.models import AttachmentRow, Base, MailboxRow, MailRow, PersonRow, StatisticRow
from store.projections import project
from store.statistics.folding import Counted
from tests.store.samples import RECEIVED, entry, first_batch, next_batch, opening

NUMBER = "+86 138 1234 5678"


@pytest.fixture(scope="module", autouse=True)
def tickets(engine: Engine) -> None:
    """One that the engineer acts on, one that names them, one from their own telephone, and one of others."""
    for number, phone in (("KEPT2222", "1"), ("KEPT3333", "1"), ("KEPT4444", "13812345678"), ("KEPT5555", "1")):
        report = opening(number, customer=Customer("demo-sitech", "客户"), contact=Contact("某人", phone))
        project(engine, first_batch(number, opening=report))
    theirs = Actor("engineer", Role.ENGINEER)
    acted = replace(entry(3, Happening.RESPONDED), actor=theirs)
    named = entry(3, Happening.REASSIGNED, data={"to": "engineer", "before": [{"deep": "engineer2"}]})
    project(engine, next_batch("KEPT2222", acted))
    project(engine, next_batch("KEPT3333", named))
    with engine.begin() as connection:
        connection.execute(update(PersonRow).where(PersonRow.id == "engineer").values(phone=NUMBER))


def lines(rows: list[dict[str, Any]]) -> set[tuple[str, int]]:
    return {(row["ticket"], row["seq"]) for row in rows if row["ticket"].startswith("KEPT")}


def brought(sha256: str) -> AttachmentRow:
    return AttachmentRow(
        id=sha256[:32],
        ticket="KEPT2222",
        sha256=sha256,
        size=5,
        media_type="image/png",
        name="现场.png",
        uploaded_by="engineer",
        role=Role.ENGINEER,
        uploaded_at=RECEIVED,
    )


class TestWhatIsKept:
    def test_is_asked_of_every_table_that_there_is(self):
        """A table that is new says here whether it holds anything of a person."""
        assert NAMING.keys() | OF_NOBODY.keys() == Base.metadata.tables.keys()
        assert not NAMING.keys() & OF_NOBODY.keys()

    def test_is_asked_of_every_column_that_is_an_account(self):
        for name, table in Base.metadata.tables.items():
            accounts = {key.parent.name for key in table.foreign_keys if key.target_fullname == "person.id"}
            assert accounts <= set(NAMING.get(name, ((), ()))[0]), name

    def test_is_what_they_did_and_what_names_them(self, engine: Engine):
        assert lines(kept_of(engine, "engineer")["entry"]) == {("KEPT2222", 3), ("KEPT3333", 3)}
        assert lines(kept_of(engine, "engineer2")["entry"]) == {("KEPT3333", 3)}

    def test_is_what_was_reported_from_their_number(self, engine: Engine):
        assert "KEPT4444" in {row["number"] for row in kept_of(engine, "engineer")["ticket"]}
        assert "KEPT5555" not in {row["number"] for row in kept_of(engine, "engineer")["ticket"]}

    def test_is_what_they_wrote_by_mail_and_to_a_robot(self, engine: Engine):
        """Whatever has become of it: as long as nobody has seen to it, it is kept as it came."""
        with engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "engineer").values(email="Li@example.org"))
            for box in ("feishu", "INBOX"):
                row = {"name": box, "validity": 0, "next_uid": 0, "since": RECEIVED}
                connection.execute(insert(MailboxRow).values(row))
            for uid, (box, sender) in enumerate(
                [
                    ("feishu", "engineer@feishu"),
                    ("INBOX", "li@example.org"),
                    ("INBOX", "engineer@feishu"),
                    ("feishu", "engineer2@feishu"),
                ]
            ):
                row = {"id": f"{uid}", "mailbox": box, "validity": 0, "uid": uid, "sender": sender, "cut": False}
                connection.execute(
                    insert(MailRow).values(raw="机房断电".encode(), came_at=RECEIVED, next_at=RECEIVED, **row)
                )
        mails = kept_of(engine, "engineer")["mail"]
        assert [(row["id"], row["raw"]) for row in mails] == [("0", "机房断电"), ("1", "机房断电")]

    def test_is_that_of_their_other_accounts_too(self, engine: Engine):
        with engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "expert").values(also=["engineer"]))
        assert ("KEPT2222", 3) in lines(kept_of(engine, "expert")["entry"])

    def test_is_their_tickets_in_the_statistics_and_no_stage_of_the_same_name(self, engine: Engine):
        month: dict[str, Any] = {"month": date(2020, 1, 1), "contract": "x", "level": "", "kind": "", "value": ""}
        with engine.begin() as connection:
            for what in (Counted.TICKETS, Counted.STAGES):
                connection.execute(insert(StatisticRow).values(**month, what=what, about="expert", number=1))
        assert [row["what"] for row in kept_of(engine, "expert")["statistic"]] == [Counted.TICKETS]

    def test_has_no_secret_nor_a_hash_of_one(self, engine: Engine):
        rows = kept_of(engine, "engineer")
        assert rows["person"]
        assert not {"password_hash", "hash", "csrf"} & {
            name for found in rows.values() for row in found for name in row
        }

    def test_of_nobody_is_nothing(self, engine: Engine):
        assert kept_of(engine, "no-such") == {}


class TestTheFile:
    @pytest.fixture
    def out(self, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        class Own:
            def __enter__(self) -> Engine:
                return engine

            def __exit__(self, *_: object) -> None:
                pass

        monkeypatch.setattr(personal, "registry", Own)
        monkeypatch.setenv("ZHISHOU_HOME", str(tmp_path))
        return tmp_path / "engineer.zip"

    def test_is_opened_by_any_tool_and_by_its_owner_alone(self, out: Path):
        arguments = ["people", "export", "engineer", "--out", str(out)]
        result = CliRunner().invoke(application(arguments), arguments)
        assert result.exit_code == 0, result.output
        with zipfile.ZipFile(out) as file:
            assert set(file.namelist()) >= {f"{name}.json" for name in NAMING}
            assert json.loads(file.read("person.json"))[0]["phone"] == NUMBER
        assert stat.S_IMODE(out.stat().st_mode) == 0o600

    def test_holds_the_files_that_they_brought_and_says_which_are_lost(self, engine: Engine, out: Path):
        there, lost = hashlib.sha256(b"photo").hexdigest(), hashlib.sha256(b"lost").hexdigest()
        blob = Blobs(Given().uploads_folder).path(there)
        blob.parent.mkdir(parents=True)
        blob.write_bytes(b"photo")
        with Session(engine) as session, session.begin():
            session.add_all(brought(sha256) for sha256 in (there, lost))
        personal.export_person("engineer", out)
        with zipfile.ZipFile(out) as file:
            assert file.read(f"uploads/{there}") == b"photo"
            said = {row["sha256"]: row.get("file") for row in json.loads(file.read("upload.json"))}
        assert said == {there: None, lost: "not here any more"}

    def test_of_a_caller_is_what_came_from_their_number(self, out: Path):
        """Who has no account."""
        arguments = ["people", "export", "--phone", "138 1234-5678", "--out", str(out)]
        result = CliRunner().invoke(application(arguments), arguments)
        assert result.exit_code == 0, result.output
        with zipfile.ZipFile(out) as file:
            assert "KEPT4444" in {row["number"] for row in json.loads(file.read("ticket.json"))}
            assert ("KEPT4444", 1) in lines(json.loads(file.read("entry.json")))
            assert "KEPT5555" not in file.read("entry.json").decode()

    def test_of_nobody_is_not_written(self, out: Path):
        with pytest.raises(PlainError, match="no-such"):
            personal.export_person("no-such", out)
        assert not out.exists()
