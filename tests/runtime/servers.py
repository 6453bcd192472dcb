"""An installation's real servers without a worker and an API: `python -m tests.runtime.servers`."""

import sys

from cli.run import supervise
from runtime.cache import say
from runtime.errors import PlainError
from runtime.settings import Given

if __name__ == "__main__":
    try:
        supervise(Given(), ours=lambda _: [])
    except PlainError as error:
        say(str(error))
        sys.exit(1)
