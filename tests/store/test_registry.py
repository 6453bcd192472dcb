"""The registry: people, their tokens and passwords, contracts, and the demo."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from demo.people import CUSTOMERS, PEOPLE
from demo.seed import seed
from domain.people.actors import Role
from policies import pack_ids
from store.access import tokens
from store.access.passwords import reset_password, signs_in, weakness
from store.access.tokens import Purpose
from store.database import connect
from store.models import ContractRow, PersonRow, TokenRow
from store.registry.contracts import NoContractError, contract_of, pack_of
from store.registry.people import headcount, person

NOW = datetime(2026, 2, 13, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


class TestAToken:
    def test_stands_for_its_person_until_it_expires(self, engine: Engine):
        """Half-open: at the instant of its end it opens nothing."""
        token = tokens.issue(engine, "tech", name="phone", lasts=HOUR, now=NOW)
        found = tokens.bearer(engine, token, NOW)
        assert found is not None
        actor = found.actor
        assert (actor.id, actor.role, actor.department) == ("tech", Role.CUSTOMER_APPROVER, "technical")
        assert actor.customers == tuple(CUSTOMERS)
        assert tokens.bearer(engine, token, NOW + HOUR) is None

    def test_opens_nothing_once_it_is_revoked(self, engine: Engine):
        """Its owner revokes it by its id; nobody else can."""
        made = tokens.make(engine, "pm", Purpose("phone", ["read"], NOW + HOUR), NOW)
        assert not tokens.revoke(engine, "duty", made.id, NOW)
        assert tokens.bearer(engine, made.token, NOW) is not None
        assert tokens.revoke(engine, "pm", made.id, NOW)
        assert tokens.bearer(engine, made.token, NOW) is None

    def test_ends_with_the_token_that_it_was_made_with(self, engine: Engine):
        """And so does one made with it in turn."""
        made, parent = [], None
        for name in ("first", "second", "third"):
            made.append(tokens.make(engine, "pm", Purpose(name, ["read"], NOW + HOUR, parent), NOW))
            parent = made[-1].id
        assert tokens.revoke(engine, "pm", made[1].id, NOW)
        assert [tokens.bearer(engine, one.token, NOW) is None for one in made] == [False, True, True]

    def test_of_somebody_who_left_opens_nothing(self, engine: Engine):
        """From the moment on at which an administrator says so."""
        token = tokens.issue(engine, "auditor", name="x", lasts=HOUR, now=NOW)
        with Session(engine) as session, session.begin():
            session.get_one(PersonRow, "auditor").active = False
        assert tokens.bearer(engine, token, NOW) is None
        with Session(engine) as session, session.begin():
            session.get_one(PersonRow, "auditor").active = True

    def test_is_not_in_the_database(self, engine: Engine):
        """Whoever reads the tables can sign in as nobody."""
        token = tokens.issue(engine, "duty", name="secret", lasts=HOUR, now=NOW)
        with Session(engine) as session:
            row = session.scalars(select(TokenRow).where(TokenRow.name == "secret")).one()
        assert token not in {row.hash, row.person_id, row.name}
        assert len(token) >= 43  # 256 bits
        assert tokens.bearer(engine, row.hash, NOW) is None

    def test_notes_its_use_at_most_once_a_minute(self, engine: Engine):
        """A write for every request would be waste."""
        token = tokens.issue(engine, "expert", name="used", lasts=HOUR, now=NOW)

        def used(after: int) -> datetime | None:
            tokens.bearer(engine, token, NOW + timedelta(seconds=after))
            with Session(engine) as session:
                return session.scalars(select(TokenRow.last_used_at).where(TokenRow.name == "used")).one()

        assert [used(0), used(59), used(60)] == [NOW, NOW, NOW + timedelta(minutes=1)]

    def test_is_for_people_only_who_exist(self, engine: Engine):
        """The error names those who do."""
        with pytest.raises(tokens.UnknownPersonError, match="engineer2"):
            tokens.issue(engine, "nobody", name="x", lasts=HOUR, now=NOW)


class TestAPassword:
    def test_signs_its_person_in(self, engine: Engine):
        """A new one replaces the old."""
        old = reset_password(engine, "stock")
        new = reset_password(engine, "stock")
        assert signs_in(engine, "stock", old) is None
        proven = signs_in(engine, "stock", new)
        assert proven is not None
        assert proven.actor.role is Role.STOCK_KEEPER

    def test_is_wrong_for_a_person_who_does_not_exist(self, engine: Engine):
        """And for one who has none."""
        with Session(engine) as session, session.begin():
            session.add(PersonRow(id="silent", name="无密码", role=Role.EXPERT, customers=()))
        assert signs_in(engine, "nobody", "x") is None
        assert signs_in(engine, "silent", "x") is None

    def test_opens_nothing_for_somebody_who_left(self, engine: Engine):
        """However right it is."""
        right = reset_password(engine, "expert")
        with Session(engine) as session, session.begin():
            session.get_one(PersonRow, "expert").active = False
        assert signs_in(engine, "expert", right) is None
        with Session(engine) as session, session.begin():
            session.get_one(PersonRow, "expert").active = True

    def test_is_hashed_anew_when_the_cost_has_grown(self, engine: Engine):
        """At the next sign-in, which is when we know it."""
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("a password of old")
        with Session(engine) as session, session.begin():
            session.get_one(PersonRow, "vendor").password_hash = cheap
        assert signs_in(engine, "vendor", "a password of old") is not None
        with Session(engine) as session:
            assert not PasswordHasher().check_needs_rehash(str(session.get_one(PersonRow, "vendor").password_hash))

    @pytest.mark.parametrize(
        ("password", "why"),
        [
            ("elevenchars", "short"),
            ("Engineer-and-more-1", "name"),
            ("李建国的密码很长很长很长", "name"),
            ("Password123456!", "common"),
            ("qwertyqwerty1", "common"),
            ("aaaaaaaaaaaaaaaa", "common"),
            ("correct horse battery", None),
            ("三月的雨落在老城的青石板上", None),
        ],
    )
    def test_must_not_be_easy_to_guess(self, password: str, why: str | None):
        """Length is what helps; names and what everybody tries first do not."""
        assert weakness(password, "engineer", "李建国") == why

    def test_is_set_only_for_people_who_exist(self, engine: Engine):
        """The error names them."""
        with pytest.raises(tokens.UnknownPersonError, match="hotline"):
            reset_password(engine, "nobody")


class TestAContract:
    def test_is_meant_by_its_id_or_by_its_pack(self, engine: Engine):
        """A pack id means the customer's only contract under it."""
        assert contract_of(engine, "demo-fuao", "fuao", NOW).id == "demo-fuao-2026"
        assert contract_of(engine, "demo-fuao", "demo-fuao-2026", NOW).pack == "fuao"

    @pytest.mark.parametrize("word", ["sitech", "demo-sitech-2026", "nonsense"])
    def test_of_others_is_none_of_the_customers(self, engine: Engine, word: str):
        """The error names their own."""
        with pytest.raises(NoContractError) as refusal:
            contract_of(engine, "demo-fuao", word, NOW)
        assert refusal.value.valid == ("demo-fuao-2026", "fuao")

    def test_under_a_pack_with_two_must_be_named(self, engine: Engine):
        """Which of them is meant nobody can know."""
        with Session(engine) as session, session.begin():
            for year in (2026, 2027):
                name = f"demo-xinhe-more-{year}"
                session.add(ContractRow(id=name, customer="demo-xinhe", pack="standard", switches={}))
        with pytest.raises(NoContractError) as refusal:
            contract_of(engine, "demo-xinhe", "standard", NOW)
        assert refusal.value.valid == ("demo-xinhe-more-2026", "demo-xinhe-more-2027")

    def test_of_several_under_a_pack_is_the_one_in_force_when_the_report_came(self, engine: Engine):
        """A renewal is often a contract of its own, and is on record before it begins."""
        days = {"ends": (None, date(2026, 12, 31)), "follows": (date(2027, 1, 1), None)}
        with Session(engine) as session, session.begin():
            for name, (starts_on, ends_on) in days.items():
                row = ContractRow(id=f"renewed-{name}", customer="demo-nuobida", pack="fuao", switches={})
                row.starts_on, row.ends_on = starts_on, ends_on
                session.add(row)
        for year, name in ((2026, "ends"), (2027, "follows")):
            assert contract_of(engine, "demo-nuobida", "fuao", NOW.replace(year=year)).id == f"renewed-{name}"

    def test_of_a_caller_not_known_yet_is_a_pack(self, engine: Engine):
        """There is nobody whose contract it could be."""
        assert pack_of(engine, None, "xinhe", NOW) == "xinhe"
        assert pack_of(engine, "demo-xinhe", "demo-xinhe-2026", NOW) == "xinhe"
        with pytest.raises(NoContractError):
            pack_of(engine, None, "demo-xinhe-2026", NOW)


class TestTheDemo:
    def test_gives_its_passwords_once(self, engine: Engine, database_url: str):
        """A second start adds and tells nothing."""
        assert seed(database_url) == {}

    def test_has_a_customer_for_every_pack_and_somebody_for_every_role(self, engine: Engine):
        """So that everything can be tried."""
        assert {pack for _, pack in CUSTOMERS.values()} == set(pack_ids())
        assert {who.role for who in PEOPLE.values()} == set(Role) - {Role.SYSTEM}
        assert headcount(engine) >= len(PEOPLE)

    def test_signs_in_with_the_passwords_that_it_gave(self, new_database: Callable[[], str]):
        """Each user has one of their own."""
        url = new_database()
        passwords = seed(url)
        assert set(passwords) == set(PEOPLE)
        assert len(set(passwords.values())) == len(PEOPLE)
        own = connect(url)
        assert signs_in(own, "hotline", passwords["hotline"]) is not None
        own.dispose()

    def test_lets_its_customers_people_act_for_all_five(self, engine: Engine):
        """Whichever pack somebody tries."""
        for name in ("customer", "tech", "business"):
            found = person(engine, name)
            assert found is not None
            assert set(found.customers) == set(CUSTOMERS)
