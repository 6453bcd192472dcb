"""Documents that follow from tables follow them."""

import pytest

from tools.documents import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str):
    """Otherwise run ``python -m tools.documents``."""
    assert (DOCS / name).read_text() == PAGES[name]()


@pytest.mark.parametrize("name", PAGES)
def test_a_table_of_a_generated_page_is_whole(name: str):
    """A word with a line's end in it would break the table: the rest would stand as text below it."""
    lines = PAGES[name]().splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert [row for row in rows if not row.endswith("|")] == []
    assert [line for line in lines if line.endswith("|") and line not in rows] == []
