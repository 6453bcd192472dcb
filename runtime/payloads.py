"""Payloads: dataclasses as JSON, and what is large in a history packed. Terms and batches are repetitive: a fifth
remains.
"""

import zlib
from collections.abc import Sequence

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
    PayloadCodec,
)

ENCODING = b"binary/zlib"
WORTHWHILE = 512  # bytes; shorter ones stay readable in any tool


#: One for the whole process. The SDK makes a converter for every workflow, and each would build validators of its own
#: for all that a ticket holds: half a megabyte a ticket.
_JSON = PydanticJSONPlainPayloadConverter()


class Payloads(CompositePayloadConverter):
    """The SDK's own converters, with pydantic's for JSON."""

    def __init__(self) -> None:
        """Made for every workflow, it shares what is costly."""
        usual = DefaultPayloadConverter.default_encoding_payload_converters
        super().__init__(*(_JSON if isinstance(each, JSONPlainPayloadConverter) else each for each in usual))


class Compression(PayloadCodec):
    """Packs payloads that are worth it, and unpacks what it packed."""

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """The large ones packed, the others as they are."""
        return [_packed(payload) if payload.ByteSize() > WORTHWHILE else payload for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """As they were before they were packed."""
        return [_unpacked(each) if each.metadata.get("encoding") == ENCODING else each for each in payloads]


def _packed(payload: Payload) -> Payload:
    return Payload(metadata={"encoding": ENCODING}, data=zlib.compress(payload.SerializeToString()))


def _unpacked(payload: Payload) -> Payload:
    return Payload.FromString(zlib.decompress(payload.data))


#: Every process of ours reads and writes payloads by it.
DATA_CONVERTER = DataConverter(payload_converter_class=Payloads, payload_codec=Compression())
