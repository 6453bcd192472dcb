"""The same served API as for the tests of the API, and what it says of itself."""

from typing import Any

import pytest

from domain.people.actors import Role
from tests.api.conftest import desk, settings
from tests.security.newcomers import newcomer
from tests.served import Served

__all__ = ["desk", "settings"]


@pytest.fixture(scope="module")
def interface(desk: Served) -> dict[str, Any]:
    """The served OpenAPI document."""
    document: dict[str, Any] = desk.stranger.get("/openapi.json").json()
    return document


@pytest.fixture
def admins(desk: Served) -> tuple[str, str]:
    """Two of them, who are new."""
    return newcomer(desk, Role.ADMINISTRATOR), newcomer(desk, Role.ADMINISTRATOR)


@pytest.fixture
def approver(desk: Served) -> str:
    """Somebody who is new."""
    return newcomer(desk, Role.CUSTOMER_APPROVER)
