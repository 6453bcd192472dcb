"""The same served API as for the tests of the API, and what it says of itself."""

from typing import Any

import pytest

from tests.api.conftest import desk, settings
from tests.served import Served

__all__ = ["desk", "settings"]


@pytest.fixture(scope="module")
def interface(desk: Served) -> dict[str, Any]:
    """The served OpenAPI document."""
    document: dict[str, Any] = desk.stranger.get("/openapi.json").json()
    return document
