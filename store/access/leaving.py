"""Leaving: what opened something for somebody opens nothing any more, and streams that run end."""

from collections.abc import Collection

from pydantic_core import to_json
from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, update

from store.access.links import end_links
from store.decisions import CHANNEL
from store.models import ApprovalLinkRow, SessionRow, TokenRow
from store.presence import leave


def shut_out(connection: Connection, person: str, *, session: str | None = None, token: str | None = None) -> None:
    """End all by which somebody enters, for good: it stays ended when the person comes back.

    But perhaps what the person themselves asks with: their session, or their token with all that it came from.
    """
    kept = set(connection.scalars(_origins(token))) if token else set()
    _end_tokens(connection, TokenRow.person_id == person, TokenRow.id.not_in(kept))
    begin_anew(connection, person, session=session)


def begin_anew(connection: Connection, person: str, *, session: str | None = None) -> None:
    """End what somebody opened with the rights that they had; tokens have those of their owner at any time."""
    sessions = (
        SessionRow.person_id == person,
        SessionRow.revoked_at.is_(None),
        SessionRow.id.is_distinct_from(session),
    )
    connection.execute(update(SessionRow).where(*sessions).values(revoked_at=func.now()))
    end_links(connection, or_(ApprovalLinkRow.person == person, ApprovalLinkRow.handed_by == person))
    end_streams(connection, person)


def end_begun_by(connection: Connection, person: str, way: str) -> None:
    """End the sessions that somebody began in this way, and what was made in them."""
    begun = (SessionRow.person_id == person, SessionRow.way == way, SessionRow.revoked_at.is_(None))
    ended = connection.scalars(update(SessionRow).where(*begun).values(revoked_at=func.now()).returning(SessionRow.id))
    end_what_came_from(connection, sessions=ended.all())
    end_streams(connection, person)


def end_what_came_from(connection: Connection, *, sessions: Collection[str] = (), tokens: Collection[str] = ()) -> None:
    """End the tokens and links that were made with these, and what was made with those."""
    made = select(TokenRow.id).where(or_(TokenRow.session_id.in_(sessions), TokenRow.id.in_(tokens)))
    every = made.cte(recursive=True)
    every = every.union(select(TokenRow.id).where(TokenRow.parent_id == every.c.id))
    of_tokens = set(connection.scalars(select(every.c.id)))
    _end_tokens(connection, TokenRow.id.in_(of_tokens))
    its = or_(ApprovalLinkRow.session_id.in_(sessions), ApprovalLinkRow.token_id.in_(of_tokens))
    end_links(connection, its)


def _origins(token: str) -> Select[str]:
    """The token and those that it came from."""
    above = select(TokenRow.id, TokenRow.parent_id).where(TokenRow.id == token).cte(recursive=True)
    above = above.union(select(TokenRow.id, TokenRow.parent_id).where(TokenRow.id == above.c.parent_id))
    return select(above.c.id)


def _end_tokens(connection: Connection, *which: ColumnElement[bool]) -> None:
    live = update(TokenRow).where(*which, TokenRow.revoked_at.is_(None))
    connection.execute(live.values(revoked_at=func.now()))


def end_streams(connection: Connection, person: str) -> None:
    """Tell every process that somebody's event streams end when the transaction does; who may, opens another.

    Where they are on a ticket's page by what has ended, they are gone from there.
    """
    leave(connection, person)
    connection.execute(select(func.pg_notify(CHANNEL, to_json({"person": person}).decode())))
