"""A link, as the one person who may have it gets it."""

from api.http.documents import Document
from api.http.instants import Shown


class LinkDocument(Document):
    """A single-use link. ``url``: to open on any device, without signing in; it is shown this once."""

    url: str
    expires_at: Shown
