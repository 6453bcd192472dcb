"""Sentences: which of several is said, and whom they call by which name."""

from dataclasses import replace

from domain.audience.messages import messages, wants_somebody
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
            rung(100, roles=["project_manager", "duty_manager"], people=["engineer"], minutes=-60),
        )
        other = rung(50, Kind.PLAN, people=["engineer"])
        sent = [(each.recipient.id, each.entry) for each in messages((half, other, warning, breach), TICKET, DESK)]
        assert sent == [("duty", breach), ("engineer", breach), ("pm", breach), ("engineer", other)]
        (said,) = [each for each in messages((half, warning, breach), TICKET, DESK) if each.recipient.id == "engineer"]
        assert "时限已用" not in said.sentence.text.zh

    def test_of_a_warning_that_comes_when_the_time_is_over_is_of_nobody(self):
        """Nobody reads that 80 percent are spent of what was due days ago; what was not kept is told as overdue."""
        assert told(rung(80, roles=["project_manager"], people=["engineer"], minutes=1))
        late = rung(80, roles=["project_manager"], people=["engineer"], minutes=-3 * 24 * 60)
        assert not told(late)
        assert not wants_somebody(late, TICKET), "and it counts as no alarm that nobody could be told"

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

    def test_says_that_nobody_knows_who_is_said_to_have_agreed(self):
        """What somebody unknown allowed by telephone is looked at twice."""
        for on_record, named in ((True, "张三（周晓雯代录）"), (False, "张三（未登记的人员，周晓雯代录）")):
            word = {"name": "张三", "channel": "phone", "on_record": on_record}
            sent = told(entry(Happening.REMOTE_GRANTED, "hotline", scope="计费库", on_behalf=word))
            for who in ("engineer", "customer"):
                assert named in sent[who].sentence.text.zh

    def test_does_not_say_that_somebody_left_who_was_only_told_to(self):
        """A session that a revocation ends may still be open on somebody's desk."""
        revoked = told(entry(Happening.REMOTE_ENDED, ended_by="revoked", worked="engineer"))
        assert "已退出" not in revoked["customer"].sentence.text.zh
        assert "已退出" in told(entry(Happening.REMOTE_ENDED, "engineer", text="查完"))["customer"].sentence.text.zh

    def test_names_the_promises_that_a_lower_level_puts_down(self):
        """Also where the level is what the message is about."""
        lowered = entry(Happening.CLASSIFIED, "hotline", seq=3, level="B", moved="lowered", reason="只有一个厅")
        changed = replace(entry(Happening.PROMISES_CHANGED, seq=4, changed=[{"kind": "restore"}]), at=lowered.at)
        sent = told(lowered, changed)
        assert "另：恢复运行被取消或推迟" in sent["pm"].sentence.text.zh
        assert "另：您的报障时限有调整：恢复运行" in sent["customer"].sentence.text.zh

    def test_begins_with_what_came_first(self):
        """Of what asks for nothing: what followed from it stands behind."""
        opened = entry(Happening.OPENED, "hotline", seq=1, calls=["duty_manager"])
        called = replace(entry(Happening.CONSULTATION_REQUESTED, seq=2, reason="000-28"), at=opened.at)
        said = told(opened, called)["pm"].sentence
        assert said.title.zh.startswith("新报障")
        assert "另：已召集会诊" in said.text.zh
