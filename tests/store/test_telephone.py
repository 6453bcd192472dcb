"""Calls as the telephone system tells of them: in any order, more than once, and of nobody else's."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from domain.audience.telephone import MOST, RETURNED_WITHIN, RUNGS, WITHIN, Missed
from domain.people.actors import Actor, Role
from store.models import NotificationRow, PhoneCallRow
from store.telephone import (
    CallEvent,
    Heard,
    NotMissedError,
    OtherCallError,
    TooManyError,
    calls,
    flooded,
    hear,
    missed,
    missed_lately,
    remind,
    returned,
)

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
HOTLINE = Actor("hotline", Role.HOTLINE)
NUMBER = "138 0000 9876"


def told(id_: str, event: str, minute: int = 0, *, number: str = NUMBER, **said: Any) -> Heard:
    return Heard(id_, CallEvent(event), number, NOW + timedelta(minutes=minute), **said)


def heard(engine: Engine, *events: Heard) -> PhoneCallRow:
    return [hear(engine, each, NOW) for each in events][-1]


def listed(engine: Engine, now: datetime) -> set[str]:
    return {call.id for call in calls(engine, now)[0]}


def columns(call: PhoneCallRow) -> dict[str, Any]:
    return {each.name: getattr(call, each.name) for each in PhoneCallRow.__table__.columns if each.name != "id"}


def test_what_is_told_in_any_order_and_twice_is_one_call(engine: Engine):
    def lived(id_: str) -> list[Heard]:
        return [
            told(id_, "ringing", line="4000000000"),
            told(id_, "answered", 1, agent="801"),
            told(id_, "hung_up", 5),
            told(id_, "recorded", 6, recording="https://pbx.example/1.wav"),
        ]

    found = []
    for nth, order in enumerate(permutations(range(4))):
        events = [lived(f"order-{nth}")[at] for at in order]
        found.append(columns(heard(engine, *events, *events)))
    assert all(each == found[0] for each in found)
    assert found[0]["rang_at"] == NOW
    assert (found[0]["answered_at"], found[0]["ended_at"]) == (NOW + timedelta(minutes=1), NOW + timedelta(minutes=5))
    assert (found[0]["agent"], found[0]["line"]) == ("801", "4000000000")


def test_an_id_is_one_numbers_call(engine: Engine):
    heard(engine, told("of-one", "ringing"))
    heard(engine, told("of-one", "hung_up", 1, number="+86 138-0000-9876"))
    with pytest.raises(OtherCallError):
        heard(engine, told("of-one", "answered", 1, number="13900000000"))
    with Session(engine) as session:
        assert session.get_one(PhoneCallRow, "of-one").answered_at is None


@pytest.mark.parametrize(
    ("events", "is_missed"),
    [(["ringing"], False), (["ringing", "hung_up"], True), (["hung_up"], True), (["answered", "hung_up"], False)],
)
def test_it_is_missed_once_it_ended_before_anybody_took_it(engine: Engine, events: Sequence[str], is_missed: bool):
    id_ = f"missed-{'-'.join(events)}"
    call = heard(engine, *(told(id_, event, nth, number="13811110000") for nth, event in enumerate(events)))
    assert missed(call) == (Missed(id_, NOW + timedelta(minutes=len(events) - 1)) if is_missed else None)


def test_whoever_calls_again_and_is_answered_is_waited_for_no_more(engine: Engine):
    heard(engine, told("first", "hung_up", number="13822220000"), told("others", "hung_up", number="13833330000"))
    heard(engine, told("again", "answered", 3, number="13822220000"))
    waiting = listed(engine, NOW + timedelta(minutes=4))
    assert "first" not in waiting
    assert {"others", "again"} <= waiting


def test_who_was_spoken_to_since_is_waited_for_no_more_though_that_was_told_first(engine: Engine):
    heard(engine, told("spoken-later", "answered", 3, number="13877770000"))
    late = heard(engine, told("told-late", "hung_up", number="13877770000"))
    assert late.returned_at == NOW + timedelta(minutes=3)


def test_a_call_of_whose_end_nothing_is_heard_is_missed_in_the_end(engine: Engine):
    heard(engine, told("no-end", "ringing", number="13888880000"))
    assert "no-end" not in {call.id for call in missed_lately(engine, NOW + timedelta(minutes=4))}
    assert Missed("no-end", NOW + timedelta(minutes=5)) in missed_lately(engine, NOW + timedelta(minutes=6))


def test_a_report_that_was_taken_while_it_rang_is_all_that_was_to_be_done(engine: Engine):
    heard(engine, told("reported", "ringing", number="13899990000"))
    returned(engine, HOTLINE, "reported", "TICK3333", NOW + timedelta(minutes=1))
    heard(engine, told("reported", "hung_up", 2, number="13899990000"))
    assert "reported" not in listed(engine, NOW + timedelta(minutes=3))


def test_what_a_message_asks_is_asked_no_more_once_somebody_called_back(engine: Engine):
    call = missed(heard(engine, told("asked", "hung_up", number="13812120000")))
    assert call is not None
    remind(engine, call, 0, NOW)
    asked = select(NotificationRow.overtaken).where(NotificationRow.data["phone_call"].as_string() == "asked")
    with engine.connect() as connection:
        assert set(connection.scalars(asked)) == {None}
    returned(engine, HOTLINE, "asked", None, NOW)
    with engine.connect() as connection:
        assert set(connection.scalars(asked)) == {"returned"}


@pytest.mark.parametrize("number", ["", "0", "801"])
def test_a_number_that_is_withheld_is_nobodys_other_call(engine: Engine, number: str):
    heard(engine, told(f"withheld{number}", "hung_up", number=number))
    heard(engine, told(f"withheld-too{number}", "answered", 1, number=number))
    assert f"withheld{number}" in listed(engine, NOW + timedelta(minutes=2))


def test_the_first_who_says_that_they_called_back_stays(engine: Engine):
    heard(engine, told("back", "hung_up", number="13844440000"))
    first = returned(engine, HOTLINE, "back", None, NOW + timedelta(minutes=2))
    again = returned(engine, Actor("duty", Role.DUTY_MANAGER), "back", "TICK2222", NOW + timedelta(minutes=9))
    assert first is not None
    assert again is not None
    assert (again.returned_by, again.returned_at, again.ticket) == ("hotline", NOW + timedelta(minutes=2), "TICK2222")
    assert returned(engine, HOTLINE, "never", None, NOW) is None


def test_what_was_taken_needs_no_return(engine: Engine):
    heard(engine, told("taken", "answered", number="13855550000"))
    with pytest.raises(NotMissedError):
        returned(engine, HOTLINE, "taken", None, NOW)


def recipients(engine: Engine, id_: str) -> list[str]:
    asked = select(NotificationRow.recipient).where(NotificationRow.data["phone_call"].as_string() == id_)
    with engine.connect() as connection:
        return sorted(connection.scalars(asked))


def test_each_is_told_once_a_rung_and_nobody_once_it_is_returned(engine: Engine):
    call = missed(heard(engine, told("rungs", "hung_up", number="13866660000")))
    assert call is not None
    assert remind(engine, call, 0, NOW)
    assert remind(engine, call, 0, NOW), "it was tried again"
    at_first = recipients(engine, "rungs")
    assert len(at_first) == len(set(at_first)) > 0
    assert remind(engine, call, 1, NOW)
    later = recipients(engine, "rungs")
    assert "duty" in later
    returned(engine, HOTLINE, "rungs", None, NOW)
    assert not remind(engine, call, len(RUNGS) - 1, NOW)
    assert recipients(engine, "rungs") == later


def test_what_was_away_tells_once_where_the_call_stands_and_everybody_whom_that_means(engine: Engine):
    """The rungs that were reached meanwhile would all be told at one time."""
    call = missed(heard(engine, told("late", "hung_up", number="13866661111")))
    assert call is not None
    late = NOW + 2 * RETURNED_WITHIN
    assert [remind(engine, call, rung, late) for rung in range(len(RUNGS))] == [True] * len(RUNGS)
    assert recipients(engine, "late") == ["duty", "hotline", "leader"]
    titles = select(NotificationRow.title["zh"].astext).where(NotificationRow.data["phone_call"].astext == "late")
    with engine.connect() as connection:
        assert {title.split("：")[0] for title in connection.scalars(titles)} == {"漏接来电仍未回电"}


def test_a_clock_that_is_behind_skips_no_rung(engine: Engine):
    call = missed(heard(engine, told("behind", "hung_up", number="13866662222")))
    assert call is not None
    for rung in range(len(RUNGS)):
        remind(engine, call, rung, NOW)
    assert recipients(engine, "behind") == sorted(["hotline", "hotline", "duty", "duty", "leader"])


def many(engine: Engine, count: int, name: str, **columns: Any) -> None:
    rows = [{"id": f"{name}-{nth}", "number": "", "digits": ""} | columns for nth in range(count)]
    with engine.begin() as connection:
        connection.execute(insert(PhoneCallRow), rows)


def test_more_new_calls_than_any_desk_takes_are_refused_until_the_hour_is_over(engine: Engine):
    """Whoever has got hold of the token floods neither the database nor anybody's inbox."""
    later = NOW + timedelta(days=100)
    hear(engine, told("known", "ringing", number="13866663333"), later)
    assert flooded(engine, later) == {}
    many(engine, MOST - 1, "flood", heard_at=later, rang_at=later, answered_at=later, ended_at=later)
    with pytest.raises(TooManyError):
        hear(engine, told("one-too-many", "ringing", number="13866664444"), later)
    assert flooded(engine, later).keys() == {"telephone"}
    assert hear(engine, told("known", "answered", number="13866663333"), later).answered_at == NOW
    over = later + WITHIN + timedelta(seconds=1)
    assert hear(engine, told("one-too-many", "ringing", number="13866664444"), over).id == "one-too-many"
    assert flooded(engine, over) == {}


def test_how_many_calls_wait_is_said_though_not_all_are_listed(engine: Engine):
    later = NOW + timedelta(days=200)
    many(engine, 205, "waits", heard_at=later, rang_at=later, ended_at=later)
    shown, total = calls(engine, later)
    assert (len(shown), total) == (200, 205)
