"""The `zhishou` command. Each command is a module of its own, imported only when it is asked for."""

import gc
import importlib
import sys

import typer

from runtime.errors import PlainError

# name: module and function, or the `typer.Typer` of a command that has commands of its own
COMMANDS = {
    "run": "cli.run:run",
    "prepare": "cli.prepare:prepare",
    "token": "cli.token:token",
    "password": "cli.password:password",
    "obligations": "cli.obligations:obligations",
    "rehearse": "cli.rehearse:rehearse",
    "rebuild": "cli.rebuild:rebuild",
    "demo": "cli.demo:app",
    "contracts": "cli.contracts:contracts",
}


def main() -> None:
    try:
        application(sys.argv[1:])()
    except PlainError as error:
        print(f"zhishou: {error}", file=sys.stderr)
        sys.exit(1)
    finally:
        # A Temporal client that is still referenced while the interpreter shuts down may abort the process.
        gc.collect()


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
