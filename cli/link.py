"""`zhishou link`: an approval link for one approver, from the operator's machine."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from cli.registry import registry
from domain.audience.reaching import Way
from runtime.errors import PlainError
from runtime.settings import Settings
from store.approvals.links import NothingToDecideError, issue_link
from store.approvals.travelling import Lacking, UnreachableError, destination
from store.queries.tickets import ticket
from store.registry.deputies import deputy_of
from store.registry.people import person as who_is

_LACKING = {
    Lacking.CHANNEL: "mail is not set up",
    Lacking.ADDRESS: "they have no mailbox on record",
    Lacking.SECOND: "one administrator alone stands for their mailbox",
}


def link(
    number: Annotated[str, typer.Argument(help="the ticket's number")],
    person: Annotated[str, typer.Argument(help="the approver, or the deputy of one, who alone may be given the link")],
    hours: Annotated[int, typer.Option(min=1, max=720, help="how long it is valid")] = 48,
    address: Annotated[
        str, typer.Option(help="where people reach the installation; default: its public URL, else where it listens")
    ] = "",
    mail: Annotated[
        bool, typer.Option("--mail", help="send it to the mailbox that PERSON has on record, and show it to nobody")
    ] = False,
) -> None:
    """Print a single-use link with which PERSON decides on the application of ticket NUMBER, without signing in."""
    with registry() as engine:
        try:
            actor = who_is(engine, person)
            if actor is None:
                raise PlainError(f"no user {person!r}")
            now, seen = datetime.now(UTC), ticket(engine, actor, number)
            stands_in = deputy_of(engine, actor, seen.customer_id if seen else None, now)
            to, lasts = destination(engine, person, Way.MAIL, approves=True) if mail else None, timedelta(hours=hours)
            issued = issue_link(engine, number, actor, now=now, lasts=lasts, stands_in=stands_in, to=to)
        except NothingToDecideError as nothing:
            raise PlainError(f"{person}, ticket {number}: {nothing}") from None
        except UnreachableError as nowhere:
            raise PlainError(f"{person} is sent no link by mail: {_LACKING[nowhere.lacking]}") from None
    print(f"sent to {to.hint}" if to else f"{address.rstrip('/') or _own_address()}{issued.path}")


def _own_address() -> str:
    return Settings.of_running_installation().address
