"""A yes on the telephone, given by the person themselves with a link that one of ours hands over."""

from datetime import timedelta

from tests.desk import Desk
from tests.people import known_by_link


class TestAYesByALink:
    """000-24, 001-29, 004-11: it is the customer's own word, and whoever handed the link over does not act on it."""

    async def test_opens_remote_access_to_a_colleague_and_ends_with_the_confirmation(self, desk: Desk):
        case = await desk.open("standard", "general")
        await case.expect_refused("hotline", "hand_link", "not_asked", asked="remote_grant", to="customer")
        await case.does("engineer", "request_remote", scope="数据库", text="查看日志")
        handed = await case.does("engineer", "hand_link", asked="remote_grant", to="customer")
        case.known = known_by_link(handed.data, "engineer")
        granted = await case.does("customer", "grant_remote", scope="数据库")
        assert (granted.actor_id, granted.data["channel"], granted.data["handed_by"]) == (
            "customer",
            "link",
            "engineer",
        )
        case.known = {}
        await case.expect_refused("engineer", "start_remote", "own_record", text="开始")
        await case.does("engineer2", "start_remote", text="开始")
        await case.does("engineer2", "end_remote", text="已恢复")
        await case.does("engineer2", "resolve", summary="更换主控板后恢复")
        await case.expect_refused("engineer2", "hand_link", "own_record", asked="confirmation", to="customer")
        handed = await case.does("hotline", "hand_link", asked="confirmation", to="customer")
        case.known = known_by_link(handed.data, "hotline")
        await case.does("customer", "confirm", text="好了")
        await case.closes()

    async def test_is_to_the_very_question_that_was_asked(self, desk: Desk):
        """What is asked again is another one; of several parts the one that the link names is meant."""
        case = await desk.open("standard", "general")
        await case.does("engineer", "request_remote", scope="数据库", text="查看日志")
        handed = await case.does("hotline", "hand_link", asked="remote_grant", to="customer")
        await case.passes(timedelta(minutes=2))
        await case.does("engineer", "request_remote", scope="全部服务器", text="全面检查")
        case.known = known_by_link(handed.data, "hotline")
        await case.expect_refused("customer", "grant_remote", "no_longer_asked", scope="全部服务器")
        case.known = {}
        for part in ("主控板", "电源"):
            await case.does("engineer", "request_part", text=part)
        await case.expect_refused("hotline", "hand_link", "which_one", asked="part_agreement", to="customer")
        handed = await case.does("hotline", "hand_link", asked="part_agreement", about="P2", to="customer")
        case.known = known_by_link(handed.data, "hotline")
        await case.expect_refused("customer", "agree_part", "no_longer_asked", part="P1", text="同意")
        await case.does("customer", "agree_part", part="P2", text="同意")
        await case.expect_refused("customer", "agree_part", "no_longer_asked", part="P2", text="同意")
