"""Visits on a real server: each step once, in order, and what happened earlier than it was told."""

from datetime import timedelta

from tests.desk import Desk

MINUTES = timedelta(minutes=1)


class TestTwoPeople:
    async def test_come_and_go_each_by_themselves(self, desk: Desk):
        case = await desk.open("sitech", "A", ago=30 * MINUTES)
        await case.expect_refused("engineer2", "end_visit", "no_visit")
        for kind, again in (("depart", "on_the_way_already"), ("arrive", "on_site_already")):
            await case.does("engineer2", kind)
            await case.expect_refused("engineer2", kind, again)
        await case.does("expert", "depart", unit="division")
        await case.does("engineer2", "end_visit")
        await case.expect_refused("engineer2", "end_visit", "no_visit")
        await case.does("engineer", "resolve", summary="更换电源，业务恢复")
        ticket = await case.ticket()
        assert [(each.by, each.over, each.until is None) for each in ticket.visits] == [
            ("expert", False, False),
            ("engineer2", True, False),
        ]
        await case.does("customer", "confirm")
        await case.closes()
