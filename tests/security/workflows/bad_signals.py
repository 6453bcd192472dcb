"""Signals that nothing of ours would send."""

import json
import zlib
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_jsonable_python
from temporalio.api.common.v1 import Payload, Payloads, WorkflowExecution
from temporalio.api.workflowservice.v1 import SignalWorkflowExecutionRequest
from temporalio.client import Client

from activities.signals import SUBMIT
from domain.ticket.commands import Command
from runtime.payloads import ENCODING
from tests.trust import SIGNER

MEGABYTE = bytes(1024 * 1024)


@dataclass(frozen=True, slots=True)
class Raw:
    """A signal as it goes over the wire."""

    payloads: tuple[Payload, ...]
    name: str = SUBMIT

    async def to(self, client: Client, workflow_id: str) -> None:
        """Send it, past all that is ours."""
        request = SignalWorkflowExecutionRequest(
            namespace=client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=workflow_id),
            signal_name=self.name,
            input=Payloads(payloads=self.payloads),
        )
        await client.workflow_service.signal_workflow_execution(request, retry=True)


def plain(data: bytes, encoding: bytes = b"json/plain", **metadata: bytes) -> Payload:
    return Payload(metadata={"encoding": encoding, **metadata}, data=data)


def packed(data: bytes) -> Payload:
    return plain(data, ENCODING)


def bomb(megabytes: int, before: bytes = b"", after: bytes = b"") -> Payload:
    """What unpacks to so much."""
    packing = zlib.compressobj(1)
    pieces = [packing.compress(before)]
    pieces += [packing.compress(MEGABYTE) for _ in range(megabytes)]
    return packed(b"".join([*pieces, packing.compress(after), packing.flush()]))


def long_json(megabytes: int) -> Payload:
    """A bomb that is a payload of JSON, the more expensive the more of it is read."""
    text = plain(b"[" + b"0," * (megabytes * 512 * 1024) + b"0]")
    return packed(zlib.compress(text.SerializeToString()))


def changed(command: Command, **fields: Any) -> Payload:
    """The command with other fields, under the id of a key that is trusted."""
    said = to_jsonable_python(command) | {"signature": f"{SIGNER.id}.AAAA"} | fields
    return plain(json.dumps(said).encode())


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def unreadable(command: Command) -> dict[str, Raw]:
    """By what is wrong with them; the ticket never hears of one."""
    good = plain(json.dumps(to_jsonable_python(command)).encode())
    single = _wrongly_packed(good) | _no_commands() | _references() | _beyond_a_database(command, good)
    others = {
        "no argument": Raw(()),
        "two arguments": Raw((good, good)),
        **{f"{what}, and a second argument": Raw((each, good)) for what, each in _references().items()},
        # The server and the SDK go through all of them before us: a million take a busy machine longer than a step may.
        "arguments without end": Raw((Payload(),) * 200_000),
        "another name": Raw((good,), "surrender"),
        "another name, of the SDK's": Raw((good,), "__temporal_x"),
    }
    return {what: Raw((payload,)) for what, payload in single.items()} | others


def _wrongly_packed(good: Payload) -> dict[str, Payload]:
    whole = zlib.compress(good.SerializeToString())
    return {
        "rubbish": packed(b"rubbish"),
        "cut short": packed(whole[:-5]),
        "more behind it": packed(whole + b"more"),
        "no payload in it": packed(zlib.compress(b"\xff" * 100)),
        "packed twice": packed(zlib.compress(packed(whole).SerializeToString())),
        "empty": packed(b""),
    }


def _no_commands() -> dict[str, Payload]:
    return {
        "no JSON": plain(b"{"),
        "no object": plain(b"7"),
        "no field": plain(b"{}"),
        "nothing": plain(b"", b"binary/null"),
        "bytes": plain(b"\0\1", b"binary/plain"),
        "protobuf": plain(b"{}", b"json/protobuf", messageType=b"temporal.api.common.v1.Payload"),
        "an encoding that nobody knows": plain(b"{}", b"json/secret"),
        "an encoding that is no text": plain(b"{}", b"\xff\xfe"),
        "no encoding": Payload(data=b"{}"),
    }


def _references() -> dict[str, Payload]:
    """To what would have to be fetched first, from a storage that nobody has; as the SDKs of several years write it."""
    message = b"temporal.api.sdk.v1.ExternalStorageReference"
    return {
        "a reference": plain(b"{}", b"json/external-storage-reference"),
        "a reference as a message": plain(b"{}", b"json/protobuf", messageType=message),
        "a reference by its mark": plain(b"{}", __temporal_external_storage_reference=b"true"),
    }


def _beyond_a_database(command: Command, good: Payload) -> dict[str, Payload]:
    actor = to_jsonable_python(command.actor)
    nines = b'"data": {"n": ' + b"9" * 5000 + b", "
    return {
        "an instant past the last": changed(command, accepted_at="9999-12-31T23:59:59-23:59"),
        "an instant before the first": changed(command, occurred_at="0001-01-01T00:00:00+23:59"),
        "an instant without its offset": changed(command, accepted_at="2026-01-01T00:00:00"),
        "NUL in a name": changed(command, actor=actor | {"id": "du\0ty"}),
        "NUL in an id": changed(command, command_id="\0"),
        "NUL deep in the data": changed(command, data={"a": [{"b": "\0"}]}),
        "half a character": plain(good.data.replace(command.command_id.encode(), rb"\ud800")),
        "a number without end": plain(good.data.replace(b'"data": {', nines)),
        "data without ground": changed(command, data={"n": deep(150)}),
        "a kind that is none": changed(command, kind="destroy"),
        "a role that is none": changed(command, actor=actor | {"role": "god"}),
        "a text without end": changed(command, data={"text": "长" * 100_000}),
    }


def forged(command: Command) -> dict[str, Raw]:
    """Those that can be read; each is refused, on record."""
    actor = to_jsonable_python(command.actor)
    single = {
        "a signature that is none": changed(command),
        "a signature of no key": changed(command, signature="x" * 50_000),
        "a name without end": changed(command, actor=actor | {"id": "n" * 50_000}, command_id="c" * 50_000),
        "a number that is none": changed(command, data={"n": 10**4000, "m": float("inf")}, expect_seq=10**4000),
    }
    return {what: Raw((payload,)) for what, payload in single.items()}
