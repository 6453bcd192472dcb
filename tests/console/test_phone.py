"""The phone's page in a real Chromium that is killed, behind a line that is cut; the stories stand in `console/e2e`."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.people.actors import Role
from store.registry.people import add_person
from store.registry.records import Person
from tests.console.browsing import needs_chromium, tell
from tests.duty import everybody_on_duty
from tests.served import Served

TICKETS = ("机房断电后系统不能启动", "营业厅接口局部功能失效")
OF_YESTERDAY = ("备份任务连续失败", "大厅叫号机不出号", "二楼会议系统无声")


@pytest.mark.timeout(1800)  # browsers that begin again and again
@needs_chromium
def test_engineers_work_where_no_network_is(desk: Served):
    """What they did is recorded once, in its order and at its time, and is theirs alone."""
    a_day_ago = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    reports = [
        *(desk.open("sitech", title=title, site="海港路 18 号 B 座 3 层机房") for title in TICKETS),
        *(desk.open("sitech", title=title, level="C", channel="web", received_at=a_day_ago) for title in OF_YESTERDAY),
    ]
    for report in reports:
        assert desk.command("engineer", report["number"], "take").status_code == 200
    everybody_on_duty(desk.engine)
    desk.open("sitech", title="核心网全部中断，没有人接", level="A")  # among the gravest: engineers are called
    add_person(desk.engine, Person("other", "周远", Role.ENGINEER))
    tell("e2e:phone", desk, ("engineer", "other"))
