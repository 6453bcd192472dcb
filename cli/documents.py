"""`python -m cli.documents`: writes the pages of ``docs/`` that follow from tables; a test keeps them current."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from domain.authority import MAY
from domain.commands import CommandKind
from domain.lifecycle import LIFECYCLE, WORK
from domain.people import Role
from domain.record import Happening
from domain.rules import RULES, WHERE
from domain.stages import Stage

DOCS = Path(__file__).parent.parent / "docs"

_WRITTEN = "<!-- Written by `python -m cli.documents` from the tables named below; change those. -->"


def lifecycle() -> str:
    """The stages, and what leads from one to another (``domain/lifecycle.py``)."""
    ladder = "\n".join(f"    {one} --> {next_one}: advanced" for one, next_one in pairwise(WORK))
    ends = "\n".join(f"    {stage} --> {Stage.RESOLVED}: {Happening.RESOLVED}" for stage in WORK)
    rows = "\n".join(
        f"| {stage} | {happening} | {', '.join(leads_to)} |" for (stage, happening), leads_to in LIFECYCLE.items()
    )
    return f"""{_WRITTEN}

# Lifecycle

Source: `domain/lifecycle.py`. The diagram shows the ladder; any later stage may be named directly, an earlier one
once cause or asset have been revised (003-03). A rejection leads back to the stage that the ticket was resolved from.

```mermaid
stateDiagram-v2
    [*] --> {Stage.TRIAGE}
{ladder}
{ends}
    {Stage.RESOLVED} --> {Stage.TRIAGE}: rejected, reopened (to where it was resolved from)
    {Stage.RESOLVED} --> {Stage.CLOSED}: closed
    {Stage.CLOSED} --> [*]
```

| in stage | what happens | leads to |
|---|---|---|
{rows}
"""


def commands() -> str:
    """Every command: who may send it, where it is possible, and the rule it must pass."""
    rows = "\n".join(_command_row(kind) for kind in WHERE)
    return f"""{_WRITTEN}

# Commands

Sources: `domain/authority.py` (who), `domain/rules.py` (where, and what else must hold). Deny by default.

| command | who | stages | what must hold |
|---|---|---|---|
{rows}
"""


def _command_row(kind: CommandKind) -> str:
    who = ", ".join(role for role in Role if kind in MAY[role])
    where = ", ".join(stage for stage in Stage if stage in WHERE[kind])
    rule = RULES.get(kind)
    holds = (rule.__doc__ or "").strip() if rule else ""
    return f"| {kind} | {who} | {_short(where)} | {holds} |"


def _short(stages: str) -> str:
    """The work stages as one word."""
    return stages.replace(", ".join(WORK), "while work goes on")


PAGES: dict[str, Callable[[], str]] = {"lifecycle.md": lifecycle, "commands.md": commands}


def main() -> None:
    """Write them all."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page())


if __name__ == "__main__":
    main()
