"""What a wall that runs for weeks holds of a browser's memory: its clock goes by as fast as it can draw."""

from bench.aging import in_mb, say_held
from bench.browsing import measured
from bench.figures import Line, Say, remark
from bench.house import House
from bench.size import Size

WHAT = "a wall that runs for weeks"


async def measure(house: House, size: Size, say: Say) -> None:
    """An answer each ten seconds of its time, each with other tickets; after each garbage collection what is held."""
    within = str(size.wall_for_s)
    found = await measured(house, "wall", WHAT, say, "bench", STORIES="wall.bench.ts", WITHIN_S=within)
    if found is None:
        return
    held = [at["bytes"] for at in found]
    remark(f"{WHAT}: days {', '.join(format(at['day'], 'g') for at in found)}, MB {in_mb(held)}")
    say(Line("wall", "its time that went by", found[-1]["day"], "days"))
    say_held("wall", held, say)
