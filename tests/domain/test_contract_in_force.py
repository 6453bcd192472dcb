"""A contract in force: what holds without one, and what the gate of paid work asks when the act happens."""

from datetime import date, timedelta

import pytest

from domain.contract.explain import explain
from domain.contract.terms import which_counts
from domain.ticket.obligations import State
from tests.domain.samples import at
from tests.domain.test_consents import WORK
from tests.domain.told import tell

DAYS = timedelta(days=1)


class TestContractInForce:
    """Without one when the report came only the response counts, and work is paid work."""

    def test_only_the_response_is_promised_and_the_ticket_says_so(self):
        told = tell("standard", "severe", terms={"covered": False, "ends_on": date(2026, 2, 1)})
        assert [(each.key, each.promise.default) for each in told.ticket.obligations] == [("respond", True)]
        assert [each.data["found"] for each in told.alarms("no_contract")] == [True]
        explained = explain(told.ticket.terms, told.ticket.case, told.obligation("respond").promise)
        assert "受理时没有有效的合同" in explained.zh
        assert "No contract was in force" in explained.en

    def test_work_waits_for_the_consent_until_a_contract_begins(self):
        """The gate asks when the act happens; the promises are those of the day of the report."""
        told = tell("standard", "severe", terms={"covered": False, "begins_on": date(2026, 2, 15)})
        told.does("customer", "grant_remote", scope="db")
        for kind, data in WORK:
            told.expect_refused("engineer", kind, "paid_work_not_agreed", **data)
        told.passes(2 * DAYS)
        told.does("engineer", "dispatch", to="engineer2")
        assert [each.key for each in told.ticket.obligations] == ["respond"]

    def test_what_was_promised_outlives_the_last_day(self):
        told = tell("standard", "severe", terms={"ends_on": date(2026, 2, 13)})
        told.passes(2 * DAYS)
        told.does("engineer", "dispatch", to="engineer2")
        assert told.state("resolve") is State.BREACHED


class TestWhichOfSeveralCounts:
    """A renewal is often another contract under the same pack."""

    ITSELF, NEXT, LATER = (True, None, date(2026, 11, 26)), (False, date(2026, 11, 27), None), date(2028, 1, 1)

    @pytest.mark.parametrize(
        ("contracts", "begins_on"),
        [
            ([ITSELF], None),
            ([ITSELF, NEXT], date(2026, 11, 27)),
            ([ITSELF, (False, LATER, None), NEXT], date(2026, 11, 27)),
            ([ITSELF, (False, LATER, None)], LATER),
            ([(True, LATER, None), (False, date(2027, 1, 1), None)], date(2027, 1, 1)),
            ([NEXT, (True, date(2026, 1, 1), None)], date(2026, 1, 1)),
            ([(False, None, date(2020, 1, 1)), (True, date(2021, 1, 1), date(2021, 12, 31))], date(2021, 1, 1)),
        ],
    )
    def test_is_its_own_while_in_force_else_what_follows(
        self, contracts: list[tuple[bool, date | None, date | None]], begins_on: date | None
    ):
        assert which_counts(contracts, at("2026-11-27T10:00:00"))[0] == begins_on
