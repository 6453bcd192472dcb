"""Who has a call, for how long, and when it is over; whatever people do in whatever order, never in silence."""

from dataclasses import replace
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.matters.calls import current
from domain.people.actors import SYSTEM
from domain.read_model import summary_of
from domain.timekeeping import deadlines
from tests.domain.calling import DAYS, HOURS, MINUTES, acknowledges, grave, rungs, who_has_it
from tests.domain.told import Told, tell


class TestWhoeverHasIt:
    def test_has_it_until_their_duty_ends_then_the_ladder_begins_anew(self):
        told = grave()
        until = told.now + HOURS / 2
        acknowledges(told, "duty", on_duty_until=until.isoformat())
        told.does("engineer", "contact", text="已联系")
        told.reaches(until)
        (gone,) = told.alarms("off_duty")
        assert (gone.at, gone.data["roles"], gone.data["from"]) == (until, ["engineer"], "duty")
        assert who_has_it(told) is None
        told.passes(5 * MINUTES)
        assert told.alarms("unanswered")[-1].data["roles"] == ["duty_manager"]

    def test_gives_it_away_with_the_ticket(self):
        told = grave()
        told.does("engineer", "contact", text="已联系")
        entry = told.does("engineer", "reassign", to="engineer2", reason="交班")
        assert entry.data["call"] == 1
        told.passes(5 * MINUTES)
        assert rungs(told) == [(5, "engineer")]

    def test_who_leaves_is_taken_off_it_by_the_registry(self):
        told = grave()
        told.does("engineer", "contact", text="已联系")
        told.does("pm", "unassign", reason="离职")
        assert who_has_it(told) is None
        told.passes(5 * MINUTES)
        assert rungs(told)

    def test_who_leaves_and_is_not_in_charge_leaves_it_to_the_next_at_once(self):
        told = grave()
        acknowledges(told, "duty")
        told.does(SYSTEM, "leave_call", reason="离职", known={"from": "duty"})
        (gone,) = told.alarms("off_duty")
        assert (gone.at, gone.data["roles"], gone.data["from"]) == (told.now, ["engineer"], "duty")
        assert who_has_it(told) is None
        told.passes(5 * MINUTES)
        assert told.alarms("unanswered")[-1].data["roles"] == ["duty_manager"]

    def test_who_left_takes_it_from_nobody_who_has_it_since(self):
        told = grave()
        told.expect_refused(SYSTEM, "leave_call", "left_by_another", reason="离职", known={"from": "duty"})
        acknowledges(told, "pm")
        told.expect_refused(SYSTEM, "leave_call", "left_by_another", reason="离职", known={"from": "duty"})
        assert who_has_it(told) == "pm"

    def test_who_has_it_and_is_not_in_charge_keeps_it_when_another_is_put_in_charge(self):
        told = grave()
        acknowledges(told, "duty")
        told.does("duty", "reassign", to="engineer2", reason="熟悉该设备")
        assert who_has_it(told) == "duty"


class TestItIsOver:
    def test_when_the_promise_is_kept_late(self):
        told = tell("sitech", "C")
        told.does("hotline", "reassign", to="engineer", reason="值班")
        told.reaches_due("respond")
        told.does("engineer", "respond", text="已响应")
        assert told.ticket.call is None

    def test_when_the_work_is_and_a_rejection_calls_nobody_by_itself(self):
        told = grave()
        told.does("engineer", "resolve", summary="更换电源模块")
        assert (told.ticket.call, summary_of(told.ticket).call) == (None, None)
        told.passes(HOURS)
        assert not rungs(told)
        told.does("customer", "reject", reason="仍有告警")
        assert "call" not in deadlines(told.ticket)

    def test_when_the_ticket_is_discarded(self):
        told = tell("sitech", "A")
        told.does("duty", "discard", reason="误报")
        told.passes(DAYS)
        assert not rungs(told)

    def test_when_it_comes_under_terms_that_call_nobody(self):
        told = grave()
        told.ticket = replace(told.ticket, terms=replace(told.ticket.terms, call_ladder=()))
        told.passes(DAYS)
        assert not rungs(told)

    def test_when_it_is_among_the_gravest_no_more(self):
        told = grave()
        told.does("pm", "classify", level="C", reason="影响有限")
        assert told.ticket.call is None


#: What people could do in any order, each with what the API would find.
ACTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("duty", "acknowledge", {}),
    ("engineer", "acknowledge", {}),
    ("leader", "acknowledge", {}),
    ("engineer", "contact", {"text": "已联系"}),
    ("engineer2", "take", {}),
    ("pm", "unassign", {"reason": "换人"}),
    ("pm", "reassign", {"to": "engineer", "reason": "换人"}),
    ("engineer", "classify", {"level": "C", "reason": "影响有限"}),
    ("engineer", "classify", {"level": "A"}),
    ("engineer", "arrive", {}),
    ("engineer", "resolve", {"summary": "更换电源模块"}),
    ("customer", "reject", {"reason": "仍有告警"}),
    ("customer", "note", {"text": "怎么样了"}),
)


class TestInAnyLife:
    @given(
        pack=st.sampled_from(("sitech", "xinhe", "fuao")),
        steps=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 90), st.integers(0, 240)), max_size=12),
    )
    @settings(max_examples=150, derandomize=True, deadline=None, database=None)
    def test_what_calls_is_answered_or_goes_on_and_never_in_silence(
        self, pack: str, steps: list[tuple[tuple[str, str, dict[str, str]], int, int]]
    ):
        told = tell(pack, tell(pack).ticket.terms.levels[0])
        for (who, kind, data), minutes, on_duty in steps:
            told.passes(minutes * MINUTES)
            call = told.ticket.call
            until = (told.now + on_duty * MINUTES).isoformat() if on_duty else None
            known = {"called": [call.id] if call else [], "on_duty_until": until}
            told.says(who, kind, None, dict(data, known=known))
            holds(told)
        told.passes(2 * DAYS)
        holds(told)


def holds(told: Told) -> None:
    """Somebody has it, or the next rung has its time; and no rung came twice at one instant, nor early."""
    call, summary = current(told.ticket), summary_of(told.ticket)
    assert summary.call == (call.id if call else None)
    waits: datetime | None = deadlines(told.ticket)["call"].at if "call" in deadlines(told.ticket) else None
    if call is None:
        assert waits is None
    elif call.by is None:
        assert waits is not None
        assert told.now < waits <= told.now + DAYS
    else:
        assert waits == call.until
    instants = [each.at for each in (*told.alarms("unanswered"), *told.alarms("off_duty"))]
    assert len(instants) == len(set(instants))
    assert all(each.at <= each.recorded_at for each in told.alarms("unanswered"))
