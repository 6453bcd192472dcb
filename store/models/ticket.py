"""Tickets: one row a report, as of the last projected entry."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.people.actors import Role
from domain.ticket.records import End
from domain.ticket.stages import Stage
from store.models.base import Base


class TicketRow(Base):
    """A ticket: the report as it was taken, and how it stands. Written by projections only."""

    __tablename__ = "ticket"
    __table_args__ = (
        # The lists' orders, each with the number as the tie-break of its cursor.
        Index("ix_ticket_received", "received_at", "number"),
        Index("ix_ticket_next_due", "next_due_at", "number"),
        Index("ix_ticket_customer_received", "customer_id", "received_at", "number"),
        Index("ix_ticket_stage_received", "stage", "received_at", "number"),
        Index("ix_ticket_updated", "updated_at", "number"),
        Index("ix_ticket_gravity_due", "gravity", "next_due_at", "number"),
        Index("ix_ticket_closed", "closed_at", "number"),
        # What the desk asks for: few of all tickets, of which most are closed.
        Index("ix_ticket_open_due", "next_due_at", "number", postgresql_where=text("closed_at IS NULL")),
        Index("ix_ticket_asked", "waits_since", "number", postgresql_where=text("waits_for <> '{}'")),
        Index("ix_ticket_work", "next_due_at", "number", postgresql_where=text("work <> '{}'")),
        Index("ix_ticket_vendors", "vendors", postgresql_using="gin"),
        # By the last digits, for not everybody says the city.
        Index("ix_ticket_contact_tail", text('"right"(contact_number, 7)')),
        Index("ix_ticket_searched_pairs", "searched_pairs", postgresql_using="gin"),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    #: The last entry that is projected.
    seq: Mapped[int]
    drill: Mapped[bool]

    # The report as it was taken; customer, contact and contract as they are known by now.
    contract: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    description: Mapped[str]
    channel: Mapped[str]
    #: None: a caller not known yet.
    customer_id: Mapped[str | None]
    customer_name: Mapped[str]
    contact_name: Mapped[str]
    contact_phone: Mapped[str]
    #: The digits of that, in one form (``domain.people.phones``).
    contact_number: Mapped[str]
    opener_id: Mapped[str]
    opener_role: Mapped[Role]
    asset: Mapped[str | None]
    #: Address, building, room.
    site: Mapped[str | None]
    accepted_at: Mapped[datetime]
    fault_occurred_at: Mapped[datetime | None]
    #: A closed ticket of the same customer.
    follows: Mapped[str | None] = mapped_column(index=True)
    booked_at: Mapped[datetime | None]
    key_hash: Mapped[str]
    body_hash: Mapped[str]

    #: What people remember of it, folded as a search is, and every two neighbouring characters of that.
    searched: Mapped[str]
    searched_pairs: Mapped[tuple[str, ...]]

    #: Vendors that have, or had, a case on it.
    vendors: Mapped[tuple[str, ...]] = mapped_column(default=())

    # What was agreed: the contract that the opener's word stood for, its pack and the pack's version.
    agreed_contract: Mapped[str | None] = mapped_column(index=True)
    pack: Mapped[str | None] = mapped_column(index=True)
    pack_version: Mapped[str | None]

    # How it stands.
    stage: Mapped[Stage]
    level: Mapped[str | None]
    #: The place of the level in its contract's scale; 0: the gravest.
    gravity: Mapped[int | None]
    facts: Mapped[dict[str, Any]]
    assignee: Mapped[str | None] = mapped_column(index=True)
    received_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    #: Where nobody resolved it: discarded or merged.
    ended_as: Mapped[End | None]
    merged_into: Mapped[str | None] = mapped_column(index=True)
    #: Of reports of the same fault that ended in it, each with name and phone.
    other_contacts: Mapped[list[Any]]
    #: A major incident, or a candidate that nobody has judged.
    major: Mapped[bool]
    #: The pack's service code and category of support.
    service: Mapped[str | None]
    category: Mapped[str | None]
    #: The reason, while a person's pause stands.
    paused: Mapped[str | None]
    #: When that ends by itself.
    paused_until: Mapped[datetime | None]
    #: The stage that the pack's route has next.
    proposed: Mapped[Stage | None]
    #: What the customer has been asked and has not answered.
    waits_for: Mapped[tuple[str, ...]]
    #: The oldest of it.
    waits_since: Mapped[datetime | None]
    #: What waits for people of ours who have no part in its repair (`domain.ticket.work`).
    work: Mapped[tuple[str, ...]]
    #: The entry that began the call by which somebody is to answer for it; None: nobody is called.
    call: Mapped[int | None]
    called_since: Mapped[datetime | None]
    #: Who has it; None: nobody has answered yet.
    answered_by: Mapped[str | None]
    #: How many of its promises were broken.
    late: Mapped[int]
    #: The open promise that falls, or fell, due first.
    next_due_key: Mapped[str | None]
    next_due_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    #: The transaction that projected it last, for streams that resume.
    changed_in: Mapped[int] = mapped_column(BigInteger, index=True)
