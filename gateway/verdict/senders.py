"""Who sent what: every signal of a history bears the installation's signature, or was refused for lacking it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from temporalio.api.history.v1 import HistoryEvent

from activities.signals import command_in
from activities.signatures import is_signed
from domain.ticket.commands import Command
from domain.ticket.opening import Opening
from domain.words.label import Label
from domain.words.refusals import FORGED
from runtime.payloads import Payloads

_CONVERTER = Payloads()
#: Characters of a command's id that a refusal of what is forged keeps.
_KEPT = 100


def unvouched(
    number: str, events: Sequence[HistoryEvent], entries: Sequence[Mapping[str, Any]], senders: Mapping[str, str]
) -> Iterator[tuple[int, Label]]:
    """The events that nobody vouches for, and that were believed all the same.

    Args:
        entries: what the histories of the ticket tell its timeline.
        senders: the public keys that vouch, or did, by their ids.
    """
    turned_down = {entry["data"]["claimed"]["command_id"] for entry in entries if _is_of_a_forgery(entry)}
    for event in events:
        message = _message(event)
        if message is None or is_signed(dict(senders), number, message):
            continue
        if isinstance(message, Opening):
            yield event.event_id, Label("受理单没有本系统的签名", "nobody vouches for the report")
        elif message.command_id[:_KEPT] not in turned_down:
            what = Label("指令 {kind} 没有本系统的签名", "nobody vouches for the command {kind}")
            yield event.event_id, what.filled(kind=message.kind)


def _message(event: HistoryEvent) -> Command | Opening | None:
    """What an event brings from outside: the report, or a command; None: nothing that a ticket acts on."""
    if event.HasField("workflow_execution_signaled_event_attributes"):
        signal = event.workflow_execution_signaled_event_attributes
        return command_in(signal.signal_name, list(signal.input.payloads))
    started = event.workflow_execution_started_event_attributes
    if not started.input.payloads or started.continued_execution_run_id or started.parent_workflow_execution.run_id:
        return None
    opening: Opening = _CONVERTER.from_payloads(started.input.payloads[:1], [Opening])[0]
    return opening


def _is_of_a_forgery(entry: Mapping[str, Any]) -> bool:
    return bool(entry["data"].get("reason") == FORGED.code and entry["data"].get("claimed"))
