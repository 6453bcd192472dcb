"""A real Chromium, and the stories of `console/e2e` in it."""

import json
import re
from collections.abc import Sequence

import pytest

from runtime.console_build import SOURCE, chromium, run, tree
from store.access.passwords import reset_password
from tests.patience import PATIENCE_S
from tests.served import Served

CHROMIUM = chromium()
#: A name that browsers do not trust without TLS; `console/e2e/phone/phone.ts` leads it to this machine.
PLAIN = "phone.test"

STORIES = sorted(file.name for file in (SOURCE / "e2e").glob("*.spec.ts"))
#: Each on an installation of its own, so that they are told side by side. Behind `links` comes `my`, where nothing
#: waits that was answered there.
_MY = STORIES.index("my.spec.ts") + 1
HALVES = STORIES[:_MY], STORIES[_MY:]

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="not run: no Chromium is installed")


def tell(
    script: str, desk: Served, people: tuple[str, ...], stories: Sequence[str] = ("*.spec.ts",), **more: str
) -> None:
    """Stories of a script of `package.json`, in which these people sign in.

    Args:
        stories: their files; all of them unless told otherwise.
        more: what else they are to know of the environment.
    """
    passwords = {user: reset_password(desk.engine, user) for user in people}
    with tree() as folder:
        said = run(
            folder,
            script,
            CONSOLE_URL=desk.url,
            CHROMIUM=str(CHROMIUM),
            PASSWORDS=json.dumps(passwords),
            STORIES=" ".join(stories),
            PATIENCE_MS=str(round(PATIENCE_S * 1000)),
            **more,
        )
    assert re.search(r"\d+ passed", said)
    assert not re.search(r"failed|flaky|skipped", said)
