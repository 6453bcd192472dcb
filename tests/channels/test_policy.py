"""The policy in the database: what waits, what need not leave any more, and that it holds up nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from domain.audience.desk import How
from domain.audience.letters import MOST
from domain.audience.messages import Message
from domain.audience.notices.notice import Whom
from domain.audience.reaching import Rule, Urgency, Wishes
from domain.audience.saying import Sentence
from domain.people.actors import Actor, Role
from domain.ticket.timeline import Happening
from domain.words.label import Label
from store.deliveries.claiming import Letter, claim
from store.deliveries.needing import DELIVERED, NOT_WANTED
from store.deliveries.outcomes import refused, sent
from store.deliveries.policy import lay_down, own, prefer
from store.deliveries.routing import open_channels, previewed, route
from store.deliveries.standing import troubled
from store.deliveries.waking import wake
from store.models import Delivered, DeliveryRow, Way
from store.paging import Window
from store.registry.record import Kind, Sought, changes
from store.registry.records import Shift
from store.registry.roster import add_shift
from tests.channels.conftest import ACTS, NOW, Say
from tests.domain.test_reaching import AT_ONCE
from tests.store.samples import entry

#: Four in the afternoon in China: somebody sleeps.
ASLEEP = Wishes(quiet=(time(14), time(22)))
AWAKE = datetime(2027, 3, 1, 14, tzinfo=UTC)
BY_NAME = {"grounds": {"whom": "owner", "how": "by_name"}}
#: What is no breach; and what is.
WARNS = BY_NAME | {"data": {"alarm": "rung", "rung": 80}}
#: A report of before there were calls, which says whom it calls.
CALLS: dict[str, object] = {"calls": ["duty_manager"]}
IN_TURN = Rule((Way.MAIL,), (Way.WEBHOOK,), after_min=10)


def claimed(engine: Engine, now: datetime = NOW, way: Way = Way.MAIL) -> list[Letter]:
    route(engine, [Way.MAIL, Way.WEBHOOK], now)
    wake(engine, now)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        return claim(session, way, now, 8, 8)


def ids(letters: list[Letter]) -> list[list[str]]:
    return [[each.id for each in letter.messages] for letter in letters]


@pytest.fixture
def asleep(engine: Engine) -> Engine:
    prefer(engine, "duty", ASLEEP)
    return engine


class TestQuietHours:
    def test_are_waited_for_and_end_in_one_letter(self, asleep: Engine, say: Say):
        told = [say(f"提醒{place}", **WARNS) for place in range(MOST + 1)]
        assert claimed(asleep) == []
        assert ids(claimed(asleep, AWAKE)) == [told]

    def test_hold_up_no_breach_of_the_same_ticket(self, asleep: Engine, say: Say):
        say("快到时限", **WARNS)
        breach = say("已超时", **BY_NAME)
        assert ids(claimed(asleep)) == [[breach]]

    def test_are_none_for_whoever_is_on_duty(self, asleep: Engine, say: Say):
        add_shift(asleep, Shift(Role.DUTY_MANAGER, "duty", NOW, NOW + timedelta(hours=8)))
        told = say("快到时限", **WARNS)
        assert ids(claimed(asleep)) == [[told]]

    def test_end_with_a_shift_that_begins_within_them(self, asleep: Engine, say: Say):
        """Also of the second channel, which follows as it would have then."""
        open_channels(asleep, [Way.WEBHOOK], NOW - timedelta(days=1))
        lay_down(asleep, Urgency.ACT, None, IN_TURN)
        told = say("快到时限", **WARNS, action=ACTS)
        assert claimed(asleep) == []
        begins = NOW + timedelta(hours=2)
        add_shift(asleep, Shift(Role.DUTY_MANAGER, "duty", begins, begins + timedelta(hours=8)))
        assert ids(claimed(asleep, begins)) == [[told]]
        assert claimed(asleep, begins + timedelta(minutes=9), Way.WEBHOOK) == []
        assert ids(claimed(asleep, begins + timedelta(minutes=10), Way.WEBHOOK)) == [[told]]

    def test_end_with_the_wish_for_them(self, asleep: Engine, say: Say):
        told = say("快到时限", **WARNS)
        assert claimed(asleep) == []
        prefer(asleep, "duty", Wishes())
        assert ids(claimed(asleep)) == [[told]]

    def test_that_have_begun_since_are_waited_for(self, asleep: Engine, say: Say):
        """It was told while they were awake, and could not leave then."""
        told = say("快到时限", **WARNS)
        route(asleep, [Way.MAIL], NOW - timedelta(hours=4))
        assert claimed(asleep) == []
        assert ids(claimed(asleep, AWAKE)) == [[told]]

    def test_hold_up_nothing_that_is_to_be_acted_on_now(self, asleep: Engine, say: Say):
        """As the rule has it, though other words are asked of the database: a missed call, a mail, a trouble."""
        told = [say("请马上处理", **BY_NAME | {"data": data, "action": ACTS}) for data in (*AT_ONCE, CALLS)]
        route(asleep, [Way.MAIL], NOW)
        with asleep.connect() as connection:
            leaves = connection.scalars(select(DeliveryRow.message).where(DeliveryRow.next_at <= NOW)).all()
        assert sorted(leaves) == sorted(told)

    def test_make_no_operator_look_for_what_waits_for_them(self, asleep: Engine, say: Say):
        say("快到时限", **WARNS)
        claimed(asleep)
        assert troubled(asleep, AWAKE - timedelta(minutes=1)) == {}
        assert troubled(asleep, AWAKE + timedelta(minutes=11)) == {"mail": "1 waiting"}


class TestWhatSomebodyRefusesMeanwhile:
    def test_stays_in_the_inbox(self, engine: Engine, say: Say):
        say("快到时限", **WARNS, action=ACTS)
        route(engine, [Way.MAIL], NOW)
        prefer(engine, "duty", Wishes(refused=frozenset({(Urgency.ACT, Way.MAIL)})))
        assert claimed(engine) == []
        with engine.connect() as connection:
            asked = select(DeliveryRow.state, DeliveryRow.said)
            assert connection.execute(asked).one() == (Delivered.NEEDLESS, NOT_WANTED)


class TestASecondChannel:
    @pytest.fixture
    def in_turn(self, engine: Engine) -> Engine:
        open_channels(engine, [Way.WEBHOOK], NOW - timedelta(days=1))
        lay_down(engine, Urgency.NOW, None, IN_TURN)
        return engine

    def test_is_silent_where_the_first_has_delivered(self, in_turn: Engine, say: Say):
        say("已超时")
        (letter,) = claimed(in_turn)
        assert claimed(in_turn, way=Way.WEBHOOK) == [], "before its time"
        sent(in_turn, letter, "250 ok", NOW)
        assert claimed(in_turn, NOW + timedelta(minutes=10), Way.WEBHOOK) == []
        with in_turn.connect() as connection:
            asked = select(DeliveryRow.state, DeliveryRow.said).where(DeliveryRow.channel == Way.WEBHOOK)
            assert connection.execute(asked).one() == (Delivered.NEEDLESS, DELIVERED)

    @pytest.mark.parametrize("becomes", [lambda *_: None, refused])
    def test_speaks_where_it_has_not(self, in_turn: Engine, say: Say, becomes: Callable[..., None]):
        told = say("已超时")
        (letter,) = claimed(in_turn)
        becomes(in_turn, letter, "550 no such user", NOW)
        assert ids(claimed(in_turn, NOW + timedelta(minutes=10), Way.WEBHOOK)) == [[told]]

    def test_goes_at_once_where_the_first_was_refused(self, in_turn: Engine, say: Say):
        told = say("已超时")
        (letter,) = claimed(in_turn)
        refused(in_turn, letter, "550 no such user", NOW)
        assert ids(claimed(in_turn, NOW, Way.WEBHOOK)) == [[told]]

    def test_speaks_though_a_group_has_heard(self, in_turn: Engine, say: Say):
        """Who is in it, and has read it, nobody knows."""
        open_channels(in_turn, [Way.WECOM], NOW - timedelta(days=1))
        lay_down(in_turn, Urgency.NOW, None, Rule((Way.MAIL, Way.WECOM), (Way.WEBHOOK,), after_min=10))
        told = say("已超时", action=ACTS)
        route(in_turn, [Way.MAIL, Way.WEBHOOK, Way.WECOM], NOW)
        (group,) = claimed(in_turn, way=Way.WECOM)
        sent(in_turn, group, "ok", NOW)
        (letter,) = claimed(in_turn)
        assert claimed(in_turn, NOW, Way.WEBHOOK) == [], "the mail is on its way"
        refused(in_turn, letter, "550 no such user", NOW)
        assert ids(claimed(in_turn, NOW, Way.WEBHOOK)) == [[told]]

    def test_that_is_a_group_is_silent_where_another_has_heard_of_the_entry(self, in_turn: Engine, say: Say):
        """Though it was told of it for somebody else."""
        groups = [Way.WECOM, Way.DINGTALK]
        open_channels(in_turn, groups, NOW - timedelta(days=1))
        lay_down(in_turn, Urgency.NOW, None, Rule((Way.WECOM,), (Way.DINGTALK,), after_min=10))
        for who in ("duty", "pm"):
            say("已超时", to=who, action=ACTS, seq=7)
        route(in_turn, [Way.MAIL, *groups], NOW)
        (group,) = claimed(in_turn, way=Way.WECOM)
        sent(in_turn, group, "ok", NOW)
        assert claimed(in_turn, way=Way.WECOM) == []
        assert claimed(in_turn, NOW + timedelta(minutes=10), Way.DINGTALK) == []


class TestARule:
    def test_of_a_role_goes_before_that_of_all(self, engine: Engine, say: Say):
        lay_down(engine, Urgency.NOW, None, Rule((Way.MAIL,)))
        lay_down(engine, Urgency.KNOW, None, Rule((Way.MAIL,)))
        lay_down(engine, Urgency.KNOW, Role.DUTY_MANAGER, Rule(()))
        informs = {"data": {}, "happening": "taken"}
        say("告知经理", **informs)
        told = say("告知工程师", to="engineer", **informs)
        assert ids(claimed(engine)) == [[told]]

    def test_and_what_somebody_prefers_are_on_record(self, engine: Engine):
        lay_down(engine, Urgency.ACT, Role.ENGINEER, IN_TURN)
        lay_down(engine, Urgency.ACT, Role.ENGINEER, None)
        prefer(engine, "duty", ASLEEP)
        removed, added = changes(engine, Sought(kind=Kind.CHANNEL_RULE), Window()).items
        assert (added.about, added.action, removed.action) == ("act/engineer", "added", "removed")
        assert added.after["first"] == ["mail"]
        (preferred,) = changes(engine, Sought(kind=Kind.PREFERENCE), Window()).items
        assert (preferred.whom, preferred.after["quiet_from"]) == ("duty", "14:00:00")

    def test_of_a_later_version_holds_up_nobody(self, engine: Engine, say: Say):
        with engine.begin() as connection:
            connection.execute(
                text("INSERT INTO channel_rule VALUES ('now', '', '{pigeon,mail}', '{}', 1, false, false)")
            )
            connection.execute(text("INSERT INTO channel_rule VALUES ('soon', 'x', '{mail}', '{}', 1, false, false)"))
            connection.execute(text("INSERT INTO preference VALUES ('duty', NULL, NULL, '{soon/pigeon,x}')"))
        told = say("已超时", data={"alarm": "rung", "rung": 10**6})
        assert ids(claimed(engine)) == [[told]]


def test_what_somebody_prefers_is_kept_as_they_said_it(engine: Engine):
    assert own(engine, "duty").wishes == Wishes()
    wishes = Wishes((time(22, 30), time(7)), frozenset({(Urgency.KNOW, Way.MAIL), (Urgency.ACT, Way.WEBHOOK)}))
    for each in (ASLEEP, wishes):
        prefer(engine, "duty", each)
        assert own(engine, "duty").wishes == each


def test_somebody_is_shown_the_channels_that_reach_them(engine: Engine):
    open_channels(engine, [Way.WECOM, Way.WEBHOOK], NOW)
    lay_down(engine, Urgency.NOW, Role.AUDITOR, IN_TURN)
    assert own(engine, "duty").rules[Urgency.NOW].first == (Way.MAIL, Way.WEBHOOK)
    assert own(engine, "auditor").rules[Urgency.NOW] == Rule((), (Way.WEBHOOK,)), "without an address"


@pytest.mark.parametrize("data", [{"alarm": "rung", "rung": 100}, {"alarm": "rung", "rung": 80}, {}])
@pytest.mark.parametrize("asks", [True, False])
@pytest.mark.parametrize("who", [Actor("duty", Role.DUTY_MANAGER), Actor("customer", Role.CUSTOMER_CONTACT)])
def test_a_rehearsal_says_by_which_channels_it_would_leave(
    asleep: Engine, say: Say, data: dict[str, object], who: Actor, asks: bool
):
    """As it does leave."""
    open_channels(asleep, [Way.WECOM], NOW - timedelta(days=1))
    words = Label("甲", "a")
    sentence = Sentence(words, words, words if asks else None)
    message = Message(who, entry(3, Happening.ALARM_RAISED), Whom.OWNER, How.BY_NAME, sentence, data)
    with asleep.connect() as connection:
        (found,) = previewed(connection, [message], NOW)
    say("甲", to=who.id, data=data, action=words.as_json() if asks else None, **BY_NAME)
    route(asleep, [Way.MAIL, Way.WECOM], NOW)
    columns = DeliveryRow.channel, DeliveryRow.next_at, DeliveryRow.instead
    with asleep.connect() as connection:
        assert {tuple(row) for row in connection.execute(select(*columns))} == {
            (each.way, each.at, each.instead) for each in found
        }
