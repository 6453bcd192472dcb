"""The record of the registry: every change, by whom, what was before and after. Triggers of the database write it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class RegistryChangeRow(Base):
    """One change of one row, written in its transaction. The database refuses to change or remove it."""

    __tablename__ = "registry_change"
    __table_args__ = (
        # What somebody did, whom it concerned, and what became of one thing.
        Index("ix_registry_change_person_id", "person", "id"),
        Index("ix_registry_change_whom_id", "whom", "id"),
        Index("ix_registry_change_kind_about_id", "kind", "about", "id"),
        # The last change of a kind, which is the version of what is read then.
        Index("ix_registry_change_kind_id", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    #: Who did it; None: nobody who signs in, see ``way``.
    person: Mapped[str | None]
    #: By what: token, session, link, password, provider; else the program, and on the command line its user.
    way: Mapped[str]
    #: The id of the request, as the log has it.
    request: Mapped[str | None]
    #: The table, and what the row is called by in it.
    kind: Mapped[str]
    about: Mapped[str]
    #: The person, customer or ticket that it concerns.
    whom: Mapped[str]
    #: added, changed or removed.
    action: Mapped[str]
    #: What is another than before; of a secret only that it is.
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
