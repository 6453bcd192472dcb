"""Who sent what: every signal of a history bears the installation's signature, or was refused for lacking it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from activities.signals import command_in
from activities.signatures import is_signed
from domain.decisions import CLAIM
from domain.ticket.commands import Command
from domain.ticket.opening import Opening
from domain.words.label import Label
from domain.words.refusals import FORGED
from gateway.verdict.replaying import plain_of
from runtime.payloads import Payloads

_CONVERTER = Payloads()
#: What a run begins with that goes on from another; a report has no such field.
_CARRIED = "ticket"


def unvouched(
    number: str, history: WorkflowHistory, entries: Sequence[Mapping[str, Any]], senders: Mapping[str, str]
) -> Iterator[tuple[int, Label]]:
    """The events that nobody vouches for, and that were believed all the same.

    Args:
        entries: what the histories of the ticket tell its timeline.
        senders: the public keys that vouch, or did, by their ids.
    """
    refused = Counter(entry["data"]["claimed"]["command_id"] for entry in entries if _is_of_a_forgery(entry))
    for event in history.events:
        try:
            message = _message(event)
        except Exception:  # noqa: BLE001  # whoever started it chose what goes wrong
            yield event.event_id, Label("开头的内容无法识别", "it begins with what nobody can read")
            continue
        if message is None or is_signed(dict(senders), number, message):
            continue
        if isinstance(message, Opening):
            yield event.event_id, Label("报障没有本系统的签名", "nobody vouches for the report")
            continue
        refused[message.command_id[:CLAIM]] -= 1  # a refusal excuses one that was refused, and no other
        if refused[message.command_id[:CLAIM]] < 0:
            what = Label("指令 {kind} 没有本系统的签名", "nobody vouches for the command {kind}")
            yield event.event_id, what.filled(kind=message.kind)


def _message(event: HistoryEvent) -> Command | Opening | None:
    """What an event brings from outside: the report, or a command; None: nothing that a ticket acts on."""
    if event.HasField("workflow_execution_signaled_event_attributes"):
        signal = event.workflow_execution_signaled_event_attributes
        return command_in(signal.signal_name, signal.input.payloads)
    return report_in(event)


def report_in(event: HistoryEvent) -> Opening | None:
    """The report that an event brings; None: it brings none."""
    begin = event.workflow_execution_started_event_attributes.input.payloads
    if not begin or _CARRIED in plain_of(begin)[0]:
        return None
    opening: Opening = _CONVERTER.from_payloads(begin[:1], [Opening])[0]
    return opening


def _is_of_a_forgery(entry: Mapping[str, Any]) -> bool:
    return bool(entry["data"].get("reason") == FORGED.code and entry["data"].get("claimed"))
