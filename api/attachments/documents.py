"""An attachment of a ticket, without its bytes."""

from collections.abc import Collection

from api.http.documents import PERHAPS, Document
from api.http.instants import Shown
from domain.audience.visibility import may_name
from domain.people.actors import Actor, Role
from store.models import AttachmentRow
from store.registry.names import Names


class AttachmentDocument(Document):
    """A file; ``size`` in bytes.

    ``seen_by_customer``, of a list for ours: whether the customer's people see it by now. ``erased``: its bytes were
    erased on request, and nobody opens it any more.

    ``uploaded_by`` and ``uploaded_by_name`` are absent where the caller knows of ours only who is in charge.
    """

    id: str
    name: str
    size: int
    media_type: str
    sha256: str
    role: Role
    uploaded_by: str = PERHAPS
    uploaded_by_name: str | None = PERHAPS
    uploaded_at: Shown
    seen_by_customer: bool = PERHAPS
    erased: bool

    @classmethod
    def of(
        cls,
        row: AttachmentRow,
        viewer: Actor,
        assignee: str | None,
        names: Names,
        customers: Collection[str] | None = None,
        erased: Collection[str] = (),
    ) -> "AttachmentDocument":
        """Of a row that the viewer may see; ``customers``: those that the customer sees, ``erased``: those that are."""
        person = {"uploaded_by": row.uploaded_by, "uploaded_by_name": names.get(row.uploaded_by)}
        seen = {} if customers is None else {"seen_by_customer": row.id in customers}
        columns = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name) and name not in person}
        known = may_name(viewer, Actor(row.uploaded_by, row.role), assignee)
        return cls(**columns, **(person if known else {}), **seen, erased=row.id in erased)
