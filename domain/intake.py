"""Intake: a report becomes a ticket under its terms."""

from domain.contract.clauses import Arming, Kind, Origin
from domain.contract.terms import Terms
from domain.matters import agreements, calls, major
from domain.people.actors import SERVICE_SIDE
from domain.ticket import clocks
from domain.ticket.opening import Opening
from domain.ticket.records import Act
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening


def open_ticket(opening: Opening, terms: Terms) -> Ticket:
    """The ticket as it stands when its terms are agreed: in triage, its first obligations counting."""
    stated = {
        Origin.RECEIVED: opening.received_at,
        Origin.FAULT: opening.fault_occurred_at,
        Origin.BOOKED: opening.booked_at,
    }
    ticket = Ticket(
        opening=opening,
        terms=terms,
        level=opening.level,
        facts=dict(opening.facts),
        service=opening.service,
        category=opening.category,
        moments={origin: moment for origin, moment in stated.items() if moment is not None},
        armings={Arming.NOW: opening.accepted_at},
    )
    ticket = clocks.derive(ticket, opening.accepted_at)
    ticket = clocks.perform(ticket, _met_by_opening(ticket), Act(None, opening.accepted_at))
    return _on_record(ticket)


def _met_by_opening(ticket: Ticket) -> frozenset[Kind]:
    """What somebody of the service side meets by taking the report (004-07)."""
    opening = ticket.opening
    if opening.opener.role not in SERVICE_SIDE:
        return frozenset()
    return frozenset(each.kind for each in ticket.obligations if each.promise.clause.met_by_opening)


def _labels(opening: Opening) -> dict[str, str]:
    said = {"service": opening.service, "category": opening.category, "follows": opening.follows}
    return {name: word for name, word in said.items() if word is not None}


def _on_record(ticket: Ticket) -> Ticket:
    opening, unheard = ticket.opening, ticket
    ticket = calls.by_gravity(ticket, opening.accepted_at)
    ticket = ticket.write(
        Happening.OPENED,
        at=opening.received_at,
        recorded_at=opening.accepted_at,
        actor=opening.opener,
        data={
            "channel": opening.channel,
            "level": opening.level,
            "facts": dict(opening.facts),
            "calls": calls.called(ticket),
            **_labels(opening),
            **calls.said(unheard, ticket),
        },
    )
    at = opening.accepted_at
    return major.began(major.propose_by_level(agreements.on_record(ticket, at), at), at)
