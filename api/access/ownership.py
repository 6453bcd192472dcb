"""Ownership: for whom the things that an address names exist at all; to everybody else they do not: 404."""

import re
from dataclasses import dataclass
from enum import StrEnum


class ExistsFor(StrEnum):
    """For whom something exists, among those whose role the route permits."""

    CONCERNED = "concerned"  # those whom the ticket concerns, by domain.audience.authority
    OWN = "own"  # its owner
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Named:
    """What a parameter of an address names.

    Attributes:
        rule: for whom it exists, in a sentence.
    """

    exists_for: ExistsFor
    rule: str


_REGISTRY = Named(ExistsFor.ANYBODY, "rows of the registry: all, for the roles that the route permits")
_DEPUTIES = Named(
    ExistsFor.CONCERNED, "the service company: of every customer; people of a customer: of those that they act for"
)

#: Parameter by parameter; a route with one that is not here fails ``tests/security/test_matrix.py``.
NAMED: dict[str, Named] = {
    "number": Named(
        ExistsFor.CONCERNED,
        "the service company: every ticket; people of a customer: those of the customers that they act for; "
        "a vendor: those on which a case names them",
    ),
    "command_id": Named(ExistsFor.CONCERNED, "the service company: every command; people outside: their own"),
    "view": Named(ExistsFor.OWN, "one's own views; what colleagues share stands in the list and is theirs to change"),
    "phrase": Named(
        ExistsFor.OWN, "one's own phrases; what colleagues share stands in the list and is theirs to change"
    ),
    "message": Named(ExistsFor.OWN, "messages of one's own inbox"),
    "session": Named(ExistsFor.OWN, "one's own sessions"),
    "token": Named(ExistsFor.OWN, "one's own tokens"),
    "handed": Named(ExistsFor.OWN, "links that one has handed over, by the id of the command that did"),
    "link": Named(ExistsFor.OWN, "links that one holds or has handed over"),
    "upload": Named(ExistsFor.CONCERNED, "as the ticket that it was brought to, and what may be seen of it"),
    "mail": Named(ExistsFor.ANYBODY, "mails that come in: all, for the roles that the route permits"),
    "call": Named(ExistsFor.ANYBODY, "calls that come in: all, for the roles that the route permits"),
    "confirmation": Named(ExistsFor.OWN, "administrators: all; others what is about themselves"),
    "person": _REGISTRY,
    "provider": Named(ExistsFor.ANYBODY, "providers of sign-in that are configured"),
    "subject": _REGISTRY,
    "organisation": _REGISTRY,
    "customer": _REGISTRY,
    "contract": _REGISTRY,
    "authorisation": _REGISTRY,
    "deputy": _DEPUTIES,
    "shift": _REGISTRY,
    "urgency": Named(ExistsFor.ANYBODY, "rules of channels: all, for the roles that the route permits"),
    "role": Named(ExistsFor.ANYBODY, "as the urgency"),
    "pack": Named(ExistsFor.ANYBODY, "contract packs: all, for the roles that the route permits"),
}

_PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")


def rules(path: str) -> dict[str, dict[str, str]]:
    """What the parameters of a route's path name, for the OpenAPI document; of a person, they are the registry's."""
    names = _PARAMETER.findall(path)
    of_all = _REGISTRY if "person" in names else _DEPUTIES if "/deputies" in path else None
    known = {name: of_all or NAMED[name] for name in names if name in NAMED}
    return {name: {"exists_for": one.exists_for.value, "rule": one.rule} for name, one in known.items()}
