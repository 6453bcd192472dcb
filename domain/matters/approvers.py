"""Approvers: whether each department of the customer has somebody who could answer an application (000-09)."""

from domain.matters.assignment import has_worked
from domain.people.departments import department_names
from domain.ticket.commands import Command
from domain.ticket.ticket import Ticket
from domain.words.label import Label
from domain.words.refusals import Refusal

NO_APPROVER = Refusal(
    "no_approver",
    Label(
        "客户有部门无人可以审批，申请暂不能提交。",
        "A department of the customer has nobody who could answer the application, so it cannot be made yet.",
    ),
)
_HAS_NONE = Label(
    "{departments}没有审批人：请客户联系人告知由谁审批，由系统管理员登记后再提交。",
    "There is no approver of {departments}: ask the customer's contact who approves, have the administrator add them, "
    "then apply.",
)
_HAS_NO_OTHER = Label(
    "{departments}的审批人参与了本单或须代表另一部门：请客户另定审批人，由系统管理员登记；"
    "或凭原审批人的书面指定登记代理审批人。",
    "Whoever approves for {departments} has a part in this ticket, or answers for another department: the customer "
    "names another approver, whom the administrator adds, or the approver a deputy in writing, whom you record.",
)

#: What a command knows: by department, who of the customer could answer.
APPROVERS = "approvers"


def answered_by_nobody(ticket: Ticket, command: Command) -> Refusal | None:
    """Which departments lack somebody, and what each needs: where there is nobody, nobody could name a deputy."""
    refusal, known = NO_APPROVER, command.known.get(APPROVERS, {})
    without = _without_answer(ticket, command)
    for words, there in ((_HAS_NONE, False), (_HAS_NO_OTHER, True)):
        named = [name for name in without if bool(known.get(name)) is there]
        if named:
            refusal = refusal.adding(words.filled(departments=department_names(named)))
    return refusal if without else None


def _without_answer(ticket: Ticket, command: Command) -> list[str]:
    """The departments for which nobody could answer: each needs a person of its own, neither applicant nor executor."""
    known: dict[str, list[str]] | None = command.known.get(APPROVERS)
    if known is None:  # asked what would be possible, a command that nobody has looked up answers for the best
        return []
    taken, without = command.actor.accounts | has_worked(ticket), []
    able = {name: set(known.get(name, ())) - taken for name in ticket.terms.departments}
    for name in sorted(able, key=lambda name: len(able[name])):
        left = able[name] - taken
        if len(left) > 0:
            taken = taken | ({min(left)} if len(left) == 1 else set())
        else:
            without.append(name)
    return without
