"""Workbooks and formulas that come in, and what is written out again."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from domain.people.actors import Role
from domain.words.label import Label
from store.database import connect
from store.imports import Form, RowFault, TableError, import_customers, import_people, import_roster
from store.imports.exporting import customers_csv, people_csv, roster_csv
from store.imports.formulas import with_mark, without_mark
from store.imports.reading import UNPACKED, read
from store.imports.tables import CUSTOMERS, PEOPLE, ROSTER
from store.models import OrganisationKind
from store.registry import people
from store.registry.organisations import add_organisation
from store.registry.records import Organisation, Person
from tests.store.tables import drawn, faults, rewritten, xlsx

DANGEROUS = "=+-@\t\r＝＋－＠"


class TestAWorkbook:
    def test_with_a_bomb_in_it_is_refused_before_it_is_unpacked(self, engine: Engine):
        """However small it is on the way."""
        assert faults(import_people, engine, bomb(UNPACKED), Form.XLSX) == [(None, "")]

    def test_that_lies_about_its_size_harms_nobody(self, engine: Engine):
        """What comes of it is looked at once more."""
        data = bytearray(bomb(5 * UNPACKED))
        for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
            at = data.find(mark)
            while at >= 0:
                if struct.unpack_from("<I", data, at + offset)[0] > UNPACKED:
                    struct.pack_into("<I", data, at + offset, 1000)
                at = data.find(mark, at + 4)
        assert sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist()) < UNPACKED
        assert faults(import_people, engine, bytes(data), Form.XLSX) == [(None, "")]

    def test_with_two_cells_far_apart_is_no_table(self, engine: Engine):
        """All the cells between them would fill the memory; the parser has little, in a process of its own."""

        def draw(book: xlsxwriter.Workbook) -> None:
            sheet = book.add_worksheet()
            sheet.write(0, 0, "id")
            sheet.write(1_048_575, 16_383, "x")

        assert faults(import_people, engine, drawn(draw), Form.XLSX) == [(None, "")]

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"id,name,role\nx,y,hotline", b"\xd0\xcf\x11\xe0" * 99])
    def test_that_is_none_is_refused_as_a_whole(self, engine: Engine, data: bytes):
        """An older Excel file included."""
        assert faults(import_people, engine, data, Form.XLSX) == [(None, "")]

    def test_of_another_kind_is_told_what_to_become(self, engine: Engine):
        """Its name says what it is; what it is says its beginning."""
        for form in Form:
            with pytest.raises(TableError, match=r"save it as \.xlsx without"):
                import_people(engine, b"\xd0\xcf\x11\xe0" * 99, form)
        with pytest.raises(TableError, match="is an Excel workbook and no CSV"):
            import_people(engine, xlsx(HEADER, ROW), Form.CSV)

    def test_is_numbered_as_the_spreadsheet_shows_it(self):
        """Also where it begins further down, and has empty rows."""
        data = xlsx([], ["", "a"], [], ["", "b"])
        assert read(data, Form.XLSX) == [(2, ["a"]), (4, ["b"])]


HEADER = ["id", "name", "role", "department"]
ROW = ["wb-1", "王敏", "hotline", ""]
#: What Excel and WPS keep in a cell that has no value.
ERRORS = (
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!",
    "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", "#BUSY!", "#PYTHON!",
)  # fmt: skip


class TestACell:
    @pytest.mark.parametrize("error", ERRORS)
    def test_with_an_error_in_it_is_no_empty_cell(self, engine: Engine, error: str):
        """Whether the column is optional or not; the cell is named, and the error, and the way out."""
        cell = b'<c r="D2" t="e"><f>A1</f><v>' + error.encode() + b"</v></c></row></sheetData>"
        data = rewritten(xlsx(HEADER, ROW), b"</row></sheetData>", cell)
        with pytest.raises(TableError) as refusal:
            import_people(engine, data, Form.XLSX)
        assert str(refusal.value) == (
            f"row 2, column 部门/department: 是错误值 {error}，不是内容；请改正公式，或直接填写 / "
            f"holds the error {error} instead of a value; mend the formula or type the value"
        )
        assert people.details(engine, "wb-1") is None

    @pytest.mark.parametrize("error", [*ERRORS, "########", "Err:502"])
    def test_with_an_error_is_none_in_csv_either(self, engine: Engine, error: str):
        """As spreadsheets write it there; a time before 1900 is a row of signs."""
        data = f"id,name,role,department\nwb-1,王敏,hotline,{error}".encode()
        assert faults(import_people, engine, data) == [(2, "department")]

    @pytest.mark.parametrize("text", ["#1", "# 1", "N/A", "C#", "#研发"])
    def test_with_a_number_sign_may_be_a_text(self, text: str):
        """Only what a spreadsheet says of itself is refused."""
        assert read(xlsx(["a"], [text]), Form.XLSX) == [(1, ["a"]), (2, [text])]

    @pytest.mark.parametrize("value", [b"", b"<v/>", b"<v></v>"])
    def test_with_a_formula_that_was_never_computed_is_no_empty_cell(self, engine: Engine, value: bytes):
        """Programs that write workbooks leave that to Excel."""
        cell = b'<c r="D2"><f>A1</f>' + value + b"</c></row></sheetData>"
        for said in (cell, cell.replace(b"<c ", b'<c t="e" ')):
            data = rewritten(xlsx(HEADER, ROW), b"</row></sheetData>", said)
            assert faults(import_people, engine, data, Form.XLSX) == [(2, "department")]

    def test_with_a_formula_is_what_was_computed(self):
        """An empty text included; a day too."""

        def draw(book: xlsxwriter.Workbook) -> None:
            sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
            sheet.write_formula(0, 0, '="a"', None, "a")
            sheet.write_formula(0, 1, '=""', None, "x")
            sheet.write_formula(0, 2, "=6*7", None, 42)
            sheet.write_formula(0, 3, "=TODAY()", day, 46053)

        data = rewritten(drawn(draw), b"<v>x</v>", b"<v></v>")
        assert read(data, Form.XLSX) == [(1, ["a", "", "42", "2026-01-31"])]

    def test_may_have_its_text_in_line(self):
        """As many programs write it."""
        text = b't="inlineStr"><is><t>b</t></is></c><c r="C1" t="inlineStr"><is><t>c</t></is></c></row></sheetData>'
        data = rewritten(xlsx(["a"]), b"</row></sheetData>", b'<c r="B1" ' + text)
        assert read(data, Form.XLSX) == [(1, ["a", "b", "c"])]

    @pytest.mark.parametrize("number", [-1, 2958466, 99999999])
    def test_with_a_day_that_excel_cannot_show_is_a_fault(self, engine: Engine, number: int):
        """Excel shows number signs there."""

        def draw(book: xlsxwriter.Workbook) -> None:
            sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
            sheet.write_row(0, 0, ["id", "name", "contract", "pack", "starts_on"])
            sheet.write_row(1, 0, ["wb-1", "银行", "wb-1", "xinhe"])
            sheet.write_number(1, 4, number, day)

        assert faults(import_customers, engine, drawn(draw), Form.XLSX) == [(2, "starts_on")]

    def test_that_is_merged_with_others_is_a_fault_of_each_row(self, engine: Engine):
        """Only the first of them holds what all of them show; merged cells without anything in them harm nobody."""

        def draw(book: xlsxwriter.Workbook) -> None:
            sheet = book.add_worksheet()
            for place, row in enumerate((HEADER, ["m-1", "甲", "hotline"], ["m-2", "乙", "hotline"])):
                sheet.write_row(place, 0, row)
            sheet.merge_range(1, 3, 2, 3, "technical")
            sheet.merge_range(1, 4, 2, 5, "")

        assert faults(import_people, engine, drawn(draw), Form.XLSX) == [(2, "department"), (3, "department")]


class TestASheet:
    @pytest.mark.parametrize("hide", ["hide", "very_hidden"])
    def test_that_nobody_sees_is_not_read(self, hide: str):
        """The first of those that are to be seen is."""

        def draw(book: xlsxwriter.Workbook) -> None:
            hidden, seen = book.add_worksheet(), book.add_worksheet()
            hidden.write(0, 0, "hidden")
            getattr(hidden, hide)()
            seen.activate()
            seen.set_first_sheet()
            seen.write(0, 0, "seen")

        assert read(drawn(draw), Form.XLSX) == [(1, ["seen"])]

    def test_of_notes_may_stand_behind(self):
        """As templates have them; a chart may stand before."""

        def draw(book: xlsxwriter.Workbook) -> None:
            chart = book.add_chart({"type": "line"})
            book.add_chartsheet().set_chart(chart)
            sheet, notes = book.add_worksheet("人员"), book.add_worksheet("说明")
            chart.add_series({"values": "=人员!$A$1"})
            sheet.write_column(0, 0, ["a", "b"])
            notes.write(0, 0, "how to fill it in")
            book.add_worksheet("empty")

        assert read(drawn(draw), Form.XLSX) == [(1, ["a"]), (2, ["b"])]

    def test_with_the_same_header_is_not_left_out_without_a_word(self, engine: Engine):
        """Half of the people would be missing; both sheets are named."""

        def draw(book: xlsxwriter.Workbook) -> None:
            for name, id_ in (("一组", "s-1"), ("二组", "s-2")):
                sheet = book.add_worksheet(name)
                sheet.write_row(0, 0, HEADER)
                sheet.write_row(1, 0, [id_, "甲", "hotline"])

        with pytest.raises(TableError, match="一组、二组"):
            import_people(engine, drawn(draw), Form.XLSX)
        assert people.details(engine, "s-1") is None

    def test_that_is_empty_is_said_to_be(self, engine: Engine):
        """The file can be read; there is nothing in it."""
        with pytest.raises(TableError, match="文件是空的"):
            import_people(engine, xlsx(), Form.XLSX)


class TestAFormula:
    @pytest.mark.parametrize("sign", DANGEROUS)
    def test_never_leaves_as_one(self, sign: str):
        """CVE-2025-61873: also with the full-width signs that spreadsheets in China take for the others."""
        assert with_mark(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"

    @given(st.text(alphabet=DANGEROUS + "'a1 "))
    def test_comes_back_as_it_was(self, cell: str):
        """Marks that somebody typed in person included."""
        assert without_mark(with_mark(cell)) == cell
        assert not with_mark(cell).startswith(tuple(DANGEROUS))

    def test_in_a_name_comes_back_through_a_table(self, engine: Engine, new_database: Callable[[], str]):
        """Nothing is changed on the way out and in again."""
        name = "=HYPERLINK('http://x','李')"
        people.add_person(engine, Person("formula", name, Role.ENGINEER, phone="+86 138 0000 0000"))
        written = people_csv(engine)
        assert f'"\'{name}"' in written
        other = connect(new_database())
        only = "\r\n".join(line for line in written.splitlines() if line.startswith(("\ufeff", "formula")))
        assert import_people(other, only.encode(), Form.CSV) == 1
        assert people.details(other, "formula") == people.details(engine, "formula")
        other.dispose()


class TestAnExport:
    def test_can_be_brought_in_where_nothing_is(self, engine: Engine, new_database: Callable[[], str]):
        """Customers with their contracts, then people, then the roster; the organisations have to be there."""
        other = connect(new_database())
        for id_, kind in (("service", OrganisationKind.SERVICE), ("vendor", OrganisationKind.VENDOR)):
            add_organisation(other, Organisation(id_, id_, kind))
        import_customers(other, customers_csv(engine).encode(), Form.CSV)
        import_people(other, people_csv(engine).encode(), Form.CSV)
        import_roster(other, roster_csv(engine).encode(), Form.CSV)
        assert customers_csv(other) == customers_csv(engine)
        assert people_csv(other) == people_csv(engine)
        assert sorted(roster_csv(other).splitlines()) == sorted(roster_csv(engine).splitlines())
        other.dispose()

    def test_begins_with_the_mark_by_which_excel_knows_its_encoding(self, engine: Engine):
        """And with Chinese headers."""
        for written, columns in (
            (people_csv(engine), PEOPLE),
            (customers_csv(engine), CUSTOMERS),
            (roster_csv(engine), ROSTER),
        ):
            assert written.splitlines()[0] == "\ufeff" + ",".join(column.zh for column in columns)


class TestAFault:
    def test_is_named_by_row_and_field(self):
        """As a path in the table; a fault of the whole is the body's."""
        assert RowFault(7, "role", Label("错", "wrong")).field == "rows[7].role"
        assert RowFault(7, None, Label("错", "wrong")).field == "rows[7]"
        assert RowFault(None, None, Label("错", "wrong")).field == "body"


def bomb(size: int) -> bytes:
    """A workbook whose first sheet grows to that size."""
    cell = b"<row r='2'><c r='A2' t='inlineStr'><is><t>" + b"x" * size + b"</t></is></c></row></sheetData>"
    return rewritten(xlsx(["id"]), b"</sheetData>", cell)
