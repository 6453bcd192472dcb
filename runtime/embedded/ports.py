"""Loopback ports of an installation: chosen once, kept, chosen anew only when somebody else took them."""

import json
import random
import socket
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from runtime.files import write_private

# Below the range of outgoing connections, so that a port stays free while its server restarts.
CANDIDATES = range(20_000, 32_000)
_KEPT = TypeAdapter(dict[str, Annotated[int, Field(ge=1, le=65535)]])


def keep_ports(file: Path, names: tuple[str, ...]) -> dict[str, int]:
    """A free port for each name, the same ones as last time wherever they are still free."""
    kept = kept_ports(file)
    taken: set[int] = set()
    ports = {name: _choose(kept.get(name), taken) for name in names}
    write_private(file, json.dumps(ports, indent=1))
    return ports


def kept_ports(file: Path) -> dict[str, int]:
    """Those of last time; none where that is not known."""
    try:
        return _KEPT.validate_json(file.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}


def _choose(kept: int | None, taken: set[int]) -> int:
    candidates = [kept] if kept else []
    candidates += random.sample(CANDIDATES, k=100)
    for port in candidates:
        if port not in taken and is_free(port):
            taken.add(port)
            return port
    raise OSError("no free port between 20000 and 32000 on 127.0.0.1")


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
