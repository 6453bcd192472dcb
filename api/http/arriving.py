"""How a request arrives: what is taken apart of it costs the event loop little, whoever sends it."""

import h11

#: Bytes of a head, or of what follows a body in chunks; each line costs the event loop a microsecond and more.
HEAD = 16 * 1024
#: Chunks of a body that may be small, and bytes that the others carry on the average; each costs 7 µs.
SMALL, CARRIED = 256, 256

_PIECE = 4 * 1024


class BoundedReading(h11.Connection):
    """h11's own, which is given what came piece by piece: its bound of what is unfinished holds, however much that was.

    A body in chunks carries something: one of single bytes costs thirty times what the same bytes do.
    """

    #: With which status what came was refused.
    refused_with = 400

    def __init__(self) -> None:
        super().__init__(h11.SERVER, max_incomplete_event_size=HEAD - _PIECE)
        self._kept = bytearray()
        self._chunks = self._bytes = 0

    def receive_data(self, data: bytes) -> None:
        """Keep what came until it is asked for."""
        self._kept += data

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """The next of what came; `RemoteProtocolError` where it is too long, or in chunks that are too small."""
        try:
            event = super().next_event()
            while event is h11.NEED_DATA and self._kept:
                super().receive_data(bytes(self._kept[:_PIECE]))
                del self._kept[:_PIECE]
                event = super().next_event()
        except h11.RemoteProtocolError as error:
            self.refused_with = error.error_status_hint
            raise
        self._count(event)
        return event

    def _count(self, event: object) -> None:
        if isinstance(event, h11.Request):
            self._chunks = self._bytes = 0
        elif isinstance(event, h11.Data):
            self._chunks += event.chunk_start
            self._bytes += len(event.data)
            if self._chunks > SMALL + self._bytes / CARRIED:
                raise h11.RemoteProtocolError("chunks too small")
