"""What a notice is: whom a happening tells, on what grounds and in which words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.contract.clauses import Kind
from domain.contract.labels import KINDS
from domain.people.actors import Role
from domain.ticket.opening import Contact, Customer
from domain.ticket.stages import Stage
from domain.ticket.timeline import Entry
from domain.words.label import Label


class Whom(StrEnum):
    """Whom a notice means, in the words of this table; a role means its people on duty. Kept with each message."""

    OWNER = "owner"  # who is in charge; nobody: the hotline
    FORMER_OWNER = "former_owner"
    ASKER = "asker"  # who asked for what is now answered
    NAMED = "named"  # whom the entry sends the work to
    VENDOR_NAMED = "vendor_named"  # the vendor of the case
    VENDORS = "vendors"  # that have a case on the ticket
    REACHED = "reached"  # whom an alarm names to act: as the contract's rungs say
    OVERSEERS = "overseers"  # the managers and the leader whom it names
    CONTACT = "contact"
    APPROVERS = "approvers"
    SILENT_APPROVERS = "silent_approvers"  # of the departments that have not answered
    TECHNICAL_APPROVERS = "technical_approvers"
    RESOLVER = "resolver"  # whose resolution was undone
    WORKED = "worked"  # in a remote session that somebody else has ended
    ANSWERED_FOR = "answered_for"  # in whose place a deputy has answered
    HOTLINE = "hotline"
    ENGINEERS = "engineers"
    EXPERTS = "experts"
    PROJECT_MANAGER = "project_manager"
    DUTY_MANAGER = "duty_manager"
    LEADER = "leader"
    COMMERCIAL = "commercial"
    STOCK_KEEPER = "stock_keeper"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


# fmt: off
#: The roles of the service company that a word means.
ROLE_OF: dict[Whom, Role] = {
    Whom.HOTLINE:         Role.HOTLINE,
    Whom.ENGINEERS:       Role.ENGINEER,
    Whom.EXPERTS:         Role.EXPERT,
    Whom.PROJECT_MANAGER: Role.PROJECT_MANAGER,
    Whom.DUTY_MANAGER:    Role.DUTY_MANAGER,
    Whom.LEADER:          Role.LEADER,
    Whom.COMMERCIAL:      Role.COMMERCIAL,
    Whom.STOCK_KEEPER:    Role.STOCK_KEEPER,
    Whom.SUPERVISOR:      Role.SUPERVISOR,
    Whom.ADMINISTRATOR:   Role.ADMINISTRATOR,
}

WORDS: dict[Whom, Label] = {
    Whom.OWNER:               Label("负责人（无人负责时为热线）", "the owner; nobody in charge: the hotline"),
    Whom.FORMER_OWNER:        Label("原负责人", "the owner before"),
    Whom.ASKER:               Label("提出人", "who asked for it"),
    Whom.NAMED:               Label("被指派的人", "the person named"),
    Whom.VENDOR_NAMED:        Label("被联系的厂家", "the vendor named"),
    Whom.VENDORS:             Label("已联系的厂家", "the vendors asked"),
    Whom.REACHED:             Label("告警涉及的处理人", "those of the rung who act"),
    Whom.OVERSEERS:           Label("告警涉及的经理、领导", "managers and the leader whom the rung reaches"),
    Whom.CONTACT:             Label("客户联系人", "the customer's contact"),
    Whom.APPROVERS:           Label("客户审批人及其代理人", "the customer's approvers, and deputies"),
    Whom.SILENT_APPROVERS:    Label("尚未答复部门的审批人及其代理人", "approvers of silent departments, and deputies"),
    Whom.TECHNICAL_APPROVERS: Label("客户技术部门审批人", "the customer's technical approvers"),
    Whom.ANSWERED_FOR:        Label("由代理人代为答复的审批人", "the approver in whose place a deputy answered"),
    Whom.RESOLVER:            Label("办结此单的人", "who had resolved it"),
    Whom.WORKED:              Label("远程会话中的人", "who worked in the remote session"),
    Whom.HOTLINE:             Label("热线", "hotline"),
    Whom.ENGINEERS:           Label("工程师", "engineers"),
    Whom.EXPERTS:             Label("技术专家", "experts"),
    Whom.PROJECT_MANAGER:     Label("项目经理", "project manager"),
    Whom.DUTY_MANAGER:        Label("值班经理", "duty manager"),
    Whom.LEADER:              Label("主管领导", "leader"),
    Whom.COMMERCIAL:          Label("商务", "commercial"),
    Whom.STOCK_KEEPER:        Label("备件管理员", "stock keeper"),
    Whom.SUPERVISOR:          Label("服务监督", "supervisor"),
    Whom.ADMINISTRATOR:       Label("系统管理员", "administrator"),
}
# fmt: on

#: Those who are not of the service company: what is hidden from them stands in none of their sentences.
OF_THE_CUSTOMER = frozenset(
    {Whom.CONTACT, Whom.APPROVERS, Whom.SILENT_APPROVERS, Whom.TECHNICAL_APPROVERS, Whom.ANSWERED_FOR}
)
OUTSIDE = OF_THE_CUSTOMER | {Whom.VENDOR_NAMED, Whom.VENDORS}


@dataclass(frozen=True, slots=True)
class Owed:
    """The open promise that falls, or fell, due first. Stored in histories."""

    kind: Kind
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How the ticket stands when its people are told: what addressing and sentences need of it.

    Attributes:
        level: its id, with what the contract calls it; None: not classified yet.
        waits_for: answers of the customer.
        vendors: those that have a case on it.
        other_contacts: of other reports of the same fault, that ended in it.
        kind_names: what the contract's document calls a kind of promise, where it has a word of its own.
    """

    number: str
    customer: Customer
    contact: Contact
    title: str
    stage: Stage
    received_at: datetime
    level: str | None = None
    level_name: Label | None = None
    owner: str | None = None
    owed: Owed | None = None
    waits_for: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    other_contacts: tuple[Contact, ...] = ()
    kind_names: Mapping[str, Label] = field(default_factory=dict)

    def kind(self, kind: Kind) -> Label:
        """What a kind of promise is called here."""
        return self.kind_names.get(kind, KINDS[kind])


@dataclass(frozen=True, slots=True)
class When:
    """A condition, and how the page of notices says it."""

    said: str
    holds: Callable[[Entry, Standing], bool]


ALWAYS = When("", lambda _, __: True)


@dataclass(frozen=True, slots=True)
class Notice:
    """Some whom a happening tells, all in the same words.

    Attributes:
        title, text: what is said; fields in braces are filled in by ``domain.audience.sentences``.
        action: what they are asked to do; None: they are informed.
    """

    to: tuple[Whom, ...]
    title: Label
    text: Label
    action: Label | None = None
    when: When = ALWAYS


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the table: whom a happening tells; the reason where it tells nobody."""

    notices: tuple[Notice, ...] = ()
    nobody: str = ""


def tells(*notices: Notice, otherwise: str = "") -> Told:
    """These; ``otherwise``: why nobody is told where no condition holds. Who is meant twice is told once."""
    return Told(notices, otherwise)


def nobody(reason: str) -> Told:
    """Nobody, and why."""
    return Told(nobody=reason)


def data_has(said: str, **wanted: object) -> When:
    """The entry says so."""
    return When(said, lambda entry, _: all(entry.data.get(name) == value for name, value in wanted.items()))
