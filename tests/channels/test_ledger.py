"""A ledger of many messages, while senders are killed at any moment: none is lost, and what comes twice is the same."""

import random
import time
from collections import Counter
from datetime import timedelta
from functools import partial

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from channels.sending import AT_ONCE
from store.models import Delivered, DeliveryRow, PersonRow
from tests.channels.conftest import NOW, TICKETS
from tests.channels.post import Post
from tests.channels.test_mail import body, states
from tests.channels.test_process import sender, told
from tests.patience import eventually
from tests.store.samples import spoken

MESSAGES, KILLS = 240, 4
A_WHILE_AGO = NOW - timedelta(days=3650)


def test_nothing_is_lost_by_kills_and_what_comes_twice_is_the_same(engine: Engine, post: Post):
    with Session(engine) as session, session.begin():
        people = session.scalars(select(PersonRow.id).where(PersonRow.email.is_not(None))).all()
        for place in range(MESSAGES):
            words = {"zh": f"告警{place}", "en": f"Alarm {place}"}
            at = NOW + timedelta(seconds=place)
            to, ticket = people[place % len(people)], TICKETS[place % 2]
            session.add(spoken(id=f"m{place}", ticket=ticket, seq=place, recipient=to, title=words, created_at=at))
    environment = told(engine, post)
    for _ in range(KILLS):
        with sender(environment) as killed:
            eventually(partial(_leaves, engine, post, len(post.came)), "something leaves")
            time.sleep(random.random() / 20)
            killed.kill()
            killed.wait()
        _end_leases(engine)
    with sender(environment):
        eventually(lambda: _end_minutes(engine) or _is_over(engine), "all that is left leaves")

    came = Counter(str(mail["Message-ID"]) for mail in post.came)
    said = {line for mail in post.came for line in body(mail, "plain").splitlines()}
    needed = {message for message, state in states(engine).items() if state is not Delivered.NEEDLESS}
    assert {f"告警{message[1:]}" for message in needed} <= said
    assert len(needed) > MESSAGES / 2
    assert sum(came.values()) - len(came) <= KILLS * AT_ONCE
    for id_ in came:
        assert len({body(mail, "plain") for mail in post.came if mail["Message-ID"] == id_}) == 1


def _leaves(engine: Engine, post: Post, before: int) -> bool:
    return len(post.came) > before or _is_over(engine)


def _is_over(engine: Engine) -> bool:
    found = states(engine).values()
    return len(found) > 0 and not {Delivered.WAITING, Delivered.LEAVING} & set(found)


def _end_leases(engine: Engine) -> None:
    """As if two minutes had passed."""
    with engine.begin() as connection:
        connection.execute(
            update(DeliveryRow).where(DeliveryRow.state == Delivered.LEAVING).values(next_at=A_WHILE_AGO)
        )


def _end_minutes(engine: Engine) -> bool:
    """As if a minute had passed since the last letter."""
    with engine.begin() as connection:
        connection.execute(update(DeliveryRow).where(DeliveryRow.state == Delivered.SENT).values(sent_at=A_WHILE_AGO))
    return False
