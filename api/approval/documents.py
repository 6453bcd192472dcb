"""A link, as the one person who may have it gets it, and as others see that there is one."""

from typing import Literal, Self

from api.http.documents import PERHAPS, Document
from api.http.instants import Shown
from domain.audience.reaching import Way
from domain.audience.visibility import sees_all
from domain.people.actors import Actor
from store.approvals.standing import Standing
from store.approvals.travelling import Destination, Lacking, Sent
from store.models import ApprovalLinkRow, Delivered
from store.registry.names import Names


class LinkDocument(Document):
    """A single-use link. ``url``: to open on any device, without signing in; it is shown this once.

    ``code``: what is read out on the telephone in its place, to be typed at ``enter_at``. ``sent_to``: a hint of the
    address that it is sent to, and then no more of it is shown.
    """

    expires_at: Shown
    url: str = PERHAPS
    code: str = PERHAPS
    enter_at: str = PERHAPS
    sent_to: str = PERHAPS


class WayDocument(Document):
    """A channel by which a link could be sent to whom it is for.

    ``to``: a hint of the address on record; null: it cannot be, for what is ``lacking``.
    """

    by: Way
    to: str | None
    lacking: Lacking | None

    @classmethod
    def of(cls, way: Way, found: Destination | Lacking) -> Self:
        """As the registry has it."""
        if isinstance(found, Destination):
            return cls(by=way, to=found.hint, lacking=None)
        return cls(by=way, to=None, lacking=found)


#: What is said of how far it has come.
Became = Literal["leaving", "sent", "refused", "needless"]
_BECAME: dict[Delivered, Became] = {
    Delivered.WAITING: "leaving",
    Delivered.LEAVING: "leaving",
    Delivered.SENT: "sent",
    Delivered.DEAD: "refused",
    Delivered.NEEDLESS: "needless",
}


class SentDocument(Document):
    """How a link travels. ``at``: when it left, else when it was asked for. ``said``: what a server said, for ours.

    ``needless``: it was over, or not asked for any more, before it could leave.
    """

    by: Way
    to: str
    became: Became
    at: Shown
    said: str | None

    @classmethod
    def to_viewer(cls, viewer: Actor, sent: Sent) -> Self:
        """As somebody may know of it."""
        said = sent.said if sees_all(viewer) else None
        return cls(by=sent.way, to=sent.hint, became=_BECAME[sent.state], at=sent.at, said=said)


class IssuedDocument(Document):
    """A link that was issued. What would open it is kept by nobody but its holder.

    ``handed_by_name``: people outside are not told it. ``revoked_at``: also where a newer one took its place. ``sent``:
    null where it was shown or read out. ``is_asked``: it opens something, and the ticket waits for the answer.
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
    is_asked: bool
    sent: SentDocument | None

    @classmethod
    def to(cls, viewer: Actor, row: ApprovalLinkRow, names: Names, sent: Sent | None, standing: Standing) -> Self:
        """As somebody may know of it."""
        called = {
            "person_name": names.get(row.person),
            "handed_by_name": names.get(row.handed_by or "") if sees_all(viewer) else None,
            "sent": sent and SentDocument.to_viewer(viewer, sent),
            "used_at": standing.used_at,
            "is_asked": standing.is_asked,
        }
        return cls(**{name: getattr(row, name) for name in cls.model_fields.keys() - called}, **called)
