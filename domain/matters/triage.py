"""Triage: how grave the report is, and what is found out about it (001-19, 003-03)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.contract.facts import FACTS as KNOWN_FACTS
from domain.contract.terms import EDITION_4
from domain.matters import lowering, major, on_behalf
from domain.matters.calls import called
from domain.matters.matter import FACTS, MAYBE_REASON, THE_CONTACT, WITHDRAWN, Gate, Matter, Row, Way
from domain.matters.subjects import LOWERING, SEVERITIES
from domain.ticket import clocks
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label, listed
from domain.words.refusals import Refusal

UNKNOWN_LEVEL = Refusal("unknown_level", Label("该合同没有这个级别。", "The contract has no such level."))
AT_THE_OPENING = Refusal(
    "stated_at_the_opening",
    Label(
        "工程师是否已在现场只在报修时登记；之后到场请用“到达”（arrive）。",
        "Whether the engineer is on site already is stated at the opening only; later, arrive says it.",
    ),
)
SEVERITY_STANDS = Refusal(
    "severity_stands",
    Label(
        "严重程度由客户认定；降低须经客户书面同意并附凭据（consent，subject=level_lowering）。",
        "The customer sets the severity; lowering it needs their consent with evidence (consent, "
        "subject=level_lowering).",
    ),
)

UNKNOWN_LABEL = Refusal(
    "unknown_label",
    Label("该合同没有这个服务类别，可用：", "The contract has no such kind of service; it has: "),
)

NOTHING_STATED = Refusal(
    "nothing_stated",
    Label(
        "请至少填写级别（level）、事实（facts）、服务类别（service）、支持类别（category）之一。",
        "State the level, facts, the service or the category (level, facts, service, category).",
    ),
)

#: The fact that is stated at the opening alone.
_OPENINGS = "on_site"
#: The facts that a gate looks at.
_GUARDED = ("major", "severity")

_SERVICE = Field("service", Type.WORD, required=False)
_CATEGORY = Field("category", Type.WORD, required=False)
_LEVEL = Field("level", Type.WORD, required=False)


def classify(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """Another level, or facts known better; due times follow, consumed time stays.

    What is graver than it was needs another consent before it is lowered again.
    """
    consents = ticket.consents
    if _steps_down(ticket, command) < 0:
        consents = tuple(each for each in consents if each not in LOWERING)
    ticket = major.judged(ticket, command)
    facts = ticket.facts | (FACTS.of(command) or {})
    return replace(
        ticket,
        level=_LEVEL.of(command) or ticket.level,
        facts=facts,
        consents=consents,
        service=_SERVICE.of(command) or ticket.service,
        category=_CATEGORY.of(command) or ticket.category,
    )


def _change(before: Ticket, after: Ticket, _: Command) -> dict[str, Any]:
    """Which way it went, where it did, and whom it calls now."""
    news: dict[str, Any] = {"calls": [role for role in called(after) if role not in called(before)]}
    news |= moved(before, after)
    if bool(before.facts.get("major")) != bool(after.facts.get("major")):
        news["major"] = bool(after.facts.get("major"))
    return news


def moved(before: Ticket, after: Ticket) -> dict[str, str]:
    """Whether the level was lowered or raised, where it was; of levels of two packs nobody can say."""
    if before.level in {None, after.level} or before.terms.pack != after.terms.pack:
        return {}
    levels = after.terms.levels
    lower = levels.index(str(after.level)) > levels.index(str(before.level))
    return {"moved": "lowered" if lower else "raised"}


def may_classify(ticket: Ticket, command: Command) -> Refusal | None:
    """It states something, a level of the pack's; what drops or postpones an open promise says why."""
    states = any(field.of(command) for field in (_LEVEL, FACTS, _SERVICE, _CATEGORY))
    if not states:
        return NOTHING_STATED if command.is_sent and ticket.terms.edition >= EDITION_4 else None
    level = _LEVEL.of(command)
    if level is not None and level not in ticket.terms.levels:
        return UNKNOWN_LEVEL
    if _OPENINGS in (FACTS.of(command) or {}):
        return AT_THE_OPENING
    if major.stays_major(ticket, command) or severity_stands(ticket, command):
        return None  # a gate is shut, which says more
    labels = ((_SERVICE, ticket.terms.services), (_CATEGORY, ticket.terms.categories))
    wrong = next((known for field, known in labels if field.of(command) not in {None, *known}), None)
    if wrong is not None:
        return UNKNOWN_LABEL.adding(listed(wrong))
    at = command.accepted_at
    return lowering.says_why(ticket, clocks.derive(classify(ticket, command, at), at), command)


def severity_stands(ticket: Ticket, command: Command) -> Refusal | None:
    """A severity counts as the customer's, whoever records it, and is lowered only with their consent (001-19)."""
    if _steps_down(ticket, command) <= 0:
        return None
    given = LOWERING & set(ticket.consents)
    return on_behalf.own_record(ticket, command, *given) if given else SEVERITY_STANDS


def _steps_down(ticket: Ticket, command: Command) -> int:
    """By how many steps the command lowers the customer's severity; negative: it raises it."""
    stated, wanted = ticket.facts.get("severity"), (FACTS.of(command) or {}).get("severity")
    if not ticket.terms.customer_severity or stated not in SEVERITIES or wanted not in SEVERITIES:
        return 0
    return SEVERITIES.index(str(wanted)) - SEVERITIES.index(str(stated))


def _ways(ticket: Ticket, _: datetime) -> Iterator[Way]:
    """To each level; and with each value of the facts that not everybody may state."""
    yield from (Way({_LEVEL.name: level}) for level in ticket.terms.levels)
    stated = ((fact, value) for fact in _GUARDED for value in KNOWN_FACTS[fact])
    yield from (Way({FACTS.name: {fact: value}}) for fact, value in stated)


MATTER = Matter(
    rows=(
        Row(
            C.CLASSIFY,
            Happening.CLASSIFIED,
            (_LEVEL, FACTS, _SERVICE, _CATEGORY, MAYBE_REASON),
            needs=may_classify,
            does=classify,
            says=_change,
            follows=major.propose_by_level,
            ways=_ways,
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
