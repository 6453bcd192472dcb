"""Promises: which clause rules a case, and when it is due."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.contract.clauses import Counting, FactValue, Kind, Origin
from domain.contract.promises import promises
from tests.domain.samples import SCHEDULE, at, case_of, promise_of, terms_of


@pytest.mark.parametrize(
    ("pack", "level", "received", "key", "due", "clause"),
    [
        ("sitech", "C", "2026-02-13T23:00", "respond", "2026-02-14T05:00", "003-18"),
        ("sitech", "D", "2026-02-13T16:00", "respond", "2026-02-14T16:00", "003-19"),
        ("sitech", "D", "2026-02-14T16:00", "respond", "2026-02-24T09:00", "003-19"),
        ("fuao", "regular", "2026-02-13T17:20", "respond", "2026-02-13T17:30", "001-31"),
        ("fuao", "urgent", "2026-02-13T20:00", "arrive", "2026-02-14T00:00", "001-06"),
        ("fuao", "urgent", "2026-02-13T20:00", "resolve", "2026-02-14T00:00", "001-31"),
        ("fuao", "urgent", "2026-02-13T22:00", "arrive", "2026-02-14T13:00", "001-06"),
        ("fuao", "urgent", "2026-02-13T22:00", "resolve", "2026-02-14T13:00", "001-31"),
        ("nuobida", "III", "2026-02-13T16:00", "plan", "2026-02-13T18:00", "000-31"),
        ("nuobida", "III", "2026-02-13T16:00", "resolve", "2026-02-14T00:00", "000-31"),
    ],
)
def test_the_worked_examples(pack: str, level: str, received: str, key: str, due: str, clause: str) -> None:
    """Clauses, Worked examples."""
    promise = promise_of(terms_of(pack), case_of(received, level), key)
    assert (promise.due_at, promise.clause.id) == (at(due), clause)


def test_the_report_on_a_visit_that_ended_on_friday_13_february_2026() -> None:
    """Clauses, Worked examples: the last of them."""
    case = case_of("2026-02-12T08:00", "severe", visit_end="2026-02-13T15:00")
    assert promise_of(terms_of("standard"), case, "report@visit_end").due_at == at("2026-02-17T00:00")


def test_the_second_working_day_after_friday_13_february_2026() -> None:
    """001-06 with the customer's consent rules the whole kind: no other clause competes."""
    case = replace(case_of("2026-02-13T10:00", "urgent"), consents=frozenset({"001-06"}))
    arrivals = [promise for promise in promises(terms_of("fuao"), case) if promise.kind is Kind.ARRIVE]
    assert [(one.clause.id, one.due_at, one.superseded) for one in arrivals] == [("001-06", at("2026-02-24T17:30"), ())]


class TestWhichClauseRules:
    """The earliest due instant; on a tie the first in the document."""

    def test_the_others_are_kept_in_document_order(self) -> None:
        """Clauses: fuao regular at 17:20."""
        respond = promise_of(terms_of("fuao"), case_of("2026-02-13T17:20", "regular"), "respond")
        assert respond.superseded == ("001-07", "001-23")

    def test_the_due_instant_decides_and_not_the_budget(self) -> None:
        """At 22:25 ten minutes of phone hours end tomorrow, half an hour of the wall today."""
        case = case_of("2026-02-12T22:25", "urgent", {"severity": "serious"})
        respond = promise_of(terms_of("fuao"), case, "respond")
        assert (respond.clause.id, respond.superseded) == ("001-22", ("001-31",))

    def test_on_a_tie_the_first_in_the_document_rules(self) -> None:
        """1 h of 001-21 and 60 min of 001-33."""
        case = case_of("2026-02-12T10:00", "urgent", {"severity": "disastrous", "major": True})
        arrive = promise_of(terms_of("fuao"), case, "arrive")
        assert (arrive.clause.id, arrive.superseded) == ("001-21", ("001-06", "001-33"))

    def test_clauses_that_arm_on_different_events_make_a_promise_each(self) -> None:
        """001-31 counts from the dispatch."""
        keys = [p.key for p in promises(terms_of("fuao"), case_of("2026-02-12T10:00", "urgent"))]
        assert {"arrive", "arrive@dispatched"} <= set(keys)

    def test_a_regular_report_of_fuao_has_neither_arrival_nor_device(self) -> None:
        """001-07: no on-site service; graver by the customer's severity, it has."""
        case = case_of("2026-02-12T10:00", "regular")
        assert not {Kind.ARRIVE, Kind.SUBSTITUTE} & {one.kind for one in promises(terms_of("fuao"), case)}
        serious = replace(case, facts={"severity": "serious"})
        assert promise_of(terms_of("fuao"), serious, "arrive").clause.id == "001-22"

    @pytest.mark.parametrize(
        ("pack", "level", "kinds"),
        [
            ("nuobida", "I", {"respond", "depart", "arrive", "plan", "resolve"}),
            ("fuao", "full_urgent", {"respond", "substitute", "report", "survey"}),
            ("standard", "severe", {"respond", "plan", "report", "survey"}),
            ("sitech", "A", {"contact", "respond", "depart"}),
            ("xinhe", "emergency", {"respond", "handover", "depart", "centre", "survey"}),
        ],
    )
    def test_what_is_promised_of_faults_is_not_promised_of_questions(
        self, pack: str, level: str, kinds: set[str]
    ) -> None:
        """No document promises to fix a question; nuobida plans and answers it, and no change."""
        case = case_of("2026-02-12T10:00", level, {"nature": "question"})
        assert {promise.kind for promise in promises(terms_of(pack), case)} == kinds
        change = replace(case, facts={"nature": "change"})
        made = {promise.kind for promise in promises(terms_of(pack), change)}
        assert made == (kinds - {"plan", "resolve"} if pack == "nuobida" else kinds)

    @pytest.mark.parametrize(
        ("level", "facts", "key", "clause"),
        [
            ("A", {}, "arrive", "003-16"),
            ("B", {"cause": "unknown"}, "arrive", "003-17"),
            ("C", {}, "arrive@onsite", "003-05"),
            ("C", {"cause": "unknown"}, "arrive@onsite", "003-07"),
            ("D", {"cause": "environment"}, "arrive@onsite", "003-05"),
        ],
    )
    def test_a_clause_marked_instead_silences_the_general_ones(
        self, level: str, facts: dict[str, FactValue], key: str, clause: str
    ) -> None:
        """They are silent, not superseded: nobody promised them here."""
        made = promises(terms_of("sitech"), case_of("2026-02-12T10:00", level, facts))
        arrivals = [(p.key, p.clause.id, p.superseded) for p in made if p.kind is Kind.ARRIVE]
        assert arrivals == [(key, clause, ())]

    def test_of_promises_that_have_not_begun_the_shortest_rules(self) -> None:
        """There is no due instant to compare yet."""
        terms = terms_of("sitech")
        onsite = next(clause for clause in terms.clauses if clause.id == "003-05")
        quicker = replace(onsite, id="003-99", budget=timedelta(hours=3))
        case = case_of("2026-02-12T10:00", "C")
        arrive = promise_of(replace(terms, clauses=(onsite, quicker)), case, "arrive@onsite")
        assert (arrive.clause.id, arrive.superseded, arrive.due_at) == ("003-99", ("003-05",), None)


class TestWithoutALevel:
    """Until somebody classifies, the strictest level applies to the first answer only."""

    @pytest.mark.parametrize(
        ("pack", "kinds"),
        [
            ("nuobida", {"respond"}),
            ("fuao", {"respond"}),
            ("standard", {"respond"}),
            ("sitech", {"respond", "contact"}),
            ("xinhe", {"respond", "handover"}),
        ],
    )
    def test_only_the_first_answer_and_the_handover_are_promised(self, pack: str, kinds: set[str]) -> None:
        """At the strictest level."""
        terms = terms_of(pack)
        open_case = promises(terms, case_of("2026-02-12T10:00", None))
        graded = promises(terms, case_of("2026-02-12T10:00", terms.levels[0]))
        assert {promise.key for promise in open_case} == kinds
        assert all(promise in graded for promise in open_case)


class TestOrigins:
    """What a budget is counted from."""

    def test_a_booked_service_counts_from_the_appointment(self) -> None:
        """000-32, level IV only."""
        booked = case_of("2026-02-12T10:00", "IV", booked="2026-02-25T09:00")
        plan = promise_of(terms_of("nuobida"), booked, "plan")
        assert (plan.origin, plan.due_at) == (Origin.BOOKED, at("2026-02-25T13:00"))
        other = promise_of(terms_of("nuobida"), replace(booked, level="III"), "respond")
        assert (other.origin, other.due_at) == (Origin.RECEIVED, at("2026-02-12T10:20"))

    def test_without_an_appointment_it_counts_from_the_report_and_says_so(self) -> None:
        """Origin ``received``."""
        plan = promise_of(terms_of("nuobida"), case_of("2026-02-12T10:00", "IV"), "plan")
        assert (plan.origin, plan.due_at) == (Origin.RECEIVED, at("2026-02-12T14:00"))

    @pytest.mark.parametrize(
        ("moments", "due"), [({}, "2026-02-12T22:00"), ({"fault": "2026-02-12T07:00"}, "2026-02-12T19:00")]
    )
    def test_the_substitute_device_counts_from_the_fault(self, moments: dict[str, str], due: str) -> None:
        """001-32: within 12 h of the fault, which is the report where nobody knows better."""
        case = case_of("2026-02-12T10:00", "full_urgent", None, **moments)
        substitute = promise_of(terms_of("fuao"), case, "substitute@breach:resolve")
        assert (substitute.origin, substitute.due_at) == (Origin.FAULT, at(due))

    def test_a_promise_that_is_not_armed_shows_its_due_time_once_its_origin_has_happened(self) -> None:
        """003-16: departure within 3 h of the report, whether or not it is ever needed."""
        depart = promise_of(terms_of("sitech"), case_of("2026-02-12T10:00", "A"), "depart@breach:restore|declared")
        assert depart.due_at == at("2026-02-12T13:00")

    @pytest.mark.parametrize(
        ("origin", "key"),
        [("dispatched", "depart@dispatched"), ("emergency", "centre@emergency"), ("closed", "survey@closed")],
    )
    def test_what_has_not_begun_is_due_at_no_time(self, origin: str, key: str) -> None:
        """Until its origin happens."""
        case = case_of("2026-02-12T10:00", "emergency")
        assert promise_of(terms_of("xinhe"), case, key).due_at is None
        case = case_of("2026-02-12T10:00", "emergency", None, **{origin: "2026-02-12T11:00"})
        assert promise_of(terms_of("xinhe"), case, key).due_at is not None

    def test_an_appointment_later_than_the_dispatch_takes_its_place(self) -> None:
        """Clauses, Worked examples: nuobida IV, sent on Friday for Monday."""
        terms = terms_of("nuobida")
        moments = {"booked": "2026-03-02T10:00", "dispatched": "2026-02-27T16:00"}
        case = case_of("2026-02-27T15:00", "IV", None, **moments)
        assert promise_of(terms, case, "depart@dispatched").due_at == at("2026-03-02T10:15")
        assert promise_of(terms, case, "arrive@dispatched|onsite").due_at == at("2026-03-03T10:00")
        late = case_of("2026-02-27T15:00", "IV", None, **moments | {"dispatched": "2026-03-02T11:00"})
        assert promise_of(terms, late, "depart@dispatched").due_at == at("2026-03-02T11:15")


class TestRemoteCalendar:
    """000-25: levels III and IV of nuobida count in the hours that the customer's contract sets, if it sets any."""

    @pytest.mark.parametrize(
        ("hours", "due"),
        [
            ("5*8", "2026-02-14T10:00"),
            ("7*8", "2026-02-14T10:00"),
            ("5*24", "2026-02-13T18:00"),
            ("7*24", "2026-02-13T18:00"),
        ],
    )
    def test_the_contract_names_the_hours(self, hours: str, due: str) -> None:
        """Then service time is counted."""
        plan = promise_of(terms_of("nuobida", hours), case_of("2026-02-13T16:00", "III"), "plan")
        assert (plan.counting, plan.calendar, plan.due_at) == (Counting.SERVICE, hours, at(due))

    def test_without_any_the_clock_runs_day_and_night(self) -> None:
        """Nobody else's hours are assumed."""
        plan = promise_of(terms_of("nuobida"), case_of("2026-02-13T16:00", "III"), "plan")
        assert (plan.counting, plan.calendar, plan.default) == (Counting.WALL, "7*24", False)

    def test_levels_i_and_ii_do_not_depend_on_it(self) -> None:
        """They are counted on the wall."""
        case = case_of("2026-02-13T16:00", "I")
        assert promise_of(terms_of("nuobida", "5*8"), case, "plan").calendar == "7*24"


class TestProvisional:
    """Only what reaches into a year without a schedule."""

    @pytest.mark.parametrize(
        ("pack", "level", "key", "provisional"),
        [
            ("sitech", "C", "respond", True),
            ("sitech", "D", "respond", True),
            ("sitech", "A", "restore", False),
            ("fuao", "urgent", "arrive", False),
            ("fuao", "regular", "resolve", True),
        ],
    )
    def test_in_the_first_year_that_is_not_published(self, pack: str, level: str, key: str, provisional: bool) -> None:
        """Every-day calendars and the wall are never provisional."""
        case = case_of(f"{SCHEDULE.last_year + 1}-03-01T16:00", level)
        assert promise_of(terms_of(pack), case, key).provisional is provisional

    def test_a_promise_that_has_not_begun_is_not(self) -> None:
        """Nothing was computed."""
        case = case_of(f"{SCHEDULE.last_year + 1}-03-01T16:00", "C")
        assert not promise_of(terms_of("xinhe"), replace(case, level="normal"), "survey@closed").provisional


def test_a_calendar_that_the_terms_do_not_have_is_an_error() -> None:
    """Never a silent 7*24."""
    terms = replace(terms_of("sitech"), calendars=())
    with pytest.raises(LookupError, match=r"no calendar 7\*24"):
        promises(terms, case_of("2026-02-12T10:00", "A"))
