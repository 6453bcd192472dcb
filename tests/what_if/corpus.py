"""The tickets of the corpus: the histories of each one's runs, found together by its number."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory

from evidence.leaves import Leaf
from gateway.archiving import archived_as
from gateway.verdict.replaying import batches_in
from gateway.verdict.rows import last_entry
from tests.replay.test_corpus import HISTORIES, recorded


@cache
def tickets() -> dict[str, tuple[Path, ...]]:
    """By folder and number. Tests are named by these: whoever collects them reads no history for it."""
    found: dict[str, tuple[Path, ...]] = {}
    for path in HISTORIES:
        started = json.loads(path.read_text())["events"][0]["workflowExecutionStartedEventAttributes"]
        name = f"{path.parent.name}/{started['workflowId'].removesuffix('-aftercare')}"
        found[name] = (*found.get(name, ()), path)
    return found


def runs_of(name: str) -> list[WorkflowHistory]:
    """The histories of a ticket's runs."""
    return [recorded(path) for path in tickets()[name]]


def told(histories: list[WorkflowHistory]) -> dict[str, dict[str, Any]]:
    """The promises as the histories told the read model last, by their keys."""
    batches = sorted((each for run in histories for event in run.events for each in batches_in(event)), key=last_entry)
    return {each["key"]: each for batch in batches for each in batch["obligations"]}


def kept_as(run: WorkflowHistory) -> tuple[Leaf, bytes]:
    """As an archive takes it."""
    number = run.workflow_id.removesuffix("-aftercare")
    return archived_as(run, {"number": number, "namespace": "n", "workflow": run.workflow_id, "run": run.run_id})
