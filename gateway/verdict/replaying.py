"""Replaying: what today's code makes of a history, and whether that is what was recorded.

Temporal's own replay compares the kinds and the order of what a workflow asked for. A forged result, another length of
a timer, another word to the read model pass it. Here each command of the replay is compared with its event, whole.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.client import WorkflowHistory

from domain.words.label import Label
from evidence.faults import EvidenceError
from gateway.verdict.alarms import Alarms
from gateway.verdict.watched import Watched
from runtime.payloads import LIMIT, unpacked

_ENDS = {"complete_workflow_execution", "continue_as_new_workflow_execution", "fail_workflow_execution"}
_PROJECT = "project"
#: One sentence in its languages.
_WORDS = {"zh", "en"}
#: What a refusal says could be done instead; whom an alarm reaches, before a table said so.
_ADVICE, _ADDRESSED = "allowed", {"roles", "people"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a replay asked for, by what the events call it."""

    timers: Mapping[str, WorkflowCommand]
    activities: Mapping[str, WorkflowCommand]
    ends: Sequence[WorkflowCommand]

    @classmethod
    def of(cls, commands: Sequence[WorkflowCommand]) -> "_Asked":
        return cls(
            {str(each.start_timer.seq): each for each in commands if each.HasField("start_timer")},
            {str(each.schedule_activity.seq): each for each in commands if each.HasField("schedule_activity")},
            [each for each in commands if each.WhichOneof("variant") in _ENDS],
        )


async def decided(history: WorkflowHistory, place: str) -> Alarms:
    """Today's code decides as the history says; answers what was seen of its alarms meanwhile.

    Raises:
        EvidenceError: the first event that is otherwise.
    """
    watched = Watched()
    try:
        await watched.replay(history)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is no replay
        reason = str(error).partition("\n")[0]
        other = Label(f"当前代码重放时走向不同：{reason}", f"today's code goes another way: {reason}")
        raise EvidenceError(place, other) from None
    asked = _Asked.of(watched.commands)
    for event in history.events:
        _compare(event, asked, f"{place}, event {event.event_id}")
    return watched.alarms


def _compare(event: HistoryEvent, asked: _Asked, place: str) -> None:
    """The event is what the replay asked for."""
    if event.HasField("timer_started_event_attributes"):
        timer = event.timer_started_event_attributes
        again = asked.timers.get(timer.timer_id)
        same = again is not None and again.start_timer.start_to_fire_timeout == timer.start_to_fire_timeout
        _hold(same, place, Label("定时器的时长与重放不符", "the timer is of another length than in the replay"))
    if recorded := batches_in(event):
        again = asked.activities.get(event.activity_task_scheduled_event_attributes.activity_id)
        made = _plain(again.schedule_activity.arguments) if again else []
        otherwise = Label("写入读模型的内容与重放不符", "the read model is told otherwise than in the replay")
        _hold(agrees(recorded, made), place, otherwise)
    if (end := _end_of(event)) is not None:
        made = [plain for each in asked.ends for plain in _plain(_payloads_of(each))]
        result = Label("结果与重放不符", "the result is not the one of the replay")
        _hold(agrees(end, made), place, result)


def agrees(recorded: object, made: object) -> bool:
    """All that was recorded is made again. A later release may say more, in other words, and advise otherwise."""
    if isinstance(recorded, dict) and isinstance(made, dict):
        if recorded.keys() == _WORDS == made.keys():
            return True
        gone = {name for name, value in recorded.items() if name not in made and (not value or name in _ADDRESSED)}
        said = recorded.keys() - gone - {_ADVICE}
        return all(name in made and agrees(recorded[name], made[name]) for name in said)
    if isinstance(recorded, list) and isinstance(made, list):
        return len(recorded) == len(made) and all(map(agrees, recorded, made))
    return recorded == made


def _end_of(event: HistoryEvent) -> list[Any] | None:
    """What a run ended with; None: it did not end by itself here."""
    if event.HasField("workflow_execution_completed_event_attributes"):
        return _plain(event.workflow_execution_completed_event_attributes.result.payloads)
    if event.HasField("workflow_execution_continued_as_new_event_attributes"):
        return _plain(event.workflow_execution_continued_as_new_event_attributes.input.payloads)
    return None


def _payloads_of(end: WorkflowCommand) -> Sequence[Payload]:
    if end.HasField("complete_workflow_execution"):
        return [end.complete_workflow_execution.result]
    return end.continue_as_new_workflow_execution.arguments


def batches_in(event: HistoryEvent) -> list[dict[str, Any]]:
    """What an event tells the read model."""
    attributes = event.activity_task_scheduled_event_attributes
    return _plain(attributes.input.payloads) if attributes.activity_type.name == _PROJECT else []


def _plain(payloads: Sequence[Payload]) -> list[Any]:
    return [json.loads(unpacked(each, LIMIT).data or b"null") for each in payloads]


def _hold(condition: object, place: str, wrong: Label) -> None:
    if not condition:
        raise EvidenceError(place, wrong)
