"""Facts: what triage finds out about a report, beside its level, that clauses depend on."""

from domain.contract.clauses import FactValue

#: Every fact and the values it may take, booleans first. Every pack accepts every fact.
FACTS: dict[str, tuple[FactValue, ...]] = {
    "major": (True, False),
    "severity": ("disastrous", "serious", "general"),
    "on_site": (True, False),
    "asset": ("hardware", "system_software", "application"),
    "cause": ("own", "environment", "third_party", "unknown"),
    "supplied": (True, False),
    "nature": ("fault", "question", "booking", "change"),
}

#: Hours of remote service that a contract may set (000-25). A term of the contract: nobody states it of a ticket.
REMOTE_CALENDAR = "remote_calendar"
REMOTE_CALENDARS = ("5*8", "5*24", "7*8", "7*24")


def known_value(fact: str, value: FactValue) -> bool:
    """Whether the fact may take the value; ``1`` is no ``true``, and an unknown fact takes none."""
    return any(value == known and type(value) is type(known) for known in FACTS.get(fact, ()))


def fact_text(value: FactValue) -> str:
    """The value as people write it: booleans are ``true`` and ``false``."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def unknown_fact(facts: dict[str, FactValue]) -> str | None:
    """Name the first fact, or ``fact=value``, that the vocabulary does not have; None if all are known."""
    for name, value in facts.items():
        if name not in FACTS:
            return name
        if not known_value(name, value):
            return f"{name}={fact_text(value)}"
    return None
