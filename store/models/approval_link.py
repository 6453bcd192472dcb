"""Links: the way to one decision for one person, by a token that only they hold. Only hashes are stored."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.matters.matter import Asked
from store.models.base import Base


class Action(StrEnum):
    """What a link lets its holder decide."""

    APPROVE_MAJOR = "approve_major"
    REMOTE_GRANT = Asked.REMOTE_GRANT.value
    PART_AGREEMENT = Asked.PART_AGREEMENT.value
    CHANGE_AGREEMENT = Asked.CHANGE_AGREEMENT.value
    CHANGE_ACCEPTANCE = Asked.CHANGE_ACCEPTANCE.value
    CONFIRMATION = Asked.CONFIRMATION.value


class ApprovalLinkRow(Base):
    """A link to decide on one version of one matter, once, until it expires."""

    __tablename__ = "approval_link"
    __table_args__ = (
        # Of several for the same decision only the newest opens anything.
        Index(
            "uq_approval_link_live",
            "ticket",
            "action",
            "version",
            "person",
            unique=True,
            postgresql_where=text("used_at IS NULL AND revoked_at IS NULL"),
        ),
    )

    #: Of the token (``store.access.digests``).
    hash: Mapped[str] = mapped_column(primary_key=True)
    #: What it is called by when it is listed or revoked; it opens nothing.
    id: Mapped[str] = mapped_column(unique=True)
    #: A ticket that is removed takes its links along.
    ticket: Mapped[str] = mapped_column(ForeignKey("ticket.number", ondelete="CASCADE"), index=True)
    action: Mapped[Action]
    #: Of the application; of anything else the entry that asks. What is asked later needs a link of its own.
    version: Mapped[int]
    #: Which one of several is asked about: a part, a change.
    about: Mapped[str | None]
    #: Since when it is asked, as the ticket itself has it: the ticket takes an answer to that question alone.
    since: Mapped[datetime | None]
    #: Who of ours handed it to its holder; None: they took it themselves, or the operator made it.
    handed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    #: The department that is asked; None: of the days when none was named.
    department: Mapped[str | None]
    #: What it was asked for with: it ends with that if that is revoked.
    token_id: Mapped[str | None] = mapped_column(index=True)
    session_id: Mapped[str | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    #: The command that went to the ticket, decided or not.
    command_id: Mapped[str | None]
    #: Its decision is on record.
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
