"""Whom a call reaches, rung by rung, in which words, and who is called by it."""

from dataclasses import replace

from domain.ticket.timeline import Happening
from tests.domain.notices import DESK, TICKET, alarm, entry
from tests.domain.notices import told as told_of


class TestWhoIsTold:
    def test_each_rung_tells_its_role_why_and_since_when(self):
        causes = [{"why": "breach", "kind": "respond"}]
        since = TICKET.received_at.isoformat()
        said = alarm("unanswered", call=3, step=2, called_since=since, causes=causes, roles=["leader"], people=[])
        sent = told_of(said)
        assert set(sent) == {"leader"}
        message = sent["leader"]
        assert message.call == 3
        assert "响应已超时" in message.sentence.text.zh
        assert "16:00" in message.sentence.text.zh
        assert message.sentence.action is not None
        assert "认领" in message.sentence.action.zh

    def test_of_who_is_off_duty_the_next_hear_by_name(self):
        data = {"causes": [{"why": "gravest"}], "roles": ["engineer"], "people": [], "from": "duty", "call": 3}
        sent = told_of(alarm("off_duty", **data))
        assert "赵敏" in sent["engineer"].sentence.text.zh

    def test_who_is_only_informed_is_not_called(self):
        sent = told_of(entry(Happening.OPENED, "hotline", call=1, calls=["duty_manager"]))
        assert {who: each.call for who, each in sent.items()} == {"duty": 1, "engineer": 1, "pm": None}

    def test_where_nobody_of_the_rung_is_on_duty_all_of_it_are_told(self):
        desk = replace(DESK, duties=())
        sent = told_of(alarm("unanswered", call=3, step=1, causes=[], roles=["engineer"], people=[]), desk=desk)
        assert {"engineer", "engineer2"} <= set(sent)
