"""Doable: what somebody could do on a ticket now, what keeps them from the rest, and what their forms choose between.

It has no rules of its own, and so none that could drift from those of the decisions: every command is made in all the
ways in which it could be sent, with good words in its fields, and put to ``domain.decisions.refusal``, as it would be
if it were sent. A way that is not refused makes it possible; where all are refused, the first refusal is its reason.
What could be chosen comes from the fields of its row and, where these do not say it, from the ``ways`` beside them in
the same matter. What a way leaves out is found by ``tests/domain/test_doable.py``: in random lives nothing is accepted
that was said to be impossible.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from domain.audience.authority import SPOKEN, may_send
from domain.audience.labels import ROLES
from domain.audience.sights import HAPPENINGS, Whose
from domain.decisions import refusal, told_late
from domain.matters.applications import DEPUTY_OF
from domain.matters.index import GATES, ROWS
from domain.matters.matter import Row, Way
from domain.matters.on_behalf import ACCOUNTS, ON_BEHALF, ON_RECORD, SpokenChannel
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.timekeeping import catch_up
from domain.ways_out import opened_by
from domain.words.label import Label, in_words
from domain.words.refusals import WHICH_ONE, Refusal, closed

#: What the API finds out for a command beforehand, kind by kind.
Known = Mapping[C, Mapping[str, Any]]

#: Words that say something, in every field that takes words.
_WORDS = "按实际情况填写"
#: Instants lie ahead by so much.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way in which a command could be sent, and what it would be refused for; None: nothing."""

    data: Mapping[str, Any]
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that somebody has, as the ticket stands.

    Attributes:
        refusal: why it is impossible; None: it is possible.
        choices: all ways, each with what it would be refused for.
        opened_by: the commands that would open it; ``of``: who could, in words.
        stated_by: it is taken only of what happened by then, told late; None: of now.
        recorded: it is a word of the customer's that one of us records.
    """

    kind: C
    refusal: Refusal | None
    choices: tuple[Choice, ...]
    opened_by: tuple[C, ...] = ()
    of: Label | None = None
    stated_by: datetime | None = None
    recorded: bool = False


def offers(ticket: Ticket, actor: Actor, now: datetime, known: Known) -> tuple[Offer, ...]:
    """Every command that the actor has, in the order of a ticket's life. What is due by now has happened first."""
    ticket = catch_up(ticket, upto=now, now=now)
    return tuple(offer(ticket, actor, kind, now, known.get(kind, {})) for kind in commands_of(actor, known))


def offers_at_the_end(actor: Actor, known: Known, merged_into: str | None) -> tuple[Offer, ...]:
    """Every command that the actor has, of a ticket that nothing looks after any more: all are refused alike."""
    return tuple(Offer(kind, closed(merged_into), ()) for kind in commands_of(actor, known))


def commands_of(actor: Actor, known: Known) -> Iterator[C]:
    """Those that they may send, or record of the customer, or say in an approver's place."""
    for kind in C:
        deputy = bool(known.get(kind, {}).get(DEPUTY_OF))
        if may_send(actor, kind, deputy=deputy) or _records(actor, kind):
            yield kind


def seen_by_customer(kind: C) -> tuple[str, ...]:
    """The fields of a command in which words stand that the customer reads, when one of ours sends it."""
    row = ROWS[kind]
    sight, _ = HAPPENINGS[row.happening]
    words = (each.name for each in row.data if each.type is Type.TEXT)
    return tuple(name for name in words if sight.whose is Whose.EVERYBODYS and name in sight.fields)


def offer(ticket: Ticket, actor: Actor, kind: C, now: datetime, known: Mapping[str, Any]) -> Offer:
    """One command that the actor has, on a ticket that has caught up with the time."""
    row = ROWS[kind]
    stated_by = told_late(ticket, row)
    choices = []
    for way in _ways(row, ticket, now):
        command = Command(
            command_id="",
            kind=kind,
            actor=actor,
            accepted_at=now,
            occurred_at=stated_by,
            data=_filled(row, way, actor, now),
            known={**_of_a_word(actor, kind), **known, **way.known},
        )
        choices.append(Choice(way.data, refusal(ticket, command)))
    found = Offer(kind, _reason(choices), tuple(choices), stated_by=stated_by, recorded=_records(actor, kind))
    return replace(found, **_way_out(ticket, kind, found.refusal)) if found.refusal else found


def _records(actor: Actor, kind: C) -> bool:
    return may_send(actor, kind, recorded=True)


def _reason(choices: list[Choice]) -> Refusal | None:
    """None where one way is open; else what the first says, where it does not only ask which one is meant."""
    refusals = [each.refusal for each in choices]
    if None in refusals:
        return None
    return next((each for each in refusals if each and each.code != WHICH_ONE.code), refusals[0])


def _way_out(ticket: Ticket, kind: C, reason: Refusal) -> dict[str, Any]:
    opens = opened_by(ticket, kind, reason)
    return {"opened_by": opens, "of": _who_opens(kind, opens)}


def _who_opens(kind: C, opens: tuple[C, ...]) -> Label | None:
    """Whose word the gate waits for; else whoever has the commands that open it."""
    at_a_gate = (gate.of for gate in GATES if kind in gate.blocks and opens == gate.given_by)
    roles = (role for role in Role if any(may_send(Actor("", role), each) for each in opens))
    return next(at_a_gate, None) or in_words(ROLES[role] for role in roles if role is not Role.SYSTEM)


def _ways(row: Row, ticket: Ticket, now: datetime) -> Iterator[Way]:
    """As its matter says; else all choices of the fields that have any, or name one of several."""
    if row.ways is not None:
        yield from row.ways(ticket, now)
        return
    fields = [each for each in row.data if each.among or each.choices]
    for values in product(*(_values(each, ticket) for each in fields)):
        chosen = zip(fields, values, strict=True)
        yield Way({each.name: value for each, value in chosen if value is not None})


def _values(field: Field, ticket: Ticket) -> tuple[str | None, ...]:
    """What may stand in the field; nothing, where nothing need."""
    known = tuple(each.id for each in getattr(ticket, field.among)) if field.among else field.choices
    return known if field.required else (None, *known)


def _filled(row: Row, way: Way, actor: Actor, now: datetime) -> dict[str, Any]:
    """The data of a way, and something good in all fields that it leaves to its sender."""
    good = ((each.name, _good(each, now)) for each in row.data if each.type is Type.TEXT or each.required)
    said = {ON_BEHALF.name: _said()} if _records(actor, row.kind) else {}
    return {**{name: value for name, value in good if value is not None}, **said, **way.data}


def _good(field: Field, now: datetime) -> str | None:
    values = {Type.TEXT: _WORDS, Type.WORD: (*field.choices, _WORDS)[0], Type.INSTANT: (now + _AHEAD).isoformat()}
    return values.get(field.type)


def _said() -> dict[str, Any]:
    return {"name": _WORDS, "channel": SpokenChannel.PHONE.value, "evidence": _WORDS}


def _of_a_word(actor: Actor, kind: C) -> dict[str, Any]:
    """Somebody of the customer gave it, who has no part in what it is about."""
    is_word = kind in SPOKEN and actor.role not in CUSTOMER_SIDE
    return {ON_BEHALF.name: {ACCOUNTS: [], ON_RECORD: False}} if is_word else {}
