"""Likeness: two people report one fault in their own words."""

import pytest

from domain.words.likeness import ENOUGH, likeness


class TestLikeness:
    def test_is_what_both_say_of_their_fault(self):
        """The words that are the same are named, the longest first."""
        found = likeness("营业厅接口报错", "江北营业厅缴费接口返回超时")
        assert found.terms == ("营业厅", "接口")
        assert found.score == 1.0

    @pytest.mark.parametrize(
        ("said", "other"),
        [
            ("系统出现故障，请尽快处理", "系统故障，请协助处理"),
            ("邮件无法发送", "打印机无法使用"),
            ("db 报错", "dbx 报错"),
            ("", "营业厅"),
            ("……", "……"),
        ],
    )
    def test_is_not_what_every_report_says(self, said: str, other: str):
        """That something is broken; nor a part of a word of letters."""
        assert likeness(said, other).score < ENOUGH

    def test_takes_words_of_letters_whole(self):
        """A server's name."""
        assert likeness("crm-db01 宕机", "主库 crm-db01 不响应").terms == ("db01", "crm")

    def test_is_little_where_little_is_the_same(self):
        """One word of many."""
        assert 0 < likeness("核心交换机端口频繁闪断导致营业厅掉线", "营业厅装修").score < ENOUGH
