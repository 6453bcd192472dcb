"""Who there is in the demo: five customers with a contract each, and people for every role."""

from dataclasses import dataclass
from datetime import date

from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.people.duty import Grade
from store.models import OrganisationKind

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
class DemoPerson:
    """Somebody of the demo, for trying out and for tests."""

    name: str
    role: Role
    department: str | None = None
    grade: Grade | None = None

    @property
    def customers(self) -> tuple[str, ...]:
        """The customers whom they belong to: all of the demo's, where they belong to one."""
        return tuple(CUSTOMERS) if self.role in CUSTOMER_SIDE else ()


PEOPLE = {
    "hotline": DemoPerson("周晓雯", Role.HOTLINE),
    "engineer": DemoPerson("李建国", Role.ENGINEER, grade=Grade.SENIOR),
    "engineer2": DemoPerson("王海涛", Role.ENGINEER, grade=Grade.MIDDLE),
    "pm": DemoPerson("陈立群", Role.PROJECT_MANAGER),
    "duty": DemoPerson("赵敏", Role.DUTY_MANAGER),
    "expert": DemoPerson("孙启明", Role.EXPERT, grade=Grade.EXPERT),
    "vendor": DemoPerson("吴志强", Role.VENDOR),
    "supervisor": DemoPerson("郑丽华", Role.SUPERVISOR),
    "stock": DemoPerson("冯春生", Role.STOCK_KEEPER),
    "leader": DemoPerson("高建平", Role.LEADER),
    "commercial": DemoPerson("宋婉清", Role.COMMERCIAL),
    "auditor": DemoPerson("何文静", Role.AUDITOR),
    "admin": DemoPerson("许志远", Role.ADMINISTRATOR),
    "customer": DemoPerson("刘雅琴", Role.CUSTOMER_CONTACT),
    "tech": DemoPerson("马俊峰", Role.CUSTOMER_APPROVER, "technical"),
    "business": DemoPerson("林秋月", Role.CUSTOMER_APPROVER, "business"),
}

#: The same people as those who act on a ticket.
ACTORS = {id_: Actor(id_, one.role, one.customers, one.department) for id_, one in PEOPLE.items()}
