"""Words of refusals: whoever is refused reads where the ticket stands, and what leads on."""

import re
from datetime import timedelta

import pytest

from domain.audience.saying import Sentence
from domain.matters import assignment, closing, consultations
from domain.matters.index import REFUSALS
from domain.matters.matter import NOT_CLASSIFIED
from domain.ticket.commands import CommandKind as C
from domain.ways_out import opened_by, with_the_way_out
from domain.words.label import Label
from domain.words.refusals import Refusal
from tests.architecture.test_labels import FOR_PROGRAMS
from tests.domain.told import tell
from tests.people import PEOPLE

MINUTES = timedelta(minutes=1)


class TestARefusal:
    def test_for_the_stage_names_the_stage_the_act_and_what_leads_on(self):
        told = tell("standard", "severe")
        at_work = told.expect_refused("customer", "confirm", "wrong_stage").data["detail"]
        assert at_work["zh"] == "工单处于“待处理”阶段，不能确认解决。下一步可以：办结（resolve）。"
        assert at_work["en"].endswith("What leads on: Resolve (resolve).")
        told.does("engineer", "resolve", summary="更换电源，业务恢复")
        done = told.expect_refused("pm", "request_remote", "wrong_stage", scope="日志", text="查").data["detail"]
        assert done["zh"] == "工单处于“待客户确认”阶段，不能申请远程授权。下一步可以：重新打开（reopen）。"

    @pytest.mark.parametrize(
        ("kind", "refusal", "way"),
        [
            (C.UNASSIGN, assignment.NOBODY_IN_CHARGE, "take"),
            (C.CONCLUDE_CONSULTATION, consultations.NO_CONSULTATION, "request_consultation"),
            (C.CLOSE, closing.NOT_CONFIRMED, "confirm"),
            (C.RESOLVE, NOT_CLASSIFIED, "classify"),
        ],
    )
    def test_that_something_opens_says_what_once(self, kind: C, refusal: Refusal, way: str):
        ticket = tell("standard", "severe").ticket
        assert way in opened_by(ticket, kind, refusal)
        assert with_the_way_out(ticket, kind, refusal).words.zh.count(f"（{way}）") == 1

    def test_that_nothing_opens_is_left_as_it_is(self):
        refusal = Refusal("another_reason", Label("不行。", "No."))
        assert with_the_way_out(tell("standard", "severe").ticket, C.NOTE, refusal) is refusal

    def test_to_lower_without_a_reason_calls_promises_by_their_names(self):
        """What people read has no keys of the engine in it."""
        told = tell("sitech", "A")
        said = told.expect_refused("duty", "classify", "no_reason", level="D").data["detail"]
        assert said["zh"].startswith("请填写原因（reason）。此操作会取消或推迟下列时限：")
        assert "响应" in said["zh"]
        assert not [word for word in ("respond", "restore", "@", "|") if word in said["zh"]]

    def test_of_an_unknown_one_says_which_there_are(self):
        told = tell("sitech", "B")
        nothing = told.expect_refused("hotline", "agree_part", "no_part", **_agreed("P1")).data["detail"]["zh"]
        assert nothing == "没有这个备件申请。下一步可以：申请备件（request_part）。"
        told.does("engineer", "request_part", text="打印头")
        wrong = told.expect_refused("hotline", "agree_part", "no_part", **_agreed("P9")).data["detail"]["zh"]
        assert wrong.startswith("没有这个备件申请。本工单现有：P1。")


#: How a person is called who is known by an account alone.
ACCOUNTS = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(sorted(PEOPLE, key=len, reverse=True))})(?![a-z0-9])")


def reads(said: Label) -> bool:
    """Whether the Chinese holds no key of the engine's: no word of its own beside accounts and what programs send."""
    return not re.search(r"[a-z]{2,}", ACCOUNTS.sub("", FOR_PROGRAMS.sub("", said.zh)))


#: The engine's own refusals to programs, which no page causes.
_OF_PROGRAMS = {"id_reused"}


@pytest.mark.parametrize("code", sorted(REFUSALS.keys() - _OF_PROGRAMS))
def test_no_refusal_has_words_of_the_api_for_people(code: str):
    """What screens call a field, and not what a program does."""
    words = REFUSALS[code].words
    filled = re.compile(r"\{\w+\}")
    zh, en = (filled.sub("", FOR_PROGRAMS.sub("", text)) for text in (words.zh, words.en))
    assert not re.search(r"[a-z]{2,}", zh)
    assert "_" not in en
    assert "in the field" not in en


def _agreed(part: str) -> dict[str, object]:
    return {"text": "同意", "part": part, "on_behalf": {"name": "王工", "channel": "phone"}}


def test_what_two_reasons_of_one_message_ask_is_asked_once():
    """Lowering, and the promises that it drops, both ask to classify it back."""
    again = Label("请重新定级。", "Classify it back.")
    said = Sentence(Label("已降级", "Lowered"), Label("已降级。", "Lowered."), again)
    more = Sentence(Label("时限有变", "Times changed"), Label("有变。", "Changed."), again)
    assert said.with_more(more).action == again
    other = Label("请看一下。", "Have a look.")
    assert said.with_more(Sentence(more.title, more.text, other)).action == again.followed_by(other)
