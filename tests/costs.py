"""What work costs, told by other work of the same thread at the same time: no speed of a machine is counted on."""

import time
from collections.abc import Callable

#: Four times what the dearest takes that is let in, for a busy machine is uneven. A body of single bytes took
#: 28 million before chunks were bounded.
MOST_STEPS = 2_000_000
_TRIES, _A_TRY = 20, 20_000


def steps(work: Callable[[], object]) -> float:
    """As many steps of a plain loop take as long, each by the best of some tries that alternate."""
    pairs = [(_cost(work), _cost(_loop)) for _ in range(_TRIES)]
    return _A_TRY * min(of_work for of_work, _ in pairs) / min(of_loop for _, of_loop in pairs)


def _loop() -> None:
    for _ in range(_A_TRY):
        pass


def _cost(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began
