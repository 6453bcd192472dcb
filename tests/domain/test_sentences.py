"""Sentences: which of several is said, and whom they call by which name."""

from dataclasses import replace

from domain.audience.messages import messages
from domain.contract.clauses import Kind
from domain.ticket.timeline import Happening
from tests.domain.notices import DESK, TICKET, entry, rung, told, without

UNOWNED = replace(TICKET, owner=None)


class TestASentence:
    def test_of_rungs_that_are_late_together_is_of_the_highest_alone(self):
        """Nobody reads that half of the time is left after they read that it is over."""
        half, warning, breach = (
            rung(50, people=["engineer"], minutes=-60),
            rung(80, roles=["project_manager"], people=["engineer"], minutes=-60),
            rung(100, roles=["duty_manager"], people=["engineer"], minutes=-60),
        )
        other = rung(50, Kind.PLAN, people=["engineer"])
        sent = [(each.recipient.id, each.entry) for each in messages((half, other, warning, breach), TICKET, DESK)]
        assert sent == [("duty", breach), ("engineer", breach), ("pm", warning), ("engineer", other)]
        (said,) = [each for each in messages((half, warning, breach), TICKET, DESK) if each.recipient.id == "engineer"]
        assert "时限已用" not in said.sentence.text.zh

    def test_names_the_hotline_where_nobody_is_in_charge(self):
        called = entry(Happening.CONSULTATION_REQUESTED, "pm", text="请会诊")
        for ticket, whom in ((TICKET, "负责人 李建国"), (UNOWNED, "热线（此单尚无人负责）")):
            action = told(called, ticket=ticket)["expert"].sentence.action
            assert action is not None
            assert action.zh.startswith(f"请联系{whom}，")

    def test_asks_the_hotline_to_find_somebody_for_what_it_does_not_do_itself(self):
        """It is told in the place of whoever would be in charge; it answers calls, and goes nowhere."""
        for kind, ticket, asked in (
            (Kind.ARRIVE, UNOWNED, "此单尚无人负责，请马上安排人接单，并向客户说明。"),
            (Kind.RESPOND, UNOWNED, "请马上响应客户，并向客户说明。"),
            (Kind.ARRIVE, TICKET, "请尽快赶到现场，并向客户说明。"),
        ):
            said = told(rung(100, kind, roles=["hotline"]), ticket=ticket)["hotline"].sentence
            assert said.action is not None
            assert said.action.zh == asked

    def test_calls_the_system_so_and_nobody_by_an_account(self):
        by_itself = told(entry(Happening.CONSULTATION_CONCLUDED, text="见附件"), ticket=TICKET)
        assert by_itself["engineer"].sentence.text.zh.startswith("系统给出会诊结论，说明：“见附件”。")
        gone = told(entry(Happening.CONSULTATION_CONCLUDED, "expert", text="“更换”"), desk=without("expert"))
        assert "说明：“‘更换’”。" in gone["engineer"].sentence.text.zh
