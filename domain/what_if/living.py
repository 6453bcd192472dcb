"""Living: a ticket's facts again from the opening on, under the terms that were agreed or under others.

Who did what and when, and what people knew of it, stays as it was. What follows from the terms follows anew: due times,
alarms, breaches, gates, pauses that end by themselves. Time does its part at exactly its instants.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.contract.terms import Terms
from domain.decisions import decide, refusal
from domain.intake import open_ticket
from domain.matters.aftercare import owes
from domain.matters.identification import TERMS
from domain.matters.rebaseline import rebaseline
from domain.people.actors import Actor
from domain.ticket.commands import Command, CommandKind
from domain.ticket.opening import Opening
from domain.ticket.ticket import Ticket
from domain.timekeeping import catch_up, soonest
from domain.what_if.facts import Asked, Facts, Passed
from domain.words.refusals import STALE, Refusal

#: What a report or a command names by words of the contract.
_LEVEL, _LABELS = "level", ("service", "category")


@dataclass(frozen=True, slots=True)
class Supposed:
    """The terms that a ticket is supposed to have had.

    Attributes:
        levels: which of their levels stands for which of those that were; what is not named is found by itself.
    """

    terms: Terms
    levels: Mapping[str, str] = field(default_factory=dict)

    def instead_of(self, agreed: Terms) -> Terms:
        """In the place of what was agreed. What is no term stays as it was.

        That is: working days, when the contract was in force, what the customer had authorised, the edition of the law.
        """
        return replace(
            self.terms,
            schedule=agreed.schedule,
            begins_on=agreed.begins_on,
            ends_on=agreed.ends_on,
            covered=agreed.covered,
            authorised_until=agreed.authorised_until,
            agreed=agreed.agreed,
            edition=agreed.edition,
            signers=agreed.signers,
        )

    def level(self, level: str, agreed: Terms) -> str:
        """The level that stands for one: as it is said, else that of the same id, else the one at the same place."""
        there = self.terms.levels
        if level in self.levels or level in there or level not in agreed.levels:
            return self.levels.get(level, level)
        return there[min(agreed.levels.index(level), len(there) - 1)]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A command that is decided on otherwise than it was.

    Attributes:
        at: when it was taken.
        was: the code of its refusal then; None: it was accepted.
        now: why it is refused under the other terms; None: it is accepted.
    """

    command_id: str
    kind: CommandKind
    actor: Actor
    at: datetime
    was: str | None
    now: Refusal | None


@dataclass(frozen=True, slots=True)
class Life:
    """A ticket that is lived again.

    Attributes:
        agreed: the terms that it had in truth by then.
        present: how far it has come.
    """

    ticket: Ticket
    agreed: Terms
    present: datetime
    otherwise: tuple[Otherwise, ...] = ()


def lived(facts: Facts, supposed: Supposed | None = None) -> Life:
    """The facts from the opening to their end; ``supposed``: under these terms, None: under those that were agreed."""
    opening, terms = _opened(facts.opening, facts.terms, supposed)
    life = Life(open_ticket(opening, terms), facts.terms, opening.accepted_at)
    for step in facts.steps:
        match step:
            case Asked():
                life = _asked(_passed(life, step.upto), step, supposed)
            case Passed():
                life = _passed(life, step.upto)
            case _:
                life = replace(life, ticket=rebaseline(life.ticket, step.schedule, step.at))
        life = replace(life, ticket=life.ticket.without_fresh())
    return life


def _opened(opening: Opening, agreed: Terms, supposed: Supposed | None) -> tuple[Opening, Terms]:
    if supposed is None:
        return opening, agreed
    terms, level = supposed.instead_of(agreed), opening.level
    said = replace(
        opening,
        level=None if level is None else supposed.level(level, agreed),
        service=opening.service if opening.service in terms.services else None,
        category=opening.category if opening.category in terms.categories else None,
    )
    return said, terms


def _passed(life: Life, upto: datetime) -> Life:
    """What was due by an instant has happened, each thing at its own, or as soon as the ticket could know."""
    ticket = life.ticket
    while not _is_over(ticket) and (first := soonest(ticket)) is not None and first.at <= upto:
        ticket = catch_up(ticket, upto=first.at, now=max(first.at, life.present))
    return replace(life, ticket=ticket, present=max(life.present, upto))


def _is_over(ticket: Ticket) -> bool:
    return ticket.closed and not owes(ticket)


def _asked(life: Life, step: Asked, supposed: Supposed | None) -> Life:
    """Decided on anew, and noted where that comes out otherwise. What its sender had not seen stays refused."""
    if step.refused == STALE.code:
        return life
    command = replace(step.command, expect_seq=None)
    found = command.known.get(TERMS)
    agreed = found if isinstance(found, Terms) else life.agreed
    if supposed is not None:
        command = _said(command, agreed, supposed)
    decision = decide(life.ticket, command)
    otherwise = life.otherwise
    if decision.accepted is not (step.refused is None):
        otherwise = (*otherwise, _otherwise(step, refusal(life.ticket, command)))
    became = agreed if step.refused is None else life.agreed
    return replace(life, ticket=decision.ticket, agreed=became, otherwise=otherwise)


def _otherwise(step: Asked, now: Refusal | None) -> Otherwise:
    command = step.command
    return Otherwise(command.command_id, command.kind, command.actor, command.accepted_at, step.refused, now)


def _said(command: Command, agreed: Terms, supposed: Supposed) -> Command:
    """The command in the words of the other terms, which are also those of any contract that it brings."""
    terms, data, known = supposed.instead_of(agreed), dict[str, Any](command.data), dict(command.known)
    if isinstance(data.get(_LEVEL), str):
        data[_LEVEL] = supposed.level(data[_LEVEL], agreed)
    for name, words in zip(_LABELS, (terms.services, terms.categories), strict=True):
        if name in data and data[name] not in words:
            del data[name]
    if isinstance(known.get(TERMS), Terms):
        known[TERMS] = terms
    return replace(command, data=data, known=known)
