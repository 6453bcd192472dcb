"""`zhishou certificates`: by what the embedded Temporal and those who use it know each other."""

from typing import Annotated

import typer

from runtime.embedded.authority import certificates, left
from runtime.embedded.authority import rotate as rotate_in
from runtime.embedded.temporal import certificates_of
from runtime.errors import PlainError
from runtime.home import Home
from runtime.settings import Given

app = typer.Typer(no_args_is_help=True, help="The certificates of the embedded Temporal and its clients.")


@app.command()
def show() -> None:
    """Print for how long each is valid."""
    for name, file in certificates(certificates_of(Home(Given().home).path)):
        print(f"{name:<9} " + (f"{left(file).days} days" if file.is_file() else "made at the first start"))


@app.command()
def rotate(
    *,
    authorities: Annotated[bool, typer.Option("--authorities", help="the authorities too; nothing may run")] = False,
) -> None:
    """Make new ones. What runs goes on; with new authorities whatever was signed before opens nothing more."""
    home = Home(Given().home)
    folder = certificates_of(home.path)
    if not folder.is_dir():
        raise PlainError(f"{home.path} has no certificates yet; its first start makes them")
    if authorities and home.is_claimed():
        raise PlainError("the servers trust the old authorities until they start again; stop the installation first")
    rotate_in(folder, authorities=authorities)
    print("new certificates; the server takes them within a minute, the worker and the API at their next start")
