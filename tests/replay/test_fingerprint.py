"""The fingerprint: which commands the workflows issue, in which order. It changes only on purpose."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import workflows

FINGERPRINT = Path(__file__).parent / "fingerprint.json"
ROOM = Path(workflows.__file__).parent

#: Calls that put events into a history.
ISSUES = {
    "execute_activity",
    "execute_activity_method",
    "execute_local_activity_method",
    "sleep",
    "start_child_workflow",
    "signal",
    "continue_as_new",
    "wait_condition",
    "patched",
}

LESSON = """
The workflows issue other commands than before, or in another order. A ticket that is open now was begun by the old
code and will be replayed by the new one. Put the change behind `workflow.patched("what-changes")`, keep the old branch,
record a history that takes the new one, and then write this file anew with

    .venv/bin/python -m tests.replay.test_fingerprint
"""


def issued() -> dict[str, list[str]]:
    """The command-issuing calls of every function of the room, in the order of the text."""
    found: dict[str, list[str]] = {}
    for path in sorted(ROOM.glob("*.py")):
        for function in _functions(ast.parse(path.read_text())):
            if calls := list(_calls(function)):
                found[f"{path.stem}.{function.name}"] = calls
    return found


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _calls(function: ast.AST) -> Iterator[str]:
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(call.func, ast.Attribute) and call.func.attr in ISSUES and not _is_decorator(function, call):
            yield _said(call.func.attr, call.args)


def _said(command: str, arguments: list[ast.expr]) -> str:
    """The command with its first argument; an activity by its name on the wire, whoever has it as a method."""
    if command in {"execute_activity_method", "execute_local_activity_method"}:
        method = arguments[0]
        assert isinstance(method, ast.Attribute), "an activity is called as a method of its class"
        return f"{command.removesuffix('_method')}({method.attr})"
    first = ast.unparse(arguments[0]) if arguments and command != "wait_condition" else ""
    return f"{command}({first})"


def _is_decorator(function: ast.AST, call: ast.Call) -> bool:
    return call in getattr(function, "decorator_list", ())


def test_the_workflows_issue_the_commands_that_they_issued_before():
    """PostHog's trick: it fails where the change is written, not where an old history meets it."""
    assert issued() == json.loads(FINGERPRINT.read_text()), LESSON


if __name__ == "__main__":
    FINGERPRINT.write_text(json.dumps(issued(), indent=2) + "\n")
