"""Reaching: by which channels a message leaves, and when."""

from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audience.desk import How
from domain.audience.reaching import (
    GROUPS,
    PERSONAL,
    RULES,
    Addresses,
    Leaving,
    Reader,
    Rule,
    Urgency,
    Way,
    Wishes,
    dialled,
    leaving,
    urgency,
    ways_to,
)

#: Three in the morning, and eight, in China.
NIGHT, MORNING = datetime(2027, 2, 28, 19, tzinfo=UTC), datetime(2027, 3, 1, 0, tzinfo=UTC)
ASLEEP = Wishes(quiet=(time(22), time(8)))
MAIL, BOTH = frozenset({Way.MAIL}), frozenset({Way.MAIL, Way.WEBHOOK})
IN_TURN = Rule((Way.MAIL,), (Way.WEBHOOK,), after_min=15)
TIMES = st.times().map(lambda each: each.replace(second=0, microsecond=0))
ANY_WISHES = st.builds(
    Wishes, st.none() | st.tuples(TIMES, TIMES), st.frozensets(st.sampled_from(list(product(Urgency, Way))))
)
SOME_WAYS = st.lists(st.sampled_from(Way), unique=True).map(tuple)
ANY_RULE = st.builds(Rule, SOME_WAYS, SOME_WAYS, st.integers(1, 1440), st.booleans(), st.booleans())
ANY_WAYS = st.frozensets(st.sampled_from(Way))
INSTANTS = st.integers(0, 366 * 24 * 60).map(lambda minutes: NIGHT + timedelta(minutes=minutes))


def to(ways: frozenset[Way] = MAIL, wishes: Wishes = ASLEEP, **fields: object) -> Reader:
    return Reader(ways, wishes, **fields)  # type: ignore[arg-type]  # by name


#: The data of messages that wait for nobody's quiet hours, whether they ask their reader to act or not.
AT_ONCE: list[dict[str, object]] = [
    {"alarm": "rung", "rung": 100}, {"alarm": "rung", "rung": 150}, {"alarm": "unowned"},
    {"alarm": "unowned_half"}, {"alarm": "unanswered"}, {"alarm": "off_duty"},
    {"phone_call": "c1"}, {"mail": "m1"}, {"trouble": "overdue", "over": False}, {"trouble": "lost", "over": False},
    {"trouble": "call_overdue"}, {"trouble": "call_fails"}, {"trouble": "flooded"},
    {"trouble": "unread"}, {"trouble": "no_room"}, {"trouble": "no_run"},
]  # fmt: skip


class TestWhatIsToBeActedOnNow:
    @pytest.mark.parametrize("data", AT_ONCE)
    def test_is_what_is_broken_or_nobodys_and_a_call_that_nobody_answers(self, data: dict[str, object]):
        assert urgency(data, asks=False, called=False) is Urgency.NOW

    def test_is_what_somebody_is_called_for_and_an_emergency(self):
        assert urgency({}, asks=True, called=True) is Urgency.NOW
        assert urgency({"stage": "emergency"}, asks=True, called=False) is Urgency.NOW

    def test_is_a_report_that_calls_somebody_and_no_end_of_a_trouble(self):
        """Also under terms of before there were calls."""
        assert urgency({"calls": ["duty_manager"]}, asks=True, called=False) is Urgency.NOW
        assert urgency({"calls": []}, asks=True, called=False) is Urgency.ACT
        assert urgency({"trouble": "overdue", "over": True}, asks=False, called=False) is Urgency.KNOW

    def test_leaves_by_a_group_where_nothing_else_reaches_anybody(self):
        leaves = leaving(Urgency.NOW, Rule((Way.MAIL,)), to(frozenset({Way.WECOM})), NIGHT)
        assert leaves == (Leaving(Way.WECOM, NIGHT),)

    def test_is_no_warning_and_nothing_that_informs(self):
        assert urgency({"alarm": "rung", "rung": 80}, asks=True, called=False) is Urgency.ACT
        assert urgency({"stage": "onsite"}, asks=False, called=False) is Urgency.KNOW

    @given(ANY_RULE, ANY_WISHES, ANY_WAYS, st.booleans(), st.sampled_from(How), INSTANTS)
    def test_leaves_at_once_by_a_channel_that_reaches_them_whatever_anybody_would_rather_have(
        self, rule: Rule, wishes: Wishes, ways: frozenset[Way], on_duty: bool, how: How, now: datetime
    ):
        """If there is any: nobody is left to their inbox because of a rule or of what they once chose."""
        found = leaving(Urgency.NOW, rule, Reader(ways, wishes, on_duty, how), now)
        at_once = {each.way for each in found if each.at == now and not each.instead}
        assert at_once & set(PERSONAL) or not ways & set(PERSONAL)


class TestQuietHours:
    def test_are_waited_for_by_what_can_wait(self):
        for wants in (Urgency.ACT, Urgency.KNOW):
            assert leaving(wants, RULES[wants], to(), NIGHT) == (Leaving(Way.MAIL, MORNING),)

    def test_mute_nothing_for_whoever_is_on_duty_or_where_the_roster_has_a_gap(self):
        for reader in (to(on_duty=True), to(how=How.NOBODY_ON_DUTY), to(how=How.SUBSTITUTE)):
            assert leaving(Urgency.ACT, RULES[Urgency.ACT], reader, NIGHT) == (Leaving(Way.MAIL, NIGHT),)

    def test_mute_nothing_that_the_company_will_not_have_muted(self):
        loud = Rule((Way.MAIL,), quiet=False)
        assert leaving(Urgency.ACT, loud, to(), NIGHT) == (Leaving(Way.MAIL, NIGHT),)

    def test_are_of_a_person_and_not_of_a_group(self):
        found = leaving(Urgency.ACT, RULES[Urgency.ACT], to(frozenset({Way.MAIL, Way.WECOM})), NIGHT)
        assert found == (Leaving(Way.MAIL, MORNING), Leaving(Way.WECOM, NIGHT))

    @pytest.mark.parametrize(
        ("quiet", "at", "until"),
        [
            ((time(22), time(8)), "22:00", "08:00"), ((time(22), time(8)), "07:59", "08:00"),
            ((time(22), time(8)), "08:00", "08:00"), ((time(22), time(8)), "21:59", "21:59"),
            ((time(12), time(14)), "12:30", "14:00"), ((time(12), time(14)), "14:00", "14:00"),
        ],
    )  # fmt: skip
    def test_begin_and_end_by_the_clock_in_china_also_over_midnight(
        self, quiet: tuple[time, time], at: str, until: str
    ):
        then = datetime.fromisoformat(f"2027-03-01T{at}:00+08:00")
        assert f"{Wishes(quiet).left_alone_until(then).astimezone(then.tzinfo):%H:%M}" == until

    @given(ANY_WISHES, INSTANTS)
    def test_end_within_a_day_and_outside_of_themselves(self, wishes: Wishes, now: datetime):
        until = wishes.left_alone_until(now)
        assert timedelta(0) <= until - now <= timedelta(days=1)
        is_all_day = wishes.quiet is not None and wishes.quiet[0] == wishes.quiet[1]
        assert is_all_day or wishes.left_alone_until(until) == until


class TestASecondChannel:
    def test_is_for_what_the_first_has_not_delivered_in_time(self):
        first, second = leaving(Urgency.NOW, IN_TURN, to(BOTH), NIGHT)
        assert first == Leaving(Way.MAIL, NIGHT)
        assert second == Leaving(Way.WEBHOOK, NIGHT + timedelta(minutes=15), instead=True)

    def test_is_counted_from_the_end_of_quiet_hours(self):
        _, second = leaving(Urgency.ACT, IN_TURN, to(BOTH), NIGHT)
        assert second.at == MORNING + timedelta(minutes=15)

    def test_is_the_first_for_whom_the_first_does_not_reach(self):
        webhook = frozenset({Way.WEBHOOK})
        assert leaving(Urgency.NOW, IN_TURN, to(webhook), NIGHT) == (Leaving(Way.WEBHOOK, NIGHT),)

    def test_is_waited_for_where_the_first_is_a_group_but_for_what_is_to_be_acted_on_now(self):
        """Nobody knows who of a group has read what."""
        rule, both = Rule((Way.WECOM,), (Way.MAIL,), after_min=15), frozenset({Way.WECOM, Way.MAIL})
        later = NIGHT + timedelta(minutes=15)
        assert leaving(Urgency.ACT, rule, to(both, Wishes()), NIGHT) == (
            Leaving(Way.MAIL, later, instead=True),
            Leaving(Way.WECOM, NIGHT),
        )
        assert leaving(Urgency.NOW, rule, to(both, Wishes()), NIGHT) == (
            Leaving(Way.MAIL, NIGHT),
            Leaving(Way.WECOM, NIGHT),
        )
        assert leaving(Urgency.ACT, rule, to(MAIL, Wishes()), NIGHT) == (Leaving(Way.MAIL, NIGHT),)

    def test_that_is_a_group_waits_for_the_first_of_a_persons_own(self):
        rule = Rule((Way.MAIL,), (Way.WECOM,), after_min=15)
        _, group = leaving(Urgency.ACT, rule, to(frozenset({Way.WECOM, Way.MAIL})), NIGHT)
        assert group == Leaving(Way.WECOM, NIGHT + timedelta(minutes=15), instead=True)


class TestWhatSomebodyRefuses:
    def test_stays_in_the_inbox(self):
        refuses = Wishes(refused=frozenset({(Urgency.KNOW, Way.MAIL)}))
        assert leaving(Urgency.KNOW, RULES[Urgency.KNOW], to(wishes=refuses), NIGHT) == ()
        assert leaving(Urgency.ACT, RULES[Urgency.ACT], to(wishes=refuses), NIGHT)

    def test_comes_all_the_same_where_the_company_has_fixed_it(self):
        refuses = Wishes(refused=frozenset({(Urgency.KNOW, Way.MAIL)}))
        fixed = Rule((Way.MAIL,), fixed=True)
        assert leaving(Urgency.KNOW, fixed, to(wishes=refuses), NIGHT) == (Leaving(Way.MAIL, NIGHT),)

    @given(ANY_RULE, ANY_WISHES, ANY_WAYS, st.sampled_from(Urgency), INSTANTS)
    def test_changes_nothing_for_a_group_and_nothing_leaves_twice_or_where_nobody_is(
        self, rule: Rule, wishes: Wishes, ways: frozenset[Way], wants: Urgency, now: datetime
    ):
        found = leaving(wants, rule, Reader(ways, wishes), now)
        assert len({each.way for each in found}) == len(found)
        assert {each.way for each in found} <= ways
        of_groups = [each for each in found if each.way in GROUPS]
        assert of_groups == [each for each in leaving(wants, rule, Reader(ways), now) if each.way in GROUPS]


def test_without_a_word_of_anybodys_everything_leaves_at_once_and_what_can_wait_rings_no_telephone():
    everywhere, phones = frozenset(Way), {Way.SMS, Way.VOICE}
    expected = {Urgency.NOW: everywhere, Urgency.ACT: everywhere - phones, Urgency.KNOW: set(PERSONAL) - phones}
    for wants, ways in expected.items():
        found = leaving(wants, RULES[wants], Reader(everywhere), NIGHT)
        assert {each.way for each in found if each.at == NIGHT and not each.instead} == ways


class TestTheTelephone:
    @pytest.mark.parametrize(
        ("phone", "number"),
        [
            ("+86 138 0000 0000", "+8613800000000"), ("(010) 8888-6666", "01088886666"), ("110", "110"),
            ("010-88886666 分机 8001", None), ("010-88886666 x8001", None), (None, None), ("", None),
        ],
    )  # fmt: skip
    def test_is_dialled_by_a_machine_where_nobody_has_to_put_it_through(self, phone: str | None, number: str | None):
        assert dialled(phone) == number

    def test_rings_for_nothing_but_a_call(self):
        everywhere = Addresses("a@example.com", "13800000000", frozenset({"wecom", "dingtalk", "feishu"}))
        for called in (True, False):
            found = set(ways_to(Way, everywhere, called=called, of_group=False))
            assert found == set(PERSONAL) - (set() if called else {Way.VOICE})


def test_a_person_is_reached_in_the_products_in_which_they_have_an_account():
    found = set(ways_to(Way, Addresses(bound=frozenset({"feishu", "oidc"})), called=True, of_group=False))
    assert found == {Way.FEISHU_APP, Way.WEBHOOK}
