"""Documents that follow from tables follow them."""

import pytest

from tools.documents import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str):
    """Otherwise run ``python -m tools.documents``."""
    assert (DOCS / name).read_text() == PAGES[name]()
