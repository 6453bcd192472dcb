"""How soon the queue and the phone can be used, by which line and machine; how soon a typed letter is seen."""

from bench.browsing import measured
from bench.desk import desk, many
from bench.figures import Bar, Line, Of, Say, remark
from bench.house import House
from bench.size import Size

WHAT = "how soon pages can be used"
TICKETS, TAKEN = 200, 10
#: What is measured, where it stands in the answer, and its bar in ms.
_MEASURES = (
    ("the queue, first load, on a LAN", ("lan", "first"), 1_500),
    ("of it the page's own work", ("lan", "work"), None),
    ("the queue once more, on a LAN", ("lan", "again"), None),
    ("the queue, first load, 10 Mbit/s and a machine 4 times slower", ("slow", "first"), 4_000),
    ("the queue once more, 10 Mbit/s and a machine 4 times slower", ("slow", "again"), None),
    ("the phone, first load, 400 kbit/s", ("phone", "first"), 3_000),
    ("of it the page's own work", ("phone", "work"), None),
    ("the phone from its cache, 400 kbit/s", ("phone", "again"), 1_000),
    ("from key to letter in a new report, p50", ("typed", "p50"), None),
    ("from key to letter in a new report, p99", ("typed", "p99"), 50),
)


async def measure(house: House, size: Size, say: Say) -> None:
    """The median of several loads, each in a new profile, of a desk with tickets."""
    settings = house.settings("usable")
    with house.process("worker", settings):
        async with desk(settings, "usable-bare") as at:
            tickets = await many(TICKETS, at.open_quiet)
            for ticket in tickets[:TAKEN]:
                await at.decided(ticket, "engineer", "take")
        found = await measured(house, "usable", WHAT, say, "bench", STORIES="usable.bench.ts", ROUNDS=str(size.loads))
    if found is None:
        return
    remark(f"{WHAT}: {TICKETS} tickets, medians of {size.loads} loads; bars are those of a quiet machine")
    remark("LAN: 100 Mbit/s, 1 ms; 10 Mbit/s: 20 ms; 400 kbit/s: 100 ms, all by Chromium's own emulation")
    for measure_, (of, key), limit in _MEASURES:
        say(Line("usable", measure_, found[of][key], "ms", bar=Bar(Of.OURS, limit) if limit else None))
