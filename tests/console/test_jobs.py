"""How much of a person each role's jobs take, in a real Chromium: the stories of `console/e2e/jobs`."""

import json

import pytest

from tests.console.browsing import needs_chromium, tell
from tests.console.jobs import PEOPLE, prepare
from tests.served import Served


@pytest.mark.timeout(1800)  # many pages, one after the other
@needs_chromium
def test_nobody_needs_more_keys_or_seconds_than_a_job_may_take(desk: Served):
    numbers = prepare(desk)
    tell("e2e", desk, PEOPLE, ("jobs/*.spec.ts",), JOBS=json.dumps(numbers))
