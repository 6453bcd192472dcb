"""A promise is not put down in silence: whatever drops or postpones one says why, and an entry names each (fault 3)."""

from datetime import timedelta
from typing import Any, ClassVar

import pytest

from domain.contract.clauses import Kind
from domain.contract.labels import KINDS
from domain.ticket.obligations import State
from tests.domain.told import Told, tell

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


def changed(told: Told) -> dict[str, dict[str, Any]]:
    """What the last entry names, by obligation."""
    entry = told.ticket.fresh[-1]
    assert entry.happening == "promises_changed"
    return {each["obligation"]: each for each in entry.data["changed"]}


class TestEveryWayOfLowering:
    """Each was accepted without a word, and nobody was told."""

    @pytest.mark.parametrize(
        ("pack", "level", "facts", "said", "dropped", "later"),
        [
            ("standard", "severe", {}, {"facts": {"supplied": False}}, {"restore"}, {"respond"}),
            ("standard", "severe", {}, {"facts": {"asset": "application"}}, {"restore"}, set()),
            ("standard", "severe", {}, {"level": "general"}, set(), {"restore"}),
            ("fuao", "full_urgent", {}, {"level": "regular"}, set(), {"resolve"}),
            ("fuao", "urgent", {}, {"facts": {"major": True}}, {"substitute@breach:resolve"}, {"resolve"}),
            ("fuao", "urgent", {}, {"facts": {"asset": "application"}}, {"substitute@breach:resolve"}, set()),
            ("sitech", "A", {}, {"level": "C"}, {"restore"}, {"respond"}),
            ("nuobida", "II", {}, {"level": "III"}, set(), {"resolve"}),
        ],
    )
    def test_needs_a_reason_and_is_on_record(
        self,
        pack: str,
        level: str,
        facts: dict[str, Any],
        said: dict[str, Any],
        dropped: set[str],
        later: set[str],
    ):
        told = tell(pack, level, facts=facts)
        before = {key: told.due(key) for key in later}
        refused = told.expect_refused("engineer", "classify", "no_reason", **said)
        called = {kind: told.ticket.terms.kind_names.get(kind, name).zh for kind, name in KINDS.items()}
        assert all(called[Kind(key.partition("@")[0])] in refused.data["detail"]["zh"] for key in dropped | later)
        told.does("engineer", "classify", **said, reason="现场核实")
        named = changed(told)
        assert dropped <= {key for key, each in named.items() if each["dropped"]}
        for key in later:
            assert named[key]["before"] == before[key].isoformat()
            assert named[key]["after"] == told.due(key).isoformat()
            assert told.due(key) > before[key]

    def test_raising_needs_none(self):
        told = tell("standard", "general")
        told.does("engineer", "classify", level="severe")
        assert "promises_changed" not in told.happened()

    def test_the_first_level_needs_none(self):
        """Before it is known the gravest is assumed."""
        told = tell("sitech")
        told.does("engineer", "classify", level="D")
        assert "promises_changed" not in told.happened()

    def test_what_is_stated_along_with_the_first_level_is_measured_by_that_level(self):
        told = tell("standard")
        facts = {"supplied": False}
        told.expect_refused("engineer", "classify", "no_reason", level="severe", facts=facts)
        told.does("engineer", "classify", level="severe", facts=facts, reason="非我方供货")
        assert {"respond", "restore"} <= set(changed(told))

    def test_what_is_met_or_breached_is_not_put_down(self):
        told = tell("standard", "severe")
        told.does("engineer", "respond", text="已联系")
        told.passes(45 * MINUTES)
        assert told.state("restore") is State.BREACHED
        told.does("engineer", "classify", facts={"supplied": False})
        assert told.state("restore") is State.BREACHED

    def test_that_the_engineer_is_on_site_is_said_by_arriving(self):
        told = tell("fuao", "urgent", facts={"severity": "disastrous"})
        told.expect_refused("engineer", "classify", "stated_at_the_opening", facts={"on_site": True}, reason="x")


class TestClassifyingBack:
    """Due times depend on facts alone: the promise stands again as if it had never been dropped."""

    def test_a_promise_is_due_when_it_would_have_been(self):
        told = tell("standard", "severe")
        due = told.due("restore")
        told.does("engineer", "classify", facts={"supplied": False}, reason="误判")
        assert told.state("restore") is State.SUPERSEDED
        told.passes(10 * MINUTES)
        told.does("pm", "classify", facts={"supplied": True})
        assert told.state("restore") is State.RUNNING
        assert told.due("restore") == due

    def test_it_is_breached_at_once_where_it_is_due(self):
        told = tell("standard", "severe")
        told.does("engineer", "classify", facts={"supplied": False}, reason="误判")
        told.passes(45 * MINUTES)
        told.does("pm", "classify", facts={"supplied": True})
        told.passes(timedelta(0))
        assert told.state("restore") is State.BREACHED
        assert told.rungs("restore") == [100, 150][: len(told.rungs("restore"))]


class TestSeverity:
    """001-19: it counts as the customer's, whoever records it."""

    LESS: ClassVar[dict[str, Any]] = {"severity": "general"}
    AGREED: ClassVar[dict[str, Any]] = {"subject": "level_lowering", "text": "同意"}

    @pytest.mark.parametrize("who", ["hotline", "engineer", "pm"])
    def test_what_we_recorded_later_is_lowered_by_consent_only(self, who: str):
        told = tell("fuao", "urgent")
        told.does(who, "classify", facts={"severity": "serious"}, reason="客户补充")
        told.expect_refused("engineer", "classify", "severity_stands", facts=self.LESS, reason="x")
        told.expect_refused("customer", "consent", "not_in_writing", **self.AGREED)
        told.does("customer", "consent", **self.AGREED, evidence="传真")
        told.does("engineer", "classify", facts=self.LESS, reason="客户同意")

    def test_one_consent_does_not_lower_what_has_become_graver_since(self):
        told = tell("fuao", "urgent", facts={"severity": "serious"})
        told.does("customer", "consent", **self.AGREED, evidence="传真")
        told.does("engineer", "classify", facts=self.LESS, reason="客户同意")
        told.does("engineer", "classify", facts={"severity": "disastrous"}, reason="扩大")
        told.expect_refused("engineer", "classify", "severity_stands", facts=self.LESS, reason="x")

    def test_a_consent_is_withdrawn_without_evidence(self):
        told = tell("fuao", "urgent", facts={"severity": "serious"})
        told.does("customer", "consent", **self.AGREED, evidence="传真")
        told.does("customer", "consent", **self.AGREED, agreed=False)
        told.expect_refused("engineer", "classify", "severity_stands", facts=self.LESS, reason="x")
