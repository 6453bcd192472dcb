"""What the workflow asks of the world."""

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, update
from temporalio.testing import ActivityEnvironment

from activities import database
from activities.projection import project
from activities.terms import agree_terms
from domain.opening import Customer
from store.database import connect
from store.demo import seed
from store.models import ContractRow
from store.projections import SequenceGapError
from store.registry.contracts import NoContractError
from tests.domain.samples import at
from tests.store.samples import entry, first_batch, next_batch, opening


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    seed(database_url)
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def running(engine: Engine) -> ActivityEnvironment:
    """As if an activity of a queue on this database ran."""
    environment = ActivityEnvironment()
    environment.info = replace(environment.info, task_queue=f"activities-{uuid.uuid4().hex}")
    database.serve(environment.info.task_queue, engine)
    return environment


class TestAgreeTerms:
    def test_takes_the_customers_contract(self, running: ActivityEnvironment, engine: Engine):
        """What the contract sets otherwise than its pack travels in the terms."""
        switches = {"major_needs_approval": True}
        with engine.begin() as connection:
            changed = update(ContractRow).where(ContractRow.id == "demo-sitech-2026")
            connection.execute(changed.values(remote_calendar="7*24", switches=switches))
        terms = running.run(agree_terms, opening("TERM2222"))
        assert (terms.contract, terms.pack) == ("demo-sitech-2026", "sitech")
        assert terms.major_needs_approval
        assert terms.fact_defaults["remote_calendar"] == "7*24"

    def test_takes_the_pack_itself_for_a_caller_not_known_yet(self, running: ActivityEnvironment):
        """Somebody is on the phone; who it is will be found out."""
        report = opening("TERM3333", customer=Customer(None, "某人"), contract="xinhe")
        assert running.run(agree_terms, report).contract == "xinhe"

    def test_carries_the_working_days_of_its_own_years_only(self, running: ActivityEnvironment):
        """Terms stand in every ticket's history."""
        report = opening("TERM4444", received_at=at("2026-01-01T00:00:00"))
        schedule = running.run(agree_terms, report).schedule
        assert (schedule.first_year, schedule.last_year) == (2025, 2026)

    def test_begins_with_the_earliest_instant_that_anybody_stated(self, running: ActivityEnvironment):
        """A fault may have happened in another year than it was reported in."""
        report = opening("TERM5555", fault_occurred_at=at("2024-12-31T23:00:00"))
        assert running.run(agree_terms, report).schedule.first_year == 2023

    def test_fails_where_there_is_no_contract(self, running: ActivityEnvironment):
        """And is tried again: the registry can be mended, and the ticket goes on."""
        with pytest.raises(NoContractError):
            running.run(agree_terms, opening("TERM6666", contract="fuao"))


class TestProject:
    def test_answers_where_the_read_model_stands(self, running: ActivityEnvironment):
        """Also when it knew the batch already."""
        batch = first_batch("PROJ2222", entry(3))
        assert running.run(project, batch) == 3
        assert running.run(project, replace(batch, entries=batch.entries[:2])) == 3

    def test_fails_behind_a_gap(self, running: ActivityEnvironment):
        """And is tried again: what is missing may be on its way."""
        running.run(project, first_batch("PROJ3333"))
        with pytest.raises(SequenceGapError):
            running.run(project, next_batch("PROJ3333", entry(5)))
