"""S1 to S17 on the workflow: 2,000 steps on a real server and a real worker, several tickets side by side."""

from collections.abc import Iterator
from functools import partial

import pytest
from temporalio.client import Client

from store.database import connect
from tests.separation.in_workflow import InWorkflow, Shop, shop
from tests.separation.machine import ALL_LAWS, AT_ONCE, machine, runs
from tests.separation.registry import prepare
from tests.separation.starts import STARTS


@pytest.fixture(scope="module")
def at_work(client: Client, temporal_address: str, demo_database_url: str) -> Iterator[Shop]:
    """A worker that nobody else uses."""
    engine = connect(demo_database_url)
    prepare(engine)
    with shop(temporal_address, engine) as opened:
        yield opened
    engine.dispose()


class TestWhateverPeopleTry:
    """Nothing that anybody does, in whatever order, breaks a law; and there was something to break."""

    @pytest.mark.parametrize("contracts", [("nuobida", "strict"), ("fuao", "sitech"), ("standard", "xinhe")])
    def test_no_law_is_broken(self, contracts: tuple[str, ...], at_work: Shop):
        starts = [start for contract in contracts for start in STARTS[contract]]
        side_by_side = machine(
            starts, partial(InWorkflow, at_work), ALL_LAWS, width=8, patience=50, settle=at_work.settle
        )
        tally = runs(side_by_side, examples=8, steps=100, wanted=670, phases=AT_ONCE)
        assert {"S12", "S5"} <= tally.kept.keys(), "what never happened proves nothing"
        assert {"S3", "S5"} <= tally.tempted.keys(), "nobody tried what is forbidden"
