"""Subjects: what a customer can consent to: a gate that is shut, or a clause of the ticket (001-05, 001-06)."""

from dataclasses import replace

from domain.contract.clauses import Kind
from domain.contract.labels import KINDS
from domain.contract.promises import applicable
from domain.matters import paid_work, vendor_cases
from domain.matters.matter import Matter
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.words.label import Label
from domain.words.refusals import WHICH_ONE, Refusal

UNKNOWN = Refusal(
    "unknown_subject",
    Label(
        "没有这一事项：「同意的事项」（subject）须为审批关口，或本工单适用的条款。",
        "There is nothing of that name to consent to: “What is agreed to” (subject) is a gate, or a clause that holds "
        "on this ticket.",
    ),
)
CHANGES_NOTHING = Refusal(
    "consent_changes_nothing",
    Label(
        "这一同意不会改变任何事：该关口并未关闭，或到期时间不会推迟；同意推迟的，请填写「延到」（until）。",
        "This consent would change nothing: the gate is not shut, or no due time would move; to agree to wait, fill in "
        "“Until” (until).",
    ),
)

#: The scale that the customer alone sets, gravest first (001-19), and the consent by which it is lowered.
SEVERITIES = ("disastrous", "serious", "general")
LEVEL_LOWERING = "level_lowering"
LOWERING = frozenset({LEVEL_LOWERING, "001-19"})

_GATES = tuple(gate for room in (paid_work, vendor_cases) for gate in room.MATTER.gates if C.CONSENT in gate.given_by)


def is_gate(subject: str) -> bool:
    """Whether it names a gate that a consent opens."""
    return subject in LOWERING or any(subject == gate.id or subject in gate.clauses for gate in _GATES)


def is_shut(ticket: Ticket, subject: str, command: Command) -> bool:
    """Whether it names a gate that keeps something out now, which this consent would let pass."""
    if subject in LOWERING:
        stated = (ticket.terms.fact_defaults | ticket.facts).get("severity", SEVERITIES[-1])
        return ticket.terms.customer_severity and stated != SEVERITIES[-1] and not LOWERING & set(ticket.consents)
    given = replace(ticket, consents=(*ticket.consents, subject))
    return any(
        gate.before(ticket, (asked := replace(command, kind=kind, data={}))) and not gate.before(given, asked)
        for gate in _GATES
        for kind in gate.blocks
    )


def kinds_of(ticket: Ticket, subject: str) -> tuple[Kind, ...]:
    """What the clause of that id promises on this ticket."""
    case = replace(ticket.case, consents=ticket.case.consents | {subject})
    return tuple(dict.fromkeys(each.kind for each in applicable(ticket.terms, case) if each.id == subject))


def gates() -> tuple[str, ...]:
    """The gates that a consent opens."""
    return (*(gate.id for gate in _GATES), LEVEL_LOWERING)


def all_of(ticket: Ticket) -> tuple[str, ...]:
    """What could be consented to on this ticket: the gates, and the clauses that hold or would."""
    clauses = dict.fromkeys(each.id for each in ticket.terms.clauses)
    return (*gates(), *(each for each in clauses if each not in LOWERING and kinds_of(ticket, each)))


def meant(ticket: Ticket, subject: str, kind: str | None) -> tuple[Kind, ...]:
    """Of these the one that is named, else the arrival where there is one, else all."""
    kinds = kinds_of(ticket, subject)
    if kind is not None:
        return tuple(each for each in kinds if each == kind)
    return (Kind.ARRIVE,) if Kind.ARRIVE in kinds else kinds


def which_kind(ticket: Ticket, subject: str) -> Refusal:
    """That the clause promises several kinds, or not the one that was named."""
    kinds = kinds_of(ticket, subject)
    named = Label(
        "、".join(f"{KINDS[each].zh}（kind={each}）" for each in kinds),
        ", ".join(f"{KINDS[each].en} (kind={each})" for each in kinds),
    )
    return Refusal(WHICH_ONE.code, WHICH_ONE.words.filled(names=named))


def known(ticket: Ticket) -> Label:
    """The clauses that hold on the ticket."""
    clauses = dict.fromkeys(each.id for each in applicable(ticket.terms, ticket.case))
    return Label("本工单适用的条款：{ids}。", "Clauses of this ticket: {ids}.").filled(ids=", ".join(clauses))


def is_raised(before: Ticket, after: Ticket) -> bool:
    """Whether level, severity or major have become graver; of levels of two packs nobody can say, so they count."""
    if before.terms.pack != after.terms.pack:
        return True
    levels = before.terms.levels
    if before.level and after.level and levels.index(after.level) < levels.index(before.level):
        return True
    facts, now = (each.terms.fact_defaults | each.facts for each in (before, after))
    graver = SEVERITIES.index(str(now.get("severity", "general"))) < SEVERITIES.index(
        str(facts.get("severity", "general"))
    )
    return graver or bool(now.get("major") and not facts.get("major"))


MATTER = Matter()
