"""`zhishou customers`: whose reports we take, under which contracts, and what they let us do in their name."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from cli.instants import instant
from cli.registry import registry
from cli.tables import AsCsv, Check, File, bring_in
from domain.matters.consents import ConsentChannel
from runtime.errors import PlainError
from store.attachments import is_of_customer
from store.imports import import_customers
from store.imports.exporting import customers_csv
from store.paging import Window, every
from store.registry import contracts
from store.registry.customers import add_customer, change_customer, customers
from store.registry.customers import authorise as record
from store.registry.customers import customer as find
from store.registry.records import Authorisation, Contract, RegisteredCustomer

app = typer.Typer(no_args_is_help=True, help="Customers: list, add, change, import; contracts and authorisations.")

Id = Annotated[str, typer.Argument(metavar="CUSTOMER", help="the customer's id")]
Technical = Annotated[str | None, typer.Option(help="what it calls its technical department")]
Business = Annotated[str | None, typer.Option(help="what it calls its business department")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
Active = Annotated[bool | None, typer.Option("--active/--inactive", help="whether we take its reports")]


@app.command("list")
def list_customers(*, csv: AsCsv = False) -> None:
    """List all customers with their contracts; as CSV those that are active."""
    with registry() as engine:
        if csv:
            print(customers_csv(engine), end="")
            return
        for one in every(lambda window: customers(engine, window)):
            print(f"{one.id:<20} {one.name}{'' if one.active else ' (inactive)'}")
            for agreed in contracts.contracts(engine, one.id, Window()).items:
                ends = f" until {agreed.ends_on}" if agreed.ends_on else ""
                print(f"  {agreed.id:<20} {agreed.pack}{ends}{'' if agreed.active else ' (inactive)'}")


@app.command()
def add(
    customer: Id,
    name: Annotated[str, typer.Option(help="as it is shown")],
    technical: Technical = None,
    business: Business = None,
) -> None:
    """Add CUSTOMER with its departments."""
    with registry() as engine:
        add_customer(engine, RegisteredCustomer(customer, name, _departments(technical, business)))


@app.command()
def change(
    customer: Id,
    name: Annotated[str | None, typer.Option(help="as it is shown")] = None,
    technical: Technical = None,
    business: Business = None,
    *,
    active: Active = None,
) -> None:
    """Change what is given of CUSTOMER."""
    with registry() as engine:
        changes: dict[str, Any] = {"name": name, "active": active}
        changes = {field: value for field, value in changes.items() if value is not None}
        if departments := _departments(technical, business):
            before = find(engine, customer)
            changes["departments"] = (before.departments if before else {}) | departments
        change_customer(engine, customer, changes)


@app.command()
def contract(
    customer: Id,
    id_: Annotated[str, typer.Argument(metavar="CONTRACT", help="the contract's id")],
    pack: Annotated[str | None, typer.Option(help="of a new contract: its pack, such as sitech")] = None,
    starts_on: Day = None,
    ends_on: Day = None,
    remote_calendar: Annotated[str | None, typer.Option(help="hours of remote service (000-25)")] = None,
    star: Annotated[int | None, typer.Option(help="1 to 5")] = None,
    *,
    active: Annotated[bool | None, typer.Option("--active/--inactive", help="whether tickets are opened")] = None,
) -> None:
    """Add a contract of CUSTOMER under a pack, or without --pack change what is given of one that is there."""
    days = {"starts_on": starts_on, "ends_on": ends_on}
    given: dict[str, Any] = {name: day and day.date() for name, day in days.items()}
    given |= {"remote_calendar": remote_calendar, "star": star, "active": active}
    fields = {name: value for name, value in given.items() if value is not None}
    with registry() as engine:
        if pack is not None:
            contracts.add_contract(engine, Contract(id_, customer, pack, **fields))
        else:
            contracts.change_contract(engine, customer, id_, fields)


@app.command()
def authorise(
    customer: Id,
    scope: Annotated[str, typer.Option(help="what is allowed, in the customer's words")],
    granted_by: Annotated[str, typer.Option(help="who of the customer granted it")],
    until: Annotated[datetime, typer.Option(parser=instant, help="when it ends, such as 2027-01-01T00:00")],
    by: Annotated[str, typer.Option(help="the user who records it")],
    channel: Annotated[str, typer.Option(help=f"how we were told: {', '.join(ConsentChannel)}")] = "paper",
    evidence: Annotated[str, typer.Option(help="the proof: an attachment of one of the customer's tickets")] = "",
) -> None:
    """Record that CUSTOMER lets us diagnose and coordinate vendors in its name (004-05)."""
    now = datetime.now(UTC)
    new = Authorisation(customer, scope, channel, granted_by, now, until, by, evidence or None)
    with registry() as engine:
        if evidence and not is_of_customer(engine, customer, evidence):
            raise PlainError(f"{evidence}: no attachment of one of the customer's tickets")
        record(engine, new, now)


@app.command("import")
def import_(file: File, *, check: Check = False) -> None:
    """Bring new customers in from a table, each perhaps with a contract, all of it or nothing."""
    bring_in(import_customers, file, check=check)


def _departments(technical: str | None, business: str | None) -> dict[str, str]:
    return {word: name for word, name in (("technical", technical), ("business", business)) if name is not None}
