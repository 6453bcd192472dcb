"""The law of tickets: how the domain's functions answer a keeper."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from temporalio import workflow
from temporalio.exceptions import FailureError

with workflow.unsafe.imports_passed_through():
    from activities.answers import Answers, Asked
    from activities.signals import SUBMIT
    from activities.terms import Agreement
    from domain import decisions, timekeeping
    from domain.contract.terms import EDITION_5, shared
    from domain.matters.identification import TERMS, party, wants_terms
    from domain.matters.merging import ANSWER, ASKS, INTO, as_command, asks_the_other
    from domain.matters.rebaseline import rebaseline
    from domain.read_model import Batch, as_shown, batch
    from domain.ticket.commands import Command
    from domain.ticket.ticket import Ticket
    from workflows.carried import Carried
    from workflows.keeper import Keeper
    from workflows.law import Errand, Inquiry, Law
    from workflows.options import QUICK_WRITE


def keeper(
    carried: Carried[Ticket] | None,
    *,
    over: Callable[[Ticket], bool],
    succeeded: Callable[[Ticket], bool] = lambda _: False,
) -> Keeper[Ticket]:
    """A keeper of a ticket, whose terms it has in common with all that were opened under the same ones."""
    if carried:
        ticket = replace(carried.ticket, terms=shared(carried.ticket.terms))
        carried = Carried(ticket, carried.decided)
    return Keeper(_LAW, carried, over=over, succeeded=succeeded)


def _decide(ticket: Ticket, command: Command) -> tuple[Ticket, int]:
    decision = decisions.decide(ticket, command)
    after = decision.ticket
    if after.terms is not ticket.terms:
        after = replace(after, terms=shared(after.terms))
    return after, decision.seq


def _trusting(ticket: Ticket, signers: dict[str, str]) -> Ticket:
    return replace(ticket, terms=shared(replace(ticket.terms, signers=signers)))


def _batch(ticket: Ticket, before: Ticket | None, now: datetime) -> Batch:
    return batch(ticket, as_shown(before) if before else {}, now)


async def _rebaseline(ticket: Ticket) -> Callable[[Ticket, datetime], Ticket]:
    published = await workflow.execute_activity_method(Agreement.published_schedule, ticket.opening, **QUICK_WRITE)
    return lambda ticket, now: rebaseline(ticket, published, now)


async def _with_terms(ticket: Ticket, command: Command) -> Command:
    found = party(ticket, command)
    report = replace(ticket.opening, customer=found.customer, contact=found.contact, contract=found.contract)
    terms = await workflow.execute_activity_method(Agreement.agree_anew, report, **QUICK_WRITE)
    return replace(command, known=command.known | {TERMS: terms})


def _is_to_be_merged(ticket: Ticket, command: Command) -> bool:
    return asks_the_other(ticket, command) and decisions.refusal(ticket, command) is None


async def _with_answer(_: Ticket, command: Command) -> Command:
    """Once the other has it, what that decides is waited for; one that has ended may have decided before."""
    number, told = INTO.of(command), as_command(command.known[ASKS])
    asked = Asked(number, told.command_id)
    try:
        await workflow.get_external_workflow_handle(number).signal(SUBMIT, told)
    except FailureError:
        asked = replace(asked, has_ended=True)
    answer = await workflow.execute_activity_method(Answers.answer_of, asked, **QUICK_WRITE)
    # What the other has recorded holds, whatever line its sender had seen last.
    return replace(command, expect_seq=None, known=command.known | {ANSWER: answer})


_LAW = Law(
    number=lambda ticket: ticket.opening.number,
    signers=lambda ticket: ticket.terms.signers,
    asks_each_time=lambda ticket: ticket.terms.edition >= EDITION_5,
    trusting=_trusting,
    decide=_decide,
    forged=decisions.forged,
    reused=decisions.reused,
    deadlines=timekeeping.deadlines,
    catch_up=timekeeping.catch_up,
    batch=_batch,
    errand=Errand(wanted=lambda ticket: ticket.schedule_wanted, run=_rebaseline),
    inquiries=(
        Inquiry(wanted=wants_terms, run=_with_terms),
        Inquiry(wanted=_is_to_be_merged, run=_with_answer, alone=True),
    ),
)
