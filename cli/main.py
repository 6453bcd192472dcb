"""The `zhishou` command. Each command is a module of its own, imported only when it is asked for."""

import gc
import importlib
import sys
from typing import NoReturn

import typer
from pydantic import ValidationError

from runtime.errors import PlainError

# name: module and function, or the `typer.Typer` of a command that has commands of its own
COMMANDS = {
    "run": "cli.run:run",
    "prepare": "cli.prepare:prepare",
    "token": "cli.token:token",
    "tokens": "cli.token:tokens",
    "link": "cli.link:link",
    "password": "cli.password:password",
    "roster": "cli.roster:app",
    "customers": "cli.customers:app",
    "people": "cli.people:app",
    "obligations": "cli.obligations:obligations",
    "rehearse": "cli.rehearse:rehearse",
    "whatif": "cli.whatif:whatif",
    "rebuild": "cli.rebuild:rebuild",
    "channels": "cli.channels:app",
    "workers": "cli.workers:workers",
    "aside": "cli.aside:aside",
    "lost": "cli.lost:lost",
    "demo": "cli.demo:app",
    "doctor": "cli.doctor:doctor",
    "contracts": "cli.contracts:contracts",
    "keys": "cli.keys:app",
    "audit": "cli.audit:app",
    "certificates": "cli.certificates:app",
}


def main() -> None:
    try:
        application(sys.argv[1:])()
    except PlainError as error:
        _end(str(error))
    except ValidationError as error:
        _end("; ".join(f"{_variable(wrong['loc'])}: {wrong['msg']}" for wrong in error.errors()))
    except OSError as error:
        _end(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    finally:
        # A Temporal client that is still referenced while the interpreter shuts down may abort the process.
        gc.collect()


def _end(reason: str) -> NoReturn:
    print(f"zhishou: {reason}", file=sys.stderr)
    sys.exit(1)


def _variable(place: tuple[int | str, ...]) -> str:
    """The environment variable behind a setting."""
    name = str(place[0]).upper()
    return name if name == "TEMPORAL_ADDRESS" else f"ZHISHOU_{name}"


def application(arguments: list[str]) -> typer.Typer:
    """With the command that the arguments name; with all of them when they name none, as for the help."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    app.callback()(zhishou)
    named = [argument for argument in arguments[:1] if argument in COMMANDS]
    for name in named or COMMANDS:
        module, _, attribute = COMMANDS[name].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def zhishou() -> None:
    """值守: after-sales promises, kept."""
