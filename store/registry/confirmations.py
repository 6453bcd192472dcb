"""Confirmations: by what somebody enters is changed by two, an administrator and a second one or the person.

Else whoever administers could enter as anybody, and approve. Two administrators part the accounts of one person, else
one could undo every separation of duties. On the command line one is enough: who is there has the
database anyway. Whoever it concerns is told of that too, and of what is taken away, which takes one alone.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, insert, or_, select, update

from domain.audience.confirmation_news import Change, Turn, What, to_administrators, to_person
from domain.audience.desk import How
from domain.audience.notices.notice import Whom
from domain.audience.registry_news import CONCERNED
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.words.label import Label
from store.access import identities
from store.access.digests import new_id
from store.access.leaving import begin_anew
from store.access.passwords import put_password
from store.models import ConfirmationRow, PersonRow
from store.paging import Found, Window, records
from store.registry.accounts import are_one, require_told, rewrite, unlink
from store.registry.administration import administration
from store.registry.faults import ConflictError, Fault, UnknownError
from store.registry.records import Person
from store.telling import tell

#: What nobody has said anything to for so long is not asked any more.
LASTS = timedelta(days=7)
_A_SECOND = Label(
    "须由另一位管理员或本人确认", "takes another administrator, or the person themselves; you asked for it"
)
_NOT_THE_PERSON = Label(
    "须由另一位管理员确认，本人不能决定", "takes another administrator; nobody decides it of their own accounts"
)
_ASKER_GONE = Label(
    "申请人已不是管理员，请拒绝；仍需要的，由管理员重新申请",
    "was asked for by somebody who is no administrator any more: refuse it; if it is wanted, "
    "an administrator asks anew",
)
GONE = Label("账号已停用，请先重新启用", "is deactivated; activate the account first")
_TAKEN = Label("已绑定到其他人", "stands for somebody else already")
#: What is kept of a password until somebody has answered.
_FORGOTTEN = {"password_hash": None, "second_half": None}
#: Who binds there is no person of the registry.
_COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What waits for a second.

    A provider's word that is to stand for the person, a mail that is to be theirs, a ``password`` to hand out, or
    their account's ``parting`` from their others.
    """

    id: str
    person: str
    provider: str | None
    subject: str | None
    email: str | None
    password: bool
    parting: bool
    asked_by: str
    asked_at: datetime
    expires_at: datetime


_COLUMNS = tuple(getattr(ConfirmationRow, one.name) for one in fields(Confirmation))


def ask_identity(engine: Engine, person: str, word: tuple[str, str], *, by: str, now: datetime) -> Confirmation | None:
    """A provider's word, and what it calls the person, wait for a second; None: they stand for the person now.

    They do at once where it is the account that one acts by, and where they do already: which other accounts are one's
    own an administrator says alone, of an approver's too.

    Raises:
        UnknownError: nobody has that id.
        ConflictError: they stand for somebody else.
    """
    with administration(engine) as connection:
        if _stands_already(connection, person, word):
            return None
        if person == by:
            identities.keep(connection, person, word, by=by, now=now)
            return None
        provider, subject = word
        return ask(connection, person, by=by, now=now, provider=provider, subject=subject)


def _stands_already(connection: Connection, person: str, word: tuple[str, str]) -> bool:
    """Whether a provider's word stands for the person; else it does for nobody.

    Raises:
        UnknownError: nobody has that id.
        ConflictError: it stands for somebody else.
    """
    if connection.scalar(select(PersonRow.id).where(PersonRow.id == person)) is None:
        raise UnknownError(person)
    owner = identities.owner(connection, *word)
    if owner not in {None, person}:
        raise ConflictError(Fault("subject", _TAKEN))
    return owner == person


def bind(engine: Engine, person: str, word: tuple[str, str], *, now: datetime) -> None:
    """From now on the provider's word stands for the person, as the command line says; the same again changes nothing.

    Raises:
        UnknownError: nobody has that id.
        ConflictError: it stands for somebody else.
    """
    with administration(engine) as connection:
        if not _stands_already(connection, person, word):
            identities.keep(connection, person, word, by=_COMMAND_LINE, now=now)
            tell_what_one_did(connection, person, Turn.MADE, now, by=None, provider=word[0], subject=word[1])


def unbind(engine: Engine, person: str, word: tuple[str, str], *, by: str | None, now: datetime) -> bool:
    """A provider's word lets nobody in any more, at once and by one alone; False: it did not stand for the person.

    ``by``: the administrator; None: who is at the command line.
    """
    with administration(engine) as connection:
        if not identities.drop(connection, person, word):
            return False
        tell_what_one_did(connection, person, Turn.TAKEN, now, by=by, provider=word[0], subject=word[1])
    return True


def tell_what_one_did(
    connection: Connection, person: str, turn: Turn, now: datetime, *, by: str | None, **what: str | bool
) -> None:
    """Tell of a change that took one alone: of a ``provider``'s ``subject``, of a ``password``, else of the mail."""
    of_all: dict[str, Any] = {"provider": None, "subject": None, "email": None, "password": False, "parting": False}
    done = Confirmation("", person, asked_by=by or "", asked_at=now, expires_at=now, **of_all | what)
    _tell(connection, done, turn, now, by=by)


def ask(connection: Connection, person: str, *, by: str, now: datetime, **what: str | bool) -> Confirmation:
    """Ask for what then waits for a second; the same that waits already is asked once."""
    of_this = what | {"asked_by": by} if "password" in what else what  # each has a half of their own
    same = (getattr(ConfirmationRow, name) == word for name, word in {"person": person, **of_this}.items())
    row = connection.execute(select(*_COLUMNS).where(*same, *_open(now))).mappings().first()
    if row is not None:
        return Confirmation(**row)
    values: dict[str, Any] = {"id": new_id(), "person": person, "asked_by": by, "asked_at": now}
    statement = insert(ConfirmationRow).values(**values, expires_at=now + LASTS, **what).returning(*_COLUMNS)
    asked = Confirmation(**connection.execute(statement).mappings().one())
    _tell(connection, asked, Turn.ASKED, now, by=by)
    return asked


def waiting(engine: Engine, actor: Actor, window: Window, now: datetime) -> Found[Confirmation]:
    """What waits: an administrator sees all of it, others what is about themselves."""
    statement = select(*_COLUMNS).where(*_open(now), _concerns(actor))
    return records(engine, Confirmation, statement, window, ConfirmationRow.asked_at, ConfirmationRow.id)


def waits(engine: Engine, id_: str, actor: Actor, now: datetime) -> Confirmation | None:
    """What waits under that id for the actor; None: nothing does."""
    its = (ConfirmationRow.id == id_, *_open(now), _concerns(actor))
    with engine.connect() as connection:
        row = connection.execute(select(*_COLUMNS).where(*its)).mappings().one_or_none()
        return Confirmation(**row) if row else None


def waiting_for(engine: Engine, person: str, now: datetime) -> list[Confirmation]:
    """What waits about somebody, oldest first."""
    its = select(*_COLUMNS).where(*_open(now), ConfirmationRow.person == person)
    with engine.connect() as connection:
        rows = connection.execute(its.order_by(ConfirmationRow.asked_at, ConfirmationRow.id)).mappings()
        return [Confirmation(**row) for row in rows]


def decide(
    engine: Engine, id_: str, actor: Actor, now: datetime, *, confirmed: bool, session: str | None = None
) -> str | None:
    """Say yes or no; with a yes it holds, and the person's other sessions and links end. ``session``: the actor's.

    Answers the other half of a new password, where that is what was asked for.

    Raises:
        UnknownError: nothing of that id waits for the actor.
        ConflictError: they asked for it, who did is no administrator any more, or it cannot be any more.
    """
    with administration(engine) as connection:
        its = (ConfirmationRow.id == id_, *_open(now), _concerns(actor))
        row = connection.execute(select(*_COLUMNS).where(*its)).mappings().one_or_none()
        if row is None:
            raise UnknownError(id_)
        asked = Confirmation(**row)
        half = None
        if confirmed:
            _require_a_second(connection, asked, actor)
            own = session if asked.person == actor.id else None
            half = _hold(connection, asked, now, own)
            begin_anew(connection, asked.person, session=own)
        said = {"decided_by": actor.id, "decided_at": now, "confirmed": confirmed, **_FORGOTTEN}
        connection.execute(update(ConfirmationRow).where(ConfirmationRow.id == id_).values(said))
        _tell(connection, asked, Turn.CONFIRMED if confirmed else Turn.REFUSED, now, by=actor.id)
    return half


def _require_a_second(connection: Connection, asked: Confirmation, actor: Actor) -> None:
    """Refuse who asked for it themselves, and what somebody began whose right to do so has ended.

    So is a way in for somebody who is out: else it would be theirs when they come back.

    Raises:
        ConflictError: there are no two who want it.
    """
    if are_one(connection, asked.asked_by, actor.id):
        raise ConflictError(Fault("decision", _A_SECOND))
    if asked.parting and are_one(connection, asked.person, actor.id):
        raise ConflictError(Fault("decision", _NOT_THE_PERSON))
    columns, both = (PersonRow.id, PersonRow.role, PersonRow.active), (asked.asked_by, asked.person)
    there = {row.id: row for row in connection.execute(select(*columns).where(PersonRow.id.in_(both)))}
    asker = there[asked.asked_by]
    if not asker.active or asker.role is not Role.ADMINISTRATOR:
        raise ConflictError(Fault("decision", _ASKER_GONE))
    if not there[asked.person].active:
        raise ConflictError(Fault("person", GONE))


def lapse(engine: Engine, now: datetime) -> None:
    """End what nobody has answered in time, and tell of it."""
    over = (ConfirmationRow.decided_at.is_(None), ConfirmationRow.expires_at <= now)
    with engine.connect() as connection:
        if connection.scalar(select(ConfirmationRow.id).where(*over).limit(1)) is None:
            return
    with administration(engine) as connection:
        said = {"decided_at": now, "confirmed": False, **_FORGOTTEN}
        ended = update(ConfirmationRow).where(*over).values(said).returning(*_COLUMNS)
        for row in connection.execute(ended).mappings().all():
            _tell(connection, Confirmation(**row), Turn.LAPSED, now)


def _tell(connection: Connection, asked: Confirmation, turn: Turn, now: datetime, *, by: str | None = None) -> None:
    """Tell whoever it is about, who asked, and each administrator who can be the second; ``by``: whose act it is."""
    columns = (PersonRow.id, PersonRow.name, PersonRow.role, PersonRow.active)
    of_these = or_(PersonRow.id.in_([asked.person, asked.asked_by, by]), PersonRow.role == Role.ADMINISTRATOR)
    there = {row.id: row for row in connection.execute(select(*columns).where(of_these))}
    person, actor = there[asked.person], there.get(by or "")
    second = actor.name if actor and actor is not person else None
    is_outside = person.role in {*CUSTOMER_SIDE, Role.VENDOR}
    what = _what(asked)
    asker = there.get(asked.asked_by)
    change = Change(person.name, is_outside, asker and asker.name, what, second)
    if actor is not person:
        tell(connection, [person.id], to_person(turn, change), now, whom=CONCERNED, how=How.BY_NAME)
    administrators = {id_ for id_, row in there.items() if row.active and row.role is Role.ADMINISTRATOR}
    others = sorted(administrators - {by, person.id})
    tell(connection, others, to_administrators(turn, change), now, whom=Whom.ADMINISTRATOR, how=How.OF_THE_ROLE)


def _what(asked: Confirmation) -> What:
    if asked.parting:
        return What.PARTING
    if asked.password:
        return What.PASSWORD
    return What.MAIL if asked.provider is None else What.IDENTITY


def _hold(connection: Connection, asked: Confirmation, now: datetime, session: str | None) -> str | None:
    if asked.parting:
        unlink(connection, asked.person)
        return None
    if asked.password:
        its = select(ConfirmationRow.password_hash, ConfirmationRow.second_half).where(ConfirmationRow.id == asked.id)
        hashed, half = map(str, connection.execute(its).one())
        put_password(connection, asked.person, hashed, session=session)
        return half
    if asked.provider is None or asked.subject is None:
        columns = (getattr(PersonRow, one.name) for one in fields(Person))
        before = connection.execute(select(*columns).where(PersonRow.id == asked.person)).mappings().one()
        after = Person(**{**before, "email": asked.email})
        rewrite(connection, after, email_by=None)
        require_told(connection, after)
        return None
    word = (asked.provider, asked.subject)
    if identities.owner(connection, *word) not in {None, asked.person}:
        raise ConflictError(Fault("subject", _TAKEN))
    identities.keep(connection, asked.person, word, by=asked.asked_by, now=now)
    return None


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return ConfirmationRow.decided_at.is_(None), ConfirmationRow.expires_at > now


def _concerns(actor: Actor) -> ColumnElement[bool]:
    own = ConfirmationRow.person == actor.id
    return or_(own, ConfirmationRow.id.is_not(None)) if actor.role is Role.ADMINISTRATOR else own
