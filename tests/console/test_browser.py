"""The console's pages in a real Chromium, against a served API: the first half of the stories in `console/e2e`."""

import pytest

from tests.console.browsing import HALVES, needs_chromium, tell
from tests.console.reported import PEOPLE, report_all
from tests.served import Served


@pytest.mark.timeout(1800)  # many pages, one after the other
@needs_chromium
def test_people_find_their_pages(desk: Served):
    """In both widths and themes, by mouse and by keyboard."""
    report_all(desk)
    tell("e2e", desk, PEOPLE, HALVES[0])
