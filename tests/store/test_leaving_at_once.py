"""Two leave at once: what was looked at before either did is looked at again where it is done."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from domain.people.actors import Role
from store.registry import people
from store.registry.faults import ConflictError
from store.registry.people import change_person
from store.registry.records import Person, Shift
from store.registry.resting import Leave
from store.registry.roster import add_shift


def test_who_leaves_is_not_followed_by_somebody_who_leaves_at_the_same_time(engine: Engine):
    """Each was looked at while the other was still there."""
    for id_ in ("twin-a", "twin-b"):
        people.add_person(engine, Person(id_, id_, Role.ENGINEER))
    change_person(engine, "twin-a", {"active": False}, leave=Leave("twin-b"))
    with pytest.raises(ConflictError) as refusal:
        change_person(engine, "twin-b", {"active": False}, leave=Leave("twin-a"))
    assert [fault.field for fault in refusal.value.faults] == ["successor"]
    left = people.details(engine, "twin-b")
    assert left is not None
    assert left.active


def test_nobody_leaves_with_what_has_just_become_theirs(engine: Engine):
    """A shift that somebody else left to them, when they were to leave with nothing."""
    for id_ in ("giver", "heir"):
        people.add_person(engine, Person(id_, id_, Role.ENGINEER))
    begins = datetime.now(UTC) + timedelta(days=1)
    add_shift(engine, Shift(Role.ENGINEER, "giver", begins, begins + timedelta(hours=8)))
    change_person(engine, "giver", {"active": False}, leave=Leave("heir"))
    with pytest.raises(ConflictError) as refusal:
        change_person(engine, "heir", {"active": False}, leave=Leave(nothing_rests=True))
    assert [fault.field for fault in refusal.value.faults] == ["active"]
