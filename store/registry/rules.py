"""Rules: what must hold of a person, a customer, a shift, an authorisation. Pure; contracts have their own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.matters.consents import ConsentChannel
from domain.people.actors import CUSTOMER_SIDE, SYSTEM, Role
from domain.people.duty import DUTIES
from domain.words.label import Label
from domain.words.text import NOTHING_TO_READ, hidden_at, is_one_line, says_something
from store.models import OrganisationKind
from store.registry.faults import Fault, not_among
from store.registry.records import Authorisation, Organisation, Person, RegisteredCustomer, Shift

LONGEST_NAME = 200
#: How far ahead somebody still answers for what a customer lets us do, and a planner for a shift.
_AUTHORISED_AT_MOST, _ON_DUTY_AT_MOST = timedelta(days=3 * 366), timedelta(days=31)
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_WORD = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_PHONE = re.compile(r"\+?\(?[0-9][0-9 ()-]{2,28}( ?(转|转?分机号?:?|ext\.?:?|x|#) ?[0-9]{1,6})?", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}")
_OF_NO_CUSTOMER = Label("只有客户方人员才有此项", "only a customer's people have any")

_CALLED = Label(
    "已有工单用此名称呼未登记的厂家，若作为用户名，其人将能看到那些工单；请换一个，例如加上姓名",
    "is what tickets call a vendor whom nobody had registered, and would open them; choose another, as with a name",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a person may name.

    Attributes:
        customers: the words of each customer's departments, by customer.
        organisations: the kind of each.
        called: words that tickets have for vendors whom nobody had registered.
    """

    customers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    organisations: Mapping[str, OrganisationKind] = field(default_factory=dict)
    called: frozenset[str] = frozenset()


def person_faults(person: Person, known: Known) -> Iterator[Fault]:
    """What is wrong with a person; somebody inactive may name what is there no more."""
    yield from id_faults(person.id)
    if person.id in known.called:
        yield Fault("id", _CALLED)
    yield from text_faults("name", person.name)
    if person.phone is not None and not _PHONE.fullmatch(person.phone):
        yield Fault(
            "phone",
            Label(
                "须为电话号码，例如 +86 138 0000 0000 或 010-88886666 分机 8001",
                "must be a number such as +86 138 0000 0000 or 010-88886666 ext. 8001",
            ),
        )
    if person.email is not None and not _EMAIL.fullmatch(person.email):
        yield Fault("email", Label("须为邮箱地址，例如 li@example.com", "must be an address such as li@example.com"))
    if person.role is Role.SYSTEM:
        yield not_among("role", set(Role) - {Role.SYSTEM})
    elif person.active:
        yield from _customer_side(person, known)
        yield from _organisation(person, known)
        if person.grade is not None and person.role in CUSTOMER_SIDE | {Role.VENDOR}:
            yield Fault("grade", Label("只有服务公司人员才有职级", "only people of the service company have one"))


def _customer_side(person: Person, known: Known) -> Iterator[Fault]:
    """Customers and department agree with the role."""
    if person.role not in CUSTOMER_SIDE:
        if person.customers:
            yield Fault("customers", _OF_NO_CUSTOMER)
    elif not person.customers:
        yield Fault("customers", Label("客户方人员须至少属于一个客户", "a customer's person needs one at least"))
    missing = [customer for customer in person.customers if customer not in known.customers]
    for customer in missing:
        yield Fault("customers", Label(f"没有客户 {customer}", f"there is no customer {customer}"))
    if len(set(person.customers)) < len(person.customers):
        yield Fault("customers", Label("同一客户出现两次", "one stands there twice"))
    if person.role is not Role.CUSTOMER_APPROVER:
        if person.department is not None:
            yield Fault("department", Label("只有客户审批人才有部门", "only a customer approver has one"))
    elif not missing:
        yield from _department(person, known)


def _department(person: Person, known: Known) -> Iterator[Fault]:
    """An approver speaks for a department that each of the customers has."""
    shared = [known.customers[customer] for customer in person.customers]
    common = frozenset.intersection(*shared) if shared else frozenset()
    if person.department not in common and person.customers:
        yield not_among("department", common)


def _organisation(person: Person, known: Known) -> Iterator[Fault]:
    """A vendor's person belongs to a vendor, one of ours perhaps to the service company."""
    wanted = OrganisationKind.VENDOR if person.role is Role.VENDOR else OrganisationKind.SERVICE
    if person.role in CUSTOMER_SIDE:
        if person.organisation is not None:
            yield Fault(
                "organisation", Label("客户方人员填写客户，不填单位", "a customer's person has customers instead")
            )
    elif person.organisation is None:
        if person.role is Role.VENDOR:
            yield Fault("organisation", Label("厂家人员须属于一个厂家", "a vendor's person needs a vendor"))
    elif known.organisations.get(person.organisation) is not wanted:
        yield not_among("organisation", (id_ for id_, kind in known.organisations.items() if kind is wanted))


def organisation_faults(organisation: Organisation) -> Iterator[Fault]:
    """What is wrong with an organisation."""
    yield from id_faults(organisation.id)
    yield from text_faults("name", organisation.name)


def customer_faults(customer: RegisteredCustomer) -> Iterator[Fault]:
    """What is wrong with a customer."""
    yield from id_faults(customer.id)
    yield from text_faults("name", customer.name)
    for place, (word, name) in enumerate(customer.departments.items()):
        if not _WORD.fullmatch(word):
            yield Fault(
                f"departments[{place}].id",
                Label(
                    "须以小写字母开头，只含小写字母、数字、_ 和 -，最多 32 个字符",
                    "begins with a lower case letter; lower case letters, digits, _ and -, 32 characters at most",
                ),
            )
        yield from text_faults(f"departments[{place}].name", name)


def shift_faults(shift: Shift, people: Mapping[str, Person]) -> Iterator[Fault]:
    """What is wrong with a shift by itself; whether it collides with others is another question."""
    if shift.duty not in DUTIES:
        yield not_among("duty", DUTIES)
        return
    yield from _on_duty("person", shift.person, shift.duty, people)
    if shift.substitute is not None:
        yield from _on_duty("substitute", shift.substitute, shift.duty, people)
    if shift.substitute == shift.person:
        yield Fault("substitute", Label("须是另一个人", "must be somebody else"))
    if shift.begins_at >= shift.ends_at:
        yield Fault("ends_at", Label("须晚于开始时间", "must be later than the beginning"))
    elif shift.ends_at > shift.begins_at + _ON_DUTY_AT_MOST:
        yield Fault(
            "ends_at",
            Label(
                "一个班次最长 31 天，请核对日期；更久的请分成几个班次",
                "a shift lasts 31 days at most; check the day, and for longer plan several",
            ),
        )


def _on_duty(name: str, id_: str, duty: Role, people: Mapping[str, Person]) -> Iterator[Fault]:
    person = people.get(id_)
    if person is None or not person.active:
        yield Fault(name, Label(f"没有在用的人员 {id_}", f"there is nobody active called {id_}"))
    elif person.role is not duty:
        yield Fault(
            name,
            Label(
                f"{id_} 的角色是 {person.role}，不能值 {duty} 的班",
                f"{id_} is {person.role} and cannot be on duty as {duty}",
            ),
        )


def double_duty() -> Fault:
    """The shift collides with another."""
    return Fault(
        "person",
        Label(
            "此人（或替班人）在该时段已有同一岗位的班次",
            "this person, or the substitute, is on that duty already at that time",
        ),
    )


def authorisation_faults(authorisation: Authorisation, now: datetime) -> Iterator[Fault]:
    """What is wrong with a standing authorisation that is recorded now."""
    yield from text_faults("scope", authorisation.scope, longest=2000)
    yield from text_faults("granted_by", authorisation.granted_by)
    if authorisation.channel not in set(ConsentChannel):
        yield not_among("channel", ConsentChannel)
    if not authorisation.evidence:
        yield Fault(
            "evidence",
            Label(
                "须附书面凭据：该客户工单上的附件编号",
                "is needed: the id of an attachment of one of the customer's tickets",
            ),
        )
    if authorisation.granted_at > now:
        yield Fault("granted_at", Label("不能晚于现在", "must not lie in the future"))
    if authorisation.expires_at <= max(now, authorisation.granted_at):
        yield Fault("expires_at", Label("截止时间须在将来", "must lie in the future"))
    elif authorisation.expires_at > now + _AUTHORISED_AT_MOST:
        yield Fault(
            "expires_at",
            Label(
                "常设授权最长三年，请核对日期；需要更久的，到期前请客户续签，再登记一次",
                "lies within three years; check the day, and for longer have the customer renew it and record that",
            ),
        )


def id_faults(id_: str) -> Iterator[Fault]:
    """An id stands in addresses and file names: small letters, digits and three signs."""
    if not _ID.fullmatch(id_):
        yield Fault(
            "id",
            Label(
                "须以小写字母或数字开头，只含小写字母、数字、. _ -，最多 64 个字符",
                "begins with a lower case letter or a digit; these, '.', '_' and '-' only, 64 characters at most",
            ),
        )
    elif id_ == SYSTEM.id:
        yield Fault("id", Label("此名称为系统保留", "is reserved for the software itself"))


def text_faults(name: str, text: str, *, longest: int = LONGEST_NAME) -> Iterator[Fault]:
    """A name is one visible line: it is printed in lists, mails and file names."""
    if not text:
        yield Fault(name, Label("不能为空", "must not be empty"))
    elif len(text) > longest:
        yield Fault(name, Label(f"最多 {longest} 个字符", f"may have {longest} characters at most"))
    elif not says_something(text):
        yield Fault(name, NOTHING_TO_READ)
    elif hidden_at(text) is not None or not is_one_line(text):
        yield Fault(
            name, Label("不能含换行、控制或不可见字符", "must hold no line break, control or invisible character")
        )
