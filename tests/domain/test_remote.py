"""Remote access: nobody works from afar without a grant that lives, and whatever ends one is on record (000-24)."""

from datetime import timedelta

from domain.people.actors import SYSTEM
from domain.ticket.stages import Stage
from tests.domain.told import Told, tell

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


class TestRemoteGrant:
    """000-24: no session without the customer's live grant."""

    def test_a_session_needs_a_grant(self):
        told = tell("nuobida", "II")
        told.expect_refused("engineer", "start_remote", "no_grant", text="x")
        told.does("engineer", "request_remote", scope="数据库", text="查看锁等待")
        told.expect_refused("engineer", "start_remote", "no_grant", text="x")
        told.does("customer", "grant_remote", scope="数据库")
        told.does("engineer", "start_remote", text="开始")
        told.expect_refused("engineer2", "start_remote", "session_running", text="x")
        told.does("engineer", "end_remote", text="结束")

    def test_a_grant_expires_and_ends_the_session(self):
        told = tell("nuobida", "III")
        ends = told.now + HOURS
        told.expect_refused(
            "customer", "grant_remote", "grant_already_over", scope="db", expires_at=told.now.isoformat()
        )
        told.does("customer", "grant_remote", scope="db", expires_at=ends.isoformat())
        told.does("engineer", "start_remote", text="开始")
        told.reaches(ends)
        assert "remote_expired" in told.happened()
        told.expect_refused("engineer", "end_remote", "no_session", text="x")
        told.expect_refused("engineer", "start_remote", "no_grant", text="x")

    def test_a_revocation_ends_the_session_at_once(self):
        told = tell("nuobida", "III")
        told.expect_refused("customer", "revoke_remote", "no_grant", reason="x")
        told.does("customer", "grant_remote", scope="db")
        told.does("engineer", "start_remote", text="开始")
        told.does("customer", "revoke_remote", reason="不放心")
        assert told.happened()[-2:] == ["remote_revoked", "remote_ended"]
        assert told.ticket.fresh[-1].data == {"ended_by": "revoked", "worked": "engineer"}
        told.expect_refused("engineer", "end_remote", "no_session", text="x")
        told.expect_refused("engineer", "start_remote", "no_grant", text="x")

    def test_whoever_leaves_works_on_nothing_any_more(self):
        """The grant stands; a session of somebody else, who began meanwhile, goes on."""
        told = in_session()
        told.expect_refused(SYSTEM, "end_remote", "no_session", text="停用", known={"worked": "engineer2"})
        told.does(SYSTEM, "end_remote", text="停用", known={"worked": "engineer"})
        assert told.ticket.fresh[-1].data == {"text": "停用", "ended_by": "left", "worked": "engineer"}
        told.does("engineer2", "start_remote", text="接着处理")

    def test_a_session_goes_on_under_another_grant_and_no_request_ends_it(self):
        told = in_session()
        told.does("engineer", "request_remote", scope="app", text="x")
        told.does("customer", "grant_remote", scope="app")
        told.does("engineer", "end_remote", text="结束")
        assert "remote_ended" not in told.happened()[:-1]

    def test_who_asks_for_more_keeps_what_they_have(self):
        """Fault 11: a request beside a live grant is a wish; its refusal answers the wish alone."""
        told = in_session()
        told.does("engineer", "end_remote", text="结束")
        told.does("engineer", "request_remote", scope="app", text="还要看应用")
        told.does("engineer", "start_remote", text="继续")
        told.does("customer", "refuse_remote", reason="应用不行")
        told.expect_refused("customer", "refuse_remote", "no_request", reason="x")
        assert told.ticket.remote is not None
        assert (told.ticket.remote.scope, told.ticket.remote.session_since) == ("db", told.now)
        told.does("engineer", "end_remote", text="结束")

    def test_a_wish_outlives_the_grant_beside_it(self):
        told = in_session()
        told.does("engineer", "request_remote", scope="app", text="还要看应用")
        told.does("customer", "revoke_remote", reason="到此为止")
        told.does("customer", "refuse_remote", reason="应用也不行")

    def test_a_further_grant_takes_the_place_of_the_one_before(self):
        told = in_session()
        told.does("engineer", "request_remote", scope="app", text="还要看应用")
        told.does("customer", "grant_remote", scope="app", expires_at=(told.now + HOURS).isoformat())
        told.expect_refused("customer", "refuse_remote", "no_request", reason="已答复")
        told.passes(HOURS)
        happened = told.happened()
        assert happened[happened.index("remote_expired") + 1] == "remote_ended"

    def test_the_resolution_ends_grant_and_session_on_record(self):
        told = in_session()
        told.does("engineer", "resolve", summary="恢复正常")
        assert told.happened()[-3:] == ["resolved", "grant_ended", "remote_ended"]
        assert told.ticket.fresh[-2].data == {"ended_by": "resolved"}
        assert told.ticket.fresh[-1].data == {"ended_by": "resolved", "worked": "engineer"}

    def test_with_the_customer_grant_session_and_request_are_gone_for_good(self):
        """A grant that was on its way finds nobody; the customer may come back, what it granted does not."""
        told = in_session()
        told.does("engineer", "request_remote", scope="app", text="还要看应用")
        told.now += timedelta(seconds=1)
        told.does(SYSTEM, "take_customer", about="x", known={"as_of": told.now.isoformat(), "active": False})
        assert told.happened()[-3:] == ["customer_changed", "grant_ended", "remote_ended"]
        assert told.ticket.fresh[-1].data == {"ended_by": "customer_changed", "worked": "engineer"}
        assert told.ticket.remote is None
        told.expect_refused("customer", "grant_remote", "customer_gone", scope="db")
        told.expect_refused("engineer", "request_remote", "customer_gone", scope="db", text="x")
        told.does("engineer", "apply_onsite", text="改走现场")
        told.now += timedelta(seconds=1)
        told.does(SYSTEM, "take_customer", about="x", known={"as_of": told.now.isoformat(), "active": True})
        told.expect_refused("engineer", "start_remote", "no_grant", text="x")
        told.does("customer", "grant_remote", scope="db")

    def test_silence_for_15_minutes_proposes_the_visit_and_leaves_the_stage(self):
        told = tell("nuobida", "III")
        told.does("engineer", "advance", stage="remote", reason="电话未解决")
        told.does("engineer", "request_remote", scope="db", text="x")
        told.passes(30 * MINUTES)
        alarms = told.alarms("remote_silence")
        assert [(entry.data["proposes"], entry.data["lateness_ms"]) for entry in alarms] == [
            ("apply_onsite", 15 * 60 * 1000)
        ]
        assert told.ticket.stage is Stage.REMOTE

    def test_after_remote_work_a_visit_needs_the_internal_application(self):
        told = tell("nuobida", "III")
        told.does("engineer", "dispatch", to="engineer2")
        told.does("engineer", "advance", stage="remote", reason="远程")
        for kind, data in (
            ("advance", {"stage": "onsite", "reason": "x"}),
            ("dispatch", {"to": "engineer"}),
            ("arrive", {}),
        ):
            told.expect_refused("engineer", kind, "no_onsite_application", **data)
        told.does("engineer", "apply_onsite", text="内部申请")
        told.does("engineer", "advance", stage="onsite", reason="上门")
        told.does("engineer", "arrive")


def in_session() -> Told:
    told = tell("nuobida", "III")
    told.does("customer", "grant_remote", scope="db")
    told.does("engineer", "start_remote", text="开始")
    return told
