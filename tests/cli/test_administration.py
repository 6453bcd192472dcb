"""`zhishou people`, `customers` and `roster`: a new installation comes to its people without a browser."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from sqlalchemy import Engine, select
from typer.testing import CliRunner, Result

from cli.main import application
from domain.people.actors import Actor, Role
from domain.ticket.opening import Customer
from runtime.errors import PlainError
from store.attachments import Room, StoredFile, add
from store.database import connect
from store.models import NotificationRow
from store.paging import Window
from store.projections import project
from store.registry import contracts, customers, people, roster
from store.registry.people import Wanted
from tests.store.samples import first_batch, opening

Zhishou = Callable[..., Result]


@pytest.fixture(scope="module")
def own(database_url: str) -> Iterator[Engine]:
    """A database in which nobody is yet."""
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def zhishou(own: Engine, monkeypatch: pytest.MonkeyPatch) -> Zhishou:
    """Runs the command on that database; what it says in plain words is its standard error."""
    monkeypatch.setenv("ZHISHOU_DATABASE_URL", own.url.render_as_string(hide_password=False))
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(application(list(arguments)), arguments)

    return run


def ids(engine: Engine) -> list[str]:
    return [one.id for one in people.people(engine, Wanted(), Window()).items]


def evidence_of(engine: Engine, customer: str) -> str:
    """What was brought to a ticket of the customer."""
    report = replace(opening("PROF2222"), customer=Customer(customer, "银行"))
    project(engine, first_batch("PROF2222", opening=report))
    file = StoredFile("0" * 64, 1, "application/pdf", "授权书.pdf", Path(__file__))
    row, _ = add(engine, Actor("admin", Role.ADMINISTRATOR), "PROF2222", file, Room(10, 10), datetime.now(UTC))
    return row.id


class TestPeople:
    def test_begin_with_an_administrator(self, own: Engine, zhishou: Zhishou):
        """Who gets a password by another command."""
        assert zhishou("people", "add", "admin", "--name", "管理员", "--role", "administrator").exit_code == 0
        assert zhishou("people", "organisation", "maker", "--name", "厂家", "--kind", "vendor").exit_code == 0
        added = zhishou("people", "add", "wu", "--name", "吴", "--role", "vendor", "--organisation", "maker")
        assert added.exit_code == 0, added.output
        assert zhishou("people", "list").stdout.splitlines() == [
            "admin                administrator      管理员",
            "wu                   vendor             吴",
        ]

    def test_are_changed_and_leave(self, own: Engine, zhishou: Zhishou):
        """An empty text takes away what is there."""
        zhishou("people", "add", "li", "--name", "李", "--role", "engineer", "--phone", "110", "--grade", "senior")
        changed = zhishou("people", "change", "li", "--name", "李明", "--phone", "")
        assert changed.exit_code == 0, changed.output
        found = people.details(own, "li")
        assert found is not None
        assert (found.name, found.phone, found.grade) == ("李明", None, "senior")
        for other, also in (("admin", ("admin",)), ("", ())):
            assert zhishou("people", "change", "li", "--same-as", other).exit_code == 0
            assert (linked := people.details(own, "li")) is not None
            assert linked.also == also
        assert zhishou("people", "deactivate", "li").exit_code == 0
        assert "li                   engineer           李明 (inactive)" in zhishou("people", "list").stdout
        assert "li" not in zhishou("people", "list", "--csv").stdout

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("people", "add", "x", "--name", "x", "--role", "vendor"), "organisation: 厂家人员须属于一个厂家 / "),
            (("people", "deactivate", "nobody"), "there is no nobody"),
            (("people", "import", "people.pdf"), "people.pdf: must be a .csv or an .xlsx file"),
            (("customers", "contract", "nobody", "c-1", "--pack", "xinhe"), "there is no nobody"),
        ],
    )
    def test_that_cannot_be_are_refused_in_plain_words(self, zhishou: Zhishou, arguments: tuple[str, ...], said: str):
        """In both languages where a field is wrong."""
        refused = zhishou(*arguments)
        assert isinstance(refused.exception, PlainError)
        assert said in str(refused.exception)

    def test_are_told_by_what_they_enter_and_what_was_taken_away(self, own: Engine, zhishou: Zhishou):
        """On the command line it takes one alone: the person hears of it, and the administrators."""
        zhishou("people", "add", "boss", "--name", "主任", "--role", "administrator")
        zhishou("people", "add", "sun", "--name", "孙", "--role", "engineer")
        for arguments in (
            ("bind", "sun", "oidc", "sun-1"), ("bind", "sun", "oidc", "sun-1"), ("unbind", "sun", "oidc", "sun-1"),
            ("change", "sun", "--email", "sun@example.com"), ("change", "sun", "--email", ""),
        ):  # fmt: skip
            done = zhishou("people", *arguments)
            assert done.exit_code == 0, done.output
        assert zhishou("people", "unbind", "sun", "oidc", "sun-1").exit_code == 1
        assert zhishou("password", "sun").exit_code == 0
        whom = NotificationRow.recipient.in_(["sun", "boss"])
        with own.connect() as connection:
            told = connection.execute(select(NotificationRow.recipient, NotificationRow.title).where(whom)).all()
        changes = ("绑定外部登录账号", "解绑外部登录账号", "更改邮箱", "移除邮箱", "发放新密码")
        wanted = [("sun", f"已为您{change}") for change in changes] + [
            ("boss", f"已为孙{change}") for change in changes
        ]
        assert sorted((who, title["zh"]) for who, title in told) == sorted(wanted)


class TestATable:
    def test_is_brought_in_whole_or_not_at_all(self, own: Engine, zhishou: Zhishou, tmp_path: Path):
        """1 and a line for each wrong cell; with --check nothing is kept even where all is right."""
        file = tmp_path / "people.csv"
        file.write_text("登录名,姓名,角色\nhe,何,专家\nxu,许,老板\n", encoding="gb18030")
        wrong = zhishou("people", "import", str(file))
        assert wrong.exit_code == 1
        assert wrong.stderr.startswith("row 3, column 角色/role: 可选值：")
        assert "he" not in ids(own)
        file.write_text("登录名,姓名,角色\nhe,何,专家\n", encoding="gb18030")
        assert zhishou("people", "import", str(file), "--check").stdout == "rows without a fault: 1\n"
        assert "he" not in ids(own)
        assert zhishou("people", "import", str(file)).stdout == "rows imported: 1\n"
        assert "he" in ids(own)


class TestCustomers:
    def test_come_with_contracts_and_authorisations(self, own: Engine, zhishou: Zhishou, tmp_path: Path):
        """All that a ticket needs."""
        assert zhishou("customers", "add", "bank", "--name", "银行", "--technical", "科技部").exit_code == 0
        assert zhishou("customers", "change", "bank", "--business", "运营部").exit_code == 0
        agreed = ("customers", "contract", "bank", "bank-1")
        assert zhishou(*agreed, "--pack", "sitech", "--ends-on", "2028-12-31").exit_code == 0
        assert zhishou(*agreed, "--star", "4").exit_code == 0
        found = customers.customer(own, "bank")
        assert found is not None
        assert found.departments == {"technical": "科技部", "business": "运营部"}
        assert contracts.contracts(own, "bank", Window()).items[0].star == 4
        assert "  bank-1               sitech until 2028-12-31" in zhishou("customers", "list").stdout
        given = (
            "customers", "authorise", "bank", "--scope", "协调厂商", "--granted-by", "王主任", "--until",
            f"{datetime.now(UTC).year + 2}-01-01T00:00", "--by", "admin",
        )  # fmt: skip
        proof = evidence_of(own, "bank")
        assert "evidence" in str(zhishou(*given).exception)
        assert zhishou(*given, "--evidence", "0" * 32).exit_code == 1
        recorded = zhishou(*given, "--evidence", proof)
        assert recorded.exit_code == 0, recorded.output
        assert customers.standing_until(own, "bank", datetime.now(UTC)) is not None
        file = tmp_path / "customers.csv"
        file.write_text(zhishou("customers", "list", "--csv").stdout.replace("bank", "bank2"), encoding="utf-8")
        assert zhishou("customers", "import", str(file)).stdout == "rows imported: 1\n"


class TestTheRoster:
    def test_has_gaps_until_somebody_is_planned(self, own: Engine, zhishou: Zhishou):
        """001-34: exit code 1 says that there are any."""
        zhishou("people", "add", "hot", "--name", "热线", "--role", "hotline")
        within = ("--from", "2030-01-01T08:00", "--to", "2030-01-01T20:00")
        asked = ("roster", "gaps", "--duty", "hotline", *within)
        before = zhishou(*asked)
        assert (before.exit_code, before.stdout) == (1, "2030-01-01 08:00 - 2030-01-01 20:00\n")
        planned = zhishou("roster", "add", "hot", "--duty", "hotline", *within)
        assert planned.exit_code == 0, planned.output
        after = zhishou(*asked)
        assert (after.exit_code, after.stdout) == (0, "")
        listed = zhishou("roster", "list", *within).stdout
        assert listed == f"2030-01-01 08:00 - 2030-01-01 20:00  hotline          hot  {planned.stdout}"
        assert zhishou("roster", "remove", planned.stdout.strip()).exit_code == 0
        assert roster.shifts(own, Window()).items == []

    def test_is_brought_in_from_a_table(self, own: Engine, zhishou: Zhishou, tmp_path: Path):
        """And goes out as one."""
        zhishou("people", "add", "hot2", "--name", "热线", "--role", "hotline")
        file = tmp_path / "roster.csv"
        file.write_text("岗位,人员,开始时间,结束时间\n热线,hot2,2030-02-01 08:00,2030-02-01 24:00\n", encoding="utf-8")
        assert zhishou("roster", "import", str(file)).stdout == "rows imported: 1\n"
        written = "热线,hot2,,2030-02-01 08:00:00,2030-02-02 00:00:00"
        assert zhishou("roster", "list", "--csv").stdout.splitlines()[1] == written


def test_the_three_commands_have_help() -> None:
    """Each says what it is for."""
    for name in ("people", "customers", "roster"):
        app = application([name])
        assert isinstance(app, typer.Typer)
        assert CliRunner().invoke(app, [name, "--help"]).exit_code == 0
