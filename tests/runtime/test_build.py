"""The name of a build says which code decides on tickets, and nothing else."""

from importlib import metadata

import pytest

from runtime import build as naming


@pytest.mark.parametrize("package", ["temporalio", "pydantic"])
def test_it_is_another_where_what_replays_a_ticket_is_another(package: str, monkeypatch: pytest.MonkeyPatch):
    """Two that go by one name take turns with a ticket, and neither is tried before it decides."""
    before = naming.build.__wrapped__()
    assert naming.build.__wrapped__() == before
    monkeypatch.setattr(naming, "version", lambda name: "0.0.0" if name == package else metadata.version(name))
    assert naming.build.__wrapped__() != before
