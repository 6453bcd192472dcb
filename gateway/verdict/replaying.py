"""Replaying: what today's code makes of a history, and whether that is what was recorded.

Temporal's own replay compares the kinds and the order of what a workflow asked for. A forged result, another length of
a timer, another word to the read model pass it. Here all that a run asked for is compared with its events: timers, what
activities, children and other workflows are told, and what it ended with.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.client import WorkflowHistory

from domain.words.label import Label
from evidence.faults import EvidenceError
from gateway.runs import PROJECT
from gateway.verdict.alarms import Alarms
from gateway.verdict.watched import Onlooker, Watched
from runtime.payloads import LIMIT, unpacked

_ENDS = {"complete_workflow_execution", "continue_as_new_workflow_execution", "fail_workflow_execution"}
#: One sentence in its languages.
_WORDS = {"zh", "en"}
#: What a refusal says could be done instead; whom an alarm reaches, before a table said so.
_ADVICE, _ADDRESSED = "allowed", {"roles", "people"}
#: What is told by now and was not at first: of the ticket to the read model, in entries, and from run to run.
TOLD_LATER = {"contract", "gravity", "work", "waits_since", "kind_names", "major", "paused_until"}
TOLD_LATER |= {"resolved_by", "worked", "kinds", "steps", "into", "answers_for"} | {
    "workers",
    "vendor_reminders_min",
    "call_every_min",
}
#: Of which more is known by now than at first.
_MORE_BY_NOW = "askers"
#: What has no order, and is written in any.
_SETS = {"kinds", "consents"}

_TIMER = Label("定时器的时长与重放不符", "the timer is of another length than in the replay")
_TOLD = Label("写入读模型的内容与重放不符", "the read model is told otherwise than in the replay")
_ACTIVITY = Label("交给活动的内容与重放不符", "an activity is told otherwise than in the replay")
_CHILD = Label("交给后续跟进的内容与重放不符", "the aftercare is told otherwise than in the replay")
_SIGNAL = Label("发给其他工单的内容与重放不符", "another ticket is told otherwise than in the replay")
_RESULT = Label("结果与重放不符", "the result is not the one of the replay")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a replay asked for: by what the events call it, or in its order."""

    timers: Mapping[str, WorkflowCommand]
    activities: Mapping[str, WorkflowCommand]
    children: Iterator[WorkflowCommand]
    signals: Iterator[WorkflowCommand]
    ends: Sequence[WorkflowCommand]

    @classmethod
    def of(cls, commands: Sequence[WorkflowCommand]) -> "_Asked":
        return cls(
            {str(each.start_timer.seq): each for each in commands if each.HasField("start_timer")},
            {str(each.schedule_activity.seq): each for each in commands if each.HasField("schedule_activity")},
            iter([each for each in commands if each.HasField("start_child_workflow_execution")]),
            iter([each for each in commands if each.HasField("signal_external_workflow_execution")]),
            [each for each in commands if each.WhichOneof("variant") in _ENDS],
        )


async def decided(history: WorkflowHistory, place: str) -> Alarms:
    """Today's code decides as the history says; answers what was seen of its alarms meanwhile.

    Raises:
        EvidenceError: the first event that is otherwise.
    """
    alarms = Alarms()
    await looked_on(history, place, alarms)
    return alarms


async def looked_on(history: WorkflowHistory, place: str, onlooker: Onlooker) -> None:
    """Today's code decides as the history says, under somebody's eyes.

    Raises:
        EvidenceError: the first event that is otherwise.
    """
    watched = Watched(onlooker)
    try:
        await watched.replay(history)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is no replay
        reason = str(error).partition("\n")[0]
        other = Label(f"当前代码重放时走向不同：{reason}", f"today's code goes another way: {reason}")
        raise EvidenceError(place, other) from None
    asked = _Asked.of(watched.commands)
    for event in history.events:
        if (wrong := _otherwise(event, asked)) is not None:
            raise EvidenceError(place, wrong, event.event_id)


def _otherwise(event: HistoryEvent, asked: _Asked) -> Label | None:
    """What is not as the replay has it; None: all is, or the event is no answer to what a run asked for."""
    if event.HasField("timer_started_event_attributes"):
        timer = event.timer_started_event_attributes
        again = asked.timers.get(timer.timer_id)
        same = again is not None and again.start_timer.start_to_fire_timeout == timer.start_to_fire_timeout
        return None if same else _TIMER
    if event.HasField("activity_task_scheduled_event_attributes"):
        return _activity(event, asked)
    if event.HasField("start_child_workflow_execution_initiated_event_attributes"):
        child, again = event.start_child_workflow_execution_initiated_event_attributes, next(asked.children, None)
        return None if again and _same(child.input.payloads, again.start_child_workflow_execution.input) else _CHILD
    if event.HasField("signal_external_workflow_execution_initiated_event_attributes"):
        told, again = event.signal_external_workflow_execution_initiated_event_attributes, next(asked.signals, None)
        return None if again and _same(told.input.payloads, again.signal_external_workflow_execution.args) else _SIGNAL
    if (end := _end_of(event)) is not None:
        made = [plain for each in asked.ends for plain in plain_of(_payloads_of(each))]
        return None if agrees(end, made) else _RESULT
    return None


def _activity(event: HistoryEvent, asked: _Asked) -> Label | None:
    scheduled = event.activity_task_scheduled_event_attributes
    again = asked.activities.get(scheduled.activity_id)
    same = again is not None and scheduled.activity_type.name == again.schedule_activity.activity_type
    if again is not None and same and _same(scheduled.input.payloads, again.schedule_activity.arguments):
        return None
    return _TOLD if scheduled.activity_type.name == PROJECT else _ACTIVITY


def _same(recorded: Sequence[Payload], made: Sequence[Payload]) -> bool:
    return agrees(plain_of(recorded), plain_of(made))


def agrees(recorded: object, made: object) -> bool:
    """What was recorded is made again: in other words where a release has others, and with what is told only since."""
    if isinstance(recorded, dict) and isinstance(made, dict):
        if recorded.keys() == _WORDS == made.keys():
            return True
        return all(_agree_on(name, recorded, made) for name in (recorded.keys() | made.keys()) - {_ADVICE})
    if isinstance(recorded, list) and isinstance(made, list):
        return len(recorded) == len(made) and all(map(agrees, recorded, made))
    return recorded == made


def _agree_on(name: str, recorded: Mapping[str, object], made: Mapping[str, object]) -> bool:
    if name not in made:
        return not recorded[name] or name in _ADDRESSED
    if name not in recorded:
        return not made[name] or name in TOLD_LATER
    one, other = recorded[name], made[name]
    if name == _MORE_BY_NOW and isinstance(one, dict) and isinstance(other, dict):
        return one.items() <= other.items()
    if name in _SETS and isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return agrees(one, other)


def _end_of(event: HistoryEvent) -> list[Any] | None:
    """What a run ended with; None: it did not end by itself here."""
    if event.HasField("workflow_execution_completed_event_attributes"):
        return plain_of(event.workflow_execution_completed_event_attributes.result.payloads)
    if event.HasField("workflow_execution_continued_as_new_event_attributes"):
        return plain_of(event.workflow_execution_continued_as_new_event_attributes.input.payloads)
    return None


def _payloads_of(end: WorkflowCommand) -> Sequence[Payload]:
    if end.HasField("complete_workflow_execution"):
        return [end.complete_workflow_execution.result]
    return end.continue_as_new_workflow_execution.arguments


def batches_in(event: HistoryEvent) -> list[dict[str, Any]]:
    """What an event tells the read model."""
    attributes = event.activity_task_scheduled_event_attributes
    return plain_of(attributes.input.payloads) if attributes.activity_type.name == PROJECT else []


def plain_of(payloads: Sequence[Payload]) -> list[Any]:
    """What payloads hold, as JSON has it."""
    return [json.loads(unpacked(each, LIMIT).data or b"null") for each in payloads]
