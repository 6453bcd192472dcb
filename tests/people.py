"""The people of the tests: those of the demo, and somebody of a customer that it does not have."""

from collections.abc import Mapping
from typing import Any

from demo.people import ACTORS
from demo.people import PEOPLE as DEMO
from domain.matters.links import ABOUT, ASKED, SINCE
from domain.matters.on_behalf import HANDED_BY, HANDERS_ACCOUNTS, LINK
from domain.people.actors import CUSTOMER_SIDE, Actor, Role

PEOPLE = ACTORS | {
    "stranger": Actor("stranger", Role.CUSTOMER_CONTACT, customers=("another",)),
    "deputy": Actor("deputy", Role.CUSTOMER_APPROVER, ACTORS["tech"].customers),
}


def known_about(data: dict[str, Any]) -> dict[str, Any]:
    """What the API would find out about the people whom a command names (``api.commands.knowing``)."""
    known: dict[str, Any] = {}
    if isinstance(said := data.get("on_behalf"), dict):
        name = said.get("name")
        theirs = [id_ for id_, one in DEMO.items() if one.role in CUSTOMER_SIDE and name in {id_, one.name}]
        known["on_behalf"] = {"accounts": theirs, "on_record": bool(theirs)}
    if isinstance(to := data.get("to"), str) and to in PEOPLE:
        known |= {"to_role": PEOPLE[to].role, "to_is_there": True}
    return known


def known_by_link(handed: Mapping[str, Any], by: str | None) -> dict[str, Any]:
    """What the API would find out about an answer by the link of an entry; `by`: who of ours handed it over, if any."""
    said = {name: handed[name] for name in (ASKED.name, ABOUT.name, SINCE) if name in handed}
    return {LINK: said | ({HANDED_BY: by, HANDERS_ACCOUNTS: sorted(PEOPLE[by].accounts)} if by else {})}
