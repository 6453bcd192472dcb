"""What is counted of tickets month by month: the same as counting all of them, and only what changed is looked at."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from domain.statistics import Outcome
from domain.ticket.obligations import Alarm, State
from domain.ticket.records import End
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from store.models import EntryRow, NotificationRow, ObligationRow, StatisticMonthRow, StatisticRow, TicketRow
from store.projections import project
from store.statistics import folding
from store.statistics.asking import By, Period, ageing, became, folded, latest, lengths, load, promises
from store.statistics.folding import Counted, count_anew, fold
from tests.domain.samples import at
from tests.patience import eventually
from tests.store.samples import entry, first_batch, next_batch, obligation, opening, summary

#: A minute before midnight of the last of January in China, and one after it.
JANUARY, FEBRUARY = at("2026-01-31T23:59:00"), at("2026-02-01T00:01:00")
BOTH = Period(date(2026, 1, 1), date(2026, 2, 1))
MINUTE = timedelta(minutes=1)
#: All of the time that passes: it is every month's turn.
AT_ONCE = 1e9


def alarm(late_ms: int, due: datetime = JANUARY) -> Alarm:
    return Alarm(100, due, due + timedelta(milliseconds=late_ms), late_ms)


def received(
    engine: Engine, number: str, when: datetime, *promised: State, drill: bool = False, taken: datetime | None = None
) -> None:
    """A ticket with promises in these states; what is broken had its alarm 40 ms late."""
    owed = tuple(
        obligation(
            key=f"p{place}", state=state, due_at=when, alarms=(alarm(40, when),) if state is State.BREACHED else ()
        )
        for place, state in enumerate(promised)
    )
    report = opening(number, received_at=when, accepted_at=taken or when)
    project(engine, first_batch(number, opening=report, obligations=owed, drill=drill))


def closed(engine: Engine, number: str, when: datetime, by: str | None = "engineer", ended: End | None = None) -> None:
    """After ten minutes by telephone and twenty for its confirmation."""
    moved = (
        entry(3, Happening.RESPONDED, at=when + 5 * MINUTE),
        entry(4, Happening.RESOLVED, at=when + 15 * MINUTE),
        entry(5, Happening.CLOSED, at=when + 35 * MINUTE),
    )
    over = summary(stage=Stage.CLOSED, closed_at=when + 35 * MINUTE, received_at=when, assignee=by, ended_as=ended)
    project(engine, next_batch(number, *moved, summary=over))


@pytest.fixture(autouse=True)
def tickets(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        for row in (NotificationRow, ObligationRow, EntryRow, TicketRow, StatisticRow, StatisticMonthRow):
            session.execute(delete(row))
    received(engine, "JANA2222", JANUARY, State.MET, State.BREACHED, State.SUPERSEDED)
    received(engine, "FEBA2222", FEBRUARY, State.RUNNING, State.WAIVED)
    received(engine, "FEBB2222", FEBRUARY, State.BREACHED)
    received(engine, "FEBC2222", FEBRUARY, State.BREACHED, drill=True)
    closed(engine, "JANA2222", JANUARY)


def outcomes(engine: Engine, by: By = By.CLAUSE) -> dict[date, dict[Outcome, int]]:
    return {one.month: one.outcomes for one in promises(engine, BOTH, by)}


def kept(engine: Engine) -> Counter[tuple[object, ...]]:
    with Session(engine) as session:
        return Counter(
            {
                (row.month, row.contract, row.level, row.what, row.about, row.kind, row.value): row.number
                for row in session.scalars(select(StatisticRow))
            }
        )


def test_a_ticket_counts_in_the_month_in_which_it_was_received_in_china(engine: Engine):
    fold(engine, AT_ONCE)
    assert outcomes(engine) == {
        date(2026, 1, 1): {Outcome.MET: 1, Outcome.BREACHED: 1},
        date(2026, 2, 1): {Outcome.OPEN: 1, Outcome.WAIVED: 1, Outcome.BREACHED: 1},
    }
    assert became(engine, BOTH) == {date(2026, 1, 1): {"closed": 1}, date(2026, 2, 1): {"open": 2}}
    assert outcomes(engine, By.CONTRACT)[date(2026, 1, 1)] == {Outcome.MET: 1, Outcome.BREACHED: 1}
    assert not promises(engine, Period(BOTH.first, BOTH.last, "another"), By.KIND)


def test_what_was_kept_after_it_was_broken_is_late(engine: Engine):
    broken = obligation(key="p0", state=State.BREACHED, due_at=FEBRUARY, met_at=FEBRUARY + MINUTE)
    project(engine, next_batch("FEBB2222", entry(3), obligations=(broken,), summary=summary(received_at=FEBRUARY)))
    fold(engine, AT_ONCE)
    assert outcomes(engine)[date(2026, 2, 1)][Outcome.LATE] == 1


def test_stages_take_as_long_as_the_timeline_says_and_alarms_are_as_late(engine: Engine):
    fold(engine, AT_ONCE)
    took = {one.group: one for one in lengths(engine, BOTH, Counted.STAGES, (0.5, 0.9)) if one.month is None}
    for stage, minutes in {Stage.TRIAGE: 5, Stage.PHONE: 10, Stage.RESOLVED: 20}.items():
        assert took[stage].number == 1
        assert took[stage].percentiles == pytest.approx((minutes * 60, minutes * 60), rel=0.011)
    late = {one.month: one for one in lengths(engine, BOTH, Counted.LATENESS, (0.99,))}
    assert {month: one.number for month, one in late.items()} == {None: 2, BOTH.first: 1, BOTH.last: 1}
    assert late[None].percentiles[0] == pytest.approx(40, rel=0.011)
    assert latest(engine, BOTH)[None, "100"] == 40


def test_an_alarm_that_was_due_before_the_report_was_taken_is_not_late(engine: Engine):
    """A report of yesterday that somebody takes down today."""
    received(engine, "JANC2222", JANUARY, State.BREACHED, taken=JANUARY + MINUTE)
    fold(engine, AT_ONCE)
    assert sum(one.number for one in lengths(engine, BOTH, Counted.LATENESS, (0.5,)) if one.month is None) == 2


def test_stages_and_rungs_stand_in_their_own_order(engine: Engine):
    fold(engine, AT_ONCE)
    stages = [one.group for one in lengths(engine, BOTH, Counted.STAGES, (0.5,)) if one.month is None]
    assert stages == [Stage.TRIAGE, Stage.PHONE, Stage.RESOLVED]


def test_what_somebody_has_and_has_closed_is_theirs(engine: Engine):
    project(engine, next_batch("FEBB2222", entry(3), summary=summary(assignee="engineer", received_at=FEBRUARY)))
    fold(engine, AT_ONCE)
    (one,) = load(engine, BOTH)
    assert one == ("engineer", 1, 1, 1, 1)


def test_open_tickets_are_told_by_age_and_level(engine: Engine):
    assert [(one.level, one.below_h, one.tickets) for one in ageing(engine, None)] == [(None, None, 2)]
    received(engine, "NOWA2222", datetime.now(JANUARY.tzinfo) - 5 * timedelta(hours=1))
    assert {(one.below_h, one.tickets) for one in ageing(engine, None)} == {(24, 1), (None, 2)}
    assert not ageing(engine, "another")


def test_reports_that_were_discarded_owe_nothing(engine: Engine):
    closed(engine, "FEBB2222", FEBRUARY, ended=End.DISCARDED)
    fold(engine, AT_ONCE)
    assert became(engine, BOTH)[date(2026, 2, 1)] == {"open": 1, "discarded": 1}
    assert Outcome.BREACHED not in outcomes(engine)[date(2026, 2, 1)]
    assert {one.group for one in lengths(engine, BOTH, Counted.STAGES, (0.5,)) if one.month == BOTH.last} == set()


def settled(engine: Engine) -> None:
    """All is counted; other databases' changes under way make a look look again."""
    eventually(lambda: fold(engine, AT_ONCE) == 0, "a look that finds nothing new")


def times(engine: Engine) -> dict[date, datetime]:
    """When each month was counted."""
    with engine.connect() as connection:
        rows = connection.execute(select(StatisticMonthRow.month, StatisticMonthRow.folded_at))
        return {month: folded_at for month, folded_at in rows if folded_at is not None}


class TestLooks:
    def test_only_months_that_changed_are_counted_again(self, engine: Engine):
        settled(engine)
        before = times(engine)
        closed(engine, "FEBA2222", FEBRUARY)
        assert fold(engine, AT_ONCE) >= 1
        assert times(engine)[BOTH.first] == before[BOTH.first]
        assert times(engine)[BOTH.last] > before[BOTH.last]
        assert became(engine, BOTH)[date(2026, 2, 1)] == {"open": 1, "closed": 1}

    def test_it_is_what_counting_all_of_it_anew_gives(self, engine: Engine):
        fold(engine, AT_ONCE)
        closed(engine, "FEBA2222", FEBRUARY)
        received(engine, "JANB2222", JANUARY - 3 * MINUTE, State.MET)
        fold(engine, AT_ONCE)
        step_by_step = kept(engine)
        with Session(engine) as session, session.begin():
            for row in (StatisticRow, StatisticMonthRow):
                session.execute(delete(row))
        fold(engine, AT_ONCE)
        assert kept(engine) == step_by_step
        assert sum(number for key, number in step_by_step.items() if key[3] == Counted.TICKETS) == 4

    def test_what_changes_while_another_change_is_under_way_is_not_missed(self, engine: Engine):
        """The older transaction commits after the look that did not see it."""
        with engine.connect() as slow, slow.begin():
            touched = update(TicketRow).where(TicketRow.number == "FEBB2222")
            slow.execute(touched.values(ended_as=End.MERGED, changed_in=func.txid_current()))
            closed(engine, "FEBA2222", FEBRUARY)
            fold(engine, AT_ONCE)
            assert became(engine, BOTH)[date(2026, 2, 1)] == {"open": 1, "closed": 1}
        fold(engine, AT_ONCE)
        assert became(engine, BOTH)[date(2026, 2, 1)] == {"merged": 1, "closed": 1}

    def test_of_a_quiet_month_it_is_known_that_it_is_quiet(self, engine: Engine):
        """It is counted as of the last look, not as of its last change."""
        settled(engine)
        assert (folded(engine, BOTH) or FEBRUARY) > max(times(engine).values())
        with Session(engine) as session, session.begin():
            session.execute(
                update(StatisticMonthRow).where(StatisticMonthRow.month == BOTH.last).values(folded_at=None)
            )
        assert folded(engine, BOTH) is None

    def test_what_is_removed_counts_no_more(self, engine: Engine):
        settled(engine)
        with engine.begin() as connection:
            for row in (NotificationRow, ObligationRow, EntryRow):
                connection.execute(delete(row).where(row.ticket == "JANA2222"))
            connection.execute(delete(TicketRow).where(TicketRow.number == "JANA2222"))
            count_anew(connection)
        fold(engine, AT_ONCE)
        assert BOTH.first not in became(engine, BOTH)

    def test_a_month_that_cannot_be_counted_holds_up_no_other(self, engine: Engine):
        with Session(engine) as session, session.begin():
            moved = update(EntryRow).where(EntryRow.ticket == "JANA2222", EntryRow.happening == Happening.RESPONDED)
            session.execute(moved.values(happening=Happening.ADVANCED, data={"stage": "nowhere"}))
        assert fold(engine, AT_ONCE) == 1
        assert set(became(engine, BOTH)) == {BOTH.last}

    def test_a_month_that_takes_long_waits_for_its_turn_and_is_not_forgotten(self, engine: Engine):
        fold(engine)
        with Session(engine) as session, session.begin():
            session.execute(update(StatisticMonthRow).values(took_s=1_000.0))
        closed(engine, "FEBA2222", FEBRUARY)
        assert fold(engine) == 0
        with Session(engine) as session, session.begin():
            assert session.get_one(StatisticMonthRow, date(2026, 2, 1)).stale
            session.execute(update(StatisticMonthRow).values(took_s=0.0))
        assert fold(engine) >= 1

    def test_many_kinds_go_in_by_many_statements(self, engine: Engine, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(folding, "_MOST_ROWS", 2)
        fold(engine, AT_ONCE)
        assert outcomes(engine)[date(2026, 1, 1)] == {Outcome.MET: 1, Outcome.BREACHED: 1}
