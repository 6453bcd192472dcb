"""The console as it is built, on a served API with the demo's people."""

from collections.abc import Iterator

import pytest

from runtime.console_build import build
from runtime.settings import Settings
from tests.api.conftest import settings as settings_of_api
from tests.console.browsing import PLAIN
from tests.served import Served, served

__all__ = ["settings_of_api"]


@pytest.fixture(scope="module")
def settings(settings_of_api: Settings) -> Settings:
    """With the console, also under a name of a LAN."""
    return settings_of_api.model_copy(update={"console": str(build()), "host_names": PLAIN})


@pytest.fixture(scope="module")
def desk(settings: Settings) -> Iterator[Served]:
    with served(settings) as running:
        yield running
