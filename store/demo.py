"""The demo installation: five customers with a contract each, and people for every role."""

from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from domain.people import CUSTOMER_SIDE, Role
from store.database import connect
from store.models import ContractRow, CustomerRow, PersonRow
from store.registry.passwords import new_password

#: Customer by customer, its name and its pack.
CUSTOMERS = {
    "demo-nuobida": ("示范客户·省人民医院", "nuobida"),
    "demo-fuao": ("示范客户·港城物流集团", "fuao"),
    "demo-standard": ("示范客户·市第一中学", "standard"),
    "demo-sitech": ("示范客户·江北通信公司", "sitech"),
    "demo-xinhe": ("示范客户·开发区管委会", "xinhe"),
}


@dataclass(frozen=True, slots=True)
class _Demo:
    name: str
    role: Role
    department: str | None = None


PEOPLE = {
    "hotline": _Demo("周晓雯", Role.HOTLINE),
    "engineer": _Demo("李建国", Role.ENGINEER),
    "engineer2": _Demo("王海涛", Role.ENGINEER),
    "pm": _Demo("陈立群", Role.PROJECT_MANAGER),
    "duty": _Demo("赵敏", Role.DUTY_MANAGER),
    "expert": _Demo("孙启明", Role.EXPERT),
    "vendor": _Demo("吴志强", Role.VENDOR),
    "supervisor": _Demo("郑丽华", Role.SUPERVISOR),
    "stock": _Demo("冯春生", Role.STOCK_KEEPER),
    "auditor": _Demo("何文静", Role.AUDITOR),
    "admin": _Demo("许志远", Role.ADMINISTRATOR),
    "customer": _Demo("刘雅琴", Role.CUSTOMER_CONTACT),
    "tech": _Demo("马俊峰", Role.CUSTOMER_APPROVER, "technical"),
    "business": _Demo("林秋月", Role.CUSTOMER_APPROVER, "business"),
}


def seed(database_url: str) -> dict[str, str]:
    """Add what is missing of the demo; answer the passwords of the people added, this once."""
    engine = connect(database_url)
    try:
        with engine.begin() as connection:
            _add_customers(connection)
            return _add_people(connection)
    finally:
        engine.dispose()


def _add_customers(connection: Connection) -> None:
    customers = [{"id": id_, "name": name} for id_, (name, _) in CUSTOMERS.items()]
    contracts = [
        {"id": f"{id_}-2026", "customer": id_, "pack": pack, "switches": {}} for id_, (_, pack) in CUSTOMERS.items()
    ]
    connection.execute(insert(CustomerRow).on_conflict_do_nothing(), customers)
    connection.execute(insert(ContractRow).on_conflict_do_nothing(), contracts)


def _add_people(connection: Connection) -> dict[str, str]:
    known = set(connection.scalars(select(PersonRow.id)))
    passwords: dict[str, str] = {}
    for id_, person in PEOPLE.items():
        if id_ in known:
            continue
        passwords[id_], hashed = new_password()
        row = {
            "id": id_,
            "name": person.name,
            "role": person.role,
            "department": person.department,
            "customers": tuple(CUSTOMERS) if person.role in CUSTOMER_SIDE else (),
            "password_hash": hashed,
        }
        connection.execute(insert(PersonRow).values(row))
    return passwords
