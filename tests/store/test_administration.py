"""Administration of people, customers, contracts and the roster, on a real database."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, select, update

from demo.people import CUSTOMERS
from domain.people.actors import Role
from runtime.sign_in_settings import Way
from store.access import sessions
from store.access.sessions import Browser, Lives
from store.access.tokens import bearer, issue
from store.models import OrganisationKind, PersonRow
from store.paging import Place, Window
from store.registry import contracts, customers, organisations, people
from store.registry.faults import ConflictError, FaultyError, InvalidError, UnknownError
from store.registry.people import Wanted, change_person
from store.registry.records import Authorisation, Contract, Organisation, Person, RegisteredCustomer

NOW = datetime(2036, 2, 13, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def fields(refusal: pytest.ExceptionInfo[FaultyError]) -> list[str]:
    return [fault.field for fault in refusal.value.faults]


def ids(found: Iterable[Person]) -> list[str]:
    return [one.id for one in found]


@pytest.fixture(scope="module", autouse=True)
def somebody(engine: Engine) -> None:
    """More people than the demo has."""
    for place, name in enumerate(("eng-a", "eng-b", "eng-c")):
        people.add_person(engine, Person(name, f"工程师 {name}", Role.ENGINEER, phone=f"138 0000 000{place}"))


class TestAPerson:
    def test_is_kept_in_one_form_of_its_characters(self, engine: Engine):
        """001-00: the raw text is not kept."""
        kept = people.add_person(engine, Person("kangxi", " ⽤⼾ ", Role.ENGINEER, phone="１３８０"))
        assert (kept.name, kept.phone) == ("用户", "1380")
        assert people.details(engine, "kangxi") == kept

    def test_has_no_password_at_first(self, engine: Engine):
        """And a change of their data leaves the one that they have."""
        with engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "eng-b").values(password_hash="kept"))
        change_person(engine, "eng-b", {"name": "另一个名字"})
        with engine.connect() as connection:
            found = dict(connection.execute(select(PersonRow.id, PersonRow.password_hash)).all())
        assert (found["eng-a"], found["eng-b"]) == (None, "kept")

    def test_has_an_id_of_his_own(self, engine: Engine):
        """The second gets told which field it is."""
        with pytest.raises(ConflictError) as refusal:
            people.add_person(engine, Person("eng-a", "另一个", Role.EXPERT))
        assert fields(refusal) == ["id"]

    def test_is_checked_against_what_there_is(self, engine: Engine):
        """Customers, their departments and organisations."""
        right = Person("new", "新人", Role.CUSTOMER_APPROVER, "finance", ("demo-xinhe",))
        with pytest.raises(InvalidError) as refusal:
            people.add_person(engine, right)
        assert fields(refusal) == ["department"]
        assert people.details(engine, "new") is None

    def test_who_is_not_there_cannot_be_changed(self, engine: Engine):
        """Nor deactivated."""
        with pytest.raises(UnknownError):
            change_person(engine, "nobody", {"active": False})

    def test_who_has_left_acts_no_more_and_stays_on_record(self, engine: Engine):
        """Tickets name them for ever. What they held opens nothing, also should they come back."""
        people.add_person(engine, Person("leaver", "离职", Role.ENGINEER))
        leaver = people.person(engine, "leaver")
        assert leaver is not None
        token = issue(engine, "leaver", name="laptop", lasts=timedelta(days=1), now=datetime.now(UTC))
        browser = Browser("Firefox", "10.0.0.7", Way.PASSWORD)
        secret = str(sessions.begin(engine, leaver, browser, Lives(), datetime.now(UTC)).renewed)
        change_person(engine, "leaver", {"active": False})
        assert people.person(engine, "leaver") is None
        now = datetime.now(UTC)
        change_person(engine, "leaver", {"active": True})
        assert bearer(engine, token, now) is None
        assert sessions.session_of(engine, engine, secret, Lives(), now) is None
        change_person(engine, "leaver", {"active": False})
        found = people.details(engine, "leaver")
        assert found is not None
        assert not found.active


class TestAnAdministrator:
    def test_does_not_change_his_own_role(self, engine: Engine):
        """Another one may; their own name they may change."""
        people.add_person(engine, Person("admin2", "第二位", Role.ADMINISTRATOR))
        with pytest.raises(ConflictError) as refusal:
            change_person(engine, "admin2", {"role": Role.EXPERT}, by="admin2")
        assert fields(refusal) == ["role"]
        change_person(engine, "admin2", {"name": "改名"}, by="admin2")
        assert change_person(engine, "admin2", {"role": Role.EXPERT}, by="admin").role is Role.EXPERT

    @pytest.mark.parametrize(("change", "named"), [({"active": False}, "active"), ({"role": Role.EXPERT}, "role")])
    def test_who_is_the_last_one_stays(self, engine: Engine, change: dict[str, object], named: str):
        """Also from the command line: nobody could undo it over HTTP."""
        with pytest.raises(ConflictError) as refusal:
            change_person(engine, "admin", change)
        assert fields(refusal) == [named]

    def test_is_left_when_two_leave_at_the_same_moment(self, engine: Engine):
        """Each would be right alone."""
        people.add_person(engine, Person("admin3", "第三位", Role.ADMINISTRATOR))
        start = Barrier(2)

        def leave(who: str) -> bool:
            start.wait()
            try:
                change_person(engine, who, {"active": False})
            except ConflictError:
                return False
            return True

        with ThreadPoolExecutor(2) as both:
            left = list(both.map(leave, ["admin", "admin3"]))
        assert sorted(left) == [False, True]
        for who in ("admin", "admin3"):
            change_person(engine, who, {"active": True})
        change_person(engine, "admin3", {"active": False})


class TestAList:
    def test_of_people_comes_in_pages_that_together_are_the_whole(self, engine: Engine):
        """By id; nobody twice, nobody left out."""
        whole, end = people.people(engine, Wanted(), Window())
        assert end is None
        paged: list[str] = []
        after: Place | None = None
        while True:
            page, after = people.people(engine, Wanted(), Window(3, after))
            paged += ids(page)
            if after is None:
                break
        assert paged == ids(whole) == sorted(paged)

    @pytest.mark.parametrize(
        ("wanted", "expected"),
        [
            (Wanted(role=Role.DUTY_MANAGER), ["duty"]),
            (Wanted(customer="demo-fuao", role=Role.CUSTOMER_CONTACT), ["customer"]),
            (Wanted(customer="another"), []),
            (Wanted(text="李建"), ["engineer"]),
            (Wanted(text="李建國"), ["engineer"]),
            (Wanted(text="ＥＮＧ-Ｃ"), ["eng-c"]),
            (Wanted(text="%"), []),
            (Wanted(text="ENG-C"), ["eng-c"]),
        ],
    )
    def test_of_people_holds_who_is_asked_for(self, engine: Engine, wanted: Wanted, expected: list[str]):
        """No character of a text is a wildcard."""
        assert ids(people.people(engine, wanted, Window()).items) == expected

    def test_of_colleagues_holds_active_people_who_can_be_in_charge(self, engine: Engine):
        """Neither customers nor vendors, nor who only takes reports or keeps the stock, nor who has left."""
        people.add_person(engine, Person("gone", "走了", Role.ENGINEER))
        change_person(engine, "gone", {"active": False})
        found = ids(people.colleagues(engine, Window()).items)
        assert {"engineer", "pm", "duty", "expert", "eng-a"} <= set(found)
        assert not {"gone", "customer", "tech", "vendor", "auditor", "admin", "stock", "hotline", "leader"} & set(found)


class TestAnOrganisation:
    def test_is_added_and_renamed(self, engine: Engine):
        """What it is stays: its people depend on it."""
        organisations.add_organisation(engine, Organisation("maker", "厂家", OrganisationKind.VENDOR))
        assert organisations.change_organisation(engine, "maker", {"name": "新名"}).kind is OrganisationKind.VENDOR
        assert organisations.organisation(engine, "maker") == Organisation("maker", "新名", OrganisationKind.VENDOR)
        with pytest.raises(ConflictError):
            organisations.add_organisation(engine, Organisation("maker", "又一个", OrganisationKind.SERVICE))
        with pytest.raises(UnknownError):
            organisations.change_organisation(engine, "nobody", {"name": "x"})


class TestACustomer:
    def test_keeps_its_departments(self, engine: Engine):
        """What is sent is all that there is from then on."""
        customers.add_customer(
            engine, RegisteredCustomer("zoo", "动物园", {"technical": "技术科", "business": "经营科"})
        )
        changed = customers.change_customer(
            engine, "zoo", {"departments": {"technical": "信息科", "animals": "饲养科"}}
        )
        assert customers.customer(engine, "zoo") == changed
        assert changed.departments == {"technical": "信息科", "animals": "饲养科"}

    def test_keeps_the_department_that_an_approver_speaks_for(self, engine: Engine):
        """Otherwise nobody could approve, and nobody would know why."""
        with pytest.raises(ConflictError) as refusal:
            customers.change_customer(engine, "demo-xinhe", {"departments": {"technical": "信息中心"}})
        assert fields(refusal) == ["departments"]
        found = customers.customer(engine, "demo-xinhe")
        assert found is not None
        assert set(found.departments) == {"technical", "business"}

    def test_that_has_left_reports_nothing_more(self, engine: Engine):
        """It stays on record."""
        customers.add_customer(engine, RegisteredCustomer("gone", "旧客户"))
        assert customers.customer_name(engine, "gone") == "旧客户"
        customers.change_customer(engine, "gone", {"active": False})
        assert customers.customer_name(engine, "gone") is None
        assert customers.customer(engine, "gone") is not None

    def test_is_found_by_its_name(self, engine: Engine):
        """A page at a time."""
        found, last = customers.customers(engine, Window(2), text="示範客戶")
        assert last is not None
        more, end = customers.customers(engine, Window(after=last), text="示范客户")
        assert [one.id for one in (*found, *more)] == sorted(CUSTOMERS)
        assert end is None


class TestAContract:
    def test_belongs_to_its_customer(self, engine: Engine):
        """Another customer's id does not reach it."""
        contracts.add_contract(engine, Contract("zhong-1", "demo-fuao", "xinhe", switches={"heartbeat_min": 30}))
        with pytest.raises(UnknownError):
            contracts.change_contract(engine, "demo-sitech", "zhong-1", {"star": 3})
        with pytest.raises(UnknownError):
            contracts.add_contract(engine, Contract("zhong-2", "nobody", "xinhe"))
        with pytest.raises(ConflictError):
            contracts.add_contract(engine, Contract("zhong-1", "demo-sitech", "xinhe"))

    def test_that_is_over_opens_no_ticket_but_is_found_by_those_it_has(self, engine: Engine):
        """A ticket that was opened a moment before still agrees its terms."""
        contracts.add_contract(engine, Contract("over-1", "demo-nuobida", "sitech"))
        assert contracts.pack_of(engine, "demo-nuobida", "over-1", NOW) == "sitech"
        contracts.change_contract(engine, "demo-nuobida", "over-1", {"active": False})
        for word in ("over-1", "sitech"):
            with pytest.raises(contracts.NoContractError):
                contracts.pack_of(engine, "demo-nuobida", word, NOW)
            assert contracts.contract_of(engine, "demo-nuobida", word, NOW).id == "over-1"

    def test_that_is_over_leaves_its_pack_to_the_one_that_follows(self, engine: Engine):
        """The pack's id means the only one that is active."""
        for year in (2026, 2027):
            contracts.add_contract(engine, Contract(f"next-{year}", "demo-nuobida", "xinhe"))
        contracts.change_contract(engine, "demo-nuobida", "next-2026", {"active": False})
        assert contracts.contract_of(engine, "demo-nuobida", "xinhe", NOW).id == "next-2027"
        assert contracts.contract_of(engine, "demo-nuobida", "next-2026", NOW).id == "next-2026"


class TestAStandingAuthorisation:
    def granted(self, engine: Engine, until: datetime) -> Authorisation:
        new = Authorisation("demo-fuao", "协调厂商", "paper", "王主任", NOW, until, "pm", "A1")
        return customers.authorise(engine, new, NOW)

    def test_holds_until_its_end(self, engine: Engine):
        """004-05: half-open; of several the one that ends last counts."""
        assert customers.standing_until(engine, "demo-fuao", NOW) is None
        self.granted(engine, NOW + DAY)
        self.granted(engine, NOW + 2 * DAY)
        assert customers.standing_until(engine, "demo-fuao", NOW - HOUR) is None
        assert customers.standing_until(engine, "demo-fuao", NOW) == NOW + 2 * DAY
        assert customers.standing_until(engine, "demo-fuao", NOW + 2 * DAY) is None
        assert customers.standing_until(engine, "demo-sitech", NOW) is None

    def test_holds_no_longer_once_it_is_revoked(self, engine: Engine):
        """What was done before stays covered; a second revocation changes nothing."""
        longest = self.granted(engine, NOW + 9 * DAY)
        customers.revoke_authorisation(engine, "demo-fuao", longest.id, NOW + HOUR)
        customers.revoke_authorisation(engine, "demo-fuao", longest.id, NOW + DAY)
        assert customers.standing_until(engine, "demo-fuao", NOW) == NOW + 9 * DAY
        assert customers.standing_until(engine, "demo-fuao", NOW + HOUR) == NOW + 2 * DAY
        with pytest.raises(UnknownError):
            customers.revoke_authorisation(engine, "demo-sitech", longest.id, NOW)

    def test_is_recorded_of_a_customer_by_somebody_who_exist(self, engine: Engine):
        """Both are told apart."""
        new = Authorisation("nobody", "协调厂商", "paper", "王主任", NOW, NOW + DAY, "pm")
        with pytest.raises(UnknownError):
            customers.authorise(engine, new, NOW)
        with pytest.raises(InvalidError) as refusal:
            customers.authorise(
                engine, Authorisation("demo-fuao", "x", "mail", "y", NOW, NOW + DAY, "nobody", "A1"), NOW
            )
        assert fields(refusal) == ["recorded_by"]
