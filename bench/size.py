"""How much is measured: enough for the table, less for a quick look, all that is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """What one run takes.

    Attributes:
        blocks: of `decisions` at each pace, 50 commands each; of `pages`, 20 questions each.
        open_tickets: the sizes of `lateness`.
        alarms_for_s: for so long five alarms a second fall due in `lateness`, and half as long 33.
        cached: tickets in the memory of `footprint`.
        evicted: tickets beyond what a worker keeps in memory; 0: not run.
        closed: tickets taken to their end for the bytes of `footprint`.
        long_lived: tickets of `recovery`.
        lives: closed tickets of `audit`, and ``audited``: how many of them are audited, some again and again.
        archived: closed tickets of `months`.
        cases: due times of `due_times` that are compared with the oracle's.
        starts: warm starts of `start`.
        wall_for_s: so long `wall` and `shift` run at most, unless their month and their hours are over before.
        loads: of each page of `usable`.
        row_within_s: what one row may take before it is given up.
    """

    name: str
    blocks: int
    open_tickets: tuple[int, ...]
    alarms_for_s: int
    cached: int
    evicted: int
    closed: int
    long_lived: int
    lives: int
    audited: int
    archived: int
    cases: int
    starts: int
    wall_for_s: int
    loads: int
    row_within_s: int


QUICK = Size(
    "quick",
    4,
    (200, 1_000),
    12,
    cached=200,
    evicted=0,
    closed=20,
    long_lived=16,
    lives=100,
    audited=400,
    archived=20_000,
    cases=4_000,
    starts=1,
    wall_for_s=120,
    loads=3,
    row_within_s=500,
)
USUAL = Size(
    "usual",
    12,
    (1_000, 10_000),
    40,
    cached=800,
    evicted=1_000,
    closed=100,
    long_lived=32,
    lives=200,
    audited=2_000,
    archived=200_000,
    cases=20_000,
    starts=3,
    wall_for_s=600,
    loads=7,
    row_within_s=1_500,
)
FULL = Size(
    "full",
    40,
    (1_000, 10_000),
    60,
    cached=800,
    evicted=3_000,
    closed=200,
    long_lived=64,
    lives=1000,
    audited=10_000,
    archived=1_000_000,
    cases=1_000_000,
    starts=5,
    wall_for_s=3_000,
    loads=15,
    row_within_s=3_600,
)
