"""Paid work: what the contract does not cover is begun only when its price is agreed (001-08, 002-19)."""

from domain.contract.terms import EDITION_2, in_force
from domain.matters import on_behalf
from domain.matters.matter import THE_CONTACT, WITHDRAWN, Gate, Matter
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.words.label import Label
from domain.words.refusals import Refusal

NOT_AGREED = Refusal(
    "paid_work_not_agreed",
    Label(
        "这项工作不在合同范围内，须先由客户同意收费（consent，subject=paid_work）。",
        "The contract does not cover this work; the customer agrees to pay first (consent, subject=paid_work).",
    ),
)

NO_ONSITE = Refusal(
    "no_onsite_service",
    Label(
        "该级别的服务不含上门：请先按实际情况重新定级（级别、严重程度），或由客户书面同意收费"
        "（consent，subject=paid_work）。",
        "This level has no on-site service: classify it as it is (level, severity), or have the customer agree in "
        "writing to pay (consent, subject=paid_work).",
    ),
)

#: The visit: what 001-08 charges. Help from afar is free there.
_VISIT = frozenset({C.DISPATCH, C.DEPART, C.ARRIVE})
#: The severity that is none.
_PLAIN = "general"
#: The consent to it by its subject; by its clause counts as well.
_SUBJECT = "paid_work"
_PAYING = frozenset({_SUBJECT, "001-08"})


def is_agreed(ticket: Ticket, command: Command) -> Refusal | None:
    """Work that the contract does not cover is begun only when its price is agreed (001-08, 002-19)."""
    clause = _clause(ticket, command)
    if clause is None:
        return None
    given = {_SUBJECT, clause} & set(ticket.consents)
    return on_behalf.own_record(ticket, command, *given) if given else NOT_AGREED


def _clause(ticket: Ticket, command: Command) -> str | None:
    """The clause under which this work is charged; None: the contract covers it, then or now."""
    terms = ticket.terms
    in_force_now = terms.agreed and in_force(terms.begins_on, terms.ends_on, command.accepted_at)
    if not terms.covered and not in_force_now:
        return "002-19"
    is_visit = command.kind in _VISIT
    return "001-08" if is_visit and ticket.facts.get("cause") in terms.paid_causes else None


def has_onsite_service(ticket: Ticket, command: Command) -> Refusal | None:
    """At some levels nobody is sent, unless the report is graver than its level, or the visit is paid for (001-07)."""
    facts = ticket.terms.fact_defaults | ticket.facts
    graver = facts.get("severity", _PLAIN) != _PLAIN or facts.get("major")
    if ticket.level not in ticket.terms.without_onsite or graver:
        return None
    given = _PAYING & set(ticket.consents)
    if not given:
        return NO_ONSITE
    return on_behalf.own_record(ticket, command, *given) if ticket.terms.edition >= EDITION_2 else None


MATTER = Matter(
    gates=(
        Gate(
            id="paid_work",
            clauses=("001-08", "002-19"),
            name=Label("收费服务", "paid work"),
            asked=Label(
                "按实际工作日收费，或维保期外逐次收费",
                "work charged by the working day, or by the service outside the contract",
            ),
            of=THE_CONTACT,
            evidence=Label("报价与同意", "the quote and the consent"),
            ends=WITHDRAWN,
            refusal=Label(
                "不做收费的远程或上门服务；电话指导照常", "no charged work, remote or on site; advice by phone goes on"
            ),
            given_by=(C.CONSENT,),
            blocks=frozenset({C.START_REMOTE}) | _VISIT,
            before=is_agreed,
        ),
        Gate(
            id="onsite_service",
            clauses=("001-07",),
            name=Label("常规服务不含上门", "no on-site service at this level"),
            asked=Label("上门", "a visit"),
            of=THE_CONTACT,
            evidence=Label("重新定级，或书面同意收费", "a graver level or severity, or a consent to pay in writing"),
            ends=WITHDRAWN,
            refusal=Label("邮件、在线、电话和远程支持照常", "help by mail, phone and from afar goes on"),
            given_by=(C.CLASSIFY, C.CONSENT),
            blocks=frozenset({C.DISPATCH}),
            before=has_onsite_service,
            switch="without_onsite",
        ),
    ),
)
