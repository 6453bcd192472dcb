"""Triage: how grave the report is, and what is found out about it (001-19, 003-03)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.matters import on_behalf
from domain.matters.major import propose_by_level
from domain.matters.matter import FACTS, THE_CONTACT, WITHDRAWN, Gate, Matter, Row
from domain.people.actors import Role
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

UNKNOWN_LEVEL = Refusal("unknown_level", Label("该合同没有这个级别。", "The contract has no such level."))
SEVERITY_STANDS = Refusal(
    "severity_stands",
    Label(
        "严重程度由客户认定；降低须经客户同意（consent，subject=level_lowering）。",
        "The customer set this severity; lowering it needs the customer's consent (consent, subject=level_lowering).",
    ),
)

#: The customer's own scale of gravity, gravest first (001-19).
_SEVERITIES = ("disastrous", "serious", "general")
#: What the customer consents to where a lower severity is agreed, by its subject or its clause.
_LOWERING = frozenset({"level_lowering", "001-19"})

#: The gravest of the customer's own scale.
_DISASTROUS = _SEVERITIES[0]

_LEVEL = Field("level", Type.WORD, required=False)


def classify(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """Another level, or facts known better; due times follow, consumed time stays."""
    facts = ticket.facts | (FACTS.of(command) or {})
    return replace(ticket, level=_LEVEL.of(command) or ticket.level, facts=facts)


def called(ticket: Ticket) -> list[Role]:
    """Whom so grave a report calls beside those whom every report does (000-08, 003-16, 004-15)."""
    terms, level, facts = ticket.terms, ticket.level, ticket.facts
    gravest = {terms.levels[0], *terms.major_levels}
    grave = level in gravest or facts.get("major") is True or facts.get("severity") == _DISASTROUS
    roles = {Role.DUTY_MANAGER: grave, Role.EXPERT: level in terms.expert_levels}
    return [role for role, wanted in roles.items() if wanted]


def _change(before: Ticket, after: Ticket, _: Command) -> dict[str, Any]:
    """Which way it went, where it did, and whom it calls now."""
    news: dict[str, Any] = {"calls": [role for role in called(after) if role not in called(before)]}
    if before.level != after.level and before.level is not None:
        levels = after.terms.levels
        lower = levels.index(str(after.level)) > levels.index(before.level)
        news["moved"] = "lowered" if lower else "raised"
    if bool(before.facts.get("major")) != bool(after.facts.get("major")):
        news["major"] = bool(after.facts.get("major"))
    return news


def names_a_level(ticket: Ticket, command: Command) -> Refusal | None:
    """A level is one of the pack's."""
    level = _LEVEL.of(command)
    return UNKNOWN_LEVEL if level is not None and level not in ticket.terms.levels else None


def severity_stands(ticket: Ticket, command: Command) -> Refusal | None:
    """The severity that the customer set is lowered only with the customer's consent (001-19)."""
    stated, wanted = ticket.opening.facts.get("severity"), (FACTS.of(command) or {}).get("severity")
    if not ticket.terms.customer_severity or stated not in _SEVERITIES or wanted not in _SEVERITIES:
        return None
    if _SEVERITIES.index(str(wanted)) <= _SEVERITIES.index(str(stated)):
        return None
    given = _LOWERING & set(ticket.consents)
    return on_behalf.own_record(ticket, command, *given) if given else SEVERITY_STANDS


MATTER = Matter(
    rows=(
        Row(
            C.CLASSIFY,
            Happening.CLASSIFIED,
            (_LEVEL, FACTS),
            needs=names_a_level,
            does=classify,
            says=_change,
            follows=propose_by_level,
        ),
    ),
    gates=(
        Gate(
            id="level_lowering",
            clauses=("001-19",),
            name=Label("降低客户认定的严重程度", "lowering a severity that the customer set"),
            asked=Label("比客户所报更轻的严重程度", "a lower severity than the customer stated"),
            of=THE_CONTACT,
            evidence=Label("同意的凭据", "evidence of the consent"),
            ends=WITHDRAWN,
            refusal=Label("客户认定的严重程度照旧", "the customer's severity stands"),
            given_by=(C.CONSENT,),
            blocks=frozenset({C.CLASSIFY}),
            before=severity_stands,
            switch="customer_severity",
        ),
    ),
)
