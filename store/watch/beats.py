"""Beats: each part that works by itself says so, and whoever has not for too long is silent.

A sender or a sweep calls ``beat`` whenever it has done its work; from its first beat on its silence is noticed.
"""

from sqlalchemy import Engine, extract, func, select
from sqlalchemy.dialects.postgresql import insert

from store.models import BeatRow

WORKER = "worker"
#: The watchdog's look at the read model, and that at Temporal.
WATCHDOG, RUNS = "watchdog", "watchdog.runs"
#: The sweep that archives what is closed.
ARCHIVE = "archive"
#: What counts the tickets month by month.
STATISTICS = "statistics"
#: The look through what is archived.
SCRUB = "archive.scrub"
#: What has the log cosigned.
WITNESSES = "archive.witness"
#: What has the log stamped.
STAMPS = "archive.stamp"
#: What sends messages out of the machine, where there is a channel.
SENDER = "sender"
#: What reads customers' mail, where there is a mailbox.
RECEIVER = "receiver"
#: Of these silence is noticed although they have never been heard.
EXPECTED = (WORKER, WATCHDOG, RUNS, ARCHIVE)

EVERY_S = 10
#: So long nobody is silent; nor within so many times what a part takes from one beat to the next.
PATIENCE_S, MISSED = 60, 3


def beat(engine: Engine, name: str, every_s: int = EVERY_S) -> None:
    """Say that the part has done its work."""
    statement = insert(BeatRow).values(name=name, at=func.clock_timestamp(), every_s=every_s)
    changed = {"at": statement.excluded.at, "every_s": statement.excluded.every_s}
    with engine.begin() as connection:
        connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changed))


def ages(engine: Engine) -> dict[str, tuple[float, int]]:
    """Of each part that was ever heard how many seconds ago, and how often it means to be. The database's clock."""
    age = extract("epoch", func.clock_timestamp()) - extract("epoch", BeatRow.at)
    with engine.connect() as connection:
        rows = connection.execute(select(BeatRow.name, age, BeatRow.every_s)).all()
    return {name: (float(seconds), every_s) for name, seconds, every_s in rows}


def silent(heard: dict[str, tuple[float, int]]) -> list[str]:
    """The parts that have been silent for too long, or are expected and were never heard."""
    late = {name for name, (age, every_s) in heard.items() if age > max(PATIENCE_S, MISSED * every_s)}
    return sorted(late | (set(EXPECTED) - heard.keys()))
