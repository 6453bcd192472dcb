"""What happened on a ticket, what is owed on it, what was decided, and who was told."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pydantic import JsonValue

from api.http.documents import PERHAPS, Document
from api.http.instants import Shown
from domain.audience.visibility import (
    OBLIGATION,
    may_know_decision,
    may_name,
    may_see,
    only,
)
from domain.matters.applications import named_by
from domain.people.actors import Actor, Role
from domain.ticket.obligations import State, is_open
from domain.ticket.timeline import Happening
from domain.words.accounts import with_names
from domain.words.label import Label, Language
from store.models import EntryRow, NotificationRow, ObligationRow
from store.queries.visibility import seen
from store.registry.names import Names


class ActorShown(Document):
    """Who did it; to people outside, of somebody who is not of their side and not in charge, the role alone."""

    id: str = PERHAPS
    name: str | None = PERHAPS
    role: Role
    department: str | None = PERHAPS


class EntryDocument(Document):
    """A line of the timeline. ``at``: when it took effect; ``recorded_at``: when the ticket learnt of it.

    ``claimed_at``: when its sender says that it happened, whether or not that counts. People outside get of ``data``
    what is for them, and ``command_id`` and ``claimed_at`` of their own commands alone. Where ``data`` names people of
    ours whom they may know, what these are called stands beside: ``to_name``, ``from_name``.
    """

    seq: int
    happening: Happening
    at: Shown
    recorded_at: Shown
    claimed_at: Shown | None
    actor: ActorShown
    command_id: str | None
    data: dict[str, JsonValue]

    @classmethod
    def of(cls, row: EntryRow, viewer: Actor, assignee: str | None, names: Names) -> "EntryDocument":
        """Of a row of the read model that is there for somebody."""
        actor = Actor(row.actor_id, row.actor_role, department=row.actor_department)
        person = {"id": actor.id, "name": names.get(actor.id), "department": actor.department}
        named = person if may_name(viewer, actor, assignee) else {}
        data = seen(row, viewer)
        return cls(
            seq=row.seq,
            happening=row.happening,
            at=row.at,
            recorded_at=row.recorded_at,
            claimed_at=row.claimed_at if may_know_decision(viewer, actor.id) else None,
            actor=ActorShown(role=actor.role, **named),
            command_id=row.command_id if may_know_decision(viewer, actor.id) else None,
            data=data | _named(row.happening, data, viewer, assignee, names) | _in_words(row.happening, data, names),
        )


#: In which fields an entry names people, of ours but for the last.
_NAMING: dict[Happening, tuple[str, ...]] = {
    Happening.TAKEN: ("to", "from"),
    Happening.REASSIGNED: ("to", "from"),
    Happening.UNASSIGNED: ("from",),
    Happening.DISPATCHED: ("to",),
    Happening.LINK_HANDED: ("to",),
}


def people_of(rows: Iterable[EntryRow]) -> Iterator[str]:
    """Whoever is named by these entries."""
    for row in rows:
        yield row.actor_id
        yield from (row.data[field] for field in _NAMING.get(row.happening, ()) if row.data.get(field))
        yield from named_by(row.data.get("reason"), _why(row.happening, row.data))


def _why(happening: Happening, data: dict[str, Any]) -> Label:
    """The words of a refusal; empty where it is none, or none for the viewer."""
    return Label.from_json(data.get("detail", {}) if happening is Happening.COMMAND_REFUSED else {})


def _in_words(happening: Happening, data: dict[str, Any], names: Names) -> dict[str, Any]:
    """A refusal with the names of those whom it names, for whoever reads it: they are of its sender's own side."""
    words = _why(happening, data)
    return {"detail": with_names(words, names).as_json()} if named_by(data.get("reason"), words) else {}


def _named(
    happening: Happening, data: dict[str, Any], viewer: Actor, assignee: str | None, names: Names
) -> dict[str, str]:
    """Beside the people whom an entry names, what they are called, where the viewer may know it."""
    there = {field: data[field] for field in _NAMING.get(happening, ()) if data.get(field) in names}
    side = Role.CUSTOMER_CONTACT if happening is Happening.LINK_HANDED else Role.ENGINEER
    return {f"{field}_name": names[who] for field, who in there.items() if may_name(viewer, Actor(who, side), assignee)}


class AlarmShown(Document):
    """A rung that was raised."""

    rung: Literal[50, 80, 100, 150]
    due_at: Shown
    raised_at: Shown
    lateness_ms: int


class ObligationDocument(Document):
    """One promise on a ticket. ``open``: it can still be acted on."""

    key: str
    kind: str
    clause: str
    superseded: tuple[str, ...]
    state: State
    open: bool
    reason: str | None
    due_at: Shown | None
    budget: str | int
    counting: str
    calendar: str
    origin: str
    armed: str
    provisional: bool
    default: bool
    met_at: Shown | None
    reported_late: bool
    next_rung_at: Shown | None = PERHAPS
    segments: list[tuple[Shown, Shown | None]]
    alarms: list[AlarmShown]
    explanation: dict[str, str]

    @classmethod
    def of(cls, row: ObligationRow, viewer: Actor, *, is_work: bool) -> "ObligationDocument":
        """Of a row of the read model, for somebody; alarms are a list to everybody."""
        columns = {name: getattr(row, name) for name in cls.model_fields if name != "open"}
        still = is_open(row.kind, row.state, is_met=row.met_at is not None, is_work=is_work)
        said = columns | {"armed": " or ".join(row.armed), "open": still}
        return cls(**{"alarms": []} | only(viewer, OBLIGATION, said))


class ObligationsDocument(Document):
    """All promises of a ticket, as of its entry ``seq``; none for whom they are no business of."""

    seq: int
    items: list[ObligationDocument]

    @classmethod
    def of(cls, seq: int, rows: Iterable[ObligationRow], viewer: Actor, *, is_work: bool) -> "ObligationsDocument":
        """Of the read model's rows, for somebody."""
        shown = rows if may_see(viewer, OBLIGATION, "key") else ()
        return cls(seq=seq, items=[ObligationDocument.of(row, viewer, is_work=is_work) for row in shown])


class RecipientDocument(Document):
    """Who was told."""

    id: str
    name: str | None


class ToldDocument(Document):
    """A message that somebody got of the ticket, in the words in which they got it.

    `whom`: the word of the table of notices that means them; `how`: how it came to them, by the roster of then.
    `read_at`: when they noted that they had read it; null: not yet.
    """

    id: str
    recipient: RecipientDocument
    title: str
    text: str
    action: str | None
    whom: str
    how: str
    seq: int | None
    happening: Happening | None
    created_at: Shown
    read_at: Shown | None

    @classmethod
    def of(cls, row: NotificationRow, names: Names, language: Language) -> "ToldDocument":
        """Of a row, in the reader's language."""
        return cls(
            id=row.id,
            recipient=RecipientDocument(id=row.recipient, name=names.get(row.recipient)),
            title=Label.from_json(row.title).to(language),
            text=Label.from_json(row.text).to(language),
            action=Label.from_json(row.action).to(language) if row.action else None,
            whom=row.grounds.get("whom", ""),
            how=row.grounds.get("how", ""),
            seq=row.seq,
            happening=row.happening,
            created_at=row.created_at,
            read_at=row.read_at,
        )
