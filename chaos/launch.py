"""`python -m chaos.launch`: `zhishou run`, with a supervisor that never waits long before it starts a dead part again.

Its own patience grows with every death in a row, to 15 s; under a killer most of the time would be waiting.
"""

from cli.run import run
from runtime import supervisor

LONGEST_DELAY_S = 1.0

if __name__ == "__main__":
    supervisor.LONGEST_DELAY_S = LONGEST_DELAY_S
    run()
