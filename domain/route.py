"""The route: which stage a pack proposes next, by what triage has found out (003-03, 004-08). It proposes only."""

from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket


def proposed(ticket: Ticket) -> Stage | None:
    """The first stage of the route that lies ahead; None at its end, and when no work goes on."""
    if not ticket.stage.is_work:
        return None
    return next((Stage(name) for name in _route(ticket) if ticket.stage.before(Stage(name))), None)


def _route(ticket: Ticket) -> tuple[str, ...]:
    facts = ticket.terms.fact_defaults | ticket.facts
    for fact, value, route in ticket.terms.detours:
        if facts.get(fact) == value:
            return route
    return ticket.terms.route
