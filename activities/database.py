"""Which database the activities of a task queue write to: said once by the worker's composition root."""

from sqlalchemy import Engine
from temporalio import activity

_engines: dict[str, Engine] = {}


def serve(task_queue: str, engine: Engine) -> None:
    """Let the activities of this queue work on this database."""
    _engines[task_queue] = engine


def engine() -> Engine:
    """The database of the running activity."""
    return _engines[activity.info().task_queue]
