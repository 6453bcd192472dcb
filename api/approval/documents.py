"""A link, as the one person who may have it gets it, and as others see that there is one."""

from typing import Self

from api.http.documents import PERHAPS, Document
from api.http.instants import Shown
from domain.audience.visibility import sees_all
from domain.people.actors import Actor
from store.models import ApprovalLinkRow
from store.registry.names import Names


class LinkDocument(Document):
    """A single-use link. ``url``: to open on any device, without signing in; it is shown this once.

    ``code``: what is read out on the telephone in its place, to be typed at ``enter_at``.
    """

    url: str
    expires_at: Shown
    code: str = PERHAPS
    enter_at: str = PERHAPS


class IssuedDocument(Document):
    """A link that was issued. What would open it is kept by nobody but its holder.

    ``handed_by_name``: people outside are not told it. ``revoked_at``: also where a newer one took its place.
    """

    id: str
    person: str
    person_name: str | None
    department: str | None
    action: str
    about: str | None
    version: int
    handed_by: str | None
    handed_by_name: str | None
    created_at: Shown
    expires_at: Shown
    used_at: Shown | None
    revoked_at: Shown | None

    @classmethod
    def to(cls, viewer: Actor, row: ApprovalLinkRow, names: Names) -> Self:
        """As somebody may know of it."""
        called = {
            "person_name": names.get(row.person),
            "handed_by_name": names.get(row.handed_by or "") if sees_all(viewer) else None,
        }
        return cls(**{name: getattr(row, name) for name in cls.model_fields.keys() - called}, **called)
