"""A ticket and a desk for the tests of notices."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.audience.desk import Desk, Duty, Member
from domain.audience.messages import Message, messages
from domain.audience.notices.notice import Owed, Standing
from domain.contract.clauses import Kind
from domain.people.actors import SYSTEM, Actor, Role
from domain.ticket.opening import Contact, Customer
from domain.ticket.stages import Stage
from domain.ticket.timeline import Entry, Happening
from domain.words.label import Label
from tests.domain.samples import at

NOW = at("2026-02-13T16:05:00")

TICKET = Standing(
    number="TOLD2222",
    customer=Customer("demo-sitech", "江北通信公司"),
    contact=Contact("王工", "13800000000"),
    title="核心交换机宕机",
    stage=Stage.TRIAGE,
    received_at=at("2026-02-13T16:00:00"),
    level="A",
    level_name=Label("A级", "Level A, major"),
    owner="engineer",
    owed=Owed(Kind.RESPOND, at("2026-02-13T16:10:00")),
    vendors=("vendor",),
)

NAMES = {
    "hotline": ("周晓雯", Role.HOTLINE),
    "hotline2": ("钱多多", Role.HOTLINE),
    "engineer": ("李建国", Role.ENGINEER),
    "engineer2": ("王海涛", Role.ENGINEER),
    "pm": ("陈立群", Role.PROJECT_MANAGER),
    "duty": ("赵敏", Role.DUTY_MANAGER),
    "expert": ("孙启明", Role.EXPERT),
    "vendor": ("吴志强", Role.VENDOR),
    "supervisor": ("郑丽华", Role.SUPERVISOR),
    "stock": ("冯春生", Role.STOCK_KEEPER),
    "leader": ("高建平", Role.LEADER),
    "commercial": ("宋婉清", Role.COMMERCIAL),
    "admin": ("许志远", Role.ADMINISTRATOR),
    "customer": ("刘雅琴", Role.CUSTOMER_CONTACT),
    "tech": ("马俊峰", Role.CUSTOMER_APPROVER),
    "business": ("林秋月", Role.CUSTOMER_APPROVER),
    "foreign": ("外人", Role.CUSTOMER_CONTACT),
}
_DEPARTMENTS = {"tech": "technical", "business": "business"}


def actor(id_: str) -> Actor:
    """Somebody, as who acts."""
    role = NAMES[id_][1]
    customers = {"foreign": ("another",)}.get(id_, ("demo-sitech",))
    outside = role in {Role.CUSTOMER_CONTACT, Role.CUSTOMER_APPROVER}
    return Actor(id_, role, customers if outside else (), _DEPARTMENTS.get(id_))


MEMBERS = {id_: Member(actor(id_), name, f"139{number:08}") for number, (id_, (name, _)) in enumerate(NAMES.items())}

#: Of the roles that are always called one is on duty each.
ON_DUTY = (
    Duty(Role.HOTLINE, "hotline"),
    Duty(Role.ENGINEER, "engineer"),
    Duty(Role.PROJECT_MANAGER, "pm"),
    Duty(Role.DUTY_MANAGER, "duty"),
)
DESK = Desk(MEMBERS, ON_DUTY)


def without(*ids: str, desk: Desk = DESK) -> Desk:
    """The desk when these have left."""
    return replace(desk, members={id_: replace(one, active=id_ not in ids) for id_, one in desk.members.items()})


def entry(happening: Happening, who: str | None = None, /, *, seq: int = 3, **data: Any) -> Entry:
    """Something happens; nobody named: the system does it."""
    by = actor(who) if who else SYSTEM
    return Entry(seq, happening, NOW, NOW, by, f"command {seq}" if who else None, data)


def alarm(name: str, **data: Any) -> Entry:
    """An alarm is raised."""
    return entry(Happening.ALARM_RAISED, alarm=name, **data)


def rung(percent: int, kind: Kind = Kind.RESPOND, *, minutes: int = 5, **data: Any) -> Entry:
    """A rung of a promise that is due in so many minutes."""
    due_at = (NOW + timedelta(minutes=minutes)).isoformat()
    return alarm("rung", rung=percent, kind=kind, obligation=str(kind), due_at=due_at, **data)


def told(*entries: Entry, ticket: Standing = TICKET, desk: Desk = DESK) -> dict[str, Message]:
    """Who is told of them, of one act, and what; messages about the roster left out."""
    return {each.recipient.id: each for each in messages(entries, ticket, desk) if each.gap is None}
