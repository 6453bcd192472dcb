"""Tables that are brought in, and written out again, on a real database."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from domain.people.actors import Role
from domain.people.duty import Grade, Stretch
from store.imports import Form, TableError, import_customers, import_people, import_roster
from store.paging import Window
from store.registry import contracts, customers, people, roster
from store.registry.records import Contract, Person, RegisteredCustomer, Shift
from tests.store.tables import csv, faults, names, xlsx

HEADER = "登录名,姓名,角色,客户,部门,单位,电话,邮箱,职级"


class TestATableOfPeople:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_is_brought_in_from_csv_as_excel_writes_it(self, engine: Engine, encoding: str):
        """In UTF-8 with or without its mark, and in China's own encoding."""
        id_ = f"csv-{encoding.replace('_', '')}"
        phone, mail = f"+86 138 0000 {1000 + len(id_)}", f"{id_}@example.com"
        data = csv(HEADER, f"{id_},李明,工程师,,,service,'{phone},{mail},高级", encoding=encoding)
        assert import_people(engine, data, Form.CSV) == 1
        assert people.details(engine, id_) == Person(
            id_, "李明", Role.ENGINEER, organisation="service", phone=phone, email=mail,
            grade=Grade.SENIOR,
        )  # fmt: skip

    def test_may_have_english_headers_in_any_order_and_some_columns_only(self, engine: Engine):
        """Words as the interface has them; separators as Excel in other countries has them; empty rows are no rows."""
        data = csv(
            "role;id;Name;customers;department", "", "customer_approver;tom;Tom;demo-fuao, demo-xinhe;technical", ";;"
        )
        assert import_people(engine, data, Form.CSV) == 1
        tom = people.details(engine, "tom")
        assert tom is not None
        assert (tom.role, tom.customers, tom.department) == (
            Role.CUSTOMER_APPROVER, ("demo-fuao", "demo-xinhe"), "technical",
        )  # fmt: skip

    def test_is_brought_in_from_excel(self, engine: Engine):
        """Numbers are what they look like."""
        data = xlsx(["登录名", "姓名", "角色", "电话"], ["excel", "王五", "热线", 13800000009])
        assert import_people(engine, data, Form.XLSX) == 1
        found = people.details(engine, "excel")
        assert found is not None
        assert found.phone == "13800000009"

    def test_is_brought_in_whole_or_not_at_all(self, engine: Engine):
        """Every wrong cell of every row is told, by the row that the spreadsheet shows."""
        before = names(engine)
        data = csv(
            HEADER,
            "good-1,好,工程师",
            "Bad Id,坏,老板,,,,电话",
            "",
            "good-1,重复,工程师",
            "hotline,已有,热线",
            "approver,审批,客户审批人,demo-xinhe;nobody,technical",
            ",没有编号,工程师",
            "vendor-2,厂家,厂家",
            "extra,多,热线,,,,,,,多出来",
        )
        assert faults(import_people, engine, data) == [
            (3, "role"), (5, "id"), (6, "id"), (7, "customers"), (8, "id"), (9, "organisation"), (10, ""),
        ]  # fmt: skip
        assert names(engine) == before

    def test_says_what_is_wrong_in_both_languages(self, engine: Engine):
        """With the row and the column as the file has them."""
        with pytest.raises(TableError) as refusal:
            import_people(engine, csv("登录名,姓名,角色", "x,名,老板"), Form.CSV)
        line = str(refusal.value)
        assert line.startswith("row 2, column 角色/role: 可选值：热线、")
        assert " / must be one of hotline, " in line

    def test_has_names_that_can_be_read(self, engine: Engine):
        """A cell that shows nothing is told by its column."""
        data = csv("id,name,role", "blank,\u200b,热线", "braille,\u2800,热线", "filler,\u3164,热线")
        assert faults(import_people, engine, data) == [(2, "name"), (3, "name"), (4, "name")]

    def test_asks_whose_accounts_share_a_phone_or_a_mail(self, engine: Engine):
        """As with a single account: with one that is there, and with one of the same table; `--check` asks as well."""
        assert import_people(engine, csv("id,name,role,phone", "one,甲,工程师,13911110000"), Form.CSV) == 1
        header = "id,name,role,phone,email,same_as,told_apart"
        data = csv(
            header,
            "three,甲,热线,139 1111 0000",
            "four,丁,热线,,four@example.com",
            "five,戊,热线,,Four@Example.com",
        )
        for check in (True, False):
            with pytest.raises(TableError) as refusal:
                import_people(engine, data, Form.CSV, check=check)
            assert [(one.row, one.column) for one in refusal.value.faults] == [(2, "phone"), (3, "email"), (4, "email")]
        settled = csv(
            header,
            "three,甲,热线,139 1111 0000,,one",
            "four,丁,热线,,four@example.com",
            "five,戊,热线,,Four@Example.com,,four",
        )
        assert import_people(engine, settled, Form.CSV, check=True) == 3
        assert people.details(engine, "three") is None
        assert import_people(engine, settled, Form.CSV) == 3
        one, five = people.details(engine, "one"), people.details(engine, "five")
        assert one is not None
        assert five is not None
        assert (one.also, five.told_apart) == (("three",), ("four",))
        assert faults(import_people, engine, csv(header, "six,己,热线,,,nobody")) == [(2, "same_as")]
        assert people.details(engine, "six") is None

    def test_is_only_looked_at_where_that_is_asked(self, engine: Engine):
        """The same check, and nothing is kept."""
        data = csv("id,name,role", "looked,看,热线")
        assert import_people(engine, data, Form.CSV, check=True) == 1
        assert people.details(engine, "looked") is None
        with pytest.raises(TableError):
            import_people(engine, csv("id,name,role", "looked,看,老板"), Form.CSV, check=True)

    @pytest.mark.parametrize(
        ("header", "named"),
        [("id,name", "role"), ("id,name,role,身份证", "身份证"), ("id,name,role,角色", "role"), ("x,y", "x")],
    )
    def test_has_columns_that_are_known(self, engine: Engine, header: str, named: str):
        """A column that nobody reads would be lost without a word."""
        assert (1, named) in faults(import_people, engine, csv(header, "a,b,c,d"))

    @pytest.mark.parametrize("header", ["id,name", "客户编号,客户名称", "id,name,technical"])
    def test_has_its_header_once(self, engine: Engine, header: str):
        """Files that were put together have it again; a customer `id` with the name `name` is none."""
        data = csv(header, "h-1,甲", header, "h-2,乙")
        with pytest.raises(TableError, match="row 4: 又是一行表头；请删除此行 / is the header again; remove the row"):
            import_customers(engine, data.replace(b"h-1", b"h-1,\r\nh-0"), Form.CSV)
        assert faults(import_customers, engine, data) == [(3, "")]

    def test_has_nothing_without_a_header(self, engine: Engine):
        """Beyond the last one or under an empty one, it would be lost without a word."""
        assert faults(import_people, engine, csv("id,name,,role", "a,甲,,hotline", "b,乙,技术科,hotline")) == [(3, "")]

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\n\n",
            HEADER.encode(),
            b"\xff\xfeu\x00t\x00f\x00",
            b"a," * 200,
            b"id,name,role\n" + b"x,y,hotline\n" * 5001,
        ],
    )
    def test_that_is_none_is_refused_as_a_whole(self, engine: Engine, data: bytes):
        """Empty, in another encoding, broken, too wide or too long."""
        assert faults(import_people, engine, data) == [(None, "")]


class TestATableOfCustomers:
    def test_brings_contracts_along(self, engine: Engine):
        """With real dates from Excel; a customer with two contracts takes two rows."""
        header = "客户编号,客户名称,技术部门,业务部门,合同号,服务合同包,开始日期,截止日期,远程服务时间,星级"
        first = ["bank", "银行", "科技部", "", "bank-1", "nuobida"]
        data = xlsx(
            header.split(","),
            [*first, date(2026, 1, 1), datetime.fromisoformat("2026-12-31"), "7*8", 4],
            ["bank", "银行", "科技部", "", "bank-2", "xinhe", "2026/2/1", "2027年1月31日", "", ""],
            ["bare", "无合同", "", "", "", "", "", "", "", ""],
        )
        assert import_customers(engine, data, Form.XLSX) == 3
        assert customers.customer(engine, "bank") == RegisteredCustomer("bank", "银行", {"technical": "科技部"})
        assert contracts.contracts(engine, "bank", Window()).items == [
            Contract("bank-1", "bank", "nuobida", "7*8", 4, {}, date(2026, 1, 1), date(2026, 12, 31)),
            Contract("bank-2", "bank", "xinhe", None, None, {}, date(2026, 2, 1), date(2027, 1, 31)),
        ]

    def test_says_the_same_of_a_customer_in_all_its_rows(self, engine: Engine):
        """And names each contract once; a contract's columns need a contract."""
        data = csv(
            "id,name,technical,contract,pack,starts_on,ends_on,star",
            "a1,甲,技术科,k1,xinhe,2026-01-01,2025-01-01,9",
            "a1,乙,技术科,k2,xinhe",
            "a2,丙,技术科,k1,gold",
            "a3,丁,,,xinhe",
            "demo-xinhe,已有,,demo-xinhe-2026,xinhe",
            "a4,戊,,k4,xinhe,2026-02-30",
            "a5,己",
            "a5,己",
        )
        assert sorted(faults(import_customers, engine, data)) == [
            (2, "ends_on"), (2, "star"), (3, "id"), (4, "contract"), (4, "pack"), (5, "contract"), (6, "contract"),
            (6, "id"), (7, "starts_on"), (9, "id"),
        ]  # fmt: skip
        assert customers.customer(engine, "a1") is None


#: Beyond the demo's own roster.
IN_YEARS = Stretch(datetime(2035, 1, 1, tzinfo=UTC), datetime(2039, 1, 1, tzinfo=UTC))


class TestATableOfShifts:
    def test_is_in_the_time_of_china(self, engine: Engine):
        """From Excel's own times, from text, with 24:00 for the end of a day, or with an offset."""
        data = xlsx(
            ["岗位", "人员", "替班人", "开始时间", "结束时间"],
            [
                "专家",
                "expert",
                "",
                datetime.fromisoformat("2035-03-01T08:00"),
                datetime.fromisoformat("2035-03-01T20:00"),
            ],
            ["expert", "expert", "", "2035-03-01 20:00", "2035/3/1 24:00"],
            ["expert", "expert", "", "2035-03-02", "2035-03-02T01:00Z"],
        )
        assert import_roster(engine, data, Form.XLSX) == 3
        found, _ = roster.shifts(engine, Window(), IN_YEARS, duty=Role.EXPERT)
        hours = [(one.begins_at.astimezone(UTC).hour, one.ends_at.astimezone(UTC).hour) for one in found]
        assert hours == [(0, 12), (12, 16), (16, 1)]

    def test_takes_any_offset_that_there_is(self, engine: Engine):
        """Also one that Postgres does not know; one that does not exist is told by its column."""
        row = "supervisor,supervisor,2037-03-01t08:00+1600,2037-03-01T08:00{offset}"
        header = "duty,person,begins_at,ends_at"
        assert import_roster(engine, csv(header, row.format(offset="-16:00")), Form.CSV) == 1
        found, _ = roster.shifts(engine, Window(), IN_YEARS, duty=Role.SUPERVISOR)
        assert [one.begins_at.astimezone(UTC) for one in found] == [datetime(2037, 2, 28, 16, tzinfo=UTC)]
        assert faults(import_roster, engine, csv(header, row.format(offset="+99:99"))) == [(2, "ends_at")]

    def test_has_nobody_twice_at_the_same_time(self, engine: Engine):
        """Neither within the file nor together with what is planned."""
        begins, ends = datetime(2036, 1, 1, 0, tzinfo=UTC), datetime(2036, 1, 1, 8, tzinfo=UTC)
        roster.add_shift(engine, Shift(Role.ENGINEER, "engineer", begins, ends))
        data = csv(
            "duty,person,substitute,begins_at,ends_at",
            "engineer,engineer2,engineer,2036-01-01 15:59,2036-01-01 20:00",
            "engineer,engineer2,,2036-02-01 08:00,2036-02-01 20:00",
            "engineer,engineer2,,2036-02-01 19:00,2036-02-01 22:00",
            "engineer,hotline,,2036-03-01 08:00,2036-03-01 08:00",
            "管理员,admin,,2036-03-01 25:00,2036-13-01 08:00",
            "engineer,nobody,,2036-03-01 08:00,1999-03-01 08:00",
        )
        assert faults(import_roster, engine, data) == [
            (2, "person"), (4, "person"), (5, "person"), (5, "ends_at"), (6, "duty"), (6, "begins_at"),
            (6, "ends_at"), (7, "ends_at"),
        ]  # fmt: skip

    def test_of_a_whole_team_for_a_year_is_read_at_once(self, engine: Engine):
        """Whatever is planned, nobody is looked at but their neighbours."""
        first = datetime(2050, 1, 1, tzinfo=UTC)
        turns = ((first + turn * timedelta(hours=1), first + (turn + 1) * timedelta(hours=1)) for turn in range(5000))
        rows = [f"engineer,engineer,{begins.isoformat()},{ends.isoformat()}" for begins, ends in turns]
        data = csv("duty,person,begins_at,ends_at", *rows)
        began = time.process_time()
        assert import_roster(engine, data, Form.CSV, check=True) == 5000
        assert time.process_time() - began < 5
