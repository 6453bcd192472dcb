"""What the tests of this folder ask with, and by what they judge an answer."""

import httpx2

from demo.people import ACTORS, PEOPLE
from domain.audience.authority import may_send
from domain.ticket.commands import CommandKind

#: Who signs in for each role.
USERS = {who.role: user for user, who in PEOPLE.items()}
PROBLEM = "application/problem+json"

#: What only what is behind the API would say.
TELLTALES = ("Traceback", "sqlalchemy", "psycopg", "temporalio", "SELECT ", "INSERT ", 'File "', "site-packages")


def sender(kind: CommandKind) -> str:
    """Somebody who may send it."""
    return next(user for user in sorted(ACTORS) if may_send(ACTORS[user], kind))


def says_nothing(answer: httpx2.Response) -> bool:
    """Whether an answer tells nothing of what is behind it."""
    return not [telltale for telltale in TELLTALES if telltale in answer.text]


def is_safe_json(answer: httpx2.Response) -> bool:
    """A browser that opens the address shows text and runs nothing."""
    media_type, nosniff = answer.headers["content-type"], answer.headers["x-content-type-options"]
    return media_type in {"application/json", PROBLEM} and nosniff == "nosniff"
