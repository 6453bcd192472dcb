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
from store.imports import Form, RowFault, import_customers, import_people, import_roster
from store.imports.exporting import customers_csv, people_csv, roster_csv
from store.imports.formulas import with_mark, without_mark
from store.imports.reading import UNPACKED, read
from store.imports.tables import CUSTOMERS, PEOPLE, ROSTER
from store.models import OrganisationKind
from store.registry import people
from store.registry.organisations import add_organisation
from store.registry.records import Organisation, Person
from tests.store.tables import faults, xlsx

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
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out)
        sheet = book.add_worksheet()
        sheet.write(0, 0, "id")
        sheet.write(1_048_575, 16_383, "x")
        book.close()
        assert faults(import_people, engine, out.getvalue(), Form.XLSX) == [(None, "")]

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"id,name,role\nx,y,hotline", b"\xd0\xcf\x11\xe0" * 99])
    def test_that_is_none_is_refused_as_a_whole(self, engine: Engine, data: bytes):
        """An older Excel file included."""
        assert faults(import_people, engine, data, Form.XLSX) == [(None, "")]

    def test_is_numbered_as_the_spreadsheet_shows_it(self):
        """Also where it begins further down, and has empty rows."""
        data = xlsx([], ["", "a"], [], ["", "b"])
        assert read(data, Form.XLSX) == [(2, ["a"]), (4, ["b"])]


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
    out, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(xlsx(["id"])))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in source.infolist():
            content = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                cell = b"<row r='2'><c r='A2' t='inlineStr'><is><t>" + b"x" * size + b"</t></is></c></row></sheetData>"
                content = content.replace(b"</sheetData>", cell)
            packed.writestr(part.filename, content)
    return out.getvalue()
