"""Replaying: what today's code makes of a history, and whether that is what was recorded.

Temporal's own replay compares the kinds and the order of what a workflow asked for. A forged result, another length of
a timer, another word to the read model pass it. Here each command of the replay is compared with its event, whole.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, WorkflowInstance, WorkflowRunner
from temporalio.worker._workflow_instance import WorkflowInstanceDetails
from temporalio.workflow import _Definition

from domain.ticket.timeline import Happening
from domain.words.label import Label
from evidence import bundle
from evidence.faults import EvidenceError
from evidence.verifying import Verified
from runtime.payloads import DATA_CONVERTER, LIMIT, unpacked
from workflows.kinds import RUNNER, WORKFLOWS


@dataclass
class _Watched(WorkflowRunner):
    """Runs workflows as a worker does, and keeps what they ask for."""

    commands: list[WorkflowCommand] = field(default_factory=list)

    def prepare_workflow(self, defn: _Definition) -> None:
        RUNNER.prepare_workflow(defn)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        instance = RUNNER.create_instance(det)
        activate = instance.activate

        def watched(act: WorkflowActivation) -> WorkflowActivationCompletion:
            completion = activate(act)
            self.commands.extend(completion.successful.commands)
            return completion

        instance.activate = watched  # type: ignore[method-assign]  # there is no other way to hear of it
        return instance


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


_ENDS = {"complete_workflow_execution", "continue_as_new_workflow_execution", "fail_workflow_execution"}
_PROJECT = "project"
#: Of an entry, what no release says in other words.
_SAID = ("seq", "happening", "at", "recorded_at", "claimed_at", "command_id")


async def replayed(told: Verified) -> None:
    """Today's code decides as every history says, and the rows are what the histories told the read model.

    Raises:
        EvidenceError: the first thing that is otherwise.
    """
    entries: dict[int, dict[str, Any]] = {}
    for nth, run in enumerate(told.runs):
        place = bundle.history_part(nth)
        history = WorkflowHistory.from_json(run.leaf.workflow, {"events": list(run.events)})
        asked = _Asked.of(await _commands_of(history, place))
        for event in history.events:
            _compare(event, asked, f"{place}, event {event.event_id}")
            entries |= {entry["seq"]: entry for entry in _entries(event)}
    _shown(told, entries)


async def _commands_of(history: WorkflowHistory, place: str) -> list[WorkflowCommand]:
    watched = _Watched()
    replayer = Replayer(workflows=WORKFLOWS, workflow_runner=watched, data_converter=DATA_CONVERTER)
    try:
        await replayer.replay_workflow(history)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is no replay
        reason = str(error).partition("\n")[0]
        other = Label(f"当前代码重放时走向不同：{reason}", f"today's code goes another way: {reason}")
        raise EvidenceError(place, other) from None
    return watched.commands


def _compare(event: HistoryEvent, asked: _Asked, place: str) -> None:
    """The event is what the replay asked for."""
    if event.HasField("timer_started_event_attributes"):
        timer = event.timer_started_event_attributes
        again = asked.timers.get(timer.timer_id)
        same = again is not None and again.start_timer.start_to_fire_timeout == timer.start_to_fire_timeout
        _hold(same, place, Label("定时器的时长与重放不符", "the timer is of another length than in the replay"))
    if event.HasField("activity_task_scheduled_event_attributes"):
        again = asked.activities.get(event.activity_task_scheduled_event_attributes.activity_id)
        said = _entries_of(again.schedule_activity.arguments) if again else []
        same = again is not None and [*map(_core, said)] == [*map(_core, _entries(event))]
        _hold(same, place, Label("写入时间线的内容与重放不符", "the timeline is told otherwise than in the replay"))
    if (recorded := _end_of(event)) is not None:
        made = [payload for each in asked.ends for payload in _payloads_of(each)]
        result = Label("结果与重放不符", "the result is not the one of the replay")
        _hold(_within(_plain(recorded), _plain(made)), place, result)


def _end_of(event: HistoryEvent) -> Sequence[Payload] | None:
    """What a run ended with; None: it did not end by itself here."""
    if event.HasField("workflow_execution_completed_event_attributes"):
        return event.workflow_execution_completed_event_attributes.result.payloads
    if event.HasField("workflow_execution_continued_as_new_event_attributes"):
        return event.workflow_execution_continued_as_new_event_attributes.input.payloads
    return None


def _payloads_of(end: WorkflowCommand) -> Sequence[Payload]:
    if end.HasField("complete_workflow_execution"):
        return [end.complete_workflow_execution.result]
    return end.continue_as_new_workflow_execution.arguments


def _entries(event: HistoryEvent) -> list[dict[str, Any]]:
    """The entries that an event tells the read model."""
    attributes = event.activity_task_scheduled_event_attributes
    return _entries_of(attributes.input.payloads) if attributes.activity_type.name == _PROJECT else []


def _entries_of(payloads: Sequence[Payload]) -> list[dict[str, Any]]:
    said = _plain(payloads)
    entries = said[0].get("entries", []) if said and isinstance(said[0], dict) else []
    return [each for each in entries if isinstance(each, dict)]


def _core(entry: Mapping[str, Any]) -> list[object]:
    return [*(entry.get(name) for name in _SAID), entry["actor"]["id"], entry["actor"]["role"]]


def _plain(payloads: Sequence[Payload]) -> list[Any]:
    return [json.loads(unpacked(each, LIMIT).data or b"null") for each in payloads]


def _within(recorded: object, made: object) -> bool:
    """All that was recorded is made again; a later release may say more."""
    if isinstance(recorded, dict) and isinstance(made, dict):
        return all(name in made and _within(value, made[name]) for name, value in recorded.items())
    if isinstance(recorded, list) and isinstance(made, list):
        return len(recorded) == len(made) and all(map(_within, recorded, made))
    return recorded == made


def _shown(told: Verified, entries: Mapping[int, Mapping[str, Any]]) -> None:
    """The timeline has the entries that the histories told, each as it was told."""
    rows = {row["seq"]: row for row in told.rows["timeline"]}
    over = all(run.leaf.terminal for run in told.runs)
    for seq in sorted(entries.keys() | rows.keys() if over else entries.keys() & rows.keys()):
        place = f"rows/timeline.json, {seq}"
        _hold(seq in rows, place, Label("时间线缺少这一条", "the timeline lacks this entry"))
        _hold(seq in entries, place, Label("历史中没有这一条", "no history tells of this entry"))
        same = rows[seq]["happening"] == Happening.SET_ASIDE or _as_row(entries[seq]) == _as_row(rows[seq])
        _hold(same, place, Label("时间线与历史不符", "the timeline is not what the history told"))


def _as_row(entry: Mapping[str, Any]) -> list[object]:
    """An entry, or its row, in one form."""
    actor = entry.get("actor") or {"id": entry.get("actor_id"), "role": entry.get("actor_role")}
    instants = [_instant(entry.get(name)) for name in ("at", "recorded_at", "claimed_at")]
    plain = [entry.get(name) for name in ("happening", "command_id", "data")]
    return [*plain, actor["id"], actor["role"], *instants]


def _instant(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _hold(condition: object, place: str, wrong: Label) -> None:
    if not condition:
        raise EvidenceError(place, wrong)
