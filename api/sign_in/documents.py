"""Sessions, tokens and identities, as their owners and administrators get them; nothing that opens anything."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from api.access.identity import Access
from api.http.documents import Document, Plain
from api.http.instants import Shown
from domain.audience.authority import MAY_OPEN, MAY_READ, may_send
from domain.audience.visibility import sees_all
from domain.people.actors import Actor, Role
from domain.ticket.commands import CommandKind
from domain.words.label import Label
from store.registry.confirmations import Confirmation
from store.registry.names import Names


class Me(Document):
    """Who the caller is, and what the role may do."""

    id: str
    role: Role
    department: str | None
    customers: tuple[str, ...]
    may_open: bool
    may_read: bool
    commands: list[CommandKind]

    @classmethod
    def of(cls, actor: Actor, *, deputy: bool = False) -> "Me":
        """Of a person; ``deputy``: standing in for an approver now."""
        return cls(
            id=actor.id,
            role=actor.role,
            department=actor.department,
            customers=actor.customers,
            may_open=actor.role in MAY_OPEN,
            may_read=actor.role in MAY_READ,
            commands=[kind for kind in CommandKind if may_send(actor, kind, deputy=deputy)],
        )


class Signed(Me):
    """Who the caller is. ``csrf``: what a page sends with every change; a token needs none. ``customer_names``: by id.

    ``password_to_change``: their password was handed out, and nothing is done before they have chosen another.
    """

    name: str
    customer_names: dict[str, str]
    scopes: tuple[str, ...]
    csrf: str | None = None
    password_to_change: bool = False

    @classmethod
    def by(cls, access: Access, name: str, customers: Names, *, deputy: bool) -> "Signed":
        """Of whoever asks, by the name that they are called; ``deputy``: standing in for an approver now."""
        csrf, to_change = (access.session.csrf, access.session.to_change) if access.session else (None, False)
        me = Me.of(access.actor, deputy=deputy)
        own = {"name": name, "customer_names": customers, "scopes": access.scopes}
        return cls(**me.model_dump(), **own, csrf=csrf, password_to_change=to_change)


class SessionDocument(Document):
    """A browser in which somebody is signed in. ``current``: the one that asks. ``kept``: no disuse ends it."""

    id: str
    way: str
    agent: str
    address: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime
    kept: bool
    current: bool

    @classmethod
    def of(cls, row: Row[Any], current: str | None) -> "SessionDocument":
        """Of a row."""
        return cls(**row._mapping, current=row.id == current)  # noqa: SLF001  # SQLAlchemy's public name


class TokenDocument(Plain):
    """A bearer token without the token itself."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class NewToken(Document):
    """A token that was just made; nobody can show it again."""

    id: str
    token: str
    expires_at: datetime


class IdentityDocument(Plain):
    """What a provider calls somebody, and who bound it."""

    provider: str
    subject: str
    bound_by: str
    created_at: datetime


class ProviderDocument(Document):
    """Where people sign in without a password of ours."""

    id: str
    name: dict[str, str] = Field(examples=[Label("飞书", "Feishu").as_json()])
    href: str


class HalfDocument(Document):
    """The second half of a password to hand out, which nobody can show again. Who asked for it has the first one.

    Its owner signs in with the first half and the second behind it, and chooses another. ``name``: whose it is.
    """

    person: str
    name: str
    half: str


class ConfirmationDocument(Document):
    """What waits for a second: a provider's word that is to stand for the person, a mail that is to be theirs, a
    new password that is to be handed out, or the parting of their account from others of the same person.

    ``asked_by``: the administrator who asked for it, by id; people outside are not told who of ours it was.
    """

    id: str
    person: str
    provider: str | None
    subject: str | None
    email: str | None
    password: bool
    parting: bool
    asked_by: str | None = None
    asked_at: Shown
    expires_at: Shown

    @classmethod
    def to(cls, viewer: Actor, waiting: Confirmation) -> "ConfirmationDocument":
        """As somebody may know it."""
        told = (
            asdict(waiting)
            if viewer.role is Role.ADMINISTRATOR or sees_all(viewer)
            else {**asdict(waiting), "asked_by": None}
        )
        return cls(**{name: told[name] for name in cls.model_fields})


class PasswordAskedDocument(ConfirmationDocument):
    """What waits, and the first half of the password, which nobody can show again. Who confirms is shown the other."""

    half: str
