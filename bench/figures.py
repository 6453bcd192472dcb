"""Figures: percentiles, the machine they were taken on, and the lines in which they are printed."""

import math
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_COLUMNS = (9, 68, 12, 12, 9, 13, 8)


class Of(Enum):
    """What a bar is about, and on which side of it a figure must be."""

    OURS = "ours <="
    RATIO = "ratio <="
    FASTER = "ratio >="


@dataclass(frozen=True)
class Bar:
    """What a figure must reach."""

    of: Of
    limit: float

    def met(self, ours: float, ratio: float | None) -> bool:
        if self.of is Of.OURS:
            return ours <= self.limit
        assert ratio is not None
        return ratio <= self.limit if self.of is Of.RATIO else ratio >= self.limit

    def __str__(self) -> str:
        sign = ">=" if self.of is Of.FASTER else "<="
        times = "" if self.of is Of.OURS else "x"
        return f"{sign} {self.limit:g}{times}"


@dataclass(frozen=True)
class Line:
    """One line of the table: a measure of ours, beside it the bare reference's from the same run.

    Attributes:
        ratio: where it is not ours over bare.
    """

    row: str
    measure: str
    ours: float
    unit: str
    bare: float | None = None
    bar: Bar | None = None
    ratio: float | None = None

    def cells(self) -> tuple[str, ...]:
        ratio = self.ratio if self.ratio is not None or not self.bare else self.ours / self.bare
        return (
            self.row,
            self.measure,
            f"{_number(self.ours)} {self.unit}",
            "-" if self.bare is None else f"{_number(self.bare)} {self.unit}",
            "-" if ratio is None else f"{_number(ratio)}x",
            "-" if self.bar is None else str(self.bar),
            "-" if self.bar is None else "met" if self.bar.met(self.ours, ratio) else "NOT MET",
        )


@dataclass(frozen=True)
class NotRun:
    """A measure that could not be taken."""

    row: str
    measure: str
    why: str

    def cells(self) -> tuple[str, ...]:
        return self.row, self.measure, f"not run: {self.why}"


Said = Line | NotRun
Say = Callable[[Said], None]


def say(line: Said) -> None:
    """Print a line of the table."""
    cells = line.cells()
    print("  ".join(f"{cell:<{width}}" for cell, width in zip(cells, _COLUMNS, strict=False)).rstrip(), flush=True)


def remark(text: str) -> None:
    """Print what a reader of the next lines has to know."""
    print(f"{'':<{_COLUMNS[0]}}  {text}", flush=True)


def say_header() -> None:
    header = ("row", "measure", "ours", "bare", "ratio", "bar", "")
    print("  ".join(f"{cell:<{width}}" for cell, width in zip(header, _COLUMNS, strict=True)).rstrip(), flush=True)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def machine() -> str:
    """What the figures ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores {_processor()}, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the start"
    )


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    names = [line.partition(":")[2] for line in _lines(described) if line.startswith("model name")]
    return names[0].strip() if names else platform.machine()


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.is_file() else []


def _number(value: float) -> str:
    """Three figures that matter."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
