"""What one run hands to another: each begins with exactly what the one before it, or the ticket, has given it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from domain.words.label import Label
from gateway.verdict.replaying import plain_of

_ANOTHER = Label("开头的内容不是上一段交来的", "it does not begin with what was handed to it")
_NOBODY = Label("证据中没有交给它内容的那一段", "nobody in the evidence has begun it")


def handed(histories: Mapping[str, WorkflowHistory]) -> Iterator[tuple[str, Label]]:
    """The runs that begin otherwise than they were begun.

    Args:
        histories: by their runs' ids.
    """
    given = {run: said for history in histories.values() for run, said in _given(history.events)}
    for run, history in histories.items():
        started = history.events[0].workflow_execution_started_event_attributes
        if not (started.continued_execution_run_id or started.parent_workflow_execution.run_id):
            continue
        if run not in given:
            yield run, _NOBODY
        elif given[run] != plain_of(started.input.payloads):
            yield run, _ANOTHER


def _given(events: Sequence[HistoryEvent]) -> Iterator[tuple[str, list[Any]]]:
    """Which run was begun here, and with what."""
    initiated = {
        event.event_id: event.start_child_workflow_execution_initiated_event_attributes.input.payloads
        for event in events
        if event.HasField("start_child_workflow_execution_initiated_event_attributes")
    }
    for event in events:
        if event.HasField("child_workflow_execution_started_event_attributes"):
            child = event.child_workflow_execution_started_event_attributes
            yield child.workflow_execution.run_id, plain_of(initiated[child.initiated_event_id])
        elif event.HasField("workflow_execution_continued_as_new_event_attributes"):
            ended = event.workflow_execution_continued_as_new_event_attributes
            yield ended.new_execution_run_id, plain_of(ended.input.payloads)
