"""Links: issued once in clear for the one person who may hold them, kept as hashes, looked up by them."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, or_, select, update
from sqlalchemy.orm import Session

from domain.audience.authority import authorize
from domain.matters.applications import ALREADY_DECIDED, NO_APPLICATION, NO_DEPARTMENT
from domain.matters.links import NO_LONGER_ASKED
from domain.people.actors import Actor
from domain.ticket.commands import CommandKind
from domain.words.refusals import NOT_ALLOWED, Refusal
from store.access.digests import link_digest, new_code, new_id, new_secret
from store.acting import acting_of
from store.approvals.applications import application
from store.approvals.questions import HandedLink, question
from store.approvals.travelling import Destination, path_of, set_out
from store.models import ApprovalLinkRow, TicketRow
from store.models.approval_link import Action
from store.paging import Found, Window, page_of, windowed

#: How long a link opens something unless told otherwise; one that is handed over, and a code that is read out.
LASTS, HANDED_LASTS, CODE_LASTS = timedelta(hours=48), timedelta(hours=24), timedelta(minutes=15)
#: Under it a link's command gets its id, so that however often the holder answers, it is one command.
_COMMANDS = uuid.UUID("6f0c0b1e-6a52-4d0c-9e0b-7a1f5c1d2e43")


class NothingToDecideError(LookupError):
    """The person has nothing to decide on that ticket; ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.words.en)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Issued:
    """A new link. Nobody can show its token again."""

    token: str
    expires_at: datetime

    @property
    def path(self) -> str:
        """Where it leads, on the installation's address."""
        return path_of(self.token)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that opens something.

    Attributes:
        version: of the application; of anything else the entry that asks.
        about: which one of several; ``since``: when it is asked since, as the ticket has it.
        handed_by: who of ours handed it to the person.
        department: the one that was asked; None: of the days when none was named, or of anything else.
        command_id: the id of the command that it sends.
        is_sent: the command went to the ticket, decided or not.
    """

    hash: str
    ticket: str
    action: Action
    version: int
    person: str
    expires_at: datetime
    department: str | None
    command_id: str
    is_sent: bool
    about: str | None = None
    since: datetime | None = None
    handed_by: str | None = None


def issue_link(  # noqa: PLR0913  # all that a link of approval depends on
    engine: Engine,
    number: str,
    actor: Actor,
    *,
    now: datetime,
    lasts: timedelta = LASTS,
    stands_in: Collection[str] = (),
    to: Destination | None = None,
) -> Issued:
    """A link for an approver, or a deputy, to decide on the ticket's application. Only they may be given it.

    An older one of theirs for the same decision opens nothing any more, unless it has been used.

    Args:
        stands_in: the departments whose approver's deputy they are now.
        to: it is sent there, and what is returned opens nothing.

    Raises:
        NothingToDecideError: no approver of this customer and no deputy of one, or their department is not being asked.
    """
    version, department = _asked(engine, number, actor, stands_in)
    issued = Issued(new_secret(), now + lasts)
    matter = {"ticket": number, "action": Action.APPROVE_MAJOR, "version": version, "person": actor.id}
    _put(engine, issued, matter, now, to, department=department)
    return issued


def issue_handed(
    engine: Engine,
    number: str,
    link: HandedLink,
    *,
    now: datetime,
    spoken: bool = False,
    to: Destination | None = None,
) -> Issued | None:
    """What opens a link that stands on the ticket's timeline, once more in the place of what opened it before.

    None: the time of that link is over.

    Args:
        spoken: a code, for whoever is on the telephone.
        to: it is sent there, and what is returned opens nothing.

    Raises:
        NothingToDecideError: it is not asked any more.
    """
    until = min(link.at + HANDED_LASTS, now + (CODE_LASTS if spoken else HANDED_LASTS))
    if until <= now:
        return None
    asked = question(engine, number, link.asked, link.about)
    if asked is None or asked.seq > link.seq:
        raise NothingToDecideError(NO_LONGER_ASKED)
    issued = Issued(new_code() if spoken else new_secret(), until)
    matter = {"ticket": number, "action": Action(link.asked), "version": asked.seq, "person": link.to}
    _put(engine, issued, matter, now, to, about=link.about, since=link.since, handed_by=link.by)
    return issued


def _put(
    engine: Engine,
    issued: Issued,
    matter: Mapping[str, object],
    now: datetime,
    to: Destination | None,
    **more: object,
) -> None:
    """One link of a person for a matter opens anything: the newest, beside one that has been used.

    What opens one that is sent is made as it leaves: until then nothing does.
    """
    with engine.begin() as connection:
        _hold(connection, matter)
        old = update(ApprovalLinkRow).filter_by(**matter, used_at=None, revoked_at=None)
        connection.execute(old.values(revoked_at=now))
        acting, opens, id_ = acting_of(engine), new_secret() if to else issued.token, new_id()
        came_from = {"token_id": acting.token, "session_id": acting.session} if acting else {}
        row = {"hash": link_digest(opens), "id": id_, "created_at": now, "expires_at": issued.expires_at}
        connection.execute(insert(ApprovalLinkRow).values(**matter, **row, **more, **came_from))
        if to:
            set_out(connection, id_, to, now)


def departments_of(actor: Actor, customer: str | None, stands_in: Collection[str]) -> tuple[str, ...]:
    """For which departments somebody could answer: their own, then those whose approver's deputy they are.

    Nobody who may not answer at all does for any.
    """
    if not authorize(actor, CommandKind.APPROVE, customer, deputy=bool(stands_in)):
        return ()
    return tuple(dict.fromkeys((*filter(None, [actor.department]), *stands_in)))


def _asked(engine: Engine, number: str, actor: Actor, stands_in: Collection[str]) -> tuple[int, str]:
    """The version of the application, and the department that is asked."""
    with engine.connect() as connection:
        customer = connection.scalar(select(TicketRow.customer_id).where(TicketRow.number == number))
    departments = departments_of(actor, customer, stands_in)
    if not departments:
        approves = authorize(actor, CommandKind.APPROVE, customer)
        raise NothingToDecideError(NO_DEPARTMENT if approves else NOT_ALLOWED)
    asked = application(engine, number)
    if asked is None:
        raise NothingToDecideError(NO_APPLICATION)
    department = asked.waits_for(departments)
    if department is None:
        raise NothingToDecideError(ALREADY_DECIDED)
    return asked.version, department


def _hold(connection: Connection, matter: Mapping[str, object]) -> None:
    """Until the transaction's end nobody else issues a link for the same decision."""
    name = "\n".join(["approval_link", *map(str, matter.values())])
    connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def link_of(engine: Engine, token: str, now: datetime) -> Link | None:
    """The link of a token; None where it is unknown, expired or revoked, which nobody can tell apart."""
    statement = select(ApprovalLinkRow).where(ApprovalLinkRow.hash == link_digest(token))
    with engine.connect() as connection:
        row = connection.execute(statement).one_or_none()
    if row is None or row.revoked_at is not None or row.expires_at <= now:
        return None
    return Link(
        hash=row.hash,
        ticket=row.ticket,
        action=row.action,
        version=row.version,
        person=row.person,
        expires_at=row.expires_at,
        department=row.department,
        command_id=str(uuid.uuid5(_COMMANDS, row.hash)),
        is_sent=row.command_id is not None,
        about=row.about,
        since=row.since,
        handed_by=row.handed_by,
    )


def links_of(engine: Engine, number: str, of: str | None, window: Window) -> Found[ApprovalLinkRow]:
    """The links that were issued for a ticket, oldest first; ``of``: that this person holds, or has handed over."""
    row = ApprovalLinkRow
    its = (row.ticket == number, *((_of(of),) if of else ()))
    with Session(engine) as session:
        rows = session.scalars(windowed(select(row).where(*its), window, row.created_at, row.id)).all()
    return page_of(rows, window, lambda one: (one.created_at, one.id))


def _of(person: str) -> ColumnElement[bool]:
    return or_(ApprovalLinkRow.person == person, ApprovalLinkRow.handed_by == person)


def revoke(engine: Engine, number: str, of: str, id_: str, now: datetime) -> bool:
    """From now on the link opens nothing; False: they neither hold nor handed over one of that id for this ticket."""
    its = (ApprovalLinkRow.ticket == number, _of(of), ApprovalLinkRow.id == id_)
    with engine.begin() as connection:
        live = update(ApprovalLinkRow).where(*its, ApprovalLinkRow.revoked_at.is_(None))
        return connection.execute(live.values(revoked_at=now)).rowcount > 0


def note_sent(engine: Engine, link: Link) -> None:
    """The link's command went to the ticket, which has not decided yet."""
    _note(engine, link, command_id=link.command_id)


def note_used(engine: Engine, link: Link, now: datetime) -> None:
    """The decision on the link's command is on record."""
    _note(engine, link, command_id=link.command_id, used_at=now)


def _note(engine: Engine, link: Link, **values: object) -> None:
    unused = update(ApprovalLinkRow).where(ApprovalLinkRow.hash == link.hash, ApprovalLinkRow.used_at.is_(None))
    with engine.begin() as connection:
        connection.execute(unused.values(**values))
