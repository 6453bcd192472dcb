"""Approval links in the registry: one lives at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from domain.people.actors import Actor
from domain.ticket.timeline import Entry, Happening
from store.approvals.links import Issued, NothingToDecideError, issue_link, link_of, note_used
from store.projections import project
from tests.people import PEOPLE
from tests.store.samples import entry, first_batch, next_batch, summary

NOW = datetime(2026, 2, 13, 9, tzinfo=UTC)
DATA = {"title": "更换主控板", "plan": "今晚切换", "risk": "中断十分钟"}
WAITING = summary(waits_for=("approval",))


def applied(seq: int = 3) -> Entry:
    return entry(seq, Happening.MAJOR_APPLIED, data=DATA)


def issued(engine: Engine, number: str, user: str = "tech") -> Issued:
    return issue_link(engine, number, PEOPLE[user], now=NOW)


class TestALink:
    def test_lives_alone_however_many_are_asked_for_at_once(self, engine: Engine):
        """Eight at the same time; one of them opens something."""
        project(engine, first_batch("LINK2222", applied(), summary=WAITING))
        start = Barrier(8)

        def ask(_: int) -> Issued:
            start.wait()
            return issued(engine, "LINK2222")

        with ThreadPoolExecutor(8) as callers:
            links = list(callers.map(ask, range(8)))
        assert len([link for link in links if link_of(engine, link.token, NOW)]) == 1

    def test_is_over_at_its_end(self, engine: Engine):
        """Half-open: 48 hours, and not an instant more."""
        project(engine, first_batch("LINK3333", applied(), summary=WAITING))
        link = issued(engine, "LINK3333")
        assert link.expires_at == NOW + timedelta(hours=48)
        assert link_of(engine, link.token, link.expires_at - timedelta(microseconds=1))
        assert link_of(engine, link.token, link.expires_at) is None

    def test_sends_one_command_for_ever(self, engine: Engine):
        """Its id follows from the link, so that a repeat is the same command; another link has another."""
        project(engine, first_batch("LINK4444", applied(), summary=WAITING))
        first, second = (link_of(engine, issued(engine, "LINK4444", user).token, NOW) for user in ("tech", "business"))
        assert first
        assert second
        assert first.command_id != second.command_id

    def test_that_has_been_used_is_not_revoked_by_the_next(self, engine: Engine):
        """Its holder still sees what they said."""
        project(engine, first_batch("LINK5555", applied(), summary=WAITING))
        token = issued(engine, "LINK5555").token
        link = link_of(engine, token, NOW)
        assert link
        note_used(engine, link, NOW)
        refused = entry(4, Happening.REFUSED, actor=PEOPLE["business"])
        project(engine, next_batch("LINK5555", refused, applied(5), summary=WAITING))
        newer = link_of(engine, issued(engine, "LINK5555").token, NOW)
        assert newer
        assert (newer.version, link_of(engine, token, NOW) is not None) == (2, True)

    @pytest.mark.parametrize(
        ("actor", "reason"),
        [
            (PEOPLE["pm"], "not_allowed"),
            (PEOPLE["customer"], "not_allowed"),
            (Actor("x", PEOPLE["tech"].role, ("another",), "technical"), "not_allowed"),
            (Actor("x", PEOPLE["tech"].role, ("demo-sitech",)), "no_department"),
            (PEOPLE["business"], "already_decided"),
        ],
    )
    def test_is_issued_to_nobody_who_is_not_asked(self, engine: Engine, actor: Actor, reason: str):
        """The reason is one of the domain's."""
        number = "LINK6666"
        spoken = entry(4, Happening.APPROVED, actor=PEOPLE["business"])
        project(engine, first_batch(number, applied(), spoken, summary=WAITING))
        with pytest.raises(NothingToDecideError) as nothing:
            issue_link(engine, number, actor, now=NOW)
        assert nothing.value.refusal.code == reason

    def test_needs_an_application_that_waits(self, engine: Engine):
        """Neither none, nor one that is decided."""
        project(engine, first_batch("LINK7777"))
        with pytest.raises(NothingToDecideError, match="no application"):
            issued(engine, "LINK7777")
        project(engine, next_batch("LINK7777", applied(), summary=summary()))
        with pytest.raises(NothingToDecideError, match="decided already"):
            issued(engine, "LINK7777")
