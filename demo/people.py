"""Who there is in the demo: five customers with a contract each, and people for every role."""

from dataclasses import dataclass
from datetime import date

from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.people.duty import Grade
from domain.ticket.opening import Contact
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
#: Customer by customer, who calls for it, and from where.
CONTACTS = {
    "demo-nuobida": {
        "liu": Contact("刘雅琴（信息科，门诊楼 3 层）", "13900000101"),
        "zhang": Contact("张志平（影像科，医技楼 1 层）", "13900000102"),
    },
    "demo-fuao": {
        "chen": Contact("陈港生（现场主管，三号闸口）", "13900000201"),
        "wu": Contact("吴佩云（财务部，物流大厦 5 层）", "13900000202"),
    },
    "demo-standard": {
        "he": Contact("何立新（网络中心，图书馆 2 层）", "13900000301"),
        "luo": Contact("罗晓梅（教务处，行政楼 2 层）", "13900000302"),
    },
    "demo-sitech": {
        "qin": Contact("秦海峰（网络运维部，码头营业厅）", "13900000401"),
        "gao": Contact("高秀兰（市场部，城东营业厅）", "13900000402"),
    },
    "demo-xinhe": {
        "lu": Contact("陆建华（信息中心，管委会 B1 机房）", "13900000501"),
        "xu": Contact("许文洁（综合办公室，管委会 6 层）", "13900000502"),
    },
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


def contract_id(customer: str) -> str:
    """The one contract that a customer of the demo has."""
    return f"{customer}-2026"
