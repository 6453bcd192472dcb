"""`python -m tools.documents`: writes the pages of ``docs/`` that follow from tables; a test keeps them current."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from domain.audience.authority import MAY
from domain.contract.clauses import Kind
from domain.matters.index import GATES, REFUSALS, ROWS
from domain.matters.links import ANSWERS
from domain.matters.matter import Gate
from domain.people.actors import CUSTOMER_SIDE, Role
from domain.ticket.commands import CommandKind
from domain.ticket.lifecycle import LIFECYCLE, WORK
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from tools.authorisation import authorisation
from tools.notices_page import notices_page
from tools.tables_page import tables_page

DOCS = Path(__file__).parent.parent / "docs"

_WRITTEN = "<!-- Written by `python -m tools.documents` from the tables named below; change those. -->"


def lifecycle() -> str:
    """The stages, and what leads from one to another (``domain/ticket/lifecycle.py``)."""
    ladder = "\n".join(f"    {one} --> {next_one}: advanced" for one, next_one in pairwise(WORK))
    ends = "\n".join(f"    {stage} --> {Stage.RESOLVED}: {Happening.RESOLVED}" for stage in WORK)
    rows = "\n".join(
        f"| {stage} | {happening} | {', '.join(leads_to)} |" for (stage, happening), leads_to in LIFECYCLE.items()
    )
    return f"""{_WRITTEN}

# Lifecycle

Source: `domain/ticket/lifecycle.py`. The diagram shows the ladder. The stage follows the work, forward only; `advance`
names any stage of work, also an earlier one, with a reason, and going back lifts nothing. A rejection leads back to
the stage that the ticket was resolved from.

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
    rows = "\n".join(_command_row(kind) for kind in ROWS)
    return f"""{_WRITTEN}

# Commands

Sources: `domain/audience/authority.py` (who), the rows in `domain/matters/` (where, what must hold, and
which promises it meets) and their [gates](gates.md). Deny by default. How a promise is met: [counting](counting.md).

| command | who | stages | what must hold | gates | meets |
|---|---|---|---|---|---|
{rows}
"""


def refusals() -> str:
    """Every reason for which a command is turned down, with the words that people get."""
    rows = "\n".join(f"| `{each.code}` | {each.words.zh} | {each.words.en} |" for each in REFUSALS.values())
    return f"""{_WRITTEN}

# Refusals 拒绝

Sources: `domain/words/refusals.py` (the engine's own), then matter by matter in `domain/matters/`. A refusal is
recorded on the timeline with these words and with the commands that would be accepted; nothing that was sent is lost.

| reason | 中文 | English |
|---|---|---|
{rows}
"""


def gates() -> str:
    """Every consent without which an act is impossible, for managers."""
    rows = "\n".join(_gate_rows(gate) for gate in GATES)
    return f"""{_WRITTEN}

# Gates 审批关口

Source: the gates of each matter in `domain/matters/`. No event, no act: what a gate blocks is impossible until
the consent is recorded, for everybody and without an override. A refusal is final for what was asked; something else
may be asked for. What is asked always has the person who answered, the time and the words on the ticket's timeline.

| gate 审批关口 | clauses | asked 事项 | of whom 由谁 | evidence 凭据 | ends 失效 | blocks | opened by | refused 被拒 |
|---|---|---|---|---|---|---|---|---|
{rows}

{_by_link()}

A gate with a term in its name column stands only under contracts that set it (`domain/contract/terms.py`,
`docs/contracts.md`).
"""


def _by_link() -> str:
    """What of it a link can say, and who hands one over."""
    said = {yes for yes, _ in ANSWERS.values()} & {kind for gate in GATES for kind in gate.given_by}
    handing = ", ".join(role for role in Role if CommandKind.HAND_LINK in MAY[role] and role not in CUSTOMER_SIDE)
    return (
        f"{', '.join(kind for kind in ROWS if kind in said)} can be said with a [link](approvals.md), without signing "
        f"in: one that {handing} hand over, or that the person takes along. The link of `approve` is made by the "
        "approver in person, or by the operator; a consent has none, for it names its subject and its evidence."
    )


def _gate_rows(gate: Gate) -> str:
    words = [gate.asked, gate.of, gate.evidence, gate.ends, gate.refusal]
    asked, of, evidence, ends, refusal = (f"{word.zh}<br>{word.en}" for word in words)
    name = f"**{gate.name.zh}**<br>{gate.name.en}" + (f"<br>`{gate.switch}`" if gate.switch else "")
    to_site = {"advance": "advance to `onsite`"} if gate.id == "onsite_application" else {}
    blocked = ", ".join(to_site.get(kind, kind) for kind in sorted(gate.blocks))
    opened = ", ".join(gate.given_by) or "–"
    cells = (name, ", ".join(gate.clauses), asked, of, evidence, ends, blocked, opened, refusal)
    return f"| {' | '.join(cells)} |"


def _command_row(kind: CommandKind) -> str:
    who = ", ".join(role for role in Role if kind in MAY[role])
    where = ", ".join(stage for stage in Stage if stage in ROWS[kind].during)
    if ROWS[kind].by_statement and Stage.RESOLVED not in ROWS[kind].during:
        where = f"{where}; resolved, of what happened before"
    rule, behind = ROWS[kind].needs, [gate.id for gate in GATES if kind in gate.blocks]
    holds = " ".join((rule.__doc__ or "").split()) if rule else ""
    meets = ", ".join(each for each in Kind if each in ROWS[kind].meets)
    return f"| {kind} | {who} | {_short(where)} | {holds} | {', '.join(behind)} | {meets} |"


def _short(stages: str) -> str:
    """The work stages as one word."""
    return stages.replace(", ".join(WORK), "while work goes on")


PAGES: dict[str, Callable[[], str]] = {
    "lifecycle.md": lifecycle,
    "commands.md": commands,
    "tables.md": tables_page,
    "gates.md": gates,
    "refusals.md": refusals,
    "notices.md": lambda: f"{_WRITTEN}\n\n{notices_page()}",
    "authorisation.md": lambda: f"{_WRITTEN}\n\n{authorisation()}",
}


def main() -> None:
    """Write them all."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page())


if __name__ == "__main__":
    main()
