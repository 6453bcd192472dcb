"""How smoothly a browser scrolls through 10,000 tickets, beside as many lines of text in the same browser."""

from bench.browsing import measured
from bench.figures import Bar, Line, Of, Say, remark
from bench.house import House
from bench.size import Size

WHAT = "scrolling through 10,000 tickets in a browser"
#: What is measured: its name, what it is called in the answer, its unit, its bar, whether the bare list has it too.
_MEASURES = (
    ("a frame, p50", "p50", "ms", None, True),
    ("a frame, p99", "p99", "ms", Bar(Of.OURS, 34), True),
    ("the page's own work for a leap", "work_ms", "ms", None, True),
    ("the longest task", "longest_task", "ms", Bar(Of.OURS, 200), False),
    ("rows that are drawn", "rows", "rows", Bar(Of.OURS, 60), False),
)


async def measure(house: House, _: Size, say: Say) -> None:
    """300 leaps, in each of which every row is another; tickets are answered within the browser."""
    found = await measured(house, "console", WHAT, say, "bench:scrolling")
    if found is None:
        return
    remark(f"{WHAT}; bare: as many lines of text in the same browser; its limits are those of a quiet machine")
    for measure_, key, unit, bar, is_compared in _MEASURES:
        bare = found["bare"][key] if is_compared else None
        say(Line("console", measure_, found["queue"][key], unit, bare=bare, bar=bar))
