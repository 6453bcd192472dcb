"""Whom a vendor's case names: it gives a ticket to a vendor's person, and to nobody else.

CVE-2026-34722, CVE-2026-40591: a parameter that names another thing is authorised like an address that does. A word
that is nobody's id stays possible, for at night a vendor must be called whom nobody has registered; it gives no right.
"""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.people.actors import Role
from store.models import PersonRow, TicketRow
from tests.served import Served


@pytest.fixture(scope="module", autouse=True)
def vendors(desk: Served) -> None:
    """Another vendor's person, and one who has left."""
    with Session(desk.engine) as session, session.begin():
        session.add(PersonRow(id="rival-vendor", name="别的厂家", role=Role.VENDOR))
        session.add(PersonRow(id="retired-vendor", name="离职的人", role=Role.VENDOR, active=False))


@pytest.fixture
def number(desk: Served) -> str:
    return str(desk.open(level="A")["number"])


def readers(desk: Served, number: str) -> set[str]:
    """The vendors for whom the ticket exists."""
    people = ("vendor", "rival-vendor")
    return {user for user in people if desk.as_user(user).get(f"/api/tickets/{number}").status_code == 200}


class TestAVendorsCase:
    @pytest.mark.parametrize("name", ["engineer", "customer", "admin", "retired-vendor"])
    def test_is_for_nobody_who_is_something_else(self, desk: Served, number: str, name: str):
        """It makes no vendor of anybody, nor of a vendor's person who has left; those who are some are named."""
        answer = desk.command("engineer", number, "open_vendor_case", vendor=name, text="x")
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert error["field"] == "data.vendor"
        assert "rival-vendor" in error["message"]
        assert "retired-vendor" not in error["message"]

    @pytest.mark.parametrize(
        ("word", "reader"), [("vendor", "vendor"), ("吴志强", "vendor"), ("别的厂家", "rival-vendor")]
    )
    def test_gives_the_ticket_to_whom_it_names(self, desk: Served, number: str, word: str, reader: str):
        """By id or by name, which becomes the id."""
        assert readers(desk, number) == set()
        assert desk.command("engineer", number, "open_vendor_case", vendor=word, text="x").status_code == 200
        assert readers(desk, number) == {reader}

    def test_for_a_vendor_whom_nobody_has_registered_gives_nobody_a_right(self, desk: Served, number: str):
        """A name is a name."""
        assert desk.command("engineer", number, "open_vendor_case", vendor="某厂商", text="x").status_code == 200
        assert readers(desk, number) == set()
        with Session(desk.engine) as session:
            assert session.scalar(select(TicketRow.vendors).where(TicketRow.number == number)) == ("某厂商",)

    def test_gives_nothing_to_who_comes_later_under_the_word_of_an_unregistered_vendor(self, desk: Served, number: str):
        """Whatever a ticket called a vendor, nobody gets that for an id; by any other they see nothing of it."""
        word = f"acme-{number.lower()}"
        assert desk.command("engineer", number, "open_vendor_case", vendor=word, text="x").status_code == 200
        new = {"name": "某厂商工程师", "role": "vendor", "organisation": "vendor"}
        refused = desk.as_user("admin").post("/api/people", json=new | {"id": word})
        assert (refused.status_code, [one["field"] for one in refused.json()["errors"]]) == (422, ["id"])
        assert desk.as_user("admin").post("/api/people", json=new | {"id": f"{word}-li"}).status_code == 201
        assert desk.as_user(f"{word}-li").get(f"/api/tickets/{number}").status_code == 404

    def test_leaves_the_vendor_whom_it_names_as_they_are(self, desk: Served, number: str):
        """The id of somebody who is registered stands on tickets too, and can still be administered."""
        assert desk.command("engineer", number, "open_vendor_case", vendor="vendor", text="x").status_code == 200
        changed = desk.as_user("admin").patch("/api/people/vendor", json={"phone": "13900001111"} | desk.seen)
        assert changed.status_code == 200

    def test_that_has_no_vendor_is_the_vendors_of_nobody(self, desk: Served, number: str):
        """What the system opens still has to be given to somebody (003-06)."""
        told = {"stage": "vendor", "reason": "原厂支持"}
        assert desk.command("engineer", number, "advance", **told).status_code == 200
        assert readers(desk, number) == set()
