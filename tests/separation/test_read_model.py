"""The read model made anew from histories: of random lives, open and closed, there is no difference.

Also once the server has forgotten what is closed, and the archive alone has it. Of a thousand: `make lives`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.client import Client

from tests.separation.lives import Lives, lives

LIVES = 40


@pytest.fixture
def lived(client: Client, temporal_address: str, demo_database_url: str, tmp_path: Path) -> Iterator[Lives]:
    with lives(temporal_address, demo_database_url, tmp_path) as there:
        yield there


def test_of_random_lives_there_is_no_difference_even_once_the_server_has_forgotten(lived: Lives):
    """design: SQL is a projection, rebuilt from histories and archive at any time with a zero diff."""
    found = lived.found(range(LIVES))
    assert (found.tickets, found.live, found.kept, found.unlike) == (2 * LIVES, {}, {}, [])
    assert found.over >= LIVES // 8
    assert found.still >= LIVES // 8
