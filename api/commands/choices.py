"""Choices: what the fields of a command may hold, with what each is called and what is known of it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from api.commands.offering import Desk
from domain.audience.labels import SIZES, STAGES, record_name
from domain.audience.legs import LEGS
from domain.audience.visibility import CHOICE, only, sees_all
from domain.audience.vocabulary import CHANNELS, PLANS, SATISFACTIONS, UNITS, WAITS_FOR
from domain.contract.facts import FACTS
from domain.contract.labels import KINDS, PAUSES, fact_value
from domain.doable import Choice, Offer
from domain.matters.consents import AGREED, SUBJECT, UNTIL
from domain.matters.identification import CONTACT
from domain.matters.index import GATES, ROWS
from domain.matters.merging import INTO
from domain.matters.service_log import STEPS
from domain.matters.subjects import kinds_of
from domain.people.actors import Role
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.words.label import Label, in_words
from domain.words.refusals import Refusal

Values = dict[str, Any]

#: Fields whose values stand for something that nobody knows here.
_UNKNOWN_HERE = frozenset({CONTACT.name, INTO.name, "to"})
_GATES = {gate.id: gate.name for gate in GATES}
#: What has become of a record, in the order of its life; what its customers are not told is ours.
_STATES = ("verified", "agreed", "refused", "reserved", "ordered", "arrived", "made", "accepted", "large")
_OURS = frozenset({"verified"})
_CLAUSE = Label("条款 {id}（{kinds}）", "clause {id} ({kinds})")
#: Facts that are stated after the opening.
_STATED = tuple(fact for fact in FACTS if fact != "on_site")


def choices_of(desk: Desk, offer: Offer) -> dict[str, list[Values]]:
    """Field by field, what it may hold, for whoever asked."""
    ticket = desk.ticket
    if ticket is None:
        return {}
    found = {name: [_described(desk, ticket, name, each) for each in ways] for name, ways in _tried(offer).items()}
    if offer.kind is C.CONSENT:
        found = {SUBJECT.name: _subjects(ticket, offer)}
    more = _MORE.get(offer.kind)
    found |= more(desk, ticket) if more and offer.refusal is None else {}
    shown = {
        name: [only(desk.viewer, CHOICE, each) for each in _theirs(desk, values)] for name, values in found.items()
    }
    return {name: values for name, values in shown.items() if values}


def _theirs(desk: Desk, values: Iterable[Values]) -> list[Values]:
    """Of records of others nobody outside learns: a vendor chooses between their own."""
    return [each for each in values if desk.viewer.role is not Role.VENDOR or each["possible"]]


def _tried(offer: Offer) -> dict[str, list[Choice]]:
    """By the field that makes them differ, the ways that were tried."""
    tried: dict[str, list[Choice]] = {}
    for choice in offer.choices:
        for name in choice.data:
            if name not in _UNKNOWN_HERE and name != "facts":
                tried.setdefault(name, []).append(choice)
    return tried


def _described(desk: Desk, ticket: Ticket, name: str, choice: Choice) -> Values:
    value = str(choice.data[name])
    describe = _DESCRIBED.get(name)
    return _valued(value, choice.refusal) | (describe(desk, ticket, value) if describe else {"label": _plain(value)})


def _valued(value: bool | str, refusal: Refusal | None) -> Values:  # a fact may be a yes or a no
    if refusal is None:
        return {"value": value, "possible": True}
    return {"value": value, "possible": False, "reason": refusal.code, "detail": refusal.words.as_json()}


def _plain(value: str) -> dict[str, str]:
    return Label(value, value).as_json()


def _level(_: Desk, ticket: Ticket, value: str) -> Values:
    label = ticket.terms.level_names.get(value, Label(value, value))
    return {"label": label.as_json(), "current": value == ticket.level}


def _stage(_: Desk, ticket: Ticket, value: str) -> Values:
    return {"label": STAGES[value].as_json(), "current": value == ticket.stage}  # type: ignore[index]  # a stage's word


def _reason(_: Desk, ticket: Ticket, value: str) -> Values:
    return {"label": PAUSES[value].as_json(), "days": ticket.terms.pause_caps.get(value)}


def _called(words: Mapping[Any, Label]) -> Callable[[Desk, Ticket, str], Values]:
    return lambda _, __, value: {"label": words[value].as_json()}


def _record(of: str) -> Callable[[Desk, Ticket, str], Values]:
    """Of one of several: what was said of it, since when it is there and what has become of it."""

    def describe(desk: Desk, ticket: Ticket, value: str) -> Values:
        record = next(each for each in getattr(ticket, of) if each.id == value)
        told = ((row, seen) for row, seen in desk.said if seen.get(LEGS[row.happening][1] or "") == value)
        first = next(told, None)
        states = [name for name in _STATES if getattr(record, name, None)]
        values: Values = {
            "label": record_name(of, value).as_json(),
            "states": [name for name in states if sees_all(desk.viewer) or name not in _OURS],
        }
        if first is not None:
            values["at"] = first[0].at
            values |= {"text": first[1]["text"]} if first[1].get("text") else {}
        return values

    return describe


_DESCRIBED: dict[str, Callable[[Desk, Ticket, str], Values]] = {
    "level": _level,
    "stage": _stage,
    "reason": _reason,
    "step": _called(STEPS),
    "size": _called(SIZES),
    "unit": _called(UNITS),
    "plan": _called(PLANS),
    "channel": _called(CHANNELS),
    "satisfaction": _called(SATISFACTIONS),
    "asked": _called(WAITS_FOR),
    "about": lambda _, __, value: {"label": _plain(value)},
    **{field.name: _record(field.among) for row in ROWS.values() for field in row.data if field.among},
}


def _subjects(ticket: Ticket, offer: Offer) -> list[Values]:
    """What could be consented to, each once: given, given until an instant, taken back."""
    subjects: dict[str, list[Choice]] = {}
    for choice in offer.choices:
        subjects.setdefault(choice.data[SUBJECT.name], []).append(choice)
    return [_subject(ticket, subject, ways) for subject, ways in subjects.items()]


def _subject(ticket: Ticket, subject: str, ways: list[Choice]) -> Values:
    opened = [each.data for each in ways if each.refusal is None]
    kinds = in_words(KINDS[kind] for kind in kinds_of(ticket, subject))
    clause = _CLAUSE.filled(id=subject, kinds=kinds) if kinds else Label(subject, subject)
    return _valued(subject, None if opened else ways[0].refusal) | {
        "label": _GATES.get(subject, clause).as_json(),
        "agree": any(set(data) == {SUBJECT.name} for data in opened),
        "kinds": [data["kind"] for data in opened if UNTIL.name in data],
        "withdraw": any(AGREED.name in data for data in opened),
    }


def _facts(_: Desk, ticket: Ticket, offer: Offer) -> dict[str, list[Values]]:
    """Every fact with its values; those at which a gate looks were tried."""
    tried = {
        (fact, value): choice.refusal
        for choice in offer.choices
        for fact, value in choice.data.get("facts", {}).items()
    }
    stated = ticket.terms.fact_defaults | ticket.facts
    return {
        f"facts.{fact}": [
            _valued(value, tried.get((fact, value)))
            | {"label": fact_value(fact, value).as_json(), "current": stated.get(fact) == value}
            for value in FACTS[fact]
        ]
        for fact in _STATED
    }


def _labels(ticket: Ticket) -> dict[str, list[Values]]:
    """The pack's kinds of service, and its categories of support."""
    known = {"service": (ticket.terms.services, ticket.service), "category": (ticket.terms.categories, ticket.category)}
    return {
        name: [_valued(id_, None) | {"label": label.as_json(), "current": id_ == now} for id_, label in labels.items()]
        for name, (labels, now) in known.items()
    }


def _classify(desk: Desk, ticket: Ticket) -> dict[str, list[Values]]:
    offer = next(each for each in desk.offers if each.kind is C.CLASSIFY)
    return _facts(desk, ticket, offer) | _labels(ticket)


def _people(desk: Desk, ticket: Ticket) -> dict[str, list[Values]]:
    """Whoever is on duty first."""
    return {
        "to": [
            _valued(one.id, None)
            | {"label": _plain(one.name), "role": one.role, "grade": one.grade, "on_duty": one.on_duty}
            | {"load": one.load, "current": one.id == ticket.assignee}
            for one in desk.people
        ]
    }


def _vendors(desk: Desk, _: Ticket) -> dict[str, list[Values]]:
    return {
        "vendor": [
            _valued(one.id, None) | {"label": _plain(" ".join(filter(None, (one.organisation, one.name))))}
            for one in desk.vendors
        ]
    }


def _answering(desk: Desk, _: Ticket) -> dict[str, list[Values]]:
    return {"to": [_valued(one.id, None) | {"label": _plain(one.name), "role": one.role} for one in desk.answering]}


_MORE: dict[C, Callable[[Desk, Ticket], dict[str, list[Values]]]] = {
    C.CLASSIFY: _classify,
    C.REASSIGN: _people,
    C.DISPATCH: _people,
    C.HAND_LINK: _answering,
    C.OPEN_VENDOR_CASE: _vendors,
}
