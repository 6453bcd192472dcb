"""The console's own tests, which run without a browser."""

import re

from runtime.console_build import run, tree


def test_the_tests_of_the_console_pass():
    """Written beside what they test, in `console/src`; what fails is shown by their runner."""
    with tree() as folder:
        said = run(folder, "test")
    assert re.search(r"Tests +\d+ passed", said)
