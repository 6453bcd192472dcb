"""What somebody asks to have erased goes for good; the log still verifies, and evidence says that it is gone."""

import asyncio
import json
import uuid
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import typer.testing
from sqlalchemy import Engine, insert, select

from cli import audit, personal
from cli.main import application
from cli.rebuild import Sources, of_each
from domain.people.actors import Role
from evidence import container
from evidence.faults import EvidenceError
from evidence.verifying import Verified, verified
from gateway.exporting import exported
from gateway.recording import Registry, held
from gateway.verdict.folding import folded, runs_in
from runtime.archive import Archive
from runtime.blobs import Blobs
from runtime.settings import Given
from store.erasing import concerned, erase, without_contacts
from store.models import AttachmentRow, EntryRow, NotificationRow, RegistryChangeRow, TicketRow
from store.rebuilding import scratch
from tests.desk import Case, Desk
from tests.evidence.samples import replayed
from tests.patience import PATIENCE_S
from tests.trust import KEYS

NAME, NUMBER = "王工", "13800000000"


@pytest.fixture
def here(tmp_path: Path) -> Given:
    return Given(home=tmp_path, keys=KEYS)


async def over(desk: Desk) -> Case:
    """A ticket that is over, whose contact was another at first, and of which people were told."""
    case = await desk.open("fuao", "urgent")
    contact = {"name": "李工", "phone": "139 0000 0000"}
    await case.does("hotline", "identify", contact=contact, reason="核实")
    await case.does("duty", "reassign", to="engineer", reason="换人")
    await case.does("engineer", "respond", text="已联系")
    await case.does("engineer", "resolve", summary="更换电源后恢复")
    await case.does("customer", "confirm")
    await case.closes()
    await case.does("engineer", "deliver_report", text="原因、方法、结果")
    await case.does("supervisor", "record_survey", text="满意", satisfaction="satisfied")
    await asyncio.wait_for(case.handle.result(), PATIENCE_S)
    await case.timeline()
    return case


def a_photo(number: str) -> bytes:
    """Of what a ticket is about."""
    return f"a photo of {number}".encode()


def brought(desk: Desk, number: str, blobs: Blobs) -> str:
    """A photo on a ticket; its id."""
    incoming, id_, photo = blobs.receive(), uuid.uuid4().hex, a_photo(number)
    incoming.write(photo)
    file = {"id": id_, "ticket": number, "sha256": incoming.keep(), "size": len(photo), "media_type": "image/jpeg"}
    who = {"name": "机房.jpg", "uploaded_by": "engineer", "role": Role.ENGINEER, "uploaded_at": datetime.now(UTC)}
    with desk.engine.begin() as connection:
        connection.execute(insert(AttachmentRow).values(**file, **who))
    return id_


def said_of(engine: Engine, number: str) -> str:
    """All that the read model says of a ticket and to people about it."""
    found: list[Any] = []
    with engine.connect() as connection:
        for table, which in (
            (TicketRow, TicketRow.number),
            (EntryRow, EntryRow.ticket),
            (NotificationRow, NotificationRow.ticket),
        ):
            columns = [each for each in table.__table__.columns if each.name != "searched_pairs"]
            found += [list(row) for row in connection.execute(select(*columns).where(which == number))]
    return json.dumps(found, ensure_ascii=False, default=str)


async def bundle_of(desk: Desk, archive: Archive, given: Given, number: str) -> tuple[bytes, Verified]:
    data, _ = await exported(archive, desk.client, desk.engine, given, number)
    return data, verified(data, archive.keys)


class TestWhatWasErased:
    async def test_is_gone_for_good_and_evidence_holds_and_says_so(self, desk: Desk, here: Given, tmp_path: Path):
        case, archive, blobs = await over(desk), Archive.of(here), Blobs(here.uploads_folder)
        photo = brought(desk, case.number, blobs)
        data, before = await bundle_of(desk, archive, here, case.number)
        assert a_photo(case.number) in container.read(data).values()
        Registry(desk.engine, blobs).take(archive, datetime.now(UTC))
        assert NAME in said_of(desk.engine, case.number)
        assert "139 0000 0000" in said_of(desk.engine, case.number)
        order = concerned(desk.engine, "+86 138-0000 0000", [photo])
        assert case.number in order.tickets.goes
        for _ in range(2):  # again is no harm
            erase(desk.engine, blobs, order, "request 31", datetime.now(UTC))
        self._is_gone(desk, case.number)
        assert not [each for each in (tmp_path / "uploads").rglob("*") if each.is_file()]
        data, after = await bundle_of(desk, archive, here, case.number)
        assert a_photo(case.number) not in container.read(data).values()
        assert {(row["what"], row["about"], row["reason"]) for row in after.rows["erased"]} == {
            ("contact", "", "request 31"),
            ("file", photo, "request 31"),
        }
        assert [run.leaf for run in after.runs] == [run.leaf for run in before.runs]
        await replayed(after)
        await self._holds_in_the_whole(desk, archive, blobs, case.number)
        await self._is_said(data, archive, tmp_path)
        with pytest.raises(EvidenceError, match=r"rows/ticket\.json, contact_name"):
            await replayed(_put_back(after))

    @staticmethod
    def _is_gone(desk: Desk, number: str) -> None:
        said = said_of(desk.engine, number)
        assert not [word for word in (NAME, NUMBER, "李工", "139 0000 0000", "13900000000") if word in said]
        assert number not in concerned(desk.engine, NUMBER, ()).tickets.goes
        with desk.engine.connect() as connection:
            asked = select(RegistryChangeRow.kind).where(RegistryChangeRow.whom == number)
            assert list(connection.scalars(asked)).count("erasure") == 2

    @staticmethod
    async def _holds_in_the_whole(desk: Desk, archive: Archive, blobs: Blobs, number: str) -> None:
        """The registry's record, the fold, and a rebuild, which brings nothing back."""
        found = Registry(desk.engine, blobs).take(archive, datetime.now(UTC))
        assert found > 0  # the erasures themselves
        assert not [called for called in held(archive, desk.engine, blobs)[2] if number in called]
        runs = {number: runs_in(archive)[number]}
        assert [each.fault for each in folded(archive, desk.engine, runs)] == [None]
        for _ in range(2):
            with scratch(desk.engine) as aside:
                there = Sources(desk.client, desk.engine, aside, archive)
                assert await of_each([number], there, repair=True) == {number: 0}
        TestWhatWasErased._is_gone(desk, number)

    @staticmethod
    async def _is_said(data: bytes, archive: Archive, folder: Path) -> None:
        """By who verifies anywhere: all else holds, and that is not all."""
        file, key = folder / "bundle.zip", folder / "keys"
        file.write_bytes(data)
        key.write_text("".join(f"{each}\n" for each in archive.keys))
        told = await asyncio.to_thread(
            typer.testing.CliRunner().invoke, audit.app, ["verify", str(file), "--key", str(key)]
        )
        assert told.exit_code == 3, told.output
        assert told.output.count("erased on request, not checked") == 2
        assert "应要求删除" in container.read(data)["page.html"].decode()

    async def test_is_nothing_of_a_ticket_that_goes_on(self, desk: Desk, here: Given):
        """Somebody has to call back."""
        case = await desk.open("standard", "severe")
        await case.timeline()
        order = concerned(desk.engine, NUMBER, ())
        assert (case.number in order.tickets.goes, case.number in order.tickets.stays) == (False, True)
        erase(desk.engine, Blobs(here.uploads_folder), order, "request 32", datetime.now(UTC))
        assert NAME in said_of(desk.engine, case.number)

    async def test_is_nothing_while_a_device_is_out(self, desk: Desk, here: Given):
        """Its aftercare goes on, and would tell of the contact again."""
        case = await over(desk)
        assert case.number in concerned(desk.engine, NUMBER, ()).tickets.goes
        for happening, goes_on in (("substitute_delivered", True), ("substitute_returned", False)):
            row = {"ticket": case.number, "seq": 900 + goes_on, "happening": happening, "actor_id": "stock"}
            row |= {"actor_role": Role.STOCK_KEEPER, "digest": "", "data": {}}
            times = {"at": datetime.now(UTC), "recorded_at": datetime.now(UTC)}
            with desk.engine.begin() as connection:
                connection.execute(insert(EntryRow).values(**row, **times))
            assert (case.number in concerned(desk.engine, NUMBER, ()).tickets.stays) is goes_on

    async def test_of_a_file_alone_is_the_file(self, desk: Desk, here: Given):
        case, blobs = await desk.open("standard", "severe"), Blobs(here.uploads_folder)
        await case.timeline()
        one, same = brought(desk, case.number, blobs), brought(desk, case.number, blobs)
        order = concerned(desk.engine, "", [one])
        assert (*chain(*order.tickets), *sorted(order.files)) == tuple(sorted((one, same)))
        erase(desk.engine, blobs, order, "request 33", datetime.now(UTC))
        _, told = await bundle_of(desk, Archive.of(here), here, case.number)
        assert {row["about"] for row in told.rows["erased"]} == {one, same}
        await replayed(told)


def _put_back(told: Verified) -> Verified:
    """As somebody has it who puts a name in again behind everybody's back."""
    told.rows["ticket"][0]["contact_name"] = NAME
    return told


async def test_the_command_says_what_it_erases_and_what_it_cannot(
    desk: Desk, here: Given, monkeypatch: pytest.MonkeyPatch
):
    class Own:
        def __enter__(self) -> Engine:
            return desk.engine

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(personal, "registry", Own)
    monkeypatch.setenv("ZHISHOU_HOME", str(here.home))
    case, going_on = await over(desk), await desk.open("standard", "severe")
    await going_on.timeline()

    def zhishou(*words: str) -> str:
        said = ["people", "erase", "--reason", "request 34", *words]
        told = typer.testing.CliRunner().invoke(application(said), said)
        return f"{told.output}{told.exception or ''}"

    checked = await asyncio.to_thread(zhishou, "--phone", NUMBER, "--check")
    assert f"{case.number}  contact: would be erased" in checked
    assert NAME in said_of(desk.engine, case.number)
    done = await asyncio.to_thread(zhishou, "--phone", NUMBER)
    assert f"{case.number}  contact: erased" in done
    assert f"{going_on.number}  contact: NOT erased" in done
    assert "NOT erased, see docs/privacy.md" in done
    assert NAME not in said_of(desk.engine, case.number)
    for words, told in ((("--file", "0" * 32), "0" * 32), ((), "name a caller"), (("--mail", "x@y.cn"), "no x@y.cn")):
        assert told in await asyncio.to_thread(zhishou, *words)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({"contact": {"name": "王工", "phone": "1"}}, {"contact": {"name": "", "phone": ""}}),
        ([{"name": "x", "phone": "1", "more": {"name": "y"}}], [{"name": "", "phone": "", "more": {"name": "y"}}]),
        ({"name": "a customer", "id": "c"}, {"name": "a customer", "id": "c"}),
        ("text", "text"),
    ],
)
def test_contacts_are_told_from_whatever_else_has_a_name(said: Any, left: Any):
    assert without_contacts(said) == left
