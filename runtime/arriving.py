"""What anybody sends to a workflow, made harmless before the SDK goes through it.

Before a workflow hears of a signal the SDK visits each of its payloads three times, and fails the step where one refers
to a storage that this installation has not. A step that fails or takes too long is tried again for ever, with the
signal in it: the ticket would say nothing any more.
"""

from collections.abc import Iterator, MutableSequence

import temporalio.bridge.worker
from temporalio.api.common.v1 import Payload
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.converter import DataConverter

# The SDK's own judgement is what counts: it is the one that fails.
from temporalio.converter._data_converter import _has_reference_marker, _is_reference_payload
from temporalio.converter._extstore import StorageOperationMetrics

#: Of what anybody sends at once so many payloads are looked at. Nothing of ours has more than a few; to look at a
#: million takes longer than a step of a workflow may.
MOST = 16
#: What anybody can have the server bring to a workflow, and where its payloads stand.
_SENT = {
    "initialize_workflow": "arguments",
    "signal_workflow": "input",
    "query_workflow": "arguments",
    "do_update": "input",
}
_decode = temporalio.bridge.worker.decode_activation


def make_harmless(activation: WorkflowActivation) -> None:
    """Of what comes from outside, keep as many payloads as are looked at; what refers to a storage says nothing."""
    for payloads in _from_outside(activation):
        del payloads[MOST:]
        for payload in payloads:
            if _is_reference_payload(payload) or _has_reference_marker(payload):
                payload.Clear()


def _from_outside(activation: WorkflowActivation) -> Iterator[MutableSequence[Payload]]:
    for job in activation.jobs:
        if (kind := job.WhichOneof("variant")) in _SENT:
            yield getattr(getattr(job, kind), _SENT[kind])


async def _decode_what_is_harmless(
    activation: WorkflowActivation, data_converter: DataConverter, decode_headers: bool, storage_concurrency_limit: int
) -> StorageOperationMetrics:
    make_harmless(activation)
    return await _decode(activation, data_converter, decode_headers, storage_concurrency_limit)


def guard() -> None:
    """From now on, for every worker and every replay of this process. The SDK has no place for it of its own."""
    temporalio.bridge.worker.decode_activation = _decode_what_is_harmless
