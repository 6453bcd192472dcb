"""A real Chromium, and the stories of `console/e2e` in it."""

import json
import re

import pytest

from runtime.console_build import chromium, run, tree
from store.access.passwords import reset_password
from tests.patience import PATIENCE_S
from tests.served import Served

CHROMIUM = chromium()
#: A name that browsers do not trust without TLS; `console/e2e/phone/phone.ts` leads it to this machine.
PLAIN = "phone.test"

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="not run: no Chromium is installed")


def tell(script: str, desk: Served, people: tuple[str, ...]) -> None:
    """All stories of a script of `package.json`, in which these people sign in."""
    passwords = {user: reset_password(desk.engine, user) for user in people}
    with tree() as folder:
        said = run(
            folder,
            script,
            CONSOLE_URL=desk.url,
            CHROMIUM=str(CHROMIUM),
            PASSWORDS=json.dumps(passwords),
            PATIENCE_MS=str(round(PATIENCE_S * 1000)),
        )
    assert re.search(r"\d+ passed", said)
    assert not re.search(r"failed|flaky|skipped", said)
