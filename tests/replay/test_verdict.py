"""The verdict: what Temporal's own replay lets pass is found, by its event, and what was recorded as it was holds."""

import base64
import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHistory

from evidence import canonical
from evidence.bundle import ROWS
from evidence.checkpoint import Checkpoint
from evidence.faults import EvidenceError
from evidence.leaves import events_in, leaf_of
from evidence.notes import PublicKey
from evidence.verifying import Told, Verified
from gateway.verdict.handing import handed
from gateway.verdict.replaying import TOLD_LATER, agrees, decided
from gateway.verdict.senders import unvouched
from runtime.payloads import LIMIT, unpacked
from tests.evidence.samples import replayed
from tests.replay.replaying import replay

Events = list[dict[str, Any]]

_HISTORIES = Path(__file__).parent / "histories"
_ONE, _CALLS = _HISTORIES / "visits", _HISTORIES / "calls"
_CHILD = "startChildWorkflowExecutionInitiatedEventAttributes"
_BEGUN = "childWorkflowExecutionStartedEventAttributes"
_STARTED, _TIMER = "workflowExecutionStartedEventAttributes", "timerStartedEventAttributes"
_ANSWERED, _SIGNALED = "activityTaskCompletedEventAttributes", "workflowExecutionSignaledEventAttributes"
_COMPLETED, _SCHEDULED = "workflowExecutionCompletedEventAttributes", "activityTaskScheduledEventAttributes"


@pytest.fixture(scope="module")
def events() -> Events:
    """A life from its beginning to its end."""
    for file in sorted(_ONE.glob("*-ticket.json")):
        found: Events = json.loads(file.read_text())["events"]
        if _COMPLETED in found[-1]:
            return found
    raise AssertionError("nothing has ended")


def said(payload: dict[str, Any]) -> Any:
    """What a payload holds."""
    metadata = {name: base64.b64decode(value) for name, value in payload["metadata"].items()}
    return json.loads(unpacked(Payload(metadata=metadata, data=base64.b64decode(payload["data"])), LIMIT).data)


def put(payload: dict[str, Any], value: object) -> None:
    payload["metadata"] = {"encoding": base64.b64encode(b"json/plain").decode()}
    payload["data"] = base64.b64encode(json.dumps(value).encode()).decode()


def row(entry: dict[str, Any]) -> dict[str, Any]:
    actor = entry["actor"]
    return entry | {"actor_id": actor["id"], "actor_role": actor["role"], "actor": None}


def senders(events: Events) -> list[dict[str, Any]]:
    """The keys that its terms trust."""
    results = (each.get(_ANSWERED, {}).get("result", {}).get("payloads", ()) for each in events)
    answers = [said(payload) for payloads in results for payload in payloads]
    (terms,) = [each for each in answers if isinstance(each, dict) and "signers" in each]
    return [{"id": id_, "key": key} for id_, key in terms["signers"].items()]


def told(events: Events, rows: list[dict[str, Any]] | None = None) -> Verified:
    number = events[0][_STARTED]["workflowId"]
    history = canonical.written({"events": events})
    leaf = leaf_of(history, {"number": number, "namespace": "x", "workflow": number, "run": "x"})
    runs = [Told(leaf, 0, events_in(history, "x"))]
    batches = [said(each[_SCHEDULED]["input"]["payloads"][0]) for each in events if _SCHEDULED in each]
    timeline = [row(entry) for batch in batches for entry in batch.get("entries", ())]
    shown: dict[str, Any] = {name: [] for name in ROWS} | {
        "timeline": timeline if rows is None else rows,
        "senders": senders(events),
    }
    return Verified(number, "", PublicKey("x", bytes(32)), Checkpoint("x", 1, bytes(32)), runs, shown, 0, (), {}, ())


async def test_what_was_recorded_as_it_was_holds(events: Events):
    await replayed(told(events))


def _longer_timer(events: Events) -> str:
    event = next(each for each in events if _TIMER in each)
    event[_TIMER]["startToFireTimeout"] = "999999s"
    return str(event["eventId"])


def _forged_result(events: Events) -> str:
    (payload,) = events[-1][_COMPLETED]["result"]["payloads"]
    put(payload, said(payload) | {"seq": 1})
    return str(events[-1]["eventId"])


def _another_actor(events: Events) -> str:
    event = next(each for each in events if each.get(_SCHEDULED, {}).get("activityType", {}).get("name") == "project")
    payload = event[_SCHEDULED]["input"]["payloads"][0]
    batch = said(payload)
    batch["entries"][0]["actor"]["id"] = "somebody"
    put(payload, batch)
    return str(event["eventId"])


@pytest.mark.parametrize("forge", [_longer_timer, _forged_result, _another_actor])
async def test_what_temporals_replay_lets_pass_is_found_by_its_event(events: Events, forge: Callable[[Events], str]):
    forged = copy.deepcopy(events)
    event = forge(forged)
    await replay(WorkflowHistory.from_json("x", {"events": forged}))
    with pytest.raises(EvidenceError) as fault:
        await replayed(told(forged))
    assert fault.value.place == f"histories/000.json, event {event}"


async def test_a_history_of_which_the_middle_is_missing_is_replayed_by_nobody(events: Events):
    first = next(number for number, each in enumerate(events) if _TIMER in each)
    cut = [each | {"eventId": str(number)} for number, each in enumerate(events[:first] + events[first + 1 :], 1)]
    with pytest.raises(EvidenceError, match="goes another way"):
        await replayed(told(cut))


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda rows: rows[1].update(actor_id="somebody"), "not what the history told"),
        (lambda rows: rows[1].update(at="2020-01-01T00:00:00Z"), "not what the history told"),
        (lambda rows: rows.pop(), "lacks this entry"),
        (lambda rows: rows.append(rows[-1] | {"seq": rows[-1]["seq"] + 1}), "no history tells"),
    ],
    ids=["actor", "time", "gone", "more"],
)
async def test_a_timeline_that_is_not_what_the_history_told_is_found(
    events: Events, change: Callable[[Any], None], wrong: str
):
    rows = copy.deepcopy(told(events).rows["timeline"])
    change(rows)
    with pytest.raises(EvidenceError, match=wrong):
        await replayed(told(events, rows))


async def test_a_report_that_nobody_known_has_signed_is_found(events: Events):
    bundle = told(events)
    bundle.rows["senders"].clear()
    with pytest.raises(EvidenceError, match=r"event 1: .*nobody vouches for the report"):
        await replayed(bundle)


async def test_nor_does_a_parent_that_nobody_knows_vouch_for_it(events: Events):
    forged = copy.deepcopy(events)
    forged[0][_STARTED]["parentWorkflowExecution"] = {"workflowId": "x", "runId": "y"}
    with pytest.raises(EvidenceError, match=r"event 1: .*nobody in the evidence has begun it"):
        await replayed(told(forged))


def forgeries(events: Events, *, count: int) -> tuple[str, list[int], WorkflowHistory]:
    """The first command in somebody else's name, so many times under one id; at which events."""
    forged = copy.deepcopy(events)
    first = next(number for number, each in enumerate(forged) if _SIGNALED in each)
    (payload,) = forged[first][_SIGNALED]["input"]["payloads"]
    put(payload, said(payload) | {"actor": {"id": "somebody", "role": "duty_manager"}})
    forged[first:first] = [copy.deepcopy(forged[first]) for _ in range(count - 1)]
    numbered = [each | {"eventId": str(number)} for number, each in enumerate(forged, 1)]
    here = [first + 1 + more for more in range(count)]
    return said(payload)["command_id"], here, WorkflowHistory.from_json("x", {"events": numbered})


def test_a_command_that_nobody_vouches_for_is_found_by_its_event(events: Events):
    _, (event,), history = forgeries(events, count=1)
    keys = {row["id"]: row["key"] for row in senders(events)}
    assert [id_ for id_, _ in unvouched(events[0][_STARTED]["workflowId"], history, [], keys)] == [event]


def test_a_refusal_excuses_one_forgery_and_no_other_under_its_id(events: Events):
    command_id, (_, second), history = forgeries(events, count=2)
    keys = {row["id"]: row["key"] for row in senders(events)}
    refused = {"data": {"reason": "forged", "claimed": {"command_id": command_id}}}
    number = events[0][_STARTED]["workflowId"]
    assert [id_ for id_, _ in unvouched(number, history, [refused], keys)] == [second]
    assert list(unvouched(number, history, [refused, refused], keys)) == []


def without_one_each(value: Any) -> Iterator[Any]:
    """What is left of it when one thing of what it says is gone, in turn."""
    if isinstance(value, dict) and value.keys() != {"zh", "en"}:
        for name, held in value.items():
            if held and name not in {"allowed", *TOLD_LATER}:
                yield {other: each for other, each in value.items() if other != name}
            yield from (value | {name: less} for less in without_one_each(held))
    if isinstance(value, list):
        for place, held in enumerate(value):
            yield from ([*value[:place], less, *value[place + 1 :]] for less in without_one_each(held))


def test_whatever_a_history_lacks_of_what_is_told_is_found(events: Events):
    """Entries, promises, how the ticket stands: to leave something out is to say something else."""
    batches = [said(each[_SCHEDULED]["input"]["payloads"][0]) for each in events if _SCHEDULED in each]
    told_of = [batch for batch in batches if "entries" in batch]
    forged = [(batch, less) for batch in told_of[:3] for less in without_one_each(batch)]
    assert len(forged) > 200
    assert not any(agrees(less, batch) for batch, less in forged)


def handed_over() -> tuple[dict[str, Any], dict[str, Any]]:
    """A ticket that hands over to its aftercare, as their histories have it."""
    for file in sorted(_CALLS.glob("*-ticket.json")):
        aftercare = file.with_name(file.name.replace("-ticket", "-aftercare"))
        if aftercare.exists() and _CHILD in file.read_text():
            return json.loads(file.read_text()), json.loads(aftercare.read_text())
    raise AssertionError("no ticket was followed up")


def as_runs(*told_of: dict[str, Any]) -> dict[str, WorkflowHistory]:
    """By their runs' ids, the child's as the parent's history has it."""
    child = next(each[_BEGUN] for each in told_of[0]["events"] if _BEGUN in each)["workflowExecution"]["runId"]
    return {run: WorkflowHistory.from_json("x", each) for run, each in zip(("ticket", child), told_of, strict=True)}


def test_what_is_handed_to_the_aftercare_is_what_it_begins_with():
    ticket, aftercare = handed_over()
    assert list(handed(as_runs(ticket, aftercare))) == []
    begin = aftercare["events"][0][_STARTED]["input"]["payloads"][0]
    carried = said(begin)
    put(begin, carried | {"decided": {}})
    ((run, wrong),) = handed(as_runs(ticket, aftercare))
    assert (run, wrong.en) == (list(as_runs(ticket, aftercare))[1], "it does not begin with what was handed to it")


async def test_what_a_ticket_hands_over_is_what_the_replay_hands_over():
    ticket, _ = handed_over()
    number = ticket["events"][0][_STARTED]["workflowId"]
    await decided(WorkflowHistory.from_json(number, ticket), "x")
    event = next(each for each in ticket["events"] if _CHILD in each)
    (payload,) = event[_CHILD]["input"]["payloads"]
    put(payload, said(payload) | {"decided": {}})
    with pytest.raises(EvidenceError, match=f"event {event['eventId']}: .*the aftercare is told otherwise"):
        await decided(WorkflowHistory.from_json(number, ticket), "x")
