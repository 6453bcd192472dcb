"""The ticket's own row."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Text, Update, bindparam, cast, func, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.read_model import Batch
from domain.ticket.timeline import Entry, Happening
from store.models import TicketRow
from store.models.base import table_of
from store.projections.obligations import broken, next_due
from store.registry.news import note_people_of, tell_anew
from store.reports import party_columns, report_columns

_TABLE = table_of(TicketRow)
_THIS_TRANSACTION = cast(cast(func.pg_current_xact_id(), Text), BigInteger)
#: The ticket, in a statement whose other words are columns.
_OF = "ticket_number"
#: After which others are to be called back than before, or another text of the report stands.
_NAMING = frozenset({Happening.IDENTIFIED, Happening.MERGED_IN, Happening.CORRECTED})
_REPORTED = ("title", "description", "site", "asset")


def add_ticket(connection: Connection, batch: Batch) -> None:
    """Insert the report, which comes with a ticket's first batch."""
    if batch.opening is None:
        return
    row = report_columns(batch.opening) | _standing(batch) | {"drill": batch.drill, "vendors": (), "late": 0}
    row["changed_in"] = _THIS_TRANSACTION
    # A row is there already when the first batch comes again with more entries behind it.
    connection.execute(insert(_TABLE).values(row).on_conflict_do_nothing(index_elements=["number"]))


def put_standing(connection: Connection, batch: Batch) -> None:
    """Update how the ticket stands, its obligations being written."""
    seldom = _agreed(batch) | _vendors(connection, batch) | _identified(connection, batch)
    if seldom:
        connection.execute(update(_TABLE).where(_TABLE.c.number == batch.number).values(seldom))
    statement = _put(tuple(standing := _standing(batch)), is_work=batch.summary.stage.is_work)
    connection.execute(statement, standing | {_OF: batch.number})


@cache
def _put(columns: tuple[str, ...], *, is_work: bool) -> Update:
    """The statement that every batch needs, made once for each kind of stage."""
    number = bindparam(_OF, type_=_TABLE.c.number.type)
    values = {name: bindparam(name, type_=_TABLE.c[name].type) for name in columns}
    values |= next_due(number, is_work=is_work) | {"late": broken(number), "changed_in": _THIS_TRANSACTION}
    return update(_TABLE).where(_TABLE.c.number == number).values(values)


def _standing(batch: Batch) -> dict[str, Any]:
    summary = batch.summary
    return {
        "seq": batch.seq,
        "stage": summary.stage,
        "level": summary.level,
        "facts": summary.facts,
        "assignee": summary.assignee,
        "received_at": summary.received_at,
        "resolved_at": summary.resolved_at,
        "closed_at": summary.closed_at,
        "ended_as": summary.ended_as,
        "merged_into": summary.merged_into,
        "other_contacts": [asdict(each) for each in summary.other_contacts],
        "major": summary.major,
        "service": summary.service,
        "category": summary.category,
        "booked_at": summary.booked_at,
        "gravity": summary.gravity,
        "paused": summary.paused,
        "paused_until": summary.paused_until,
        "proposed": summary.proposed,
        "waits_for": summary.waits_for,
        "waits_since": summary.waits_since,
        "work": summary.work,
        "call": summary.call,
        "called_since": summary.called_since,
        "answered_by": summary.answered_by,
        "updated_at": batch.entries[-1].recorded_at,
    }


def _agreed(batch: Batch) -> dict[str, Any]:
    """Of the last agreement on terms among the entries, if there is one."""
    for entry in reversed(batch.entries):
        if entry.happening is Happening.TERMS_AGREED:
            terms = {"contract": "agreed_contract", "pack": "pack", "version": "pack_version"}
            return {column: entry.data[name] for name, column in terms.items() if name in entry.data}
    return {}


def _identified(connection: Connection, batch: Batch) -> dict[str, Any]:
    """Whose report it has been found to be, whom to call back, what it says, and what is searched of that."""
    if all(entry.happening not in _NAMING for entry in batch.entries):
        return {}
    stood = select(*(_TABLE.c[name] for name in _REPORTED)).where(_TABLE.c.number == batch.number)
    said = dict(connection.execute(stood).mappings().one()) | _corrected(batch)
    title, description, site = said["title"], said["description"], said["site"]
    others = [word for each in batch.summary.other_contacts for word in (each.name, each.phone)]
    return said | party_columns(batch.number, title, description, batch.summary.party, site or "", *others)


def _corrected(batch: Batch) -> dict[str, str]:
    """What the entries correct of the report, the last word for each."""
    corrections = [entry.data for entry in batch.entries if entry.happening is Happening.CORRECTED]
    return {name: data[name] for data in corrections for name in _REPORTED if name in data}


#: With which a ticket is a customer's.
_MAKES_IT_THEIRS = frozenset({Happening.OPENED, Happening.IDENTIFIED})


def hear_what_changed(connection: Connection, batch: Batch, new: Sequence[Entry]) -> None:
    """Of a ticket that becomes a customer's: what has changed there while it was on its way, it hears all the same."""
    since = min((entry.recorded_at for entry in new if entry.happening in _MAKES_IT_THEIRS), default=None)
    customer = batch.summary.customer.id
    if since is not None and customer is not None:
        tell_anew(connection, customer, since)
        if batch.summary.waits_for and any(_was_anothers(entry, customer) for entry in new):
            note_people_of(connection, customer)


def _was_anothers(entry: Entry, customer: str) -> bool:
    """Whether it was found to be this customer's: what was asked before reached nobody of them."""
    before = entry.data.get("before") or {}
    return entry.happening is Happening.IDENTIFIED and before.get("customer") != customer


_GIVES_A_CASE = frozenset({Happening.VENDOR_CASE_OPENED, Happening.VENDOR_CASE_HANDED})


def _vendors(connection: Connection, batch: Batch) -> dict[str, Any]:
    """Those who have a case, old ones too: what they once saw stays theirs to see."""
    begun = (entry for entry in batch.entries if entry.happening in _GIVES_A_CASE)
    new = {vendor for entry in begun if (vendor := entry.data.get("vendor"))}
    if not new:
        return {}
    known = connection.scalar(select(_TABLE.c.vendors).where(_TABLE.c.number == batch.number))
    return {"vendors": tuple(sorted({*(known or ()), *new}))}
