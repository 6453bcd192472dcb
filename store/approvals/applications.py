"""The application that a ticket's approvers are asked about: what was asked, by whom, and who has spoken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from domain.ticket.timeline import Happening
from store.models import AttachmentRow, EntryRow, PersonRow, TicketRow
from store.models.attachment import ATTACHMENTS

#: Of the customer's answer that a ticket waits for (``Summary.waits_for``).
_WAITING = "approval"
_TOLD_BY = (Happening.FORMAL_REPORT_SUBMITTED, Happening.MAJOR_APPLIED, Happening.APPROVED)


@dataclass(frozen=True, slots=True)
class ApplicationShown:
    """The latest version of《重大问题服务申请》(000-09), as its approvers read it.

    Attributes:
        version: 1, 2, ...
        by: the name of who applied.
        report: the formal report that goes with it.
        files: the names of what is attached to both, in that order.
        approvals: the departments that have agreed.
        is_open: it waits for a department.
    """

    version: int
    title: str
    plan: str
    risk: str
    by: str
    at: datetime
    report: str
    files: tuple[str, ...]
    approvals: frozenset[str]
    is_open: bool

    def waits_for(self, departments: Iterable[str]) -> str | None:
        """The first of these departments that has still to speak; None: none has."""
        return next((each for each in departments if each not in self.approvals), None) if self.is_open else None


def application(engine: Engine, number: str) -> ApplicationShown | None:
    """The ticket's latest application; None: there has been none."""
    columns = (EntryRow.happening, EntryRow.at, EntryRow.actor_id, EntryRow.actor_department, EntryRow.data)
    statement = (
        select(*columns, PersonRow.name, TicketRow.waits_for)
        .join(TicketRow, TicketRow.number == EntryRow.ticket)
        .outerjoin(PersonRow, PersonRow.id == EntryRow.actor_id)
        .where(EntryRow.ticket == number, EntryRow.happening.in_(_TOLD_BY))
        .order_by(EntryRow.seq)
    )
    with engine.connect() as connection:
        rows = connection.execute(statement).all()
        applied = [place for place, row in enumerate(rows) if row.happening is Happening.MAJOR_APPLIED]
        return _read(connection, number, rows, applied) if applied else None


def _read(connection: Connection, number: str, rows: Sequence[Row[Any]], applied: list[int]) -> ApplicationShown:
    place, asked = applied[-1], rows[applied[-1]]
    reports = [row.data for row in rows if row.happening is Happening.FORMAL_REPORT_SUBMITTED]
    report: dict[str, Any] = reports[-1] if reports else {}
    attached = [*asked.data.get(ATTACHMENTS, ()), *report.get(ATTACHMENTS, ())]
    return ApplicationShown(
        version=len(applied),
        title=asked.data["title"],
        plan=asked.data["plan"],
        risk=asked.data["risk"],
        by=asked.name or asked.actor_id,
        at=asked.at,
        report=report.get("text", ""),
        files=_names(connection, number, attached) if attached else (),
        approvals=frozenset(_department(row) for row in rows[place:] if row.happening is Happening.APPROVED),
        is_open=_WAITING in asked.waits_for,
    )


def _department(approved: Row[Any]) -> str:
    """For which one somebody spoke: for their own, or in the place of its approver."""
    return str(approved.data.get("department") or approved.actor_department)


def _names(connection: Connection, number: str, ids: Sequence[str]) -> tuple[str, ...]:
    statement = select(AttachmentRow.id, AttachmentRow.name).where(
        AttachmentRow.ticket == number, AttachmentRow.id.in_(ids)
    )
    names = {row.id: row.name for row in connection.execute(statement)}
    return tuple(names[id_] for id_ in dict.fromkeys(ids) if id_ in names)
