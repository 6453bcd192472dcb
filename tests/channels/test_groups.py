"""A group hears once what many are told, by whichever message of it can leave."""

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from store.deliveries.claiming import Letter, claim
from store.deliveries.outcomes import delayed, refused, sent
from store.deliveries.routing import REACH, route
from store.models import DeliveryRow, Way
from tests.channels.conftest import ACTS, NOW, TICKETS, Say

#: Why one of an entry's messages need not leave, or cannot.
SPOILT = {
    "cannot enter": "UPDATE person SET active = false WHERE id = 'duty'",
    "was answered": "UPDATE ticket SET call = 3, answered_by = NULL",
    "cannot be read": "UPDATE notification SET title = '{}' WHERE id = 'a'",
}


def claimed(engine: Engine, way: Way = Way.WECOM) -> list[Letter]:
    route(engine, [way], NOW)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        return claim(session, way, NOW, 8, 8)


class TestAGroup:
    def test_hears_once_what_many_are_told(self, group: Engine, say: Say):
        ids = [say("响应已超时", to=who, seq=7, action=ACTS) for who in ("duty", "engineer", "hotline")]
        (letter,) = claimed(group)
        assert [each.id for each in letter.messages] == ids[:1]
        say("响应已超时", to="leader", seq=7, action=ACTS)
        sent(group, letter, "0 ok", NOW)
        assert claimed(group) == [], "also of what is routed later"

    @pytest.mark.parametrize("why", ["cannot enter", "was answered", "cannot be read"])
    def test_misses_no_alarm_because_one_of_many_need_not_hear_it(self, group: Engine, say: Say, why: str):
        """Whoever cannot enter any more, or is only informed of a call, does not stand for the others."""
        is_call = {"data": {"alarm": "unanswered"}, "call": 3} if why == "was answered" else {}
        first = say("呼叫无人认领", to="duty", seq=7, action=ACTS, id="a", **is_call | {"call": None})
        second = say("呼叫无人认领", to="engineer", seq=7, action=ACTS, id="b", **is_call)
        with group.begin() as connection:
            connection.execute(text(SPOILT[why]))
        assert [[each.id for each in letter.messages] for letter in claimed(group)] == [[second]], first

    def test_hears_from_another_what_the_first_could_not_bring(self, group: Engine, say: Say):
        """It was tried, its recipient left meanwhile, and the entry is the group's all the same."""
        say("请接单", to="duty", seq=7, action=ACTS, id="a")
        second = say("请接单", to="engineer", seq=7, action=ACTS, id="b")
        (letter,) = claimed(group)
        delayed(group, letter, "-1 busy", NOW, NOW)
        with group.begin() as connection:
            connection.execute(text(SPOILT["cannot enter"]))
        assert [letter.id for letter in claimed(group)] == [second]

    def test_is_posted_to_once_about_an_entry_that_its_product_does_not_take(self, group: Engine, say: Say):
        for who in ("duty", "engineer"):
            say("请接单", to=who, seq=7, action=ACTS)
        (letter,) = claimed(group)
        refused(group, letter, "40058 invalid", NOW)
        assert claimed(group) == []

    def test_hears_what_asks_somebody_of_ours_to_act_about_a_ticket(self, group: Engine, say: Say):
        say("只是告知", to="duty")
        say("给客户", to="customer", action=ACTS, grounds={"whom": "contact", "how": "by_name"})
        say("您的邮箱已移除", to="duty", ticket=None, seq=None, action=ACTS)
        id_ = say("请接单", to="duty", action=ACTS)
        assert [[each.id for each in letter.messages] for letter in claimed(group)] == [[id_]]

    def test_hears_what_one_of_them_has_read(self, group: Engine, say: Say):
        id_ = say("请接单", action=ACTS, read_at=NOW)
        assert [letter.id for letter in claimed(group)] == [id_]

    def test_hears_of_one_ticket_in_order_whoever_was_told(self, group: Engine, say: Say):
        first = say("第一条", to="duty", action=ACTS)
        say("第二条", to="engineer", action=ACTS)
        assert [letter.id for letter in claimed(group)] == [first]
        assert claimed(group) == [], "the second, before the first has left"

    def test_hears_a_storm_as_one_post(self, group: Engine, say: Say):
        people = ("duty", "engineer", "hotline", "leader")
        for place in range(100):
            say(f"告警{place}", to=people[place % 4], ticket=TICKETS[place % 2], action=ACTS)
        (letter,) = claimed(group)
        assert len(letter.messages) == 100

    def test_is_posted_to_less_than_20_times_a_minute(self, group: Engine, say: Say):
        for place in range(30):
            say(f"告警{place}", to=("duty", "engineer")[place % 2], ticket=TICKETS[place % 2], action=ACTS)
            for letter in claimed(group):
                sent(group, letter, "0 ok", NOW)
        with group.connect() as connection:
            letters = connection.scalars(select(DeliveryRow.letter).where(DeliveryRow.sent_at == NOW)).all()
        assert len(set(letters)) == REACH[Way.WECOM].most < 20
