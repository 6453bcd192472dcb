"""What happens on a ticket of the demo's week, as the API would have sent it."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from demo.people import CONTACTS, contract_id
from demo.reports import ActRow, ReportRow, duration
from domain.matters.assignment import TO_ROLE
from domain.matters.merging import ASKS, FROM, INTO, OTHER, as_data
from domain.people.actors import SYSTEM, Actor
from domain.ticket.commands import Command, CommandKind

#: Signs a command to the ticket of a number.
Sign = Callable[[str, Command], Command]


def commands(
    row: ReportRow, week: Sequence[ReportRow], people: dict[str, Actor], now: datetime, sign: Sign
) -> list[Command]:
    """What people do on it, and what it is told of other reports of the same fault, in their order."""
    told = [_told(other, act, now) for other in week for act in _merging(other) if _into(act) == row.key]
    done = [_done(row, act, week, people, now, sign) for act in row.acts]
    return sorted((*done, *told), key=lambda each: each.accepted_at)


def _done(
    row: ReportRow, act: ActRow, week: Sequence[ReportRow], people: dict[str, Actor], now: datetime, sign: Sign
) -> Command:
    """Somebody's act, with what the API would have found."""
    data = dict(act.model_extra or {})
    done = Command(
        command_id=str(uuid.uuid4()),
        kind=act.kind,
        actor=people[act.who],
        accepted_at=row.received_at(now) + duration(act.after),
        data=data,
        known={TO_ROLE: people[data["to"]].role} if "to" in data else {},
    )
    if act.kind is not CommandKind.MERGE:
        return done
    first = next(each for each in week if each.key == _into(act))
    asks = sign(first.number, _told(row, act, now))
    return replace(done, data={INTO.name: first.number}, known={OTHER: _as_seen(first, now), ASKS: as_data(asks)})


def _merging(row: ReportRow) -> Iterator[ActRow]:
    return (act for act in row.acts if act.kind is CommandKind.MERGE)


def _into(act: ActRow) -> str:
    """The key of the report that another one ends in."""
    return str((act.model_extra or {})[INTO.name])


def _told(later: ReportRow, act: ActRow, now: datetime) -> Command:
    """What the other is told, still to be signed; however often, it is one command."""
    return Command(
        command_id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo week merge {later.key}")),
        kind=CommandKind.MERGE_IN,
        actor=SYSTEM,
        accepted_at=later.received_at(now) + duration(act.after),
        data={FROM.name: later.number},
        known={OTHER: _as_seen(later, now), "by": act.who},
    )


def _as_seen(row: ReportRow, now: datetime) -> dict[str, Any]:
    customer = f"demo-{row.contract}"
    contact = CONTACTS[customer][row.contact]
    return {
        "number": row.number,
        "received_at": row.received_at(now).isoformat(),
        "customer": customer,
        "contract": contract_id(customer),
        "level": row.level,
        "major": False,
        "contact": {"name": contact.name, "phone": contact.phone},
    }
