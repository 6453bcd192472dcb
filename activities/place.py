"""What the activities of a task queue work with: said once by the worker's composition root."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from temporalio import activity


@dataclass(frozen=True, slots=True)
class Place:
    """The database, and the folder of the public keys whose signature counts."""

    engine: Engine
    keys: Path


_places: dict[str, Place] = {}


def serve(task_queue: str, place: Place) -> None:
    """Let the activities of this queue work there."""
    _places[task_queue] = place


def here() -> Place:
    """The place of the running activity."""
    return _places[activity.info().task_queue]
