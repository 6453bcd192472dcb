"""A report that was acknowledged is missed when its workflow goes before the read model has heard of it."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cli import lost as command
from domain.audience.watch import Trouble
from gateway.watching import Watch
from runtime.settings import Settings
from runtime.temporal import connect
from store.models import FindingRow, NotificationRow, ReceiptRow
from store.watch import receipts
from store.watch.findings import standstills
from tests.patience import eventually
from tests.served import Served, served


@pytest.fixture(scope="module")
def alone(settings: Settings) -> Iterator[Served]:
    """Without a worker: what is opened is acknowledged, and not projected."""
    with served(settings, working=False) as running:
        yield running
        with running.engine.begin() as connection:
            connection.execute(delete(FindingRow))


@pytest.fixture(autouse=True)
def _old_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "PATIENCE_S", 0)


def watch(alone: Served, settings: Settings) -> Watch:
    return Watch(alone.engine, partial(connect, settings), settings.task_queue)


def ends(settings: Settings, number: str) -> None:
    """Somebody with access to Temporal ends the workflow."""

    async def end() -> None:
        await (await connect(settings)).get_workflow_handle(number).terminate()

    asyncio.run(end())


def found(alone: Served, number: str) -> dict[Trouble, str]:
    return {each.trouble: each.reason for each in standstills(alone.engine, number)}


def told(alone: Served, number: str) -> list[str]:
    with Session(alone.engine) as session:
        asked = select(NotificationRow).where(NotificationRow.data["subject"].astext == number)
        return sorted(row.recipient for row in session.scalars(asked))


class TestAReportThatWasAcknowledged:
    def test_is_missed_when_its_workflow_is_ended(
        self, alone: Served, settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ):
        """Managers and administrator are told once, by number and who took it; an operator reads what it says."""
        number, still = (alone.open(title=title)["number"] for title in ("机房起火", "还在运行"))
        ends(settings, number)
        watching = watch(alone, settings)
        for _ in range(2):
            asyncio.run(watching.look_at_runs())
        assert found(alone, number).keys() == {Trouble.LOST}
        assert found(alone, number)[Trouble.LOST].endswith("UTC, hotline")
        assert found(alone, still) == {}
        assert told(alone, number) == ["admin", "duty", "pm"]
        monkeypatch.setattr(Settings, "of_running_installation", lambda: settings)
        command.lost(None)
        assert "机房起火" in (said := capsys.readouterr().out)
        assert still not in said
        command.lost([number])
        assert number not in capsys.readouterr().out
        with Session(alone.engine) as session:
            assert (kept := session.get(ReceiptRow, number)) is not None
            assert {kept.title, kept.description, kept.contact_name, kept.contact_phone} == {""}
        asyncio.run(watching.look_at_runs())
        assert found(alone, number) == {}

    def test_of_which_nobody_was_shown_anything_is_not_called_well_when_it_is_ended(
        self, alone: Served, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ):
        """What had not been projected never will be."""
        monkeypatch.setattr("gateway.watching._YOUNG", timedelta(days=-1))
        number = alone.open()["number"]
        watching = watch(alone, settings)
        for _ in range(2):
            asyncio.run(watching.look_at_runs())
        assert found(alone, number).keys() == {Trouble.NOT_PROJECTED}
        ends(settings, number)
        asyncio.run(watching.look_at_runs())
        assert found(alone, number).keys() == {Trouble.NOT_PROJECTED, Trouble.LOST}

    def test_needs_no_receipt_once_it_is_shown(self, alone: Served, settings: Settings):
        """The watchdog clears it away."""
        number = alone.open()["number"]
        assert number in receipts.awaited(alone.engine)
        with served(settings) as working:
            eventually(lambda: working.as_user("hotline").get(f"/api/tickets/{number}").json()["projected"], "a row")
        assert number not in receipts.awaited(alone.engine)
        assert receipts.receipts(alone.engine, [number]) == []
