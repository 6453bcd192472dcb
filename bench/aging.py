"""What a page that stands open for long holds of a browser's memory, while its clock goes by as fast as it can draw."""

from bench.browsing import measured
from bench.figures import Bar, Line, Of, Say, remark
from bench.house import House
from bench.size import Size

_MB = 1_000_000


async def measure(row: str, what: str, unit: str, house: House, size: Size, say: Say) -> None:
    """At some of its days or hours: the most of all, and how far the later half lies above the first.

    Args:
        unit: in which the answer of the row's script says when, ``day`` or ``hour``.
    """
    within = str(size.wall_for_s)
    found = await measured(house, row, what, say, "bench", STORIES=f"{row}.bench.ts", WITHIN_S=within)
    if found is None:
        return
    held = [at["bytes"] / _MB for at in found]
    remark(f"{what}: " + ", ".join(f"{unit} {at[unit]:g} {mb:.1f} MB" for at, mb in zip(found, held, strict=True)))
    say(Line(row, "its time that went by", found[-1][unit], f"{unit}s"))
    half = max(1, len(held) // 2)
    early, late = held[:half], held[-half:]
    say(Line(row, "its heap, the most of all", max(held), "MB", bar=Bar(Of.OURS, 150)))
    growth = (sum(late) / len(late) / (sum(early) / len(early)) - 1) * 100
    say(Line(row, "the second half above the first", growth, "%", bar=Bar(Of.OURS, 10)))
