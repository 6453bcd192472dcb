"""Which act of whom meets which promise."""

from datetime import timedelta

import pytest

from domain.people.actors import SYSTEM
from domain.ticket.obligations import State
from tests.domain.told import tell
from tests.people import PEOPLE

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


class TestWhatMeets:
    """docs/counting.md, met, breached, reported late."""

    @pytest.mark.parametrize("who", ["engineer", "pm", "duty"])
    @pytest.mark.parametrize("kind", ["respond", "contact"])
    def test_a_maintainer_contacts_the_user_and_never_the_hotline(self, kind: str, who: str):
        """003-01: the maintainer himself."""
        told = tell("sitech", "A")
        told.does("hotline", kind, text="已接听")
        assert (told.state("respond"), told.state("contact")) == (State.MET, State.RUNNING)
        told.does(who, kind, text="已联系")
        assert told.state("contact") is State.MET

    def test_who_has_arrived_has_responded_and_departed(self):
        told = tell("nuobida", "II")
        told.does("hotline", "dispatch", to="engineer")
        told.does("engineer", "arrive")
        keys = ("respond", "depart@dispatched", "arrive@dispatched|onsite")
        assert {told.state(key) for key in keys} == {State.MET}

    def test_only_the_division_departs_for_the_division(self):
        """003-16: 各事业部技术维护人员."""
        told = tell("sitech", "A")
        told.does("pm", "dispatch", to="engineer", unit="division")
        key = "depart@breach:restore|declared"
        for kind, unit in (("depart", None), ("depart", "local"), ("arrive", None)):
            told.does("engineer", kind, unit=unit)
            assert told.state(key) is State.RUNNING
        told.does("engineer2", "arrive", unit="division")
        assert told.state(key) is State.MET

    def test_resolve_meets_what_was_never_done_by_itself(self):
        told = tell("sitech", "A")
        told.does("engineer", "resolve", summary="一次解决")
        assert {told.state(key) for key in ("respond", "contact", "restore")} == {State.MET}
        assert told.state("arrive") is State.CANCELLED

    def test_what_was_done_before_its_obligation_existed_meets_it(self):
        told = tell("nuobida")
        told.does("engineer", "submit_plan", text="方案")
        submitted = told.now
        told.passes(3 * HOURS)
        told.does("engineer", "classify", level="I")
        assert told.state("plan") is State.MET
        assert told.obligation("plan").met_at == submitted
        assert not told.obligation("plan").reported_late

    def test_one_of_us_who_opens_it_has_recorded_it_at_once(self):
        """004-07: whatever the channel and level; what comes in by itself waits for somebody."""
        assert tell("xinhe", "normal", channel="web").state("respond") is State.MET
        assert tell("xinhe", "emergency", opener=SYSTEM).state("respond") is State.RUNNING
        assert tell("sitech", "A").state("respond") is State.RUNNING

    @pytest.mark.parametrize(("to", "state"), [("engineer", State.MET), ("expert", State.MET), ("pm", State.RUNNING)])
    @pytest.mark.parametrize("kind", ["reassign", "dispatch"])
    def test_it_is_handed_over_once_an_engineer_or_expert_has_it(self, kind: str, to: str, state: State):
        """004-07: 移交工程師."""
        told = tell("xinhe", "normal")
        told.passes(8 * MINUTES)
        why = {"reason": "移交"} if kind == "reassign" else {}
        told.does("hotline", kind, to=to, known={"to_role": PEOPLE[to].role}, ago=2 * MINUTES, **why)
        assert told.state("handover") is state
        if state is State.MET:
            assert told.obligation("handover").met_at == told.now - 2 * MINUTES

    def test_the_centre_of_an_emergency_is_formed(self):
        """004-14: within ten minutes of the call, or of the stage."""
        told = tell("xinhe", "emergency")
        told.passes(7 * MINUTES)
        told.expect_refused("engineer", "form_centre", "not_allowed", text="成立")
        told.does("pm", "form_centre", text="组长：项目经理；成员：工程师、专家", ago=MINUTES)
        assert told.state("centre") is State.MET
        told = tell("xinhe", "normal")
        assert "centre" not in {each.key for each in told.ticket.obligations}
        told.passes(HOURS)
        told.does("engineer", "advance", stage="emergency", reason="全网中断")
        assert told.due("centre@emergency") == told.now + 10 * MINUTES
        assert told.state("centre@emergency") is State.RUNNING
        told.does("duty", "form_centre", text="组长：值班经理")
        assert told.state("centre@emergency") is State.MET
