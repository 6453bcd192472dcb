"""Sessions of browsers, what they are begun with, and what keeps passwords from being tried out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from domain.people.actors import Actor
from runtime.sign_in_settings import Way
from store.access import sessions, sign_in_flows, throttle
from store.access.sessions import Browser, Lives, Opened
from store.models import PersonRow, SessionRow, SessionSecretRow
from tests.people import PEOPLE

NOW = datetime(2026, 2, 13, 8, tzinfo=UTC)
LIVES = Lives()
BROWSER = Browser("Firefox", "10.0.0.7", Way.PASSWORD)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def begin(engine: Engine, user: str = "pm", now: datetime = NOW) -> str:
    """The first secret of a new session."""
    return str(sessions.begin(engine, PEOPLE[user], BROWSER, LIVES, now).renewed)


def show(engine: Engine, secret: str, at: datetime) -> Opened | None:
    return sessions.session_of(engine, engine, secret, LIVES, at)


def renewed(engine: Engine, secret: str, at: datetime) -> str:
    """The secret's successor, which is due then."""
    found = show(engine, secret, at)
    assert found is not None
    assert found.renewed
    return found.renewed


class TestASession:
    def test_stands_for_its_person(self, engine: Engine):
        """With all that the domain knows of them."""
        found = show(engine, begin(engine, "tech"), NOW)
        assert found is not None
        assert isinstance(found.actor, Actor)
        assert (found.actor.id, found.actor.department) == ("tech", "technical")

    def test_is_over_when_nobody_used_it_for_two_hours(self, engine: Engine):
        """A use, however late, keeps it alive."""
        secret = begin(engine)
        later = NOW + timedelta(hours=2) - SECOND
        following = renewed(engine, secret, later)
        assert show(engine, following, later + timedelta(hours=2) - SECOND) is not None
        assert show(engine, begin(engine), NOW + timedelta(hours=2)) is None

    def test_is_over_after_twelve_hours_however_much_it_is_used(self, engine: Engine):
        """Half-open, as all periods are."""
        secret, at = begin(engine), NOW
        while at < NOW + timedelta(hours=12) - MINUTE:
            found = show(engine, secret, at)
            assert found is not None, at
            secret, at = found.renewed or secret, at + timedelta(minutes=30)
        assert show(engine, secret, NOW + timedelta(hours=12)) is None

    def test_that_is_kept_outlives_hours_without_a_network_and_nothing_else(self, engine: Engine):
        """In a machine room nobody uses it; after its twelve hours it is over, and once ended it opens nothing."""
        opened = sessions.begin(engine, PEOPLE["engineer"], replace(BROWSER, keeps=True), LIVES, NOW)
        secret, late = str(opened.renewed), NOW + timedelta(hours=12) - SECOND
        assert opened.id in {each.id for each in sessions.sessions_of(engine, "engineer", LIVES, late)}
        following = renewed(engine, secret, late)
        assert show(engine, following, late) is not None
        assert show(engine, following, NOW + timedelta(hours=12)) is None
        assert sessions.end(engine, "engineer", opened.id, late)
        assert show(engine, following, late) is None

    def test_leaves_nothing_in_the_database_that_opens_it(self, engine: Engine):
        """Whoever reads the tables can sign in as nobody."""
        secret = begin(engine, "duty")
        with Session(engine) as session:
            row = session.scalars(select(SessionRow).where(SessionRow.person_id == "duty")).one()
            hashes = list(session.scalars(select(SessionSecretRow.hash).filter_by(session_id=row.id)))
        assert len(secret) >= 43  # 256 bits
        assert secret not in {*hashes, row.id, row.csrf}
        assert all(show(engine, word, NOW) is None for word in (*hashes, row.id, row.csrf))

    def test_ends_for_its_owner_only(self, engine: Engine):
        """Nobody ends another's by its id."""
        secret = begin(engine, "stock")
        (row,) = sessions.sessions_of(engine, "stock", LIVES, NOW)
        assert not sessions.end(engine, "pm", row.id, NOW)
        assert show(engine, secret, NOW) is not None
        assert sessions.end(engine, "stock", row.id, NOW)
        assert show(engine, secret, NOW) is None

    def test_of_somebody_who_left_opens_nothing(self, engine: Engine):
        """From the moment on at which an administrator says so."""
        secret = begin(engine, "engineer2")
        with engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "engineer2").values(active=False))
        assert show(engine, secret, NOW) is None


class TestASecret:
    def test_is_renewed_after_a_quarter_of_an_hour(self, engine: Engine):
        """Not before, and then once."""
        secret = begin(engine)
        early = show(engine, secret, NOW + timedelta(minutes=15) - SECOND)
        assert early is not None
        assert early.renewed is None
        following = renewed(engine, secret, NOW + timedelta(minutes=15))
        assert following != secret

    def test_stays_good_for_requests_that_are_under_way(self, engine: Engine):
        """Parallel ones get no second successor, and do not fail for a minute."""
        secret, due = begin(engine), NOW + timedelta(minutes=15)
        following = renewed(engine, secret, due)
        parallel = show(engine, secret, due)
        assert parallel is not None
        assert parallel.renewed is None
        assert show(engine, following, due + SECOND) is not None
        assert show(engine, secret, due + MINUTE) is not None

    def test_that_was_copied_ends_the_session_for_both(self, engine: Engine):
        """Shown long after its successor, it tells that two have it."""
        secret, due = begin(engine), NOW + timedelta(minutes=15)
        following = renewed(engine, secret, due)
        assert show(engine, following, due + SECOND) is not None
        assert show(engine, secret, due + SECOND + MINUTE) is None
        assert show(engine, following, due + 2 * MINUTE) is None

    def test_whose_successor_was_lost_on_the_way_is_renewed_again(self, engine: Engine):
        """A phone in a cellar stays signed in: no successor was ever shown."""
        secret, due = begin(engine), NOW + timedelta(minutes=15)
        lost = renewed(engine, secret, due)
        again = renewed(engine, secret, due + timedelta(hours=1))
        assert again != lost
        assert show(engine, again, due + timedelta(hours=1, minutes=1)) is not None


class TestTheWait:
    @pytest.mark.parametrize(
        ("failures", "seconds"), [(4, 0), (5, 1), (6, 2), (7, 4), (12, 128), (15, 900), (999, 900)]
    )
    def test_doubles_with_each_failure_after_the_fifth(self, failures: int, seconds: int):
        """Up to a quarter of an hour."""
        assert throttle.Measure("x").wait(failures) == timedelta(seconds=seconds)

    def test_falls_on_strangers_and_not_on_a_browser_that_is_known(self, engine: Engine):
        """Whoever knows the name of a user cannot lock them out."""
        device = throttle.remember(engine, None, "hotline", NOW)
        strangers = throttle.of_sign_in("hotline", "10.6.6.6", None)
        assert [throttle.admit(engine, strangers, NOW) for _ in range(5)] == [None] * 5
        assert throttle.admit(engine, strangers, NOW) == SECOND
        assert throttle.admit(engine, throttle.of_sign_in("hotline", "10.9.9.9", None), NOW) == SECOND
        assert throttle.admit(engine, throttle.of_sign_in("hotline", "10.6.6.6", device), NOW) is None

    def test_is_over_with_a_success(self, engine: Engine):
        """The next row of failures begins at nothing."""
        measures = throttle.of_sign_in("expert", "10.1.1.1", None)
        for _ in range(5):
            throttle.admit(engine, measures, NOW)
        throttle.forgive(engine, measures)
        assert [throttle.admit(engine, measures, NOW) for _ in range(4)] == [None] * 4

    def test_falls_on_an_address_that_tries_many_users(self, engine: Engine):
        """Each user once; a success with an account of one's own does not help."""
        for number in range(100):
            assert throttle.admit(engine, throttle.of_sign_in(f"user{number}", "10.2.2.2", None), NOW) is None
        mine = throttle.of_sign_in("mine", "10.2.2.2", None)
        assert throttle.admit(engine, mine, NOW) == SECOND
        assert throttle.admit(engine, mine, NOW + SECOND) is None
        throttle.forgive(engine, mine)
        assert throttle.admit(engine, throttle.of_sign_in("victim", "10.2.2.2", None), NOW + SECOND) is None
        assert throttle.admit(engine, throttle.of_sign_in("victim", "10.2.2.2", None), NOW + SECOND) == 2 * SECOND

    def test_of_an_address_is_forgotten_after_an_hour_without_failures(self, engine: Engine):
        """So that the slips of an office do not add up for weeks."""
        measures = throttle.of_sign_in("quiet", "10.4.4.4", None)[1:]
        for _ in range(100):
            throttle.admit(engine, measures, NOW)
        assert throttle.admit(engine, measures, NOW) == SECOND
        assert [throttle.admit(engine, measures, NOW + timedelta(hours=1)) for _ in range(3)] == [None] * 3

    def test_is_forgotten_after_a_day(self, engine: Engine):
        """Rows of failures do not grow for ever."""
        measures = throttle.of_sign_in("vendor", "10.3.3.3", None)
        for _ in range(5):
            throttle.admit(engine, measures, NOW)
        tomorrow = NOW + timedelta(days=1, seconds=1)
        assert [throttle.admit(engine, measures, tomorrow) for _ in range(4)] == [None] * 4


class TestABrowser:
    def test_is_known_for_those_whom_it_signed_in(self, engine: Engine):
        """For others too when they sign in with it, as at a shared desk."""
        device = throttle.remember(engine, None, "pm", NOW)
        assert throttle.is_known(engine, device, "pm", NOW)
        assert not throttle.is_known(engine, device, "duty", NOW)
        assert throttle.remember(engine, device, "duty", NOW) == device
        assert throttle.is_known(engine, device, "pm", NOW)

    def test_gets_a_sign_of_ours_whatever_it_shows(self, engine: Engine):
        """Nobody plants one that they know."""
        assert throttle.remember(engine, "planted", "pm", NOW) != "planted"


class TestAFlow:
    def test_ends_once_by_the_browser_that_began_it(self, engine: Engine):
        """With what only the server knew."""
        flow = sign_in_flows.begin(engine, "oidc", NOW)
        assert sign_in_flows.take(engine, "oidc", flow.state, flow.browser, NOW) == flow
        assert sign_in_flows.take(engine, "oidc", flow.state, flow.browser, NOW) is None

    @pytest.mark.parametrize("wrong", ["browser", "provider", "late"])
    def test_ends_for_nobody_else(self, engine: Engine, wrong: str):
        """Nor by another provider, nor after ten minutes."""
        flow = sign_in_flows.begin(engine, "oidc", NOW)
        browser = "another" if wrong == "browser" else flow.browser
        provider = "feishu" if wrong == "provider" else "oidc"
        at = NOW + sign_in_flows.LASTS if wrong == "late" else NOW
        assert sign_in_flows.take(engine, provider, flow.state, browser, at) is None
