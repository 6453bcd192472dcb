"""The record of the registry: written by the database itself, whoever changes a row and however, and never changed."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, text, update
from sqlalchemy.exc import DatabaseError

from domain.people.actors import Actor, Role
from runtime.sign_in_settings import Way
from store.access import sessions, tokens
from store.access.passwords import reset_password
from store.access.sessions import Browser, Lives
from store.acting import Acting, acting_for
from store.models import Base, OrganisationKind, PersonRow, RegistryChangeRow
from store.paging import Window
from store.registry import confirmations, contracts, customers, organisations, people
from store.registry.record import Change, Kind, Sought, changes
from store.registry.records import Contract, Organisation, Person, RegisteredCustomer
from tests.people import PEOPLE

NOW = datetime.now(UTC)
ADMIN = Actor("admin", Role.ADMINISTRATOR)


def id_() -> str:
    return f"r-{uuid.uuid4().hex[:12]}"


def recorded(engine: Engine, **sought: Any) -> list[Change]:
    """What is on record, oldest first."""
    found = changes(engine, Sought(**sought), Window()).items
    return list(reversed(found))


def newcomer(engine: Engine, **fields: object) -> str:
    new = Person(id_(), "某人", Role.ENGINEER)
    people.add_person(engine, new)
    if fields:
        people.change_person(engine, new.id, fields)
    return new.id


class TestWhatIsOnRecord:
    def test_is_what_was_before_and_after_and_nothing_else(self, engine: Engine):
        """Field by field, only what is another."""
        who = newcomer(engine, role=Role.EXPERT, phone="13800000001")
        added, changed = recorded(engine, whom=who)
        assert (added.action, added.kind, added.about, added.before) == ("added", "person", who, {})
        assert added.after["role"] == "engineer"
        assert changed.before == {"role": "engineer"}
        assert changed.after == {"role": "expert", "phone": "13800000001"}

    def test_names_who_did_it_and_by_what(self, engine: Engine):
        """With the request, under which the log has the rest."""
        token = tokens.make(engine, "admin", tokens.Purpose("x", ("all",), NOW + timedelta(days=1)), NOW)
        acting = acting_for(engine, Acting(PEOPLE["admin"], token=token.id, request="req-1"))
        who = newcomer(acting)
        (added,) = recorded(engine, whom=who)
        assert (added.person, added.way, added.request) == ("admin", "token", "req-1")
        assert recorded(engine, person="admin", whom=who) == [added]
        (by_program,) = recorded(engine, whom=newcomer(engine))
        assert (by_program.person, by_program.way) == (None, "zhishou")

    def test_has_no_secret_in_it(self, engine: Engine):
        """That there is another password, not which."""
        who = newcomer(engine)
        reset_password(engine, who)
        secret = tokens.issue(engine, who, name="x", lasts=timedelta(days=1), now=NOW)
        browser = Browser("Firefox", "10.0.0.7", Way.PASSWORD)
        opened = sessions.begin(engine, Actor(who, Role.ENGINEER), browser, Lives(), NOW)
        found = recorded(engine, whom=who)
        assert [one.kind for one in found] == ["person", "person", "token", "session"]
        assert found[1].after == {"password_hash": "***"}
        written = str(found)
        for hidden in (secret, opened.csrf, str(opened.renewed), "argon2"):
            assert hidden not in written

    def test_is_every_kind_of_thing(self, engine: Engine):
        """Customers, departments, contracts, organisations, identities: one way of writing for all."""
        who, customer, vendor, contract = newcomer(engine), id_(), id_(), id_()
        organisations.add_organisation(engine, Organisation(vendor, "某厂家", OrganisationKind.VENDOR))
        customers.add_customer(engine, RegisteredCustomer(customer, "某公司", {"technical": "科技部", "it": "信息"}))
        customers.change_customer(engine, customer, {"departments": {"technical": "技术部"}})
        contracts.add_contract(engine, Contract(contract, customer, "sitech", switches={}))
        contracts.change_contract(engine, customer, contract, {"ends_on": date(2030, 1, 1)})
        confirmations.bind(engine, who, ("oidc", who), now=NOW)
        confirmations.unbind(engine, who, ("oidc", who), by=None, now=NOW)
        told = [(one.kind, one.action) for one in recorded(engine, whom=customer)]
        assert sorted(told) == sorted(
            [
                ("customer", "added"), ("department", "added"), ("department", "added"),
                ("department", "removed"), ("department", "changed"), ("contract", "added"), ("contract", "changed"),
            ]
        )  # fmt: skip
        assert [one.action for one in recorded(engine, about=f"oidc/{who}")] == ["added", "removed"]
        assert [one.kind for one in recorded(engine, about=vendor)] == ["organisation"]
        assert {one.value for one in Kind} <= set(Base.metadata.tables)

    def test_is_not_that_something_was_used(self, engine: Engine):
        """A token that is shown every minute would bury what matters."""
        secret = tokens.issue(engine, newcomer(engine), name="x", lasts=timedelta(days=1), now=NOW)
        before = len(recorded(engine))
        assert tokens.bearer(engine, secret, NOW) is not None
        assert len(recorded(engine)) == before

    def test_is_gone_with_the_change_that_was_not_made(self, engine: Engine):
        """The same transaction."""
        who = id_()
        with engine.connect() as connection, connection.begin() as change:
            connection.execute(
                insert(PersonRow).values(id=who, name="x", role="engineer", also=(), told_apart=(), customers=())
            )
            assert connection.scalar(select(RegistryChangeRow.about).where(RegistryChangeRow.about == who)) == who
            change.rollback()
        assert recorded(engine, about=who) == []


class TestTheRecord:
    @pytest.mark.parametrize(
        "statement",
        ["UPDATE registry_change SET person = 'pm'", "DELETE FROM registry_change", "TRUNCATE registry_change"],
    )
    def test_is_appended_to_only(self, engine: Engine, statement: str):
        """Whoever the product is to the database."""
        newcomer(engine)
        before = recorded(engine)
        with pytest.raises(DatabaseError, match="appended to only"), engine.begin() as connection:
            connection.execute(text(statement))
        assert recorded(engine) == before

    def test_is_written_past_the_registry_too(self, engine: Engine):
        """By the database, so that no function can forget it."""
        who = newcomer(engine)
        with engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == who).values(role=Role.ADMINISTRATOR))
        assert recorded(engine, whom=who)[-1].after == {"role": "administrator"}


_WORDS = Path(__file__).parents[2] / "console" / "src" / "shared" / "words"
#: What says nothing to people: the console hides it (`features/changes/said.ts`).
_HIDDEN = {"csrf", "hash", "key_hash"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_field_on_record_has_a_name_that_people_read(engine: Engine, language: str):
    """What has none stood on the page as the database calls it."""
    words = json.loads((_WORDS / f"{language}.json").read_text("utf-8"))
    noted = text(
        "SELECT DISTINCT attname, encode(tgargs, 'escape') FROM pg_trigger JOIN pg_attribute ON attrelid = tgrelid "
        "WHERE tgname = 'note_change' AND attnum > 0 AND NOT attisdropped"
    )
    with engine.connect() as connection:
        rows = connection.execute(noted).all()
    fields = {str(name) for name, told in rows if name not in told.split("\\000")[3].split(",")}
    assert sorted(fields - _HIDDEN - set(words["changes"]["fields"])) == []
