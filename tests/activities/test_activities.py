"""What the workflow asks of the world."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, update
from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.answers import Answers, Asked
from activities.projection import PATIENT, Projection
from activities.signatures import Signatures
from activities.terms import Agreement
from domain.contract.terms import Terms
from domain.intake import open_ticket
from domain.matters.merging import Answer
from domain.people.actors import Actor, Role
from domain.read_model import Batch
from domain.ticket.opening import Customer, Opening
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from policies.files import FOLDER
from runtime.signing import Signer
from store.database import connect
from store.models import ContractRow
from store.projections import SequenceGapError
from tests.domain.samples import at
from tests.store.samples import entry, first_batch, next_batch, opening
from tests.trust import KEYS, SIGNER
from workflows.aftercare import aftercare_id

Agree = Callable[[Opening], Terms]


@pytest.fixture(scope="module")
def engine(demo_database_url: str) -> Iterator[Engine]:
    engine = connect(demo_database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def running() -> ActivityEnvironment:
    """As if a worker ran an activity."""
    return ActivityEnvironment()


@pytest.fixture
def agree(running: ActivityEnvironment, engine: Engine) -> Agree:
    agreement = Agreement(engine, FOLDER, KEYS)
    return lambda report: running.run(agreement.agree_terms, report)


@pytest.fixture
def projection(engine: Engine) -> Projection:
    return Projection(engine)


def asked_by(workflow_id: str, projection: Projection, batch: Batch, *, attempt: int = 1) -> int:
    """As if a workflow of this id asked for the projection."""
    asking = ActivityEnvironment()
    asking.info = replace(asking.info, workflow_id=workflow_id, attempt=attempt)
    return asking.run(projection.project, batch)


def signed(number: str, **fields: Any) -> Opening:
    """A report that the API has taken."""
    return SIGNER.signed(number, opening(number, **fields))


class TestAgreeTerms:
    def test_takes_the_customers_contract(self, agree: Agree, engine: Engine):
        """What the contract sets otherwise than its pack travels in the terms."""
        switches = {"major_needs_approval": True}
        with engine.begin() as connection:
            changed = update(ContractRow).where(ContractRow.id == "demo-sitech-2026")
            connection.execute(changed.values(remote_calendar="7*24", switches=switches))
        terms = agree(signed("TERM2222"))
        assert (terms.contract, terms.pack) == ("demo-sitech-2026", "sitech")
        assert terms.major_needs_approval
        assert terms.remote_calendar == "7*24"

    def test_takes_the_pack_itself_for_a_caller_not_known_yet(self, agree: Agree):
        """Somebody is on the phone; who it is will be found out."""
        report = signed("TERM3333", customer=Customer(None, "某人"), contract="xinhe")
        assert agree(report).contract == "xinhe"

    def test_carries_the_working_days_of_its_own_years_only(self, agree: Agree):
        """Terms stand in every ticket's history."""
        report = signed("TERM4444", received_at=at("2026-01-01T00:00:00"))
        schedule = agree(report).schedule
        assert (schedule.first_year, schedule.last_year) == (2025, 2026)

    def test_begins_with_the_earliest_instant_that_anybody_stated(self, agree: Agree):
        """A fault may have happened in another year than it was reported in."""
        report = signed("TERM5555", fault_occurred_at=at("2024-12-31T23:00:00"))
        assert agree(report).schedule.first_year == 2023

    def test_takes_the_pack_and_says_so_where_there_is_no_contract(self, agree: Agree):
        """What cannot be agreed as the contract says is an alarm on the ticket, which lives all the same."""
        report = signed("TERM6666", contract="fuao")
        terms = agree(report)
        assert (terms.pack, terms.agreed) == ("fuao", False)
        alarms = [entry for entry in open_ticket(report, terms).fresh if entry.data.get("alarm") == "no_contract"]
        assert [entry.data["found"] for entry in alarms] == [False]

    def test_takes_the_standard_pack_for_a_contract_that_nobody_knows(self, agree: Agree):
        """Its row has been deleted between the call and the start."""
        terms = agree(signed("TERM7777", contract="gone-2025"))
        assert (terms.pack, terms.agreed) == ("standard", False)

    def test_knows_whether_a_contract_was_in_force(self, agree: Agree, engine: Engine):
        """Its first and last day included; the days are China's. Fault 12: one that began in 2028 was in force."""
        with engine.begin() as connection:
            changed = update(ContractRow).where(ContractRow.id == "demo-xinhe-2026")
            connection.execute(changed.values(starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30)))
        xinhe = Customer("demo-xinhe", "管委会")
        for number, received, covered in (
            ("TERM6666", "2026-05-31T23:59:00", False),
            ("TERM6777", "2026-06-01T00:00:00", True),
            ("TERM8888", "2026-06-30T23:59:00", True),
            ("TERM9999", "2026-07-01T00:00:00", False),
        ):
            report = signed(number, contract="xinhe", customer=xinhe, received_at=at(received))
            terms = agree(report)
            assert (terms.covered, terms.begins_on, terms.ends_on) == (covered, date(2026, 6, 1), date(2026, 6, 30))
        assert not agree(signed("TERM7888", contract="gone-2025")).covered

    def test_fails_where_nobody_trusted_has_signed_the_report(self, agree: Agree, tmp_path: Path):
        """Who can reach Temporal can start a workflow; the worker opens no ticket for them."""
        report = opening("TERMAAAA")
        stranger = Signer.of(tmp_path / "keys")
        forgeries = (
            report,
            stranger.signed("TERMAAAA", report),
            SIGNER.signed("TERMBBBB", report),
            replace(SIGNER.signed("TERMAAAA", report), opener=Actor("duty", Role.DUTY_MANAGER)),
            replace(SIGNER.signed("TERMAAAA", report), signature=f"{SIGNER.id}.no base64"),
        )
        for forged in forgeries:
            with pytest.raises(ApplicationError, match="no trusted key"):
                agree(forged)


class TestProject:
    def test_answers_where_the_read_model_stands(self, projection: Projection):
        """Also when it knew the batch already."""
        batch = first_batch("PROJ2222", entry(3))
        assert asked_by("PROJ2222", projection, batch) == 3
        assert asked_by("PROJ2222", projection, replace(batch, entries=batch.entries[:2])) == 3

    def test_fails_behind_a_gap(self, projection: Projection):
        """And is tried again: what is missing may be on its way."""
        asked_by("PROJ3333", projection, first_batch("PROJ3333"))
        with pytest.raises(SequenceGapError):
            asked_by("PROJ3333", projection, next_batch("PROJ3333", entry(5)), attempt=PATIENT)

    def test_goes_on_over_a_gap_that_stays(self, projection: Projection):
        """The alarms behind it must reach their people."""
        asked_by("PROJ6666", projection, first_batch("PROJ6666"))
        assert asked_by("PROJ6666", projection, next_batch("PROJ6666", entry(5)), attempt=PATIENT + 1) == 5

    def test_believes_only_the_workflow_whose_ticket_it_is(self, projection: Projection):
        """And the one that keeps what the ticket still owes."""
        for other in ("PROJ5555", "PROJ4444-other", ""):
            with pytest.raises(ApplicationError, match="is not the workflow of PROJ4444"):
                asked_by(other, projection, first_batch("PROJ4444", entry(3)))
        assert asked_by("PROJ4444", projection, first_batch("PROJ4444", entry(3))) == 3
        assert asked_by(aftercare_id("PROJ4444"), projection, next_batch("PROJ4444", entry(4))) == 4


class TestAnswerOf:
    """What another ticket has decided is believed of the read model alone."""

    @pytest.fixture
    def answer(self, running: ActivityEnvironment, engine: Engine) -> Callable[[Asked], Answer]:
        return lambda asked: running.run(Answers(engine).answer_of, asked)

    def test_is_its_decision_also_once_it_has_closed(self, answer: Callable[[Asked], Answer], projection: Projection):
        decided = entry(3, Happening.MERGED_IN, command_id="merge", data={})
        asked_by("ANSW2222", projection, first_batch("ANSW2222", decided))
        for has_ended in (False, True):
            assert answer(Asked("ANSW2222", "merge", has_ended=has_ended)) == Answer(accepted=True)

    def test_is_waited_for_while_it_may_still_come(self, answer: Callable[[Asked], Answer], projection: Projection):
        asked_by("ANSW3333", projection, first_batch("ANSW3333", entry(3)))
        for has_ended in (False, True):  # the read model may be behind
            with pytest.raises(ApplicationError, match="has not decided yet"):
                answer(Asked("ANSW3333", "merge", has_ended=has_ended))

    def test_of_one_that_closed_without_any_or_never_was_is_no(
        self, answer: Callable[[Asked], Answer], projection: Projection
    ):
        batch = first_batch("ANSW4444", entry(3))
        closed = replace(batch, summary=replace(batch.summary, stage=Stage.CLOSED))
        asked_by("ANSW4444", projection, closed)
        assert answer(Asked("ANSW4444", "merge")) == Answer(accepted=False)
        assert answer(Asked("ANSW5555", "merge", has_ended=True)) == Answer(accepted=False)

    def test_of_one_that_somebody_ended_by_force_is_no_after_some_minutes(
        self, answer: Callable[[Asked], Answer], running: ActivityEnvironment, projection: Projection
    ):
        """Nobody waits for it for ever; for one that lives they do."""
        asked_by("ANSW6666", projection, first_batch("ANSW6666", entry(3)))
        running.info = replace(running.info, attempt=31)
        assert answer(Asked("ANSW6666", "merge", has_ended=True)) == Answer(accepted=False)
        with pytest.raises(ApplicationError, match="has not decided yet"):
            answer(Asked("ANSW6666", "merge"))


def test_activities_are_known_by_these_names():
    """Histories name them; a running ticket asks for them after any release."""
    methods = (
        Agreement.agree_terms,
        Agreement.agree_anew,
        Agreement.published_schedule,
        Signatures.trusted_signers,
        Signatures.present_signers,
        Answers.answer_of,
        Projection.project,
    )
    names = [activity._Definition.must_from_callable(method).name for method in methods]
    before = ["agree_terms", "agree_anew", "published_schedule", "trusted_signers"]
    assert names == [*before, "present_signers", "answer_of", "project"]
