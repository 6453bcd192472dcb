"""What somebody could do on a ticket, as they get it."""

from typing import Any

from api.commands.choices import choices_of
from api.commands.offering import Desk
from api.http.documents import PERHAPS, Document, WordsShown
from api.http.instants import Shown
from domain.audience.visibility import NEEDS, OFFER, may_name, only
from domain.doable import Offer, seen_by_customer
from domain.matters.applications import latest
from domain.matters.closing import missing
from domain.matters.index import ROWS
from domain.people.actors import Actor, Role
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.refusals import Refusal


class ReasonShown(Document):
    """Why something is impossible: a code, and words."""

    reason: str
    detail: WordsShown


class ChoiceDocument(Document):
    """One of what a field may hold. ``possible``: with it the command would be accepted.

    ``current``: the ticket has it now. ``states``: of a part, a change or a case, what has become of it. ``days``:
    working days after which a pause for this reason ends. Of a consent ``agree``, ``kinds`` and ``withdraw``: whether
    it may be given, for which kinds of promise somebody may agree to wait (``until``), and whether it can be taken
    back. Of a person ``load``: how many open tickets they are in charge of.
    """

    value: bool | str
    label: WordsShown
    possible: bool
    reason: str | None = PERHAPS
    detail: WordsShown | None = PERHAPS
    current: bool = PERHAPS
    text: str = PERHAPS
    at: Shown = PERHAPS
    states: list[str] = PERHAPS
    days: int | None = PERHAPS
    agree: bool = PERHAPS
    kinds: list[str] = PERHAPS
    withdraw: bool = PERHAPS
    role: Role = PERHAPS
    grade: str | None = PERHAPS
    on_duty: bool = PERHAPS
    load: int = PERHAPS


class ApprovalShown(Document):
    """A department's word, and whose it was where that is for the reader."""

    department: str
    by: str | None


class ApplicationShown(Document):
    """The application for work on a major incident that is to be answered: its last version."""

    version: int
    at: Shown
    by: str | None
    decision: str | None
    approvals: list[ApprovalShown]
    title: str | None = None
    plan: str | None = None
    risk: str | None = None


class RemoteShown(Document):
    """``wanted``, ``asked_at``: the request that waits; ``scope``, ``granted_until``: the grant that lives."""

    wanted: str | None
    asked_at: Shown | None
    scope: str | None
    granted_until: Shown | None
    session_since: Shown | None


class PauseShown(Document):
    """The pause that stands, and when it ends by itself."""

    reason: str
    since: Shown
    until: Shown | None


class NeedsDocument(Document):
    """What a form chooses between, field by field (a fact: ``facts.`` and its name), and what it is filled in about.

    ``contacts``: whose word may be recorded. ``missing``: all that closing waits for.
    """

    choices: dict[str, list[ChoiceDocument]]
    contacts: list[str] = PERHAPS
    application: ApplicationShown | None = PERHAPS
    remote: RemoteShown | None = PERHAPS
    pause: PauseShown | None = PERHAPS
    missing: list[ReasonShown] = PERHAPS


class OfferDocument(Document):
    """A command of the reader's.

    ``reason``, ``detail``: why it is impossible; ``opened_by``: the commands that would open it, ``of``: who could.
    ``seen_by_customer``: the customer reads words of it, those of the fields ``seen_fields``. ``recorded``: it is a
    word of the customer's, recorded by one of us with ``on_behalf``. ``stated_by``: it is taken only of what happened
    by then, with ``occurred_at``. ``meets``: the kinds of promise that it meets.
    """

    kind: C
    possible: bool
    reason: str = PERHAPS
    detail: WordsShown = PERHAPS
    opened_by: list[C] = PERHAPS
    of: WordsShown | None = PERHAPS
    seen_by_customer: bool
    seen_fields: list[str]
    recorded: bool
    stated_by: Shown = PERHAPS
    meets: list[str] = PERHAPS
    needs: NeedsDocument


class OffersDocument(Document):
    """All commands of the reader's on a ticket as it stands behind its entry ``seq``, in the order of its life.

    `acted`: the last entry that is more than an alarm; alarms behind `expect_seq` refuse nothing.
    """

    number: str
    seq: int
    acted: int
    items: list[OfferDocument]

    @classmethod
    def of(cls, desk: Desk) -> "OffersDocument":
        """For whoever asked."""
        return cls(
            number=desk.row.number, seq=desk.seq, acted=desk.acted, items=[_offer(desk, each) for each in desk.offers]
        )


def _offer(desk: Desk, offer: Offer) -> OfferDocument:
    seen = list(seen_by_customer(offer.kind))
    values: dict[str, Any] = {
        "kind": offer.kind,
        "possible": offer.refusal is None,
        "seen_by_customer": bool(seen),
        "seen_fields": seen,
        "recorded": offer.recorded,
        "meets": sorted(ROWS[offer.kind].meets),
        "needs": NeedsDocument(**only(desk.viewer, NEEDS, _needs(desk, offer))),
    }
    if offer.stated_by:
        values["stated_by"] = offer.stated_by
    if offer.refusal:
        values |= _why(offer.refusal) | {"opened_by": list(offer.opened_by), "of": offer.of and offer.of.as_json()}
    return OfferDocument(**only(desk.viewer, OFFER, values))


def _why(refusal: Refusal) -> dict[str, Any]:
    return {"reason": refusal.code, "detail": refusal.words.as_json()}


def _needs(desk: Desk, offer: Offer) -> dict[str, Any]:
    choices = {name: [ChoiceDocument(**each) for each in found] for name, found in choices_of(desk, offer).items()}
    needs: dict[str, Any] = {"choices": choices}
    ticket = desk.ticket
    if ticket is None:
        return needs
    if offer.recorded:
        needs["contacts"] = [each.name for each in (ticket.contact, *(one.contact for one in ticket.merged))]
    about = _ABOUT.get(offer.kind)
    return needs | (about(desk, ticket) if about else {})


def _application(desk: Desk, ticket: Ticket) -> dict[str, Any]:
    last = latest(ticket)
    if last is None:
        return {"application": None}
    applied = (seen for row, seen in desk.said if row.happening is Happening.MAJOR_APPLIED)
    texts = next((seen for seen in applied if seen.get("version") == last.version), {})
    shown = ApplicationShown(
        version=last.version,
        at=last.at,
        by=_named(desk, last.by, Role.PROJECT_MANAGER),
        decision=last.decision,
        approvals=[
            ApprovalShown(department=department, by=_named(desk, who, Role.CUSTOMER_APPROVER))
            for department, who in last.approvals
        ],
        **{name: texts.get(name) for name in ("title", "plan", "risk")},
    )
    return {"application": shown}


def _named(desk: Desk, who: str, role: Role) -> str | None:
    """Somebody, where the viewer is told who it was."""
    return who if may_name(desk.viewer, Actor(who, role), desk.row.assignee) else None


def _remote(_: Desk, ticket: Ticket) -> dict[str, Any]:
    access = ticket.remote
    if access is None:
        return {"remote": None}
    shown = RemoteShown(
        wanted=access.wanted or None,
        asked_at=access.asked_at,
        scope=access.scope or None,
        granted_until=access.granted_until,
        session_since=access.session_since,
    )
    return {"remote": shown}


def _pause(_: Desk, ticket: Ticket) -> dict[str, Any]:
    pause = ticket.pause
    return {"pause": pause and PauseShown(reason=pause.reason, since=pause.since, until=pause.until)}


def _missing(_: Desk, ticket: Ticket) -> dict[str, Any]:
    return {"missing": [ReasonShown(**_why(each)) for each in missing(ticket)]}


_ABOUT = {
    **dict.fromkeys((C.APPLY_MAJOR, C.WITHDRAW_MAJOR, C.APPROVE, C.REFUSE), _application),
    **dict.fromkeys(
        (C.REQUEST_REMOTE, C.GRANT_REMOTE, C.REFUSE_REMOTE, C.REVOKE_REMOTE, C.START_REMOTE, C.END_REMOTE), _remote
    ),
    **dict.fromkeys((C.PAUSE, C.RESUME), _pause),
    C.CLOSE: _missing,
}
