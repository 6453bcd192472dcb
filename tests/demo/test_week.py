"""The demo's week: every act of it is accepted, and all that a service manager looks for is there."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from demo.acts import commands
from demo.people import CONTACTS, CUSTOMERS, contract_id
from demo.reports import ActRow, ReportRow, duration
from demo.week import reports
from domain.contract.calendars import CHINA
from domain.decisions import decide
from domain.intake import open_ticket
from domain.matters.merging import ANSWER, Answer
from domain.ticket.opening import Customer, Opening
from domain.ticket.ticket import Ticket
from domain.timekeeping import catch_up
from policies import load_pack
from tests.people import PEOPLE

WEDNESDAY = datetime(2026, 11, 25, 15, 30, tzinfo=CHINA)
WEEK = reports()


def data_of(act: ActRow) -> dict[str, Any]:
    return act.model_extra or {}


def lived(row: ReportRow, now: datetime) -> list[Ticket]:
    """The ticket after its opening and after each of its acts."""
    received_at = row.received_at(now)
    customer = f"demo-{row.contract}"
    opening = Opening(
        number=row.number,
        contract=row.contract,
        title=row.title,
        description=row.description,
        channel=row.channel,
        customer=Customer(customer, CUSTOMERS[customer][0]),
        contact=CONTACTS[customer][row.contact],
        opener=PEOPLE["hotline"],
        accepted_at=received_at,
        received_at=received_at,
        level=row.level,
        facts=dict(row.facts),
    )
    ticket = open_ticket(opening, load_pack(row.contract).terms(contract=contract_id(customer)))
    stations = [ticket]
    for sent in commands(row, WEEK, PEOPLE, now, lambda _, unsigned: unsigned):
        ticket = catch_up(ticket, upto=sent.accepted_at, now=sent.accepted_at)
        done = decide(ticket, replace(sent, known=sent.known | {ANSWER: Answer(accepted=True)}))
        assert done.accepted, f"{row.key}: {sent.kind} by {sent.actor.id} at {sent.accepted_at}: {done.reason}"
        ticket = done.ticket
        stations.append(ticket)
    return stations


@pytest.mark.parametrize("row", WEEK, ids=lambda row: row.key)
def test_every_act_of_the_week_is_accepted(row: ReportRow):
    lived(row, WEDNESDAY)


def test_the_week_has_one_of_each():
    """What a service manager looks for first."""
    happened = {entry.happening for row in WEEK for entry in lived(row, WEDNESDAY)[-1].fresh}
    assert happened >= {
        "approved", "refused", "major_applied", "remote_refused", "rejected", "substitute_delivered",
        "consultation_requested", "consultation_concluded", "vendor_case_opened", "vendor_case_closed",
        "part_reserved", "change_accepted", "paused", "centre_formed", "survey_recorded", "merged", "merged_in",
    }  # fmt: skip
    last = [lived(row, WEDNESDAY)[-1] for row in WEEK]
    assert any(ticket.applications and ticket.applications[-1].decision is None for ticket in last), "none is waiting"
    said = {data_of(act)["satisfaction"] for row in WEEK for act in row.acts if act.kind == "record_survey"}
    assert {"satisfied", "dissatisfied"} <= said
    assert any(row.follows for row in WEEK)


@pytest.mark.parametrize("row", WEEK, ids=lambda row: row.key)
def test_somebody_is_in_charge_within_minutes(row: ReportRow):
    """And says what was done, in more than a few words."""
    taken = next(duration(act.after) for act in row.acts if act.kind in {"take", "reassign"})
    assert taken < timedelta(minutes=10)
    said = [str(data_of(act)["text"]) for act in row.acts if act.kind in {"respond", "contact"}]
    assert said
    assert all(len(text) > 12 for text in said)


@pytest.mark.parametrize("hours", range(0, 24 * 8, 5))
def test_the_week_ends_now_and_lasts_seven_days(hours: int):
    """Whenever it is opened; offices call on working days."""
    now = WEDNESDAY + timedelta(hours=hours)
    for row in WEEK:
        received_at = row.received_at(now)
        assert timedelta() <= now - received_at < timedelta(days=14), row.key


def test_what_follows_comes_after_what_it_follows():
    when = {row.key: row.received_at(WEDNESDAY) for row in WEEK}
    assert all(when[row.follows] < when[row.key] for row in WEEK if row.follows)
