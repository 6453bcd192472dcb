"""The rules of the registry, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.people.actors import CUSTOMER_SIDE, Role
from domain.people.duty import DUTIES, Grade
from domain.words.text import NOTHING_TO_READ, folded
from policies.pack import SWITCHES
from store.models import OrganisationKind
from store.registry.contract_rules import contract_faults
from store.registry.records import Authorisation, Contract, Person, RegisteredCustomer, Shift
from store.registry.rules import Known, authorisation_faults, customer_faults, id_faults, person_faults, shift_faults

KNOWN = Known(
    {"hospital": frozenset({"technical", "business"}), "school": frozenset({"technical"})},
    {"we": OrganisationKind.SERVICE, "maker": OrganisationKind.VENDOR},
)
ENGINEER = Person("li", "李明", Role.ENGINEER)
CONTACT = Person("wang", "王芳", Role.CUSTOMER_CONTACT, customers=("hospital",))
APPROVER = Person("zhao", "赵强", Role.CUSTOMER_APPROVER, "technical", ("hospital", "school"))
VENDOR = Person("wu", "吴刚", Role.VENDOR, organisation="maker")
ON_CALL = {"li": ENGINEER, "zhou": Person("zhou", "周", Role.ENGINEER), "wang": CONTACT}
NOW = datetime(2026, 2, 13, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def wrong(person: Person, **changes: Any) -> list[str]:
    """The fields that are wrong."""
    return [fault.field for fault in person_faults(replace(person, **changes), KNOWN)]


class TestAPerson:
    @pytest.mark.parametrize("person", [ENGINEER, CONTACT, APPROVER, VENDOR, replace(ENGINEER, organisation="we")])
    def test_of_each_side_is_right(self, person: Person):
        """With what belongs to the role and nothing else."""
        assert wrong(person) == []

    @pytest.mark.parametrize("id_", ["", "Li", "李明", "li ming", "-li", ".", "..", "a/b", "a" * 65, "li\n", "system"])
    def test_has_an_id_of_small_letters_digits_and_three_signs(self, id_: str):
        """It stands in addresses; ``system`` is the software itself."""
        assert wrong(ENGINEER, id=id_) == ["id"]

    @pytest.mark.parametrize("id_", ["l", "0", "li.ming-2_x", "a" * 64])
    def test_may_have_any_such_id(self, id_: str):
        """From one character to sixty-four."""
        assert wrong(ENGINEER, id=id_) == []

    def test_has_an_id_that_no_other_is_taken_for(self):
        """Who signs in may write it large or in full width, so that no id holds a character that folds to another."""
        taken = [chr(code) for code in range(0x20000) if not any(id_faults(f"a{chr(code)}"))]
        assert [folded(f"a{character}").casefold() for character in taken] == [f"a{character}" for character in taken]

    @pytest.mark.parametrize(
        "name", ["", "a" * 201, "李\n明", "a\rBcc: x", "a\x00", "李\u202e明", "a\u2028b", "a\u200bb"]
    )
    def test_has_a_name_of_one_visible_line(self, name: str):
        """CVE-2023-50456: a name ends up in the head of a mail and in lists."""
        assert wrong(ENGINEER, name=name) == ["name"]

    @pytest.mark.parametrize("name", ["\u200b", "\ufeff", "\u2060", "\u00ad", "\u3164", "\u2800", "\u202e", "\ue000"])
    def test_has_a_name_that_can_be_read(self, name: str):
        """What shows nothing is no name, and is told so."""
        assert [(fault.field, fault.message) for fault in person_faults(replace(ENGINEER, name=name), KNOWN)] == [
            ("name", NOTHING_TO_READ)
        ]

    @pytest.mark.parametrize("phone", ["+86 138 0000 0000", "(0755) 8888-6666", "110"])
    def test_has_a_phone_as_people_write_it(self, phone: str):
        """In groups or not."""
        assert wrong(ENGINEER, phone=phone) == []

    @pytest.mark.parametrize(
        "extension",
        [
            " 转 8001", "转8001", " 分机 8001", "分机8001", "转分机 8001", "分机号：8001", " Ext.8001", " ext 8001",
            " EXT. 8001", "ext:8001", "x8001", " X 8001", "#8001", "＃８００１", "-8001",
        ],
    )  # fmt: skip
    def test_has_an_extension_as_people_write_it(self, extension: str):
        """Behind the number, in Chinese or English, in the width of either keyboard."""
        assert wrong(replace(ENGINEER, phone=f"010-88886666{extension}").folded()) == []

    @pytest.mark.parametrize(
        ("field", "value"),
        [("phone", text) for text in ("call me", "12", "1" * 40, "分机 8001", "110 分机", "110 x80 x01", "110 y8001")],
    )
    @pytest.mark.parametrize("person", [ENGINEER, CONTACT])
    def test_has_no_other_phone(self, person: Person, field: str, value: str):
        """Whoever is called at night must be reachable."""
        assert wrong(person, **{field: value}) == [field]

    @pytest.mark.parametrize("email", ["li", "li@", "@x.com", "li@x", "li@x.com, b@x.com", "<li@x.com>", "li@x.com\n"])
    def test_has_one_address_and_no_more(self, email: str):
        """Recipients cannot be added by a field."""
        assert wrong(ENGINEER, email=email) == ["email"]

    @pytest.mark.parametrize("role", sorted(set(Role) - CUSTOMER_SIDE - {Role.VENDOR, Role.SYSTEM}))
    def test_of_ours_has_neither_customers_nor_department(self, role: Role):
        """These decide what a customer's people see and approve."""
        assert wrong(ENGINEER, role=role, customers=("hospital",), department="technical") == [
            "customers",
            "department",
        ]

    @pytest.mark.parametrize("role", sorted(CUSTOMER_SIDE))
    def test_of_a_customer_needs_one_that_exists(self, role: Role):
        """Else they would see nothing, or one day somebody else's tickets."""
        department = "technical" if role is Role.CUSTOMER_APPROVER else None
        assert "customers" in wrong(CONTACT, role=role, customers=(), department=department)
        assert wrong(CONTACT, role=role, customers=("nobody",), department=department) == ["customers"]
        assert wrong(CONTACT, role=role, customers=("school", "school"), department=department) == ["customers"]

    @pytest.mark.parametrize("department", [None, "business", "finance"])
    def test_who_approves_speaks_for_a_department_of_each_customer(self, department: str | None):
        """The school has no business department."""
        assert wrong(APPROVER, department=department) == ["department"]

    def test_who_reports_has_no_department(self):
        """Only approvals ask for one."""
        assert wrong(CONTACT, department="technical") == ["department"]

    @pytest.mark.parametrize("organisation", [None, "we", "nobody"])
    def test_of_a_vendor_belongs_to_a_vendor(self, organisation: str | None):
        """Not to us."""
        assert wrong(VENDOR, organisation=organisation) == ["organisation"]

    @pytest.mark.parametrize(("person", "organisation"), [(ENGINEER, "maker"), (ENGINEER, "nobody"), (CONTACT, "we")])
    def test_of_others_belongs_to_no_vendor(self, person: Person, organisation: str):
        """Ours perhaps to the service company, a customer's to the customer."""
        assert wrong(person, organisation=organisation) == ["organisation"]

    def test_has_a_grade_only_in_the_service_company(self):
        """000-27: resident engineers are priced by it."""
        assert wrong(ENGINEER, grade=Grade.PRINCIPAL) == []
        assert wrong(VENDOR, grade=Grade.PRINCIPAL) == ["grade"]
        assert wrong(CONTACT, grade=Grade.PRINCIPAL) == ["grade"]

    def test_is_never_the_software(self):
        """Nobody signs in as it."""
        assert wrong(ENGINEER, role=Role.SYSTEM) == ["role"]

    def test_who_has_left_may_name_what_has_left_too(self):
        """But is still written properly."""
        assert wrong(APPROVER, active=False, customers=("gone",)) == []
        assert wrong(APPROVER, active=False, name="") == ["name"]


class TestAText:
    def test_is_kept_in_one_form_of_its_characters(self):
        """001-00: 用户 in Kangxi radicals, and full-width digits, are found by those who type them normally."""
        assert folded(" ⽤⼾⻓⼯ ") == "用户长工"
        assert Person("li", "⽤⼾", Role.ENGINEER, phone="１３８ ００００", email=" ").folded() == Person(
            "li", "用户", Role.ENGINEER, phone="138 0000"
        )


class TestACustomer:
    def test_has_departments_with_words_and_names(self):
        """The words are the system's, the names the customer's."""
        right = RegisteredCustomer("hospital", "医院", {"technical": "信息科", "it_2": "x"})
        assert list(customer_faults(right)) == []
        faults = customer_faults(RegisteredCustomer("hospital", "医院", {"technical": "", "业务": "医务处"}))
        assert [fault.field for fault in faults] == ["departments[0].name", "departments[1].id"]

    def test_has_names_that_can_be_read(self):
        """Its own and its departments'."""
        faults = customer_faults(RegisteredCustomer("hospital", "\u2800", {"technical": "\u3164"}))
        assert [(one.field, one.message) for one in faults] == [
            ("name", NOTHING_TO_READ),
            ("departments[0].name", NOTHING_TO_READ),
        ]


class TestAContract:
    def wrong(self, pack: str = "nuobida", **fields: Any) -> list[str]:
        return [fault.field for fault in contract_faults(Contract("c-1", "hospital", pack, **fields))]

    def test_is_of_a_pack_that_there_is(self):
        """And says which there are."""
        (fault,) = contract_faults(Contract("c-1", "hospital", "gold"))
        assert fault.field == "pack"
        assert "xinhe" in fault.message.en

    def test_sets_hours_of_remote_service_only_where_the_pack_counts_in_them(self):
        """000-25."""
        assert self.wrong(remote_calendar="7*8") == []
        assert self.wrong(remote_calendar="6*8") == ["remote_calendar"]
        assert self.wrong("xinhe", remote_calendar="7*8") == ["remote_calendar"]

    @pytest.mark.parametrize(("star", "faults"), [(0, ["star"]), (1, []), (5, []), (6, ["star"])])
    def test_has_one_to_five_stars(self, star: int, faults: list[str]):
        """000-25."""
        assert self.wrong(star=star) == faults

    def test_ends_on_the_day_on_which_it_starts_or_later(self):
        """A last day before the first is a slip of the pen."""
        day = date(2026, 2, 13)
        assert self.wrong(starts_on=day, ends_on=day) == []
        assert self.wrong(starts_on=day, ends_on=date(2026, 2, 12)) == ["ends_on"]

    @pytest.mark.parametrize(
        ("name", "right", "wrong"),
        [
            ("reported_times", False, "no"),
            ("approval_reminders_min", [5, 10], [0]),
            ("remote_silence_min", 20, "20"),
            ("heartbeat_min", None, -1),
            ("consultation_levels", ["I", "II"], ["V"]),
            ("major_levels", ["I"], "I"),
            ("paid_causes", ["environment"], ["weather"]),
        ],
    )
    def test_sets_a_switch_to_what_a_pack_could_say(self, name: str, right: object, wrong: object):
        """A value of another form would break the opening of every ticket under it."""
        assert self.wrong(switches={name: right}) == []
        assert self.wrong(switches={name: wrong}) == [f"switches.{name}"]

    def test_sets_nothing_that_is_no_switch(self):
        """Budgets are the pack's; the fault names all the switches that there are."""
        (fault,) = contract_faults(Contract("c-1", "hospital", "xinhe", switches={"levels": []}))
        assert fault.field == "switches.levels"
        assert all(name in fault.message.en for name in SWITCHES)


class TestAShift:
    def wrong(self, **changes: Any) -> list[str]:
        shift = replace(Shift(Role.ENGINEER, "li", NOW, NOW + DAY), **changes)
        return [fault.field for fault in shift_faults(shift, ON_CALL)]

    def test_is_of_somebody_active_who_has_that_role(self):
        """An absent name would be a gap that nobody sees."""
        assert self.wrong() == []
        assert self.wrong(person="nobody") == ["person"]
        assert self.wrong(duty=Role.HOTLINE) == ["person"]
        gone = ON_CALL | {"li": replace(ENGINEER, active=False)}
        assert [one.field for one in shift_faults(Shift(Role.ENGINEER, "li", NOW, NOW + DAY), gone)] == ["person"]

    def test_may_be_taken_by_another_of_that_role(self):
        """For all of it, and not by the person concerned."""
        assert self.wrong(substitute="zhou") == []
        assert self.wrong(substitute="wang") == ["substitute"]
        assert self.wrong(substitute="li") == ["substitute"]

    @pytest.mark.parametrize("duty", sorted(set(Role) - DUTIES))
    def test_is_of_no_duty_that_does_not_serve(self, duty: Role):
        """Customers, vendors, auditors and administrators are on no roster."""
        assert self.wrong(duty=duty) == ["duty"]

    def test_ends_after_it_begins(self):
        """An empty one covers nothing."""
        assert self.wrong(ends_at=NOW) == ["ends_at"]

    def test_lasts_a_month_at_most(self):
        """Else a slip of the year leaves the roster without a gap for ever."""
        assert self.wrong(ends_at=NOW + 31 * DAY) == []
        assert self.wrong(ends_at=NOW.replace(year=2099)) == ["ends_at"]

    def test_collides_with_one_of_the_same_people_at_the_same_time(self):
        """As the person or as the substitute; another duty, or the next shift, is no matter."""
        shift = Shift(Role.ENGINEER, "li", NOW, NOW + DAY)
        assert shift.collides(Shift(Role.ENGINEER, "zhou", NOW, NOW + DAY, substitute="li"))
        assert not shift.collides(Shift(Role.ENGINEER, "zhou", NOW, NOW + DAY))
        assert not shift.collides(Shift(Role.EXPERT, "li", NOW, NOW + DAY))
        assert not shift.collides(Shift(Role.ENGINEER, "li", NOW + DAY, NOW + 2 * DAY))


class TestAStandingAuthorisation:
    def wrong(self, **changes: Any) -> list[str]:
        right = Authorisation("hospital", "协调厂商", "paper", "王主任", NOW - DAY, NOW + DAY, "pm", "A1")
        return [fault.field for fault in authorisation_faults(replace(right, **changes), NOW)]

    def test_was_granted_and_ends(self):
        """004-05: with an expiry, and not for the past."""
        assert self.wrong() == []
        assert self.wrong(granted_at=NOW + DAY / 2) == ["granted_at"]
        assert self.wrong(expires_at=NOW) == ["expires_at"]

    def test_ends_within_three_years(self):
        """Whoever signed it has left by then; the customer renews it."""
        assert self.wrong(expires_at=NOW + 3 * 365 * DAY) == []
        assert self.wrong(expires_at=NOW.replace(year=2099)) == ["expires_at"]

    def test_says_what_by_whom_and_how(self):
        """Otherwise it proves nothing."""
        assert self.wrong(scope="", granted_by="", channel="rumour") == ["scope", "granted_by", "channel"]
        assert self.wrong(scope="\u200b", granted_by="\u3164") == ["scope", "granted_by"]
        assert self.wrong(evidence=None) == ["evidence"]
