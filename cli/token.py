"""`zhishou token` and `zhishou tokens`: bearer tokens of users of the running installation."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from cli.registry import registry
from runtime.errors import PlainError
from store.access.scopes import Scope
from store.access.tokens import LONGEST, issue, revoke, tokens_of

User = Annotated[str, typer.Argument(help="the name that the user signs in with")]


def token(
    user: User,
    days: Annotated[int, typer.Option(min=1, max=LONGEST.days, help="how long it is valid")] = 30,
    name: Annotated[str, typer.Option(help="what it is for")] = "command line",
    scope: Annotated[list[Scope] | None, typer.Option(help="what it may do; may be repeated; default: all")] = None,
) -> None:
    """Print a bearer token for USER. It is shown this once; only its hash is kept."""
    with registry() as engine:
        lasts, now = timedelta(days=days), datetime.now(UTC)
        print(issue(engine, user, name=name, lasts=lasts, now=now, scopes=scope or (Scope.ALL,)))


def tokens(
    user: User, revoked: Annotated[str | None, typer.Option("--revoke", metavar="ID", help="end this one")] = None
) -> None:
    """List the tokens of USER that still open something, or end one of them."""
    now = datetime.now(UTC)
    with registry() as engine:
        if revoked and not revoke(engine, user, revoked, now):
            raise PlainError(f"{user} has no token {revoked}; `zhishou tokens {user}` lists them")
        for row in tokens_of(engine, user, now):
            used = f"{row.last_used_at:%Y-%m-%d}" if row.last_used_at else "never"
            print(f"{row.id}  until {row.expires_at:%Y-%m-%d}  used {used}  {','.join(row.scopes)}  {row.name}")
