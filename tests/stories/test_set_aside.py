"""A real ticket of which the database refuses an entry: it is decided, it says so, and its alarms ring."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.ticket.commands import Command, CommandKind
from store.models import NotificationRow, SetAsideRow
from tests.desk import Desk
from tests.people import PEOPLE

#: In good order but for its id, which no index takes.
TOO_LONG = "".join(chr(0x4E00 + (one * 7919) % 20_000) for one in range(5_000))


async def test_a_ticket_lives_on_behind_what_the_database_refuses(desk: Desk):
    """Security 1: one value silenced a ticket for ever."""
    case = await desk.open("sitech", "B")
    id_ = f"{uuid.uuid4()} {TOO_LONG}"
    await case.sends(Command(id_, CommandKind.NOTE, PEOPLE["duty"], case.now(), data={"text": "进展"}))
    await case.does("duty", "note", text="进展")
    refused = [row for row in await case.timeline() if row.happening == "set_aside"]
    assert [row.data["happening"] for row in refused] == ["noted"]
    await case.reaches_due("respond")
    await case.expect_alarm("respond", 100)
    breach = next(row for row in await case.timeline() if row.data.get("rung") == 100)
    with Session(desk.engine) as session:
        asked = select(NotificationRow.seq, NotificationRow.recipient).where(NotificationRow.ticket == case.number)
        told = {(row.seq, row.recipient) for row in session.execute(asked)}
        (kept,) = session.scalars(select(SetAsideRow).where(SetAsideRow.ticket == case.number)).all()
    assert {recipient for seq, recipient in told if seq == breach.seq}
    assert "admin" in {recipient for _, recipient in told}
    assert kept.seq == refused[0].seq
