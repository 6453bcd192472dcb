"""Every route that changes something, with a request that it takes: from whom, where to, with what."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.people.actors import Role
from store.mail import arriving, tending
from store.models import ApprovalLinkRow, Became, NotificationRow
from store.phrases import add_phrase
from store.registry.confirmations import bind
from store.registry.people import person
from store.telephone import CallEvent, Heard, hear
from store.views import add_view
from tests.handed import asked
from tests.links import applied, issued
from tests.security.newcomers import newcomer, session_of, token_of, tokens_of
from tests.security.registered import (
    authorisation,
    authorisation_body,
    contract,
    customer,
    new_id,
    organisation,
    shift,
    shift_body,
)
from tests.served import Served, report
from tests.store.samples import spoken
from tests.uploads import PDF

NOTHING_HERE = b""


@dataclass(frozen=True)
class Asked:
    """A request: where to, with which body and headers."""

    path: str
    body: bytes = NOTHING_HERE
    headers: dict[str, str] = field(default_factory=dict)


Example = tuple[Role, Callable[[Served, str], Asked]]


def _json(path: str, document: Any, **headers: str) -> Asked:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Asked(path, json.dumps(document).encode(), {"Content-Type": "application/json"} | named)


def _csv(path: str, *lines: str) -> Asked:
    return Asked(path, "\n".join(lines).encode(), {"Content-Type": "text/csv"})


def _view(desk: Served, me: str) -> str:
    owner = person(desk.engine, me)
    assert owner is not None
    given = {"name": "x", "query": {}, "columns": (), "shared": False, "position": 0}
    return f"/api/views/{add_view(desk.engine, owner, given, datetime.now(UTC)).id}"


def _phrase(desk: Served, me: str) -> str:
    owner = person(desk.engine, me)
    assert owner is not None
    given = {"title": "x", "text": "x", "kinds": (), "shared": False}
    return f"/api/phrases/{add_phrase(desk.engine, owner, given, datetime.now(UTC)).id}"


def _message(desk: Served, me: str) -> str:
    id_, number = uuid.uuid4().hex, desk.open()["number"]
    with Session(desk.engine) as session, session.begin():
        row: NotificationRow = spoken(id=id_, ticket=number, seq=1, recipient=me, created_at=datetime.now(UTC))
        session.add(row)
    return f"/api/inbox/{id_}/read"


def _missed(desk: Served) -> str:
    """A call that nobody took."""
    now = datetime.now(UTC)
    heard = Heard(new_id(), CallEvent.HUNG_UP, "1", now)
    return f"/api/desk/calls/{hear(desk.engine, heard, now).id}/return"


def _mail(desk: Served) -> str:
    """A mail that nobody could read."""
    now, words = datetime.now(UTC), new_id()
    at = arriving.place(desk.engine, "service@here", 1, 1, now)
    raw = f"Message-ID: <{words}>\n\n{words}".encode()
    arriving.keep(desk.engine, "service@here", at, arriving.Fetched(1, now, raw), now)
    tending.settle(desk.engine, arriving.identity(raw), tending.Done(Became.UNREADABLE, due_at=now), now)
    return f"/api/desk/mails/{arriving.identity(raw)}/take"


def _note(desk: Served) -> Asked:
    command = {"command_id": str(uuid.uuid4()), "kind": "note", "data": {"text": "到了"}}
    return _json(f"/api/tickets/{desk.open()['number']}/commands", command)


def _attachment(desk: Served) -> Asked:
    headers = {"Content-Type": "application/pdf", "X-File-Name": "a.pdf"}
    return Asked(f"/api/tickets/{desk.open()['number']}/attachments", PDF, headers)


def _others_token(desk: Served) -> str:
    other = newcomer(desk, Role.ENGINEER)
    token_of(desk, other)
    return f"/api/people/{other}/tokens/{tokens_of(desk, other)[0]}"


def _others_identity(desk: Served) -> str:
    other, subject = newcomer(desk, Role.ENGINEER), new_id()
    bind(desk.engine, other, ("oidc", subject), now=datetime.now(UTC))
    return f"/api/people/{other}/identities/oidc/{subject}"


def _fetched(desk: Served, me: str) -> Asked:
    """What opens a link that they have taken along."""
    number = asked(desk)
    id_, headers = str(uuid.uuid4()), {"Authorization": f"Bearer {token_of(desk, me)}"}
    body = {"command_id": id_, "kind": "hand_link", "data": {"asked": "remote_grant"}}
    answer = desk.stranger.post(f"/api/tickets/{number}/commands", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return _json(f"/api/tickets/{number}/links", {"command_id": id_})


def _link(desk: Served, me: str) -> str:
    number = applied(desk)
    issued(desk, number, me)
    with Session(desk.engine) as session:
        id_ = session.scalar(select(ApprovalLinkRow.id).where(ApprovalLinkRow.person == me))
    return f"/api/tickets/{number}/approval-links/{id_}"


def _waiting(desk: Served) -> str:
    path = f"/api/people/{newcomer(desk, Role.ENGINEER)}/identities"
    asked = desk.as_user("admin").post(path, json={"provider": "oidc", "subject": new_id()})
    return f"/api/confirmations/{asked.json()['id']}"


def _own_token(desk: Served, me: str) -> str:
    token_of(desk, me)
    return f"/api/tokens/{tokens_of(desk, me)[-1]}"


def _deputy_body(desk: Served, me: str) -> dict[str, str]:
    day = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    return {"approver": me, "deputy": newcomer(desk, Role.CUSTOMER_CONTACT), "ends_on": day}


def _deputy(desk: Served, me: str) -> str:
    path = "/api/customers/demo-nuobida/deputies"
    named = desk.stranger.post(
        path, json=_deputy_body(desk, me), headers={"Authorization": f"Bearer {token_of(desk, me)}"}
    )
    return str(named.headers["location"])


_A, _E = Role.ADMINISTRATOR, Role.ENGINEER

#: By method and path, as the OpenAPI document has them.
EXAMPLES: dict[tuple[str, str], Example] = {
    ("DELETE", "/api/sessions"): (_E, lambda *_: Asked("/api/sessions")),
    ("DELETE", "/api/sessions/{session}"): (_E, lambda desk, me: Asked(f"/api/sessions/{session_of(desk, me).id}")),
    ("POST", "/api/tokens"): (_E, lambda *_: _json("/api/tokens", {"name": "x", "scopes": ["read"], "days": 1})),
    ("DELETE", "/api/tokens/{token}"): (_E, lambda desk, me: Asked(_own_token(desk, me))),
    ("DELETE", "/api/people/{person}/sessions"): (
        _A,
        lambda desk, _: Asked(f"/api/people/{newcomer(desk, _E)}/sessions"),
    ),
    ("DELETE", "/api/people/{person}/tokens/{token}"): (_A, lambda desk, _: Asked(_others_token(desk))),
    ("POST", "/api/people/{person}/identities"): (
        _A,
        lambda desk, _: _json(
            f"/api/people/{newcomer(desk, _E)}/identities", {"provider": "oidc", "subject": new_id()}
        ),
    ),
    ("POST", "/api/people/{person}/password"): (
        _A,
        lambda desk, _: Asked(f"/api/people/{newcomer(desk, _E)}/password"),
    ),
    ("DELETE", "/api/people/{person}/identities/{provider}/{subject}"): (
        _A,
        lambda desk, _: Asked(_others_identity(desk)),
    ),
    ("POST", "/api/confirmations/{confirmation}"): (
        _A,
        lambda desk, _: _json(_waiting(desk), {"decision": "confirm"}),
    ),
    ("POST", "/api/tickets"): (
        Role.HOTLINE,
        lambda *_: _json("/api/tickets", report(), Idempotency_Key=uuid.uuid4().hex),
    ),
    ("POST", "/api/tickets/{number}/commands"): (_E, lambda desk, _: _note(desk)),
    ("POST", "/api/phrases"): (_E, lambda *_: _json("/api/phrases", {"title": "x", "text": "y"})),
    ("PATCH", "/api/phrases/{phrase}"): (_E, lambda desk, me: _json(_phrase(desk, me), {"version": 1, "title": "y"})),
    ("DELETE", "/api/phrases/{phrase}"): (_E, lambda desk, me: Asked(_phrase(desk, me))),
    ("POST", "/api/views"): (_E, lambda *_: _json("/api/views", {"name": "x", "query": {}})),
    ("PATCH", "/api/views/{view}"): (_E, lambda desk, me: _json(_view(desk, me), {"version": 1, "name": "y"})),
    ("DELETE", "/api/views/{view}"): (_E, lambda desk, me: Asked(_view(desk, me))),
    ("PUT", "/api/inbox/channels"): (_E, lambda *_: _json("/api/inbox/channels", {"refused": ["know/mail"]})),
    ("POST", "/api/inbox/read"): (
        Role.DUTY_MANAGER,
        lambda desk, me: _json("/api/inbox/read", {"up_to": _message(desk, me).split("/")[3]}),
    ),
    ("POST", "/api/inbox/{message}/read"): (Role.DUTY_MANAGER, lambda desk, me: Asked(_message(desk, me))),
    ("POST", "/api/tickets/{number}/approval-link"): (
        Role.CUSTOMER_APPROVER,
        lambda desk, _: _json(f"/api/tickets/{applied(desk)}/approval-link", {}),
    ),
    ("POST", "/api/tickets/{number}/links"): (Role.CUSTOMER_CONTACT, _fetched),
    ("DELETE", "/api/tickets/{number}/approval-links/{link}"): (
        Role.CUSTOMER_APPROVER,
        lambda desk, me: Asked(_link(desk, me)),
    ),
    ("PUT", "/api/tickets/{number}/presence"): (
        _E,
        lambda desk, _: _json(f"/api/tickets/{desk.open()['number']}/presence", {"doing": "reading"}),
    ),
    ("POST", "/api/tickets/{number}/attachments"): (_E, lambda desk, _: _attachment(desk)),
    ("POST", "/api/people"): (
        _A,
        lambda *_: _json("/api/people", {"id": new_id(), "name": "某人", "role": "administrator"}),
    ),
    ("POST", "/api/people/import"): (
        _A,
        lambda *_: _csv("/api/people/import", "id,name,role", f"{new_id()},某人,engineer"),
    ),
    ("PATCH", "/api/people/{person}"): (
        _A,
        lambda desk, _: _json(f"/api/people/{newcomer(desk, _E)}", {"role": "administrator"} | desk.seen),
    ),
    ("POST", "/api/organisations"): (
        _A,
        lambda *_: _json("/api/organisations", {"id": new_id(), "name": "某厂家", "kind": "vendor"}),
    ),
    ("PATCH", "/api/organisations/{organisation}"): (
        _A,
        lambda desk, _: _json(organisation(desk), {"name": "又名"} | desk.seen),
    ),
    ("POST", "/api/customers"): (_A, lambda *_: _json("/api/customers", {"id": new_id(), "name": "某公司"})),
    ("POST", "/api/customers/import"): (_A, lambda *_: _csv("/api/customers/import", "id,name", f"{new_id()},某公司")),
    ("PATCH", "/api/customers/{customer}"): (_A, lambda desk, _: _json(customer(desk), {"name": "又名"} | desk.seen)),
    ("POST", "/api/customers/{customer}/contracts"): (
        _A,
        lambda desk, _: _json(f"{customer(desk)}/contracts", {"id": new_id(), "pack": "sitech"}),
    ),
    ("PATCH", "/api/customers/{customer}/contracts/{contract}"): (
        _A,
        lambda desk, _: _json(contract(desk), {"star": 3} | desk.seen),
    ),
    ("POST", "/api/customers/{customer}/authorisations"): (
        Role.PROJECT_MANAGER,
        lambda desk, _: _json("/api/customers/demo-sitech/authorisations", authorisation_body(desk)),
    ),
    ("DELETE", "/api/customers/{customer}/authorisations/{authorisation}"): (
        Role.PROJECT_MANAGER,
        lambda desk, _: Asked(authorisation(desk)),
    ),
    ("POST", "/api/customers/{customer}/deputies"): (
        Role.CUSTOMER_APPROVER,
        lambda desk, me: _json("/api/customers/demo-nuobida/deputies", _deputy_body(desk, me)),
    ),
    ("DELETE", "/api/customers/{customer}/deputies/{deputy}"): (
        Role.CUSTOMER_APPROVER,
        lambda desk, me: Asked(_deputy(desk, me)),
    ),
    ("POST", "/api/cti/calls"): (
        Role.HOTLINE,
        lambda *_: _json("/api/cti/calls", {"id": new_id(), "event": "ringing", "number": "1"}),
    ),
    ("POST", "/api/desk/mails/{mail}/take"): (Role.COMMERCIAL, lambda desk, _: _json(_mail(desk), {})),
    ("POST", "/api/desk/calls/{call}/return"): (Role.HOTLINE, lambda desk, _: _json(_missed(desk), {})),
    ("PUT", "/api/channel-rules/{urgency}/{role}"): (
        _A,
        lambda *_: _json("/api/channel-rules/know/leader", {"first": ["mail"]}),
    ),
    ("DELETE", "/api/channel-rules/{urgency}/{role}"): (_A, lambda *_: Asked("/api/channel-rules/know/leader")),
    ("POST", "/api/roster"): (Role.DUTY_MANAGER, lambda *_: _json("/api/roster", shift_body())),
    ("POST", "/api/roster/import"): (
        Role.DUTY_MANAGER,
        lambda *_: _csv("/api/roster/import", "duty,person,begins_at,ends_at", ",".join(shift_body().values())),
    ),
    ("DELETE", "/api/roster/{shift}"): (Role.DUTY_MANAGER, lambda desk, _: Asked(shift(desk))),
}

#: Those that only a browser can ask, or nobody known; `test_rights_that_end.py` tries them by name.
OTHERWISE = {("POST", "/api/session"), ("DELETE", "/api/session"), ("PUT", "/api/session/password")}
#: Those that a product asks, by its signature and in no person's right; ``tests/chat`` tries them.
SIGNED = {("POST", f"/api/chat/{product}") for product in ("wecom", "feishu", "dingtalk")}
#: Those that work something out and change nothing.
ASKING = {("POST", "/api/counts"), ("POST", "/api/promises"), ("POST", "/api/what-if")}
