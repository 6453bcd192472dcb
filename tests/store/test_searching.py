"""Searching: what was typed one way is found another way."""

import pytest

from domain.audience.visibility import AUDIENCES, may_ask
from domain.people.actors import Actor
from store.queries.filters import _SEARCHED
from store.searching import pairs, searchable


class TestOneText:
    @pytest.mark.parametrize(
        ("said", "searched"),
        [
            ("⽤⼾⽆法登录", "用户"),  # Kangxi radicals, as PDF readers copy them
            ("用户无法登录", "⽤⼾"),
            ("裝置故障", "装置"),
            ("装置故障", "裝置"),
            ("ＤＢ０１ 无响应", "DB01"),
            ("db01 无响应", "ＤＢ０１"),
            ("DB-01 无响应", "db01"),
            ("138 0013 8999", "13800138999"),
            ("13800138999", "138-0013-8999"),
            ("１３８ ００１３ ８９９９", "0013 8999"),
            ("STRASSE", "straße"),
        ],
    )
    def test_is_found(self, said: str, searched: str):
        """NFKC, Kangxi radicals, traditional characters, width, case, blanks and hyphens in numbers."""
        assert searchable(searched) in searchable(said)
        assert set(pairs(searchable(searched))) <= set(pairs(searchable(said)))

    @pytest.mark.parametrize(("said", "searched"), [("电源 模块", "电源模块"), ("机房 2", "机房2 号")])
    def test_other_blanks_count(self, said: str, searched: str):
        assert searchable(searched) not in searchable(said)


def test_what_is_searched_may_be_seen_by_all_who_search():
    """A match tells of every field that is searched, so none may be hidden from anybody who reads tickets."""
    for role in AUDIENCES:
        assert all(may_ask(Actor("x", role), field) for field in _SEARCHED)
