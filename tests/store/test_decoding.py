"""CSV files in the encodings that people have, alone and mixed."""

import pytest
from sqlalchemy import Engine

from store.imports import Form, TableError, import_people
from store.imports.reading import read
from tests.store.tables import csv, faults, names

ENGLISH, CHINESE = "id,name,role", "登录名,姓名,角色"


def row(number: int, name: str, encoding: str = "utf-8", role: str = "hotline") -> bytes:
    return f"d-{number},{name},{role}".encode(encoding)


def joined(*lines: bytes) -> bytes:
    return b"\r\n".join(lines)


class TestAFile:
    @pytest.mark.parametrize(
        "name", ["王敏", "李明", "陈喆", "朱镕基", "谭毛", "艾合买提·买买提", "IT部", "刘 A", "𠮷"]
    )
    @pytest.mark.parametrize("header", [ENGLISH, CHINESE])
    def test_in_chinas_encoding_comes_in_as_it_was_meant(self, name: str, header: str):
        """With rare characters, beside Latin letters, whatever language the header is in."""
        lines = [line.encode("gb18030") for line in (header, f"x,{name},hotline", "y,张伟,hotline")]
        assert read(joined(*lines), Form.CSV)[1] == (2, ["x", name, "hotline"])

    @pytest.mark.parametrize("name", ["王敏", "李明", "张伟", "刘洋", "陈"])
    def test_in_chinas_encoding_may_be_of_one_name(self, name: str):
        """Nothing else tells its encoding."""
        assert read(joined(ENGLISH.encode(), row(1, name, "gb18030")), Form.CSV)[1][1][1] == name

    @pytest.mark.parametrize("name", ["José", "Müller", "Zoë", "Conceição", "J·Smith", "王敏", "陳大文", "さくら"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_in_utf_8_comes_in_as_it_was_meant(self, name: str, encoding: str):
        """With its mark and without."""
        assert read(csv(ENGLISH, f"x,{name},hotline", encoding=encoding), Form.CSV)[1][1][1] == name

    def test_that_reads_well_in_two_ways_needs_the_mark_of_utf_8(self):
        """иван in UTF-8 is four Chinese characters elsewhere; 谭 alone is a letter of UTF-8."""
        assert read(csv(ENGLISH, "x,иван,hotline", encoding="utf-8-sig"), Form.CSV)[1][1][1] == "иван"

    @pytest.mark.parametrize(
        ("name", "encoding"),
        [
            ("Müller", "cp1252"), ("José", "cp1252"), ("François", "cp1252"), ("Conceição", "cp1252"),
            ("Jürgen Äpfel", "cp1252"), ("Łukasz", "cp1250"), ("王小明", "big5"),
            ("陳大文", "big5"), ("黃雅婷", "big5"), ("張惠妹", "big5"), ("劉德華", "big5"), ("楊", "big5"),
            ("陳", "big5"), ("測試", "big5"), ("さくら", "shift-jis"), ("田中", "euc-jp"), ("김민수", "euc-kr"),
            ("иван", "utf-8"), ("谭", "gb18030"),
        ],
    )  # fmt: skip
    def test_in_another_encoding_is_refused_by_its_rows(self, engine: Engine, name: str, encoding: str):
        """Whatever the others make of its bytes."""
        before = names(engine)
        assert faults(import_people, engine, joined(ENGLISH.encode(), row(1, name, encoding))) == [(2, "name")]
        assert names(engine) == before

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    @pytest.mark.parametrize("header", [ENGLISH, CHINESE])
    def test_in_utf_16_is_told_to_be_saved_in_utf_8(self, engine: Engine, encoding: str, header: str):
        """With its mark and without."""
        with pytest.raises(TableError, match=r"UTF-16；请.*“CSV UTF-8.* / is in UTF-16; save it as CSV UTF-8"):
            import_people(engine, csv(header, "d-1,王敏,hotline", encoding=encoding), Form.CSV)


class TestARow:
    @pytest.mark.parametrize("header", [ENGLISH, CHINESE])
    def test_in_chinas_encoding_among_utf_8_is_named(self, engine: Engine, header: str):
        """王敏 does not become 鐜嬫晱, in whichever order they come."""
        for encodings in (("utf-8", "gb18030"), ("gb18030", "utf-8")):
            rows = [row(number, "王敏", encoding) for number, encoding in enumerate(encodings)]
            wrong = encodings.index("gb18030") + 2
            assert faults(import_people, engine, joined(header.encode(), *rows)) == [(wrong, "name")]

    @pytest.mark.parametrize(
        ("name", "encoding"),
        [
            ("王敏", "utf-8"),
            ("José", "utf-8"),
            ("Müller", "cp1252"),
            ("王小明", "big5"),
            ("黃雅婷", "big5"),
        ],
    )
    def test_in_another_encoding_among_chinas_is_named(self, engine: Engine, name: str, encoding: str):
        """By its row and column, and by what to do."""
        good = [row(number, "张伟", "gb18030", "工程师") for number in range(5)]
        data = joined(CHINESE.encode("gb18030"), *good[:3], row(9, name, encoding), *good[3:])
        with pytest.raises(TableError) as refusal:
            import_people(engine, data, Form.CSV)
        assert [(one.row, one.column) for one in refusal.value.faults] == [(5, "name")]
        line = str(refusal.value)
        assert line.startswith("row 5, column 姓名/name: 无法确定文字：按 GB 18030 读不通")
        assert line.endswith("; save as CSV UTF-8")

    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
    def test_with_one_wrong_byte_deep_in_a_large_file_is_named(self, engine: Engine, mark: bytes):
        """And no other."""
        rows = [row(number, "王敏") for number in range(10, 4010)]
        rows[2999] = b"d-2,\xe7\x8e\x8b\xe6\x95,hotline"
        data = mark + joined(CHINESE.encode(), *rows)
        assert faults(import_people, engine, data) == [(3001, "name")]

    def test_of_the_header_may_be_the_wrong_one(self, engine: Engine):
        """Then its columns cannot be known either."""
        data = joined(CHINESE.encode("gb18030"), *(row(number, "王敏") for number in range(9)))
        assert set(faults(import_people, engine, data)) == {(1, ""), (1, "id"), (1, "name"), (1, "role")}

    @pytest.mark.parametrize("name", ["\ufffd敏", "\x00"])
    def test_with_damaged_characters_is_named(self, engine: Engine, name: str):
        """What another program could not read is gone."""
        assert faults(import_people, engine, csv(CHINESE, f"x,{name},hotline")) == [(2, "name")]

    @pytest.mark.parametrize(
        "lines",
        [
            ['b,"李,hotline', "c,王,hotline", "d,张,hotline"],
            ['b,"李,hotline', 'c,"王",hotline', "d,张,hotline"],
            ['b,"李,hotline', "c,王,hotline", 'd,张",hotline'],
            ['b,"李"明,hotline', "c,王,hotline"],
        ],
    )
    def test_with_a_quotation_mark_that_swallows_others_is_named(self, engine: Engine, lines: list[str]):
        """Wherever the mark finds its end, or nowhere."""
        before = names(engine)
        assert faults(import_people, engine, csv(ENGLISH, "a,赵,hotline", *lines)) == [(3, "")]
        assert names(engine) == before

    def test_may_have_lines_in_a_cell(self):
        """As people break them in Excel, a customer a line."""
        data = csv("id,customers", 'a,"demo-xinhe\n""demo-fuao"""')
        assert read(data, Form.CSV) == [(1, ["id", "customers"]), (2, ["a", 'demo-xinhe\n"demo-fuao"'])]
