"""The table of notices: whole, spoken in both languages, and showing nobody what is hidden from them."""

import re
from collections.abc import Iterator

import pytest

from domain.audience.notices.alarms import ASKED_FOR, NO_ALARM, NO_CONTRACT
from domain.audience.notices.index import ALARMS, NOTICES
from domain.audience.notices.notice import OUTSIDE, WORDS, Notice, Told, Whom
from domain.audience.sentences import fields
from domain.audience.sights import HAPPENINGS, REMINDERS, Whose
from domain.contract.clauses import Kind
from domain.ticket.deadlines import Event
from domain.ticket.timeline import Happening
from domain.words.label import Label
from tests.domain.notices import DESK, TICKET, actor, entry

_FIELD = re.compile(r"\{(\w+)\}")


def rows() -> Iterator[tuple[str, Told]]:
    """The whole table."""
    yield from ((str(happening), row) for happening, row in NOTICES.items())
    yield from ((str(alarm), row) for alarm, row in ALARMS.items())


def notices() -> Iterator[tuple[str, Notice]]:
    return ((name, notice) for name, row in rows() for notice in row.notices)


class TestTheTable:
    def test_has_a_row_for_every_happening(self):
        """Write it in a room of domain/audience/notices: whom it tells in which words, or nobody("why")."""
        missing = sorted(set(Happening) - set(NOTICES) - {Happening.ALARM_RAISED})
        assert not missing, f"{', '.join(missing)}: say in domain/audience/notices/ whom it tells, or nobody(why)"

    def test_has_a_row_for_every_alarm(self):
        """Write it in domain/audience/notices/alarms.py, or in NO_ALARM the happening that tells instead."""
        missing = sorted(set(Event) - set(ALARMS) - set(NO_ALARM))
        assert not missing, f"{', '.join(missing)}: say in domain/audience/notices/alarms.py whom it tells"
        assert set(ALARMS) <= {*Event, NO_CONTRACT}

    def test_names_a_happening_for_what_raises_no_alarm(self):
        assert set(NO_ALARM.values()) <= set(NOTICES)
        assert not set(NO_ALARM) & set(ALARMS)

    def test_tells_somebody_or_says_why_nobody_is_told(self):
        assert not [name for name, row in rows() if not row.notices and not row.nobody]

    def test_means_somebody_with_every_word(self):
        """A word that no row has would be dead."""
        assert {whom for _, notice in notices() for whom in notice.to} == set(Whom)
        assert set(WORDS) == set(Whom)

    def test_asks_for_every_kind_of_promise(self):
        assert set(ASKED_FOR) == set(Kind)


class TestASentence:
    def test_is_there_in_both_languages(self):
        """Title and text of every notice, and what it asks."""
        for name, notice in notices():
            for label in (notice.title, notice.text, *((notice.action,) if notice.action else ())):
                assert label.zh.strip(), name
                assert label.en.strip(), name

    def test_ends_as_a_sentence(self):
        for name, notice in notices():
            for label in (notice.text, *((notice.action,) if notice.action else ())):
                assert (label.zh[-1], label.en[-1]) == ("。", "."), name

    def test_has_only_fields_that_can_be_filled_in(self):
        known = set(fields(entry(Happening.NOTED, "engineer"), TICKET, actor("duty"), DESK))
        for name, notice in notices():
            assert _fields(notice) <= known, name


class TestPeopleOutside:
    #: What of ticket and entry is for the customer's people in any sentence; whoever acted by name only where they
    #: may know it, and the words of an entry only as far as they see them.
    FOR_CUSTOMERS = frozenset(
        {
            "number", "title", "level", "contact", "to", "to_phone", "actor", "owner", "said", "scope", "until",
            "pause", "plan", "change", "part", "version", "stage", "promises", "into", "device", "asked",
        }
    )  # fmt: skip

    def test_are_told_only_of_what_they_see(self):
        """Otherwise the message would tell what the timeline hides."""
        for name, row in rows():
            for notice in row.notices:
                for whom in OUTSIDE & set(notice.to):
                    column = int(whom in {Whom.VENDOR_NAMED, Whom.VENDORS})
                    is_seen = HAPPENINGS[Happening(name)][column].whose if name in set(Happening) else None
                    assert is_seen not in {None, Whose.NOBODYS} or name in REMINDERS, (name, whom)

    def test_have_words_of_their_own(self):
        """What we say to one another about a customer is never sent to that customer."""
        for name, notice in notices():
            outside = OUTSIDE & set(notice.to)
            assert outside in (set(), set(notice.to)), name
            if outside and not outside & {Whom.VENDOR_NAMED, Whom.VENDORS}:
                assert _fields(notice) <= self.FOR_CUSTOMERS, name

    @pytest.mark.parametrize("whom", sorted(OUTSIDE))
    def test_are_meant_somewhere(self, whom: Whom):
        assert [name for name, notice in notices() if whom in notice.to]


def _fields(notice: Notice) -> set[str]:
    labels: list[Label] = [notice.title, notice.text, *([notice.action] if notice.action else [])]
    return {name for label in labels for name in _FIELD.findall(label.zh + label.en)}
