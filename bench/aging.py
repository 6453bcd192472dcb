"""What a page that stands open for long holds of a browser's memory, as it has been measured at some of its hours."""

from collections.abc import Sequence

from bench.figures import Bar, Line, Of, Say

_MB = 1_000_000


def in_mb(held: Sequence[int]) -> str:
    return ", ".join(f"{each / _MB:.1f}" for each in held)


def say_held(row: str, held: Sequence[int], say: Say) -> None:
    """The most of all, and how far the later half lies above the first."""
    half = max(1, len(held) // 2)
    early, late = held[:half], held[-half:]
    say(Line(row, "its heap, the most of all", max(held) / _MB, "MB", bar=Bar(Of.OURS, 150)))
    growth = (sum(late) / len(late) / (sum(early) / len(early)) - 1) * 100
    say(Line(row, "the second half above the first", growth, "%", bar=Bar(Of.OURS, 10)))
