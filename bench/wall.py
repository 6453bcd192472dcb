"""What a wall that runs for weeks holds of a browser's memory: its clock goes by as fast as it can draw."""

from bench.browsing import measured
from bench.figures import Bar, Line, Of, Say, remark
from bench.house import House
from bench.size import Size

WHAT = "a wall that runs for weeks"
_MB = 1_000_000


async def measure(house: House, size: Size, say: Say) -> None:
    """An answer each ten seconds of its time, each with other tickets; after each garbage collection what is held."""
    within = str(size.wall_for_s)
    found = await measured(house, "wall", WHAT, say, "bench", STORIES="wall.bench.ts", WITHIN_S=within)
    if found is None:
        return
    remark(f"{WHAT}: " + ", ".join(f"day {at['day']:g} {at['bytes'] / _MB:.1f} MB" for at in found))
    held = [at["bytes"] / _MB for at in found]
    half = max(1, len(held) // 2)
    early, late = held[:half], held[-half:]
    say(Line("wall", "its time that went by", found[-1]["day"], "days"))
    say(Line("wall", "its heap, the most of all days", max(held), "MB", bar=Bar(Of.OURS, 150)))
    growth = (sum(late) / len(late) / (sum(early) / len(early)) - 1) * 100
    say(Line("wall", "the second half of the days above the first", growth, "%", bar=Bar(Of.OURS, 10)))
