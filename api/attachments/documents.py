"""An attachment of a ticket, without its bytes."""

from api.http.documents import PERHAPS, Document
from api.http.instants import Shown
from domain.audience.visibility import may_name
from domain.people.actors import Actor, Role
from store.models import AttachmentRow


class AttachmentDocument(Document):
    """A file. ``uploaded_by`` is absent where the caller knows of ours only who is in charge; ``size`` in bytes."""

    id: str
    name: str
    size: int
    media_type: str
    sha256: str
    role: Role
    uploaded_by: str = PERHAPS
    uploaded_at: Shown

    @classmethod
    def of(cls, row: AttachmentRow, viewer: Actor, assignee: str | None) -> "AttachmentDocument":
        """Of a row that the viewer may see."""
        columns = {name: getattr(row, name) for name in cls.model_fields if name != "uploaded_by"}
        known = may_name(viewer, Actor(row.uploaded_by, row.role), assignee)
        return cls(**columns, **({"uploaded_by": row.uploaded_by} if known else {}))
