"""How long tests wait for what others do: limits that are reached only where something hangs, on no machine by work."""

import time
from collections.abc import Callable

#: For whatever happens in another thread or process.
PATIENCE_S = 300.0


def eventually(happens: Callable[[], bool], what: str, *, not_before_s: float = 0) -> None:
    """Wait until it happens; ``not_before_s``: so long it cannot."""
    deadline = time.monotonic() + not_before_s + PATIENCE_S
    while not happens():
        assert time.monotonic() < deadline, f"not within {PATIENCE_S} s: {what}"
        time.sleep(0.02)
