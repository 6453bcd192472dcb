"""The record of the registry, as those get it who watch."""

from typing import Any

from api.http.documents import Plain
from api.http.instants import Shown


class ChangeDocument(Plain):
    """A change. ``before`` and ``after`` hold what is another than it was; of a secret only that it is.

    ``way``: by what the person acted; without a person the program, or who was at the command line.
    """

    id: int
    at: Shown
    person: str | None
    way: str
    request: str | None
    kind: str
    about: str
    whom: str
    action: str
    before: dict[str, Any]
    after: dict[str, Any]
