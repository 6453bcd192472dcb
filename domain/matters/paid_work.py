"""Paid work: what the contract does not cover is begun only when its price is agreed (001-08, 002-19)."""

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

#: The consent to it by its subject; by its clause counts as well.
_SUBJECT = "paid_work"


def is_agreed(ticket: Ticket, command: Command) -> Refusal | None:
    """Work that the contract does not cover is begun only when its price is agreed (001-08, 002-19)."""
    clause = _clause(ticket)
    if clause is None:
        return None
    given = {_SUBJECT, clause} & set(ticket.consents)
    return on_behalf.own_record(ticket, command, *given) if given else NOT_AGREED


def _clause(ticket: Ticket) -> str | None:
    """The clause under which this work is charged; None: the contract covers it."""
    if ticket.terms.contract_ended:
        return "002-19"
    return "001-08" if ticket.facts.get("cause") in ticket.terms.paid_causes else None


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
            blocks=frozenset({C.START_REMOTE, C.DISPATCH, C.DEPART, C.ARRIVE}),
            before=is_agreed,
            switch="paid_causes",
        ),
    ),
)
