"""Batches as a ticket's workflow makes them."""

from datetime import timedelta
from typing import Any

from domain.contract.clauses import Arming, Counting, Kind, Origin
from domain.people.actors import SYSTEM, Actor, Role
from domain.read_model import Batch, ObligationView, Summary
from domain.ticket.obligations import State
from domain.ticket.opening import Contact, Customer, Opening
from domain.ticket.stages import Stage
from domain.ticket.timeline import Entry, Happening
from store.models import NotificationRow
from tests.domain.samples import at

RECEIVED = at("2026-02-13T16:00:00")
HOTLINE = Actor("hotline", Role.HOTLINE)
ENGINEER = Actor("engineer", Role.ENGINEER)


def opening(number: str, **fields: Any) -> Opening:
    """A report."""
    given: dict[str, Any] = {
        "contract": "sitech",
        "title": "核心交换机宕机",
        "description": "机房告警，业务中断。",
        "channel": "phone",
        "customer": Customer("demo-sitech", "江北通信"),
        "contact": Contact("王工", "13800000000"),
        "opener": HOTLINE,
        "accepted_at": RECEIVED,
        "received_at": RECEIVED,
        "key_hash": f"key of {number}",
        "body_hash": f"body of {number}",
    }
    return Opening(number=number, **given | fields)


def entry(seq: int, happening: Happening = Happening.NOTED, **fields: Any) -> Entry:
    """A line of a timeline, one minute after the one before."""
    at_ = RECEIVED + timedelta(minutes=seq)
    given: dict[str, Any] = {"actor": ENGINEER, "at": at_, "recorded_at": at_} | fields
    return Entry(seq=seq, happening=happening, **given)


def obligation(kind: Kind = Kind.RESPOND, **fields: Any) -> ObligationView:
    """A promise that counts."""
    given: dict[str, Any] = {
        "key": kind.value,
        "position": list(Kind).index(kind),
        "clause": "003-16",
        "superseded": (),
        "state": State.RUNNING,
        "reason": None,
        "due_at": RECEIVED + timedelta(minutes=10),
        "budget": "PT10M",
        "counting": Counting.WALL,
        "calendar": "7*24",
        "origin": Origin.RECEIVED,
        "armed": (Arming.NOW,),
        "provisional": False,
        "default": True,
        "met_at": None,
        "reported_late": False,
        "next_rung_at": None,
        "segments": ((RECEIVED, None),),
        "alarms": (),
        "explanation": {"zh": "响应", "en": "response"},
    }
    return ObligationView(kind=kind, **given | fields)


def summary(**fields: Any) -> Summary:
    """How a fresh ticket stands."""
    given: dict[str, Any] = {
        "stage": Stage.TRIAGE,
        "level": None,
        "facts": {},
        "assignee": None,
        "received_at": RECEIVED,
        "resolved_at": None,
        "closed_at": None,
        "paused": None,
        "proposed": None,
        "waits_for": (),
        "title": "核心交换机宕机",
        "customer": Customer("demo-sitech", "江北通信"),
        "contact": Contact("王工", "13800000000"),
    }
    return Summary(**given | fields)


def spoken(**fields: Any) -> NotificationRow:
    """A message in the words of the service company, however it came to its recipient."""
    given: dict[str, Any] = {
        "happening": Happening.ALARM_RAISED,
        "grounds": {"whom": "duty_manager", "how": "on_duty"},
        "title": {"zh": "响应已超时", "en": "Response overdue"},
        "text": {"zh": "响应已超时。", "en": "The response is overdue."},
        "about": {"customer": "江北通信"},
        "data": {"alarm": "rung", "rung": 100},
    }
    return NotificationRow(**given | fields)


def first_batch(number: str, *entries: Entry, **fields: Any) -> Batch:
    """What a ticket tells at first: its report, the agreement on terms, and a promise."""
    report = fields.pop("opening", None) or opening(number)
    agreed = {"contract": "demo-sitech-2026", "pack": "sitech", "version": "1"}
    begun = (
        entry(1, Happening.OPENED, actor=HOTLINE),
        entry(2, Happening.TERMS_AGREED, actor=SYSTEM, data=agreed),
    )
    given: dict[str, Any] = {
        "drill": False,
        "summary": summary(received_at=report.received_at, customer=report.customer),
        "obligations": (obligation(),),
    }
    return Batch(number=number, after_seq=0, entries=begun + entries, opening=report, **given | fields)


def next_batch(number: str, *entries: Entry, **fields: Any) -> Batch:
    """What a ticket tells later."""
    given: dict[str, Any] = {"drill": False, "summary": summary(), "obligations": ()}
    return Batch(number=number, after_seq=entries[0].seq - 1, entries=entries, **given | fields)
