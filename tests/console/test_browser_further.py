"""The console's pages in a real Chromium, against a served API: the second half of the stories in `console/e2e`."""

import pytest

from tests.console.browsing import HALVES, needs_chromium, tell
from tests.console.reported import PEOPLE, report_all
from tests.served import Served


@pytest.mark.timeout(1800)  # many pages, one after the other
@needs_chromium
def test_people_sign_in_and_find_their_pages(desk: Served):
    """In both widths and themes, by mouse and by keyboard; over a page whose session has ended, too."""
    report_all(desk)
    tell("e2e", desk, PEOPLE, HALVES[1])
