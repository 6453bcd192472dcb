"""Compression: what is large in a history is stored packed. Terms and batches are repetitive: a fifth remains."""

import zlib
from collections.abc import Sequence

from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

ENCODING = b"binary/zlib"
WORTHWHILE = 512  # bytes; shorter ones stay readable in any tool


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
