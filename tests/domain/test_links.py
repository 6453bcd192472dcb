"""A link: one person of the customer, one question, one word of their own (000-24, 001-29, 002-14, 004-11)."""

from datetime import timedelta
from typing import Any

import pytest

from domain.audience.authority import MAY, RECORDERS
from domain.matters.index import GATES
from domain.matters.links import ANSWERS, NAMED_BY
from domain.matters.on_behalf import HANDED_BY
from domain.people.actors import CUSTOMER_SIDE
from domain.ticket.commands import CommandKind as C
from tests.domain.told import Told, tell
from tests.people import known_by_link


def asked(kind: str = "remote_grant") -> Told:
    """A ticket on which the customer is asked something."""
    told = tell("standard", "severe")
    if kind == "remote_grant":
        told.does("engineer", "request_remote", scope="数据库", text="查看日志")
    elif kind == "part_agreement":
        told.does("engineer", "request_part", text="主控板")
    elif kind == "confirmation":
        told.does("engineer", "resolve", summary="更换主控板后恢复")
    else:
        told.does("engineer", "propose_change", text="升级", size="large", documents="说明")
        if kind == "change_acceptance":
            told.does("customer", "agree_change", text="同意")
            told.does("engineer", "make_change", text="已升级", backup="备份")
    return told


class TestWhoMayHandOverALink:
    def test_are_those_who_may_record_the_customers_word_and_its_own_people(self):
        """One right, two ways: who may write down a yes may have the person give it themselves."""
        assert {role for role, may in MAY.items() if C.HAND_LINK in may} == RECORDERS | CUSTOMER_SIDE

    def test_never_concerns_an_application_for_a_major_incident(self):
        """000-09: a link that somebody of ours has seen would be an approval on behalf."""
        assert not {C.APPROVE, C.REFUSE} & {kind for kinds in ANSWERS.values() for kind in kinds}

    def test_covers_every_gate_that_waits_for_an_answer_of_the_customers(self):
        """What opens a gate is a yes that a link can say, but for consents, which nobody asks by a command."""
        could = {yes for yes, _ in ANSWERS.values()}
        opens = {kind for gate in GATES for kind in gate.given_by}
        customers = {kind for role in CUSTOMER_SIDE for kind in MAY[role]} - {C.CONSENT, C.APPROVE}
        assert opens & customers <= could

    @pytest.mark.parametrize("who", ["hotline", "engineer", "pm", "duty"])
    def test_hands_it_to_somebody_of_the_customer(self, who: str):
        entry = asked().does(who, "hand_link", asked="remote_grant", to="customer")
        assert (entry.happening, entry.data["to"], entry.actor.id) == ("link_handed", "customer", who)

    def test_does_not_hand_it_to_an_account_of_their_own(self):
        told = asked()
        told.known = {"for_accounts": ["customer", "hotline"]}
        told.expect_refused("hotline", "hand_link", "own_record", asked="remote_grant", to="customer")
        told.does("pm", "hand_link", asked="remote_grant", to="customer")

    def test_of_the_customer_takes_it_along_for_themselves_alone(self):
        told = asked()
        assert told.does("customer", "hand_link", asked="remote_grant").data["to"] == "customer"
        told.expect_refused("customer", "hand_link", "only_ones_own", asked="remote_grant", to="tech")

    def test_hands_nothing_over_that_would_not_count(self):
        """Who resolved it gives the customer no link to confirm it."""
        told = asked("confirmation")
        told.expect_refused("engineer", "hand_link", "own_record", asked="confirmation", to="customer")
        told = asked("change_acceptance")
        told.expect_refused("engineer", "hand_link", "own_record", asked="change_acceptance", to="customer")

    def test_who_is_at_work_gets_no_grant_by_it(self):
        """Their session would go on under a yes that they could have given themselves."""
        told = asked()
        told.does("customer", "grant_remote", scope="数据库")
        told.does("engineer2", "start_remote", text="查看日志")
        told.does("engineer", "request_remote", scope="应用服务器", text="查看日志")
        told.expect_refused("engineer2", "hand_link", "own_record", asked="remote_grant", to="customer")
        told.does("hotline", "hand_link", asked="remote_grant", to="customer")


class TestAQuestion:
    def test_has_to_be_asked(self):
        tell("standard", "severe").expect_refused(
            "hotline", "hand_link", "not_asked", asked="remote_grant", to="customer"
        )
        asked().expect_refused("hotline", "hand_link", "not_asked", asked="confirmation", to="customer")

    def test_is_named_where_there_are_several(self):
        told = asked("part_agreement")
        told.does("engineer", "request_part", text="电源")
        told.expect_refused("hotline", "hand_link", "which_one", asked="part_agreement", to="customer")
        entry = told.does("hotline", "hand_link", asked="part_agreement", about="P2", to="customer")
        assert entry.data["about"] == "P2"

    @pytest.mark.parametrize("kind", list(ANSWERS))
    def test_is_answered_as_a_word_of_the_persons_own(self, kind: str):
        """With its channel; who handed the link over is told to ours."""
        told = asked(kind)
        handed = told.does("hotline", "hand_link", asked=kind, to="customer").data
        told.known = known_by_link(handed, "hotline")
        yes, _ = ANSWERS[next(each for each in ANSWERS if each == kind)]
        words: dict[str, dict[str, Any]] = {"grant_remote": {"scope": "数据库"}, "confirm": {}}
        which = {field: handed["about"] for each, field in NAMED_BY.items() if each == kind}
        entry = told.does("customer", yes, **words.get(yes, {"text": "同意"}), **which)
        assert (entry.actor.id, entry.data["channel"], entry.data[HANDED_BY]) == ("customer", "link", "hotline")
        assert "on_behalf" not in entry.data

    def test_that_was_answered_otherwise_is_not_answered_by_link(self):
        told = asked("part_agreement")
        entry = told.does("hotline", "hand_link", asked="part_agreement", to="customer")
        told.does("customer", "refuse_part", reason="不换")
        told.known = known_by_link(entry.data, "hotline")
        told.expect_refused("customer", "agree_part", "no_longer_asked", part="P1", text="同意")

    def test_asked_anew_is_another_question(self):
        """An old yes is never a yes to what is asked since: here more than was asked at first."""
        told = asked()
        entry = told.does("hotline", "hand_link", asked="remote_grant", to="customer")
        told.passes(timedelta(minutes=1))
        told.does("engineer", "request_remote", scope="全部服务器", text="全面检查")
        told.known = known_by_link(entry.data, "hotline")
        told.expect_refused("customer", "grant_remote", "no_longer_asked", scope="全部服务器")

    def test_is_not_answered_by_the_link_of_another_gate(self):
        told = asked("part_agreement")
        told.does("engineer", "request_remote", scope="数据库", text="查看日志")
        entry = told.does("hotline", "hand_link", asked="part_agreement", to="customer")
        told.known = known_by_link(entry.data, "hotline")
        told.expect_refused("customer", "grant_remote", "no_longer_asked", scope="数据库")

    def test_is_the_one_that_the_link_names_though_the_other_waits_too(self):
        told = asked("part_agreement")
        told.does("engineer", "request_part", text="电源")
        entry = told.does("hotline", "hand_link", asked="part_agreement", about="P1", to="customer")
        told.known = known_by_link(entry.data, "hotline")
        told.expect_refused("customer", "agree_part", "no_longer_asked", part="P2", text="同意")

    def test_is_the_one_that_the_link_names(self):
        told = asked("part_agreement")
        told.does("engineer", "request_part", text="电源")
        entry = told.does("hotline", "hand_link", asked="part_agreement", about="P1", to="customer")
        told.does("customer", "agree_part", part="P1", text="同意")
        told.known = known_by_link(entry.data, "hotline")
        told.expect_refused("customer", "agree_part", "no_longer_asked", part="P2", text="同意")


class TestWhoHandedItOver:
    """... could have opened it, so they stand to it as if they had recorded it."""

    def test_does_not_act_on_it(self):
        told = asked()
        told.known = known_by_link(
            told.does("engineer", "hand_link", asked="remote_grant", to="customer").data, "engineer"
        )
        told.does("customer", "grant_remote", scope="数据库")
        told.known = {}
        told.expect_refused("engineer", "start_remote", "own_record", text="x")
        told.does("engineer2", "start_remote", text="开始")

    def test_is_nobody_where_the_customer_took_it_along(self):
        told = asked()
        told.known = known_by_link(told.does("customer", "hand_link", asked="remote_grant").data, None)
        entry = told.does("customer", "grant_remote", scope="数据库")
        assert HANDED_BY not in entry.data
        told.known = {}
        told.does("engineer", "start_remote", text="开始")

    def test_has_no_part_in_a_yes_to_their_own_work(self):
        """Also where they did it after the link was made."""
        told = asked("confirmation")
        entry = told.does("hotline", "hand_link", asked="confirmation", to="customer")
        told.known = known_by_link(entry.data, "engineer")
        told.expect_refused("customer", "confirm", "own_record")
