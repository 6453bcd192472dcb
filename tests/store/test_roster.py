"""The roster: who is on duty when, on a real database."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from demo.people import CUSTOMERS, ENDS_ON, PEOPLE, STARTS_ON
from demo.roster import FORGOTTEN, round_the_clock, shifts
from demo.seed import seed
from domain.people.actors import Actor, Role
from domain.people.duty import Stretch
from store.models import NotificationRow, ShiftRow
from store.paging import Window
from store.registry import contracts, customers, people, roster
from store.registry.faults import ConflictError, FaultyError, UnknownError
from store.registry.knowing import is_there_next, is_there_until
from store.registry.people import change_person
from store.registry.records import Person, Shift

PAST = datetime(2024, 2, 13, 8, tzinfo=UTC)
NOW = datetime(2036, 2, 13, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def fields(refusal: pytest.ExceptionInfo[FaultyError]) -> list[str]:
    return [fault.field for fault in refusal.value.faults]


@pytest.fixture(scope="module", autouse=True)
def somebody(engine: Engine) -> None:
    """More people than the demo has."""
    for place, name in enumerate(("eng-a", "eng-b", "eng-c")):
        people.add_person(engine, Person(name, f"工程师 {name}", Role.ENGINEER, phone=f"138 0000 000{place}"))


def told(person: str) -> Select[NotificationRow]:
    """What somebody was told, in its order."""
    return select(NotificationRow).where(NotificationRow.recipient == person).order_by(NotificationRow.created_at)


def titles(engine: Engine, person: str) -> list[str]:
    with Session(engine) as session:
        return [row.title["zh"] for row in session.scalars(told(person))]


class TestWhoIsThere:
    @pytest.mark.parametrize(
        ("shifts", "until"),
        [
            ([(-1, 3)], 3),
            ([(-1, 3), (3, 7)], 7),  # one after the other
            ([(-1, 3), (4, 7)], 3),
            ([(-1, 3), (3, 12), (12, 24), (24, 36)], 24),
            ([(1, 3)], None),
            ([(-3, 0)], None),
        ],
    )
    def test_is_so_until_the_last_of_their_shifts_ends(
        self, engine: Engine, shifts: list[tuple[int, int]], until: int | None
    ):
        """Nobody who is on duty loses what they have at an hour that nobody but the roster knows of."""
        then = NOW - 500 * DAY  # when nobody else of these tests is there
        name = f"there-{uuid.uuid4().hex[:8]}"
        people.add_person(engine, Person(name, name, Role.ENGINEER))
        for begins, ends in shifts:
            roster.add_shift(engine, Shift(Role.ENGINEER, name, then + begins * HOUR, then + ends * HOUR))
        actor = Actor(name, Role.ENGINEER)
        assert is_there_until(engine, actor, then) == (None if until is None else then + until * HOUR)


class TestTheRoster:
    def test_shows_where_nobody_is_on_duty(self, engine: Engine):
        """001-34: within the stretch that is asked for."""
        roster.add_shift(engine, Shift(Role.EXPERT, "expert", NOW, NOW + 8 * HOUR))
        roster.add_shift(engine, Shift(Role.EXPERT, "expert", NOW + 9 * HOUR, NOW + 20 * HOUR))
        found = roster.gaps(engine, Role.EXPERT, Stretch(NOW - HOUR, NOW + 10 * HOUR))
        assert found == (Stretch(NOW - HOUR, NOW), Stretch(NOW + 8 * HOUR, NOW + 9 * HOUR))

    def test_tells_whoever_is_put_on_duty_or_taken_off(self, engine: Engine):
        """Once for all that is planned together, a substitute in the place of the person; of what is over nobody."""
        people.add_person(engine, Person("eng-d", "工程师 丁", Role.ENGINEER))
        own = Shift(Role.ENGINEER, "eng-d", NOW + 30 * DAY, NOW + 30 * DAY + HOUR)
        later = Shift(Role.ENGINEER, "eng-a", NOW + 31 * DAY, NOW + 31 * DAY + HOUR, substitute="eng-d")
        past = Shift(Role.ENGINEER, "eng-d", PAST, PAST + HOUR)
        with engine.begin() as connection:
            kept = roster.keep(connection, [later, own, past])
        for shift in (kept[1], kept[2]):
            roster.remove_shift(engine, shift.id)
        added, removed = titles(engine, "eng-d")
        assert (added, removed) == ("值班表上有您的 2 个新班次", "您的一个班次已取消")
        with Session(engine) as session:
            said = [row.text["zh"] for row in session.scalars(told("eng-d"))]
        assert said[0] == "最近的一班：工程师，从 2036 年 3 月 14 日 16:00 到 2036 年 3 月 14 日 17:00。"

    def test_counts_nobody_who_has_left_or_is_something_else_now(self, engine: Engine):
        """A name on paper answers no call."""
        people.add_person(engine, Person("away", "走了", Role.SUPERVISOR))
        roster.add_shift(engine, Shift(Role.SUPERVISOR, "away", NOW, NOW + DAY))
        whole = Stretch(NOW, NOW + DAY)
        assert roster.gaps(engine, Role.SUPERVISOR, whole) == ()
        for change in ({"role": Role.EXPERT}, {"role": Role.SUPERVISOR, "active": False}):
            change_person(engine, "away", change)
            assert roster.gaps(engine, Role.SUPERVISOR, whole) == (whole,)
            assert roster.on_duty(engine, NOW, Role.SUPERVISOR) == []

    def test_has_the_substitute_in_the_place_of_the_person(self, engine: Engine):
        """Half-open: at the instant of the end the next one is there."""
        roster.add_shift(engine, Shift(Role.ENGINEER, "eng-a", NOW, NOW + HOUR, substitute="eng-b"))
        roster.add_shift(engine, Shift(Role.ENGINEER, "eng-c", NOW + HOUR, NOW + 2 * HOUR))

        def there(at: datetime) -> list[str]:
            return [one.person for one in roster.on_duty(engine, at, Role.ENGINEER)]

        assert (there(NOW - HOUR), there(NOW), there(NOW + HOUR), there(NOW + 2 * HOUR)) == (
            [],
            ["eng-b"],
            ["eng-c"],
            [],
        )

        def there_next(at: datetime) -> list[str]:
            names = ("eng-a", "eng-b", "eng-c")
            return [name for name in names if is_there_next(engine, name, at)]

        assert there_next(NOW) == ["eng-b", "eng-c"], "who is there, and who comes next"
        assert there_next(NOW + HOUR) == ["eng-c"]
        assert is_there_next(engine, "no-roster", NOW), "no roster is kept for what nobody is"

    def test_has_nobody_twice_at_the_same_time(self, engine: Engine):
        """Neither in person nor as a substitute; whoever is on the phone twice is there once."""
        later = NOW + 7 * DAY
        kept = roster.add_shift(engine, Shift(Role.ENGINEER, "eng-a", later, later + 8 * HOUR))
        for again in (
            Shift(Role.ENGINEER, "eng-a", later + 7 * HOUR, later + 9 * HOUR),
            Shift(Role.ENGINEER, "eng-b", later + HOUR, later + 2 * HOUR, substitute="eng-a"),
        ):
            with pytest.raises(ConflictError) as refusal:
                roster.add_shift(engine, again)
            assert fields(refusal) == ["person"]
        roster.remove_shift(engine, kept.id)
        roster.add_shift(engine, Shift(Role.ENGINEER, "eng-a", later + 7 * HOUR, later + 9 * HOUR))
        with pytest.raises(UnknownError):
            roster.remove_shift(engine, kept.id)

    def test_has_nobody_twice_when_two_plan_at_the_same_moment(self, engine: Engine):
        """One of both is told."""
        later, start = NOW + 30 * DAY, Barrier(4)

        def plan(place: int) -> bool:
            start.wait()
            try:
                roster.add_shift(engine, Shift(Role.ENGINEER, "eng-a", later, later + (place + 1) * HOUR))
            except ConflictError:
                return False
            return True

        with ThreadPoolExecutor(4) as managers:
            assert sum(managers.map(plan, range(4))) == 1

    def test_is_listed_by_what_it_has_in_common_with_a_stretch(self, engine: Engine):
        """A page at a time, earliest first."""
        later = NOW + 60 * DAY
        kept = [
            roster.add_shift(engine, Shift(Role.ENGINEER, "eng-a", later + turn * HOUR, later + (turn + 1) * HOUR))
            for turn in range(4)
        ]
        within = Stretch(later + HOUR / 2, later + 3 * HOUR)
        first, last = roster.shifts(engine, Window(2), within)
        assert last is not None
        rest, end = roster.shifts(engine, Window(2, last), within)
        assert [*first, *rest] == kept[:3]
        assert end is None


class TestTheDemo:
    @pytest.mark.parametrize("duty", sorted(round_the_clock()))
    def test_leaves_no_gap_but_the_forgotten_one_in_four_weeks(self, engine: Engine, duty: Role):
        """7*24, seen from the moment of the start."""
        now = datetime.now(UTC)
        gaps = roster.gaps(engine, duty, Stretch(now, now + 4 * 7 * DAY))
        assert len(gaps) == (duty is FORGOTTEN.duty)

    def test_adds_the_same_shifts_once(self, engine: Engine, database_url: str):
        """A later start only goes on where the roster ends, and leaves what somebody planned otherwise."""

        def count() -> int:
            with engine.connect() as connection:
                return len(connection.scalars(select(ShiftRow.id)).all())

        begun = datetime(2040, 1, 4, 12, tzinfo=UTC)
        roster.add_shift(engine, Shift(Role.HOTLINE, "hotline", begun, begun + HOUR))
        before = count()
        seed(database_url, begun)
        once = count()
        assert once - before == len(shifts(begun)) - 1
        seed(database_url, begun + HOUR)
        assert count() == once

    def test_breaks_none_of_the_rules(self, engine: Engine):
        """Everybody in it could be changed without a complaint."""
        for id_ in PEOPLE:
            change_person(engine, id_, {})
        for id_ in CUSTOMERS:
            customers.change_customer(engine, id_, {})
            agreed = contracts.change_contract(engine, id_, f"{id_}-2026", {})
            assert (agreed.starts_on, agreed.ends_on) == (STARTS_ON, ENDS_ON)

    def test_has_a_customer_that_lets_us_coordinate_its_vendors(self, engine: Engine):
        """004-05."""
        assert customers.standing_until(engine, "demo-xinhe", datetime.now(UTC)) is not None
