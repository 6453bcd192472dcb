"""What messages read: of all that people try on a ticket of each contract, and of what time brings to it."""

from datetime import timedelta

import pytest

from domain.audience.messages import messages
from domain.people.actors import Actor
from tests.domain.notices import DESK, TICKET
from tests.domain.test_words_of_refusals import reads
from tests.domain.told import tell
from tests.people import PEOPLE
from tests.separation.moves import THEMES, sender
from tests.separation.starts import STARTS

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("pack", sorted(STARTS))
def test_no_message_shows_a_key_of_the_engines(pack: str):
    """Whoever moves what, in Chinese: title, text, and what is asked."""
    start = STARTS[pack][0]
    told = tell(start.contract.pack, start.level, facts=start.facts, switches=dict(start.switches))
    moves = [(sender(move, number), move) for theme in THEMES.values() for number, move in enumerate(theme)]
    for who, move in (*start.done, *moves):
        told.says(who if isinstance(who, Actor) else PEOPLE[who], move.kind, None, move.at(told.now, MINUTE))
    told.passes(timedelta(days=2))
    said = [each.sentence for each in messages(told.ticket.fresh, TICKET, DESK)]
    words = [words for each in said for words in (each.title, each.text, each.action) if words is not None]
    assert words
    assert not [each.zh for each in words if not reads(each)]
