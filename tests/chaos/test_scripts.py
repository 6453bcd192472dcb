"""The scripts of a run are taken by the laws of a ticket: a run in which all is refused would prove nothing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

import pytest

from api.commands.requests import COMMANDS
from api.http.problems import Problem
from api.http.validation import validated
from api.tickets.requests import OpenTicket
from chaos import scripts
from chaos.plan import AIMS, FULL, plan
from chaos.scripts import FORBIDDEN, MALFORMED, Act
from domain.audience.authority import authorize
from domain.ticket.commands import CommandKind
from domain.ticket.timeline import Happening
from tests.domain.told import tell
from tests.people import PEOPLE

SECOND = timedelta(seconds=1)
NAMES = {id(script): name for name, script in vars(scripts).items() if name.isupper()}
SCRIPTS = {NAMES[id(script)]: script for life in scripts.LIVES for script in life}
ACTS = [act for script in SCRIPTS.values() for act in script]

#: What the scripts ask for in vain, under every contract, so that there are refusals beside what is done: where it
#: stands, and why it is refused.
IN_VAIN = {
    ("PAUSED", 2): {"reason_not_allowed"},  # no contract lets a third party stop a clock
    ("PAUSED", 4): {"not_paused"},  # a second time
    ("REMOTE", 2): {"no_onsite_application"},  # before it was applied for
}

#: A step of a life: its script, and where it stands in it.
Place = tuple[str, int]


def is_well_formed(act: Act) -> bool:
    body = {"command_id": "0b0a9f1e-5d5a-4f43-9d4b-6a0b2a0f7c11", "kind": act.kind, "data": act.data}
    try:
        validated(COMMANDS[CommandKind(act.kind)], body)
    except Problem:
        return False
    return True


def fates(pack: str, level: str, life: tuple[tuple[Act, ...], ...]) -> Iterator[tuple[Place, Act, str | None]]:
    """What becomes of each step when a ticket goes through a life once: why it is refused, or None."""
    told = tell(pack, level)
    for script in life:
        for place, act in enumerate(script):
            told.passes(SECOND)
            entry = told.says(act.user, act.kind, None, dict(act.data))
            refused = entry.happening is Happening.COMMAND_REFUSED
            yield (NAMES[id(script)], place), act, entry.data["reason"] if refused else None


@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act.user}-{act.kind}")
def test_only_what_should_be_malformed_is(act: Act):
    assert is_well_formed(act) == (act.expected != MALFORMED)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act.user}-{act.kind}")
def test_only_what_is_not_for_a_role_is_turned_away(act: Act):
    allowed = authorize(PEOPLE[act.user], CommandKind(act.kind), "demo-sitech", ("vendor",))
    assert allowed == (act.expected != FORBIDDEN)


def test_every_step_is_done_under_some_contract_but_those_that_ask_in_vain():
    became: defaultdict[Place, set[str | None]] = defaultdict(set)
    for pack, level, _ in AIMS:
        for life in scripts.LIVES:
            for place, _act, refused in fates(pack, level, life):
                became[place].add(refused)
    never = {place: why for place, why in became.items() if None not in why and place[0] != "TURNED_AWAY"}
    assert never == IN_VAIN


@pytest.mark.parametrize(("pack", "level"), [aim[:2] for aim in AIMS])
def test_under_every_contract_a_ticket_is_resolved_and_confirmed_in_some_life(pack: str, level: str):
    steps = (step for life in scripts.LIVES for step in fates(pack, level, life))
    assert {"resolve", "confirm"} <= {act.kind for _, act, refused in steps if refused is None}


def test_every_report_is_well_formed():
    for report in plan(1, FULL).reports:
        assert validated(OpenTicket, report.body).level == report.body["level"]
