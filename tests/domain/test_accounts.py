"""Accounts in sentences: a ticket knows no names, and whoever knows the people says them beside."""

from domain.matters.applications import ALREADY_DECIDED, named_by
from domain.words.accounts import account, accounts_in, with_names
from domain.words.label import Label

SAID = Label(f"该申请已有结论。{account('tech')}已同意。", f"It is decided. {account('tech')} has approved.")


def test_a_name_stands_beside_the_account():
    named = with_names(SAID, {"tech": "马俊峰"})
    assert named == Label("该申请已有结论。马俊峰（tech）已同意。", "It is decided. 马俊峰 (tech) has approved.")


def test_whom_nobody_knows_keeps_the_account():
    assert accounts_in(SAID) == ["tech"]
    assert with_names(SAID, {"technical": "x"}) == SAID


def test_nothing_else_in_quotation_marks_is_an_account():
    said = Label("请填写“凭据”，见“Until”。", "Fill in “Evidence”, see “Until”.")
    assert accounts_in(said) == []
    assert with_names(said, {"evidence": "x", "until": "x"}) == said


def test_a_refusal_that_holds_words_of_its_sender_names_nobody():
    assert named_by(ALREADY_DECIDED.code, SAID) == ["tech"]
    assert named_by("unknown_label", SAID) == []
    assert named_by(None, SAID) == []
