"""An attachment of a ticket, without its bytes."""

from api.http.documents import PERHAPS, Document
from api.http.instants import Shown
from domain.audience.visibility import may_name
from domain.people.actors import Actor, Role
from store.models import AttachmentRow
from store.registry.names import Names


class AttachmentDocument(Document):
    """A file; ``size`` in bytes.

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

    @classmethod
    def of(cls, row: AttachmentRow, viewer: Actor, assignee: str | None, names: Names) -> "AttachmentDocument":
        """Of a row that the viewer may see."""
        person = {"uploaded_by": row.uploaded_by, "uploaded_by_name": names.get(row.uploaded_by)}
        columns = {name: getattr(row, name) for name in cls.model_fields if name not in person}
        known = may_name(viewer, Actor(row.uploaded_by, row.role), assignee)
        return cls(**columns, **(person if known else {}))
