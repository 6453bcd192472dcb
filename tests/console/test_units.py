"""The console's own tests, which run without a browser."""

import re

from policies.pack import SWITCHES
from runtime.console_build import SOURCE, run, tree


def test_the_tests_of_the_console_pass():
    """Written beside what they test, in `console/src`; what fails is shown by their runner."""
    with tree() as folder:
        said = run(folder, "test")
    assert re.search(r"Tests +\d+ passed", said)


def test_a_contract_can_set_by_page_all_that_it_may_set():
    """The form names the switches itself, in the order in which packs have them."""
    named = (SOURCE / "src/features/customers/switches.ts").read_text().split("SWITCHES = [")[1].split("]")[0]
    assert tuple(re.findall(r'"(\w+)"', named)) == SWITCHES
