"""The same served API as for the tests of the API, with an identity provider beside it."""

from collections.abc import Iterator

import httpx2
import pytest

from runtime.settings import Settings
from tests.api.conftest import settings
from tests.identity import provider
from tests.identity.provider import RunningProvider
from tests.patience import PATIENCE_S
from tests.served import Served, served

__all__ = ["settings"]

#: Where browsers reach the API, as far as the provider knows.
PUBLIC = "http://desk.example"
CALLBACK = f"{PUBLIC}/api/session/oidc/callback"
SECRET = "f3b1c5e7a9d2486b8e0f1a2c3d4e5f60718293a4"


def _client(name: str) -> dict[str, object]:
    return {"client_id": name, "client_secret": SECRET, "redirect_uris": [CALLBACK]}


@pytest.fixture(scope="module")
def oidc() -> Iterator[RunningProvider]:
    with provider.running([_client("zhishou"), _client("other")]) as running:
        yield running


@pytest.fixture(scope="module")
def desk(settings: Settings, oidc: RunningProvider) -> Iterator[Served]:
    """Nobody works on tickets here."""
    told = {"public_url": PUBLIC, "oidc_issuer": oidc.issuer, "oidc_client_id": "zhishou", "oidc_client_secret": SECRET}
    with served(settings.model_copy(update=told), working=False) as running:
        yield running


@pytest.fixture
def browser() -> Iterator[httpx2.Client]:
    """Somebody's browser; it goes where they send it."""
    with httpx2.Client(timeout=PATIENCE_S) as client:
        yield client
