"""Leaving: what opened something for somebody opens nothing any more, and streams that run end."""

from pydantic_core import to_json
from sqlalchemy import Connection, func, select, update

from store.decisions import CHANNEL
from store.models import ApprovalLinkRow, SessionRow, TokenRow


def shut_out(connection: Connection, person: str) -> None:
    """End all by which somebody enters, for good: it stays ended when the person comes back."""
    live = (TokenRow.person_id == person, TokenRow.revoked_at.is_(None))
    connection.execute(update(TokenRow).where(*live).values(revoked_at=func.now()))
    begin_anew(connection, person)


def begin_anew(connection: Connection, person: str) -> None:
    """End what somebody opened with the rights that they had; tokens have those of their owner at any time."""
    sessions = (SessionRow.person_id == person, SessionRow.revoked_at.is_(None))
    connection.execute(update(SessionRow).where(*sessions).values(revoked_at=func.now()))
    links = (ApprovalLinkRow.person == person, ApprovalLinkRow.used_at.is_(None), ApprovalLinkRow.revoked_at.is_(None))
    connection.execute(update(ApprovalLinkRow).where(*links).values(revoked_at=func.now()))
    end_streams(connection, person)


def end_streams(connection: Connection, person: str) -> None:
    """Tell every process that somebody's event streams end when the transaction does; who may, opens another."""
    connection.execute(select(func.pg_notify(CHANNEL, to_json({"person": person}).decode())))
