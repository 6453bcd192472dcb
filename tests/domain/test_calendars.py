"""Calendars: working days as published, windows half-open, the plain week where nothing is published."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from domain.contract.calendars import CHINA, DAY, Schedule, hours, instant_at, ticks, working_days
from tests.domain.samples import DAILY_HOURS, SCHEDULE, SHOP_HOURS, WORKING_DAYS, WORKING_HOURS, at, worked

OFFICE = hours(WORKING_HOURS, SCHEDULE)
SHOP = hours(SHOP_HOURS, SCHEDULE)


def opening(text: str) -> datetime:
    return instant_at(OFFICE.opening(ticks(at(text))))


def closing(text: str, days: int) -> datetime:
    return instant_at(OFFICE.closing(ticks(at(text)), days))


class TestWorkingDays:
    """The State Council's schedules decide, not the weekday."""

    def test_every_day_since_2004_is_worked_or_not_as_published(self) -> None:
        """Every single day is compared with chinese-calendar."""
        days = working_days(SCHEDULE)
        first, last = date(SCHEDULE.first_year, 1, 1), date(SCHEDULE.last_year, 12, 31)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            assert days.place(day.toordinal() - 1)[1] == worked(day), day

    @pytest.mark.parametrize(
        "day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
    )
    def test_a_make_up_day_is_worked_although_it_is_a_weekend(self, day: str) -> None:
        """Requirements, section 7."""
        assert date.fromisoformat(day).weekday() >= 5
        assert opening(f"{day}T10:00") == at(f"{day}T10:00")

    def test_nobody_works_from_15_to_23_february_2026(self) -> None:
        """Spring Festival; requirements, section 7."""
        for day in range(15, 24):
            assert opening(f"2026-02-{day}T10:00") == at("2026-02-24T09:00")

    def test_the_newsletter_of_5_april_2026_moves_to_the_7th(self) -> None:
        """003-13: postponed to the next working day; the 5th and 6th are a holiday."""
        assert opening("2026-04-05T00:00").date() == date(2026, 4, 7)

    def test_counting_and_finding_days_are_inverse_far_outside_the_published_years(self) -> None:
        """The plain week joins the published years without a day lost or counted twice."""
        days = working_days(SCHEDULE)
        for day in range(date(1990, 1, 1).toordinal(), date(2040, 1, 1).toordinal()):
            before, is_worked = days.place(day)
            assert days.place(day + 1)[0] == before + is_worked
            if is_worked:
                assert days.nth(before) == day

    def test_a_schedule_cut_to_some_years_counts_the_same_between_their_days(self) -> None:
        """Terms carry only the years that a ticket can touch."""
        kept = tuple(day for day in SCHEDULE.days_off if day.year >= 2025)
        made_up = tuple(day for day in SCHEDULE.make_up if day.year >= 2025)
        short = working_days(Schedule("short", 2025, SCHEDULE.last_year, kept, made_up))
        whole = working_days(SCHEDULE)
        first, last = date(2025, 1, 1).toordinal() - 1, date(2027, 6, 1).toordinal()
        counted = {whole.place(day)[0] - short.place(day)[0] for day in range(first, last)}
        assert len(counted) == 1


class TestWindows:
    """Windows are half-open: the opening belongs to them, the closing does not."""

    @pytest.mark.parametrize(
        ("instant", "opens"),
        [
            ("2026-02-12T09:00", "2026-02-12T09:00"),
            ("2026-02-12T08:59:59.999999", "2026-02-12T09:00"),
            ("2026-02-12T16:59:59.999999", "2026-02-12T16:59:59.999999"),
            ("2026-02-12T17:00", "2026-02-13T09:00"),
            ("2026-02-14T17:00", "2026-02-24T09:00"),
        ],
    )
    def test_the_next_opening(self, instant: str, opens: str) -> None:
        """Inside the windows it is the instant itself."""
        assert opening(instant) == at(opens)

    def test_several_windows_a_day_are_counted_one_after_the_other(self) -> None:
        """Two hours from 11:00 end at 14:30 when noon is closed."""
        start = SHOP.elapsed(ticks(at("2026-02-12T11:00")))
        due = SHOP.reach(start + ticks(at("2026-02-12T02:00")) - ticks(at("2026-02-12T00:00")))
        assert instant_at(due) == at("2026-02-12T14:30")

    def test_a_window_that_closes_at_midnight_closes_when_the_day_ends(self) -> None:
        """``time(0)`` as an end is 24:00."""
        assert instant_at(SHOP.closing(ticks(at("2026-02-12T11:00")), 1)) == at("2026-02-14T00:00")

    def test_the_day_of_the_origin_is_day_0_worked_or_not(self) -> None:
        """001-06: the second working day after Friday 13 February 2026 ends on the 24th."""
        assert closing("2026-02-13T12:00", 2) == at("2026-02-24T17:00")
        assert closing("2026-02-15T12:00", 1) == at("2026-02-24T17:00")

    def test_a_day_that_is_no_working_day_consumes_nothing(self) -> None:
        """Elapsed service time stands still from 14 February 17:00 to 24 February 09:00."""
        assert OFFICE.elapsed(ticks(at("2026-02-14T17:00"))) == OFFICE.elapsed(ticks(at("2026-02-24T09:00")))

    def test_the_stretches_between_two_instants_are_the_windows_cut_to_them(self) -> None:
        """They are what an explanation shows."""
        stretches = list(OFFICE.stretches(ticks(at("2026-02-13T16:00")), ticks(at("2026-02-24T10:00"))))
        assert [(instant_at(since), instant_at(until)) for since, until in stretches] == [
            (at("2026-02-13T16:00"), at("2026-02-13T17:00")),
            (at("2026-02-14T09:00"), at("2026-02-14T17:00")),
            (at("2026-02-24T09:00"), at("2026-02-24T10:00")),
        ]


class TestInstants:
    """Any aware instant is accepted; what comes back is China's time, to the microsecond."""

    def test_microseconds_survive(self) -> None:
        """Nothing is rounded on the way."""
        instant = at("2026-02-12T10:00:00.000001")
        assert instant_at(ticks(instant)) == instant

    def test_the_offset_does_not_matter(self) -> None:
        """One instant in three writings."""
        here = at("2026-02-12T10:00")
        for zone in (UTC, timezone(timedelta(hours=-11, minutes=-30))):
            assert ticks(here.astimezone(zone)) == ticks(here)
        assert instant_at(ticks(here.astimezone(UTC))).tzinfo is CHINA

    def test_an_instant_without_an_offset_is_an_error(self) -> None:
        """Guessing one would be eight hours wrong somewhere."""
        with pytest.raises(TypeError):
            ticks(datetime(2026, 2, 12))  # noqa: DTZ001  # the naive one is the point

    def test_the_first_and_the_last_day_of_all_can_be_counted(self) -> None:
        """Beyond them there is an OverflowError, not a wrong answer."""
        assert opening("0001-01-01T00:00") == at("0001-01-01T09:00")
        assert opening("9999-12-31T10:00") == at("9999-12-31T10:00")
        with pytest.raises(OverflowError):
            opening("9999-12-31T18:00")


class TestPublishedHorizon:
    """Whoever looks at a day that is not published says so."""

    @pytest.mark.parametrize(
        ("calendar", "known"), [(WORKING_HOURS, False), (WORKING_DAYS, False), (DAILY_HOURS, True)]
    )
    def test_only_calendars_of_working_days_depend_on_it(self, calendar: object, known: bool) -> None:
        """Every-day hours are never provisional."""
        assert isinstance(calendar, type(WORKING_HOURS))
        beyond = ticks(at(f"{SCHEDULE.last_year + 1}-01-01T00:00"))
        assert hours(calendar, SCHEDULE).known(beyond, beyond) is known

    def test_the_years_before_the_first_schedule_are_not_known_either(self) -> None:
        """The data begin in 2004."""
        first = ticks(at(f"{SCHEDULE.first_year}-01-01T00:00"))
        assert OFFICE.known(first, first + DAY)
        assert not OFFICE.known(first - 1, first)


def test_equal_schedules_share_their_working_days() -> None:
    """A schedule that came back from a history is not the same object, and is compiled once all the same."""
    again: Schedule = pickle.loads(pickle.dumps(SCHEDULE))
    assert again is not SCHEDULE
    assert working_days(again) is working_days(SCHEDULE)


def test_schedules_that_differ_in_one_day_do_not_share_them() -> None:
    """The hash is short; equality is not."""
    moved = (SCHEDULE.days_off[0] + timedelta(days=1), *SCHEDULE.days_off[1:])
    other = Schedule(SCHEDULE.version, SCHEDULE.first_year, SCHEDULE.last_year, moved, SCHEDULE.make_up)
    assert hash(other) == hash(SCHEDULE)
    assert working_days(other) is not working_days(SCHEDULE)
