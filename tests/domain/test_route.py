"""The route: what a pack proposes next."""

import pytest

from domain.matters.ladder import proposed
from domain.ticket.stages import Stage
from tests.domain.told import tell


class TestRoute:
    """003-03, 004-08: cause and asset choose the route; it proposes and moves nothing."""

    @pytest.mark.parametrize(
        ("pack", "level", "facts", "stage"),
        [
            ("nuobida", "I", {}, Stage.PHONE),
            ("sitech", "B", {"cause": "own"}, Stage.PHONE),
            ("xinhe", "normal", {"asset": "hardware"}, Stage.ONSITE),
            ("xinhe", "normal", {"asset": "application"}, Stage.PHONE),
        ],
    )
    def test_at_the_start(self, pack: str, level: str, facts: dict[str, str], stage: Stage):
        assert proposed(tell(pack, level, facts=facts).ticket) is stage

    @pytest.mark.parametrize(
        ("cause", "stage"), [("own", Stage.REMOTE), ("environment", Stage.VENDOR), ("unknown", Stage.ONSITE)]
    )
    def test_after_the_phone_the_cause_decides(self, cause: str, stage: Stage):
        told = tell("sitech", "B")
        told.does("engineer", "advance", stage="phone", reason="电话处理")
        told.does("engineer", "classify", facts={"cause": cause})
        assert proposed(told.ticket) is stage

    def test_at_its_end_and_after_the_work_there_is_nothing_to_propose(self):
        told = tell("nuobida", "III")
        told.does("engineer", "advance", stage="emergency", reason="x")
        assert proposed(told.ticket) is None
        told.does("engineer", "resolve", summary="更换电源后恢复")
        assert proposed(told.ticket) is None
