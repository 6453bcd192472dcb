"""The messages of an inbox, as their recipient gets them."""

from dataclasses import asdict
from datetime import datetime

from pydantic import JsonValue

from api.http.documents import Document, Page
from api.http.instants import Shown
from domain.audience.reaching import Urgency, Way
from domain.audience.visibility import message
from domain.people.actors import Actor
from domain.ticket.timeline import Happening
from domain.words.label import Label, Language
from store.deliveries.policy import Own
from store.models import NotificationRow, Overtaken
from store.registry.names import Names


class GroundsDocument(Document):
    """Why somebody was told: the word of the table of notices that means them, and how it came to them."""

    whom: str
    how: str


class CalledDocument(Document):
    """The recipient is called to answer for the ticket. ``waits``: nobody has yet; ``answered_by``: who has it."""

    waits: bool
    answered_by: str | None

    @classmethod
    def of(cls, row: NotificationRow, names: Names) -> "CalledDocument | None":
        """Of a row; None: it calls nobody."""
        if row.call is None:
            return None
        return cls(waits=bool(row.calls), answered_by=row.answered_by and names.get(row.answered_by, row.answered_by))


class MessageDocument(Document):
    """A message of somebody's inbox: a sentence, and of its ticket what is for them.

    `action`: what they are asked to do; null: they are informed, or it is asked no more, and `overtaken` says why.
    `link`: the ticket. `since`: when the report came. `due_at`: the promise that an alarm is about, otherwise the open
    one due first. `late_s`: how late an alarm is. `happening` and `seq`: null where no entry tells of it, as of what
    the watchdog found, and of the registry; `ticket`: perhaps, too.
    """

    id: str
    ticket: str | None
    title: str
    text: str
    action: str | None
    overtaken: Overtaken | None
    link: str | None
    customer: str | None
    level: str | None
    since: Shown | None
    due_at: Shown | None
    late_s: int | None
    call: CalledDocument | None
    grounds: GroundsDocument
    seq: int | None
    happening: Happening | None
    data: dict[str, JsonValue]
    created_at: Shown
    read_at: Shown | None

    @classmethod
    def of(cls, row: NotificationRow, viewer: Actor, language: Language, names: Names) -> "MessageDocument":
        """Of a row, for its recipient, in their language."""
        about, grounds = row.about, row.grounds
        return cls(
            id=row.id,
            ticket=row.ticket,
            title=_said(row.title, language),
            text=_said(row.text, language),
            action=_said(row.action, language) if row.action and not row.overtaken else None,
            overtaken=Overtaken(row.overtaken) if row.overtaken else None,
            link=f"/api/tickets/{row.ticket}" if row.ticket else None,
            customer=about.get("customer"),
            level=_said(about["level"], language) if about.get("level") else None,
            since=_instant(about.get("since")),
            due_at=_instant(about.get("due_at")),
            late_s=about.get("late_s"),
            call=CalledDocument.of(row, names),
            grounds=GroundsDocument(whom=grounds.get("whom", ""), how=grounds.get("how", "")),
            seq=row.seq,
            happening=row.happening,
            data=message(viewer, row.happening, row.data),
            created_at=row.created_at,
            read_at=row.read_at,
        )


class ChannelsOf(Document):
    """The channels that reach the reader with what is of an urgency, as the company lays it down.

    `second`: if none of the first has delivered it within `after_min` minutes. `fixed`: none can be refused. `quiet`:
    it waits for the end of quiet hours, of whoever is off duty.
    """

    urgency: Urgency
    first: tuple[Way, ...]
    second: tuple[Way, ...]
    after_min: int
    fixed: bool
    quiet: bool


class ChannelsDocument(Document):
    """How the reader is reached outside the inbox, and what they would rather have."""

    quiet_from: str | None
    quiet_until: str | None
    refused: tuple[str, ...]
    channels: tuple[ChannelsOf, ...]

    @classmethod
    def of(cls, own: Own) -> "ChannelsDocument":
        """For whom it is about."""
        begins, ends = own.wishes.quiet or (None, None)
        return cls(
            quiet_from=begins and f"{begins:%H:%M}",
            quiet_until=ends and f"{ends:%H:%M}",
            refused=tuple(sorted(f"{urgency}/{way}" for urgency, way in own.wishes.refused)),
            channels=tuple(ChannelsOf(urgency=urgency, **asdict(rule)) for urgency, rule in own.rules.items()),
        )


class InboxPage(Page[MessageDocument]):
    """A page of an inbox. `unread`: how many messages nobody has read, in all; of more than 999 it is 1000."""

    unread: int

    @classmethod
    def counting(cls, page: Page[MessageDocument], unread: int) -> "InboxPage":
        """With what is unread elsewhere, too."""
        return cls(items=page.items, unread=unread, **({"next": page.next} if page.next is not None else {}))


def _said(label: dict[str, str], language: Language) -> str:
    return Label.from_json(label).to(language)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
