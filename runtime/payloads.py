"""Payloads: dataclasses as JSON, and what is large in a history packed. Terms and batches are repetitive: a fifth
remains.

Packing is a converter's work and no codec's: a codec unpacks all that a task brings at once, before anybody can say
that it is not wanted. What cannot be unpacked stays as it is, and no converter knows it.
"""

import zlib
from collections.abc import Sequence
from typing import Any

from google.protobuf.message import DecodeError
from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)

from runtime.arriving import MOST, guard

ENCODING = b"binary/zlib"
WORTHWHILE = 512  # bytes; shorter ones stay readable in any tool
#: Bytes that one payload may unpack to. The largest of ours that was ever seen has 21 KB.
LIMIT = 4 * 1024 * 1024

#: One for the whole process. The SDK makes a converter for every workflow, and each would build validators of its own
#: for all that a ticket holds: half a megabyte a ticket.
_JSON = PydanticJSONPlainPayloadConverter()


class Payloads(CompositePayloadConverter):
    """The SDK's own converters, with pydantic's for JSON; packs what is worth it, and unpacks what it packed.

    Raw values pass as they are.
    """

    def __init__(self) -> None:
        """Made for every workflow, it shares what is costly."""
        usual = DefaultPayloadConverter.default_encoding_payload_converters
        super().__init__(*(_JSON if isinstance(each, JSONPlainPayloadConverter) else each for each in usual))

    def to_payloads(self, values: Sequence[Any]) -> list[Payload]:
        """The large ones packed, the others as they are."""
        converted = zip(values, super().to_payloads(values), strict=True)
        return [payload if isinstance(value, RawValue) else _packed(payload) for value, payload in converted]

    def from_payloads(self, payloads: Sequence[Payload], type_hints: list[type] | None = None) -> list[Any]:
        """As they were before they were packed."""
        hints, payloads = [*(type_hints or ()), *[None] * MOST], payloads[:MOST]
        plain = [
            each if hint is RawValue else unpacked(each, LIMIT) for each, hint in zip(payloads, hints, strict=False)
        ]
        return super().from_payloads(plain, type_hints[:MOST] if type_hints else None)


def is_packed(payload: Payload) -> bool:
    """Whether it would have to be unpacked first."""
    return payload.metadata.get("encoding") == ENCODING


def unpacked(payload: Payload, limit: int) -> Payload:
    """As it was before it was packed; itself where it was not, or is broken, or would be as large as the limit."""
    if not is_packed(payload):
        return payload
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(payload.data, limit)
        if unpacking.eof and not unpacking.unused_data:
            return Payload.FromString(plain)
    except (zlib.error, DecodeError):
        pass
    return payload


def _packed(payload: Payload) -> Payload:
    if payload.ByteSize() <= WORTHWHILE:
        return payload
    return Payload(metadata={"encoding": ENCODING}, data=zlib.compress(payload.SerializeToString()))


#: Every process of ours reads and writes payloads by it.
DATA_CONVERTER = DataConverter(payload_converter_class=Payloads)
guard()
