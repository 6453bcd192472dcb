"""What a desk's queue holds of a browser's memory in a shift of eight hours, in which something happens each second."""

from bench.aging import in_mb, say_held
from bench.browsing import measured
from bench.figures import Line, Say, remark
from bench.house import House
from bench.size import Size

WHAT = "a desk's queue for a shift"


async def measure(house: House, size: Size, say: Say) -> None:
    """A change of one of 300 tickets each second of its time, which goes by as fast as it can be shown."""
    within = str(size.wall_for_s)
    found = await measured(house, "shift", WHAT, say, "bench", STORIES="shift.bench.ts", WITHIN_S=within)
    if found is None:
        return
    held = [at["bytes"] for at in found]
    remark(f"{WHAT}, MB half hour by half hour: {in_mb(held)}")
    say(Line("shift", "its time that went by", found[-1]["hour"], "h"))
    say_held("shift", held, say)
