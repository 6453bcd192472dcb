"""The desk of the stories: those who attack a workflow reach it without the API."""

from tests.stories.conftest import desk, open_desk

__all__ = ["desk", "open_desk"]
