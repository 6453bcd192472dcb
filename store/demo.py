"""The demo installation: five customers with a contract each, people for every role, and a roster without gaps."""

import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from domain.contract.calendars import CHINA
from domain.people.actors import CUSTOMER_SIDE, Role
from domain.people.duty import Grade
from store.access.passwords import new_password
from store.database import connect
from store.models import (
    ContractRow,
    CustomerRow,
    DepartmentRow,
    OrganisationKind,
    OrganisationRow,
    PersonRow,
    ShiftRow,
    StandingAuthorisationRow,
)
from store.registry.records import Authorisation, Contract, Person, Shift
from store.registry.roster import meanwhile

#: Customer by customer, its name and its pack.
CUSTOMERS = {
    "demo-nuobida": ("示范客户·省人民医院", "nuobida"),
    "demo-fuao": ("示范客户·港城物流集团", "fuao"),
    "demo-standard": ("示范客户·市第一中学", "standard"),
    "demo-sitech": ("示范客户·江北通信公司", "sitech"),
    "demo-xinhe": ("示范客户·开发区管委会", "xinhe"),
}
#: What each customer calls its departments.
DEPARTMENTS = {
    "demo-nuobida": {"technical": "信息科", "business": "医务处"},
    "demo-fuao": {"technical": "信息技术部", "business": "运营部"},
    "demo-standard": {"technical": "网络中心", "business": "总务处"},
    "demo-sitech": {"technical": "网络运维部", "business": "市场部"},
    "demo-xinhe": {"technical": "信息中心", "business": "综合办公室"},
}
ORGANISATIONS = {
    "service": ("示范服务公司", OrganisationKind.SERVICE),
    "vendor": ("示范设备厂家", OrganisationKind.VENDOR),
}
STARTS_ON, ENDS_ON = date(2026, 1, 1), date(2028, 12, 31)


@dataclass(frozen=True, slots=True)
class _Demo:
    name: str
    role: Role
    department: str | None = None
    grade: Grade | None = None


PEOPLE = {
    "hotline": _Demo("周晓雯", Role.HOTLINE),
    "engineer": _Demo("李建国", Role.ENGINEER, grade=Grade.SENIOR),
    "engineer2": _Demo("王海涛", Role.ENGINEER, grade=Grade.MIDDLE),
    "pm": _Demo("陈立群", Role.PROJECT_MANAGER),
    "duty": _Demo("赵敏", Role.DUTY_MANAGER),
    "expert": _Demo("孙启明", Role.EXPERT, grade=Grade.EXPERT),
    "vendor": _Demo("吴志强", Role.VENDOR),
    "supervisor": _Demo("郑丽华", Role.SUPERVISOR),
    "stock": _Demo("冯春生", Role.STOCK_KEEPER),
    "auditor": _Demo("何文静", Role.AUDITOR),
    "admin": _Demo("许志远", Role.ADMINISTRATOR),
    "customer": _Demo("刘雅琴", Role.CUSTOMER_CONTACT),
    "tech": _Demo("马俊峰", Role.CUSTOMER_APPROVER, "technical"),
    "business": _Demo("林秋月", Role.CUSTOMER_APPROVER, "business"),
}

#: Duty by duty, who follows whom; each takes an equal part of the day, from midnight in China.
ROTA = {Role.HOTLINE: ("hotline",), Role.ENGINEER: ("engineer2", "engineer"), Role.DUTY_MANAGER: ("duty",)}
#: The week that runs and those after it.
_WEEKS = 5


def seed(database_url: str, now: datetime | None = None) -> dict[str, str]:
    """Add what is missing of the demo; answer the passwords of the people added, this once."""
    engine = connect(database_url)
    try:
        with engine.begin() as connection:
            _add_customers(connection)
            passwords = _add_people(connection)
            _add_authorisation(connection)
            _add_shifts(connection, now or datetime.now(UTC))
            return passwords
    finally:
        engine.dispose()


def _add_customers(connection: Connection) -> None:
    organisations = [{"id": id_, "name": name, "kind": kind} for id_, (name, kind) in ORGANISATIONS.items()]
    customers = [{"id": id_, "name": name} for id_, (name, _) in CUSTOMERS.items()]
    departments = [
        {"customer": customer, "id": word, "name": name}
        for customer, named in DEPARTMENTS.items()
        for word, name in named.items()
    ]
    contracts = [
        asdict(Contract(f"{id_}-2026", id_, pack, starts_on=STARTS_ON, ends_on=ENDS_ON))
        for id_, (_, pack) in CUSTOMERS.items()
    ]
    connection.execute(insert(OrganisationRow).on_conflict_do_nothing(), organisations)
    connection.execute(insert(CustomerRow).on_conflict_do_nothing(), customers)
    connection.execute(insert(DepartmentRow).on_conflict_do_nothing(), departments)
    connection.execute(insert(ContractRow).on_conflict_do_nothing(), contracts)


def _add_people(connection: Connection) -> dict[str, str]:
    known = set(connection.scalars(select(PersonRow.id)))
    passwords: dict[str, str] = {}
    for place, (id_, person) in enumerate(PEOPLE.items()):
        if id_ in known:
            continue
        passwords[id_], hashed = new_password()
        row = asdict(_person(id_, person, place)) | {"password_hash": hashed}
        connection.execute(insert(PersonRow).values(row))
    return passwords


def _person(id_: str, person: _Demo, place: int) -> Person:
    ours = "vendor" if person.role is Role.VENDOR else "service"
    of_customer = person.role in CUSTOMER_SIDE
    return Person(
        id=id_,
        name=person.name,
        role=person.role,
        department=person.department,
        customers=tuple(CUSTOMERS) if of_customer else (),
        organisation=None if of_customer else ours,
        phone=f"139000000{place:02}",
        email=f"{id_}@example.com",
        grade=person.grade,
    )


def _add_authorisation(connection: Connection) -> None:
    """A customer that lets us coordinate its vendors (004-05)."""
    authorisation = Authorisation(
        id=_always_the_same("authorisation"),
        customer="demo-xinhe",
        scope="代表客户诊断故障，并协调相关厂商共同处理",
        channel="paper",
        evidence=None,
        granted_by="刘雅琴",
        granted_at=datetime.combine(STARTS_ON, time(), CHINA),
        expires_at=datetime.combine(ENDS_ON, time(), CHINA),
        recorded_by="pm",
    )
    connection.execute(insert(StandingAuthorisationRow).on_conflict_do_nothing(), [asdict(authorisation)])


def _add_shifts(connection: Connection, now: datetime) -> None:
    """What is missing of the roster, where nobody has planned otherwise."""
    planned = [shift for duty in ROTA for shift in _planned(duty, now)]
    others = meanwhile(connection, planned)
    missing = [asdict(shift) for shift in planned if not any(shift.collides(other) for other in others)]
    if missing:
        connection.execute(insert(ShiftRow).on_conflict_do_nothing(), missing)


def _planned(duty: Role, now: datetime) -> list[Shift]:
    """Shifts without a gap from Monday of this week on."""
    today = datetime.combine(now.astimezone(CHINA), time(), CHINA)
    monday, each = today - timedelta(days=today.weekday()), timedelta(days=1) / len(ROTA[duty])
    starts = [monday + each * turn for turn in range(7 * _WEEKS * len(ROTA[duty]))]
    return [
        Shift(duty, ROTA[duty][turn % len(ROTA[duty])], begins, begins + each, id=_always_the_same(f"{duty} {begins}"))
        for turn, begins in enumerate(starts)
    ]


def _always_the_same(what: str) -> str:
    """An id by which a second start knows what the first one added."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"demo {what}"))
