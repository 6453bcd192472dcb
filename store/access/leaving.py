"""Leaving: what opened something for somebody opens nothing any more."""

from sqlalchemy import Connection, func, update

from store.models import SessionRow, TokenRow


def shut_out(connection: Connection, person: str) -> None:
    """End sessions and tokens for good: they stay ended when the person comes back."""
    for row in (SessionRow, TokenRow):
        live = (row.person_id == person, row.revoked_at.is_(None))
        connection.execute(update(row).where(*live).values(revoked_at=func.now()))
