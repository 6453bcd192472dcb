"""The tickets of the corpus: the histories of each one's runs, found together by its number."""

from collections import defaultdict
from typing import Any

from temporalio.client import WorkflowHistory

from evidence.leaves import Leaf
from gateway.archiving import archived_as
from gateway.verdict.replaying import batches_in
from gateway.verdict.rows import last_entry
from tests.replay.test_corpus import HISTORIES, recorded


def tickets() -> dict[str, list[WorkflowHistory]]:
    """By folder and number."""
    found: dict[str, list[WorkflowHistory]] = defaultdict(list)
    for path in HISTORIES:
        history = recorded(path)
        number = history.workflow_id.removesuffix("-aftercare")
        found[f"{path.parent.name}/{number}"].append(history)
    return dict(found)


def told(histories: list[WorkflowHistory]) -> dict[str, dict[str, Any]]:
    """The promises as the histories told the read model last, by their keys."""
    batches = sorted((each for run in histories for event in run.events for each in batches_in(event)), key=last_entry)
    return {each["key"]: each for batch in batches for each in batch["obligations"]}


def kept_as(run: WorkflowHistory) -> tuple[Leaf, bytes]:
    """As an archive takes it."""
    number = run.workflow_id.removesuffix("-aftercare")
    return archived_as(run, {"number": number, "namespace": "n", "workflow": run.workflow_id, "run": run.run_id})
