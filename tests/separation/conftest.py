"""The same served API as for the tests of the API."""

from tests.api.conftest import desk, settings

__all__ = ["desk", "settings"]
