"""What work costs, told by other work of the same thread at the same time: no speed of a machine is counted on."""

import time
from collections.abc import Callable

#: Twice what the dearest takes that is let in. A body of single bytes took 28 million before chunks were bounded.
MOST_STEPS = 1_000_000
#: A try of the loop takes about as long as what is measured: what disturbs the one then disturbs the other.
_TRIES, _A_TRY, _ROUNDS = 20, 400_000, 5


def steps(work: Callable[[], object]) -> float:
    """As many steps of a plain loop take as long, each by the best of some tries that alternate.

    More of them where a busy machine shows too much: what really costs it shows in every round.
    """
    of_work, of_loop, found = [], [], float("inf")
    for _ in range(_ROUNDS):
        for _ in range(_TRIES):
            of_work.append(_cost(work))
            of_loop.append(_cost(_loop))
        found = _A_TRY * min(of_work) / min(of_loop)
        if found < MOST_STEPS:
            break
    return found


def _loop() -> None:
    for _ in range(_A_TRY):
        pass


def _cost(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began
