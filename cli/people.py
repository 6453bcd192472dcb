"""`zhishou people`: who signs in, and as what."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from cli.personal import erase, export_caller, export_person, lines_of
from cli.registry import registry
from cli.tables import AsCsv, Check, File, bring_in
from domain.people.actors import Role
from domain.people.duty import Grade
from runtime.errors import PlainError
from runtime.sign_in_settings import Way
from store.imports import import_people
from store.imports.exporting import people_csv
from store.models import OrganisationKind
from store.paging import every
from store.registry import confirmations
from store.registry.organisations import add_organisation
from store.registry.people import Wanted, add_person, change_person, details, people
from store.registry.records import Organisation, Person
from store.registry.resting import Resting, leaves, resting_on

app = typer.Typer(no_args_is_help=True, help="People: list, add, change, deactivate, import.")

#: What no command of ours reaches; docs/privacy.md says why.
_STAYS = """NOT erased, see docs/privacy.md:
- the histories of these tickets, but for those that were named by --history: in Temporal until its retention ends,
  in the archive for good, both as plain text, and so in every bundle of evidence; one goes as a whole or not at all
- what people wrote: titles, descriptions, notes, the names of files, and who gave a word by telephone
- the record of the registry, logs, backups, bundles that were handed out, mails and messages that were sent"""

Caller = Annotated[str, typer.Option("--phone", help="of a caller without an account: their telephone number")]
Writer = Annotated[str, typer.Option("--mail", help="of whoever writes without an account: their mail address")]
Id = Annotated[str, typer.Argument(help="the name that the person signs in with")]
Name = Annotated[str | None, typer.Option(help="as it is shown")]
Customer = Annotated[list[str] | None, typer.Option(help="of a customer's people: for whom they act; may be repeated")]
Department = Annotated[str | None, typer.Option(help="of a customer approver: such as technical, business")]
Vendor = Annotated[str | None, typer.Option(help="of a vendor's people the vendor, else perhaps the service company")]
Phone = Annotated[str | None, typer.Option(help="such as +86 138 0000 0000")]
Email = Annotated[str | None, typer.Option(help="such as li@example.com")]
SameAs = Annotated[str | None, typer.Option(help="another account of the same person; empty: of nobody else")]
GradeOf = Annotated[Grade | None, typer.Option(help="of resident engineers (000-27)")]


@app.command("list")
def list_people(*, csv: AsCsv = False) -> None:
    """List everybody; as CSV those who are active."""
    with registry() as engine:
        if csv:
            print(people_csv(engine), end="")
            return
        for one in every(lambda window: people(engine, Wanted(), window)):
            print(f"{one.id:<20} {one.role:<18} {one.name}{'' if one.active else ' (inactive)'}")


@app.command()
def add(
    user: Id,
    name: Annotated[str, typer.Option(help="as it is shown")],
    role: Annotated[Role, typer.Option(help="what the person may do")],
    customer: Customer = None,
    department: Department = None,
    organisation: Vendor = None,
    phone: Phone = None,
    email: Email = None,
    grade: GradeOf = None,
) -> None:
    """Add USER, who has no password yet: `zhishou password USER` sets one."""
    new = Person(user, name, role, department, tuple(customer or ()), organisation, phone, email, grade)
    with registry() as engine:
        add_person(engine, new)


@app.command()
def change(
    user: Id,
    name: Name = None,
    role: Annotated[Role | None, typer.Option(help="what the person may do")] = None,
    customer: Customer = None,
    department: Department = None,
    organisation: Vendor = None,
    phone: Phone = None,
    email: Email = None,
    grade: GradeOf = None,
    same_as: SameAs = None,
    *,
    active: Annotated[bool | None, typer.Option("--active/--inactive", help="whether the person may sign in")] = None,
) -> None:
    """Change what is given of USER; an empty text takes away what is there."""
    given: dict[str, Any] = {"name": name, "role": role, "department": department, "organisation": organisation}
    given |= {"phone": phone, "email": email, "grade": grade, "active": active, "same_as": same_as}
    given["customers"] = None if customer is None else tuple(one for one in customer if one)
    changes = {field: None if value == "" else value for field, value in given.items() if value is not None}
    with registry() as engine:
        _change(engine, user, changes)


@app.command()
def deactivate(user: Id) -> None:
    """USER signs in no more; what the person did stays on record."""
    with registry() as engine:
        _change(engine, user, {"active": False})


def _change(engine: Engine, user: str, changes: dict[str, Any]) -> None:
    """Only where nothing rests on the person: who takes that over is said where tickets can be told of it."""
    before = details(engine, user)
    left = resting_on(engine, before, datetime.now(UTC)) if before and leaves(before, changes) else Resting()
    if left:
        named = ", ".join([*left.tickets, *left.shifts, *left.vendor_cases, *left.approvals])
        raise PlainError(f"still rests on {user}: {named}; name a successor: PATCH /api/people/{user}")
    change_person(engine, user, changes)


@app.command("export")
def export(
    out: Annotated[Path, typer.Option("--out", help="the file to write")],
    user: Annotated[str, typer.Argument(metavar="USER", help="the name that the person signs in with")] = "",
    caller: Caller = "",
    writer: Writer = "",
) -> None:
    """Write all that is kept of a person into one file, rows as JSON.

    Of USER and all their accounts, with the files that they brought; or of a caller, by their telephone number, or of
    whoever writes from a mail address.
    """
    if bool(user) == bool(caller or writer):
        raise PlainError("name USER, or a caller by --phone or --mail")
    for name, rows in (export_person(user, out) if user else export_caller(caller, writer, out)).items():
        print(f"{name:<24}{rows:>8}")


@app.command("erase")
def erase_contact(
    reason: Annotated[str, typer.Option(help="for the record, such as the number of the request; never a name")],
    caller: Caller = "",
    writer: Writer = "",
    file: Annotated[list[str] | None, typer.Option("--file", help="an attachment, by its id; may be repeated")] = None,
    history: Annotated[
        list[str] | None,
        typer.Option("--history", help="a ticket, by its number, whose histories go, its proof with them; repeatable"),
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="only say what would be erased")] = False,
) -> None:
    """Erase a caller's name, number and address from tickets that are over, and files, for good. Says what stays.

    Whoever has an account is no caller: see `people change` and `people deactivate`.
    """
    if not (caller or writer or file or history):
        raise PlainError("name a caller by --phone or --mail, an attachment by --file, or a ticket by --history")
    found = erase(caller, writer, file or [], history or [], reason, check=check)
    for line in lines_of(found, check=check):
        print(line)
    print(_STAYS)


@app.command()
def organisation(
    id_: Annotated[str, typer.Argument(metavar="ID", help="its id")],
    name: Annotated[str, typer.Option(help="as it is shown")],
    kind: Annotated[OrganisationKind, typer.Option(help="what it is to a ticket")],
) -> None:
    """Add a vendor, or the service company, that people belong to."""
    with registry() as engine:
        add_organisation(engine, Organisation(id_, name, kind))


Provider = Annotated[Way, typer.Argument(help="such as oidc")]
Subject = Annotated[str, typer.Argument(help="what the provider calls USER, for ever")]


@app.command()
def bind(user: Id, provider: Provider, subject: Subject) -> None:
    """Let USER sign in by an identity provider, who is told of it; over HTTP that takes two."""
    with registry() as engine:
        confirmations.bind(engine, user, (provider.value, subject), now=datetime.now(UTC))


@app.command()
def unbind(user: Id, provider: Provider, subject: Subject) -> None:
    """What an identity provider calls SUBJECT lets USER in no more; USER and the administrators are told."""
    with registry() as engine:
        if not confirmations.unbind(engine, user, (provider.value, subject), by=None, now=datetime.now(UTC)):
            raise PlainError(f"{provider} {subject} does not stand for {user}")


@app.command("import")
def import_(file: File, *, check: Check = False) -> None:
    """Bring new people in from a table, all of it or nothing."""
    bring_in(import_people, file, check=check)
