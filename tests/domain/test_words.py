"""The vocabulary: every word that a screen can show has a label in both languages."""

import pytest

from domain.contract.clauses import Arming, Counting, Kind, Origin
from domain.contract.facts import FACTS, fact_text, known_value, unknown_fact
from domain.contract.labels import ARMINGS, COUNTINGS, FACT_VALUES, KINDS, ORIGINS, PAUSES, YES_NO, fact_value
from domain.contract.labels import FACTS as FACT_LABELS
from domain.words.label import Label
from policies import load_pack, pack_ids


def labelled(labels: list[Label]) -> bool:
    """Both languages, and each label its own."""
    return all(label.zh and label.en for label in labels) and len({label.zh for label in labels}) == len(labels)


def test_every_word_has_a_label_in_both_languages() -> None:
    """The type checker does not notice a missing row of a table."""
    assert set(KINDS) == set(Kind)
    assert set(COUNTINGS) == set(Counting)
    assert set(ORIGINS) == set(Origin)
    assert set(ARMINGS) == set(Arming)
    assert set(FACT_LABELS) == set(FACTS)
    for table in (KINDS, COUNTINGS, ORIGINS, ARMINGS, FACT_LABELS, PAUSES):
        assert labelled(list(table.values()))


def test_every_value_of_every_fact_has_a_label() -> None:
    """Booleans share theirs; no label is left over."""
    named = {(fact, value) for fact, values in FACTS.items() for value in values if isinstance(value, str)}
    assert set(FACT_VALUES) == named
    for fact, values in FACTS.items():
        assert labelled([fact_value(fact, value) for value in values])
    assert set(YES_NO) == {True, False}


def test_every_reason_for_a_pause_has_a_label() -> None:
    """Those of the packs, and force majeure, which a contract may allow."""
    assert {reason for pack in pack_ids() for reason in load_pack(pack).pause_caps} | {"force_majeure"} == set(PAUSES)


@pytest.mark.parametrize(
    ("facts", "unknown"),
    [
        ({"major": True, "cause": "own"}, None),
        ({"colour": "red"}, "colour"),
        ({"cause": "weather"}, "cause=weather"),
        ({"major": "true"}, "major=true"),
        ({"on_site": 1}, "on_site=1"),
    ],
)
def test_what_the_vocabulary_does_not_have_is_named(facts: dict[str, str | bool], unknown: str | None) -> None:
    """``1`` and ``"true"`` are no booleans."""
    assert unknown_fact(facts) == unknown


def test_an_unknown_fact_takes_no_value_and_booleans_read_as_people_write_them() -> None:
    """``true`` and ``false``."""
    assert not known_value("colour", "red")
    assert [fact_text(value) for value in (True, False, "own")] == ["true", "false", "own"]
