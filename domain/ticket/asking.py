"""Asking: who asked for what is later answered, so that the answer finds them. One table for every timeline."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.people.actors import Role
from domain.ticket.timeline import Entry, Happening

#: What is asked for, and the answers to it, by their subject.
ASKED: dict[Happening, str] = {
    Happening.REMOTE_REQUESTED: "remote",
    Happening.CONSULTATION_REQUESTED: "consultation",
    Happening.VENDOR_CASE_OPENED: "case",
    Happening.PART_REQUESTED: "part",
    Happening.CHANGE_PROPOSED: "change",
    Happening.MAJOR_APPLIED: "application",
}
ANSWERED: dict[Happening | str, str] = {
    Happening.REMOTE_GRANTED: "remote",
    Happening.REMOTE_REFUSED: "remote",
    Happening.REMOTE_REVOKED: "remote",
    Happening.REMOTE_EXPIRED: "remote",
    "remote_silence": "remote",
    Happening.CONSULTATION_CONCLUDED: "consultation",
    Happening.VENDOR_CASE_CLOSED: "case",
    Happening.PART_AGREED: "part",
    Happening.PART_REFUSED: "part",
    Happening.PART_VERIFIED: "part",
    Happening.PART_RESERVED: "part",
    Happening.PART_ORDERED: "part",
    Happening.PART_ARRIVED: "part",
    Happening.CHANGE_AGREED: "change",
    Happening.CHANGE_REFUSED: "change",
    Happening.CHANGE_ACCEPTED: "change",
    Happening.APPROVED: "application",
    Happening.REFUSED: "application",
}


def asked(known: Mapping[str, str], entry: Entry) -> dict[str, str]:
    """Who has asked for what, with this entry: subject by subject, of several each by its id."""
    subject = ASKED.get(entry.happening)
    if subject is None or entry.actor.role is Role.SYSTEM:
        return dict(known)
    who = entry.actor.id
    return {**known, subject: who, _one(subject, entry.data): who, f"{subject} by {who}": who}


def all_askers(known: Mapping[str, str], subject: str) -> frozenset[str]:
    """Everybody who ever asked for it, also where somebody else did later."""
    return frozenset(who for what, who in known.items() if what == subject or what.startswith(f"{subject} by "))


def asked_too(known: Mapping[str, str], subject: str, others: Iterable[str]) -> dict[str, str]:
    """With people who asked for it elsewhere; who asked for it here stays the one whom the answer finds."""
    return {**known, **{f"{subject} by {who}": who for who in others}}


def asker(known: Mapping[str, str], entry: Entry) -> dict[str, str]:
    """Of an answer: who had asked."""
    subject = ANSWERED.get(entry.happening) or ANSWERED.get(str(entry.data.get("alarm")))
    who = subject and (known.get(_one(subject, entry.data)) or known.get(subject))
    return {"asker": who} if who else {}


def _one(subject: str, data: Mapping[str, Any]) -> str:
    """One of several, where the entry names it."""
    return f"{subject} {data[subject]}" if data.get(subject) else subject
