"""The desk of the stories: those who attack a workflow reach it without the API."""

from tests.stories.conftest import database_url, desk, open_desk

__all__ = ["database_url", "desk", "open_desk"]
