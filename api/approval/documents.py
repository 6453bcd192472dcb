"""A link, as the one person who may have it gets it, and as others see that there is one."""

from api.http.documents import PERHAPS, Document, Plain
from api.http.instants import Shown


class LinkDocument(Document):
    """A single-use link. ``url``: to open on any device, without signing in; it is shown this once.

    ``code``: what is read out on the telephone in its place, to be typed at ``enter_at``.
    """

    url: str
    expires_at: Shown
    code: str = PERHAPS
    enter_at: str = PERHAPS


class IssuedDocument(Plain):
    """A link that was issued. What would open it is kept by nobody but its holder."""

    id: str
    person: str
    department: str | None
    action: str
    about: str | None
    version: int
    handed_by: str | None
    created_at: Shown
    expires_at: Shown
    used_at: Shown | None
    revoked_at: Shown | None
