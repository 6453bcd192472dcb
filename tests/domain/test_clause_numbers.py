"""Every number of the packs, written down a second time by hand. A number that changes in a pack fails here.

A line is a clause at a level or at several: kind, clause, levels (``*`` is all), budget, counting, calendar,
origin, what arms it, the conditions, whose act meets it, and marks: ``d`` a default of ours, ``r`` counted in the
hours of remote service where the contract sets any, ``i`` silences the general clauses of its kind.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.contract.clauses import Clause
from domain.contract.facts import fact_text
from policies import load_pack, pack_ids

NUMBERS = {
    "nuobida": """
        respond    000-29 I   10min wall 7*24 received   now        -           -
        respond    000-30 II  10min wall 7*24 received   now        -           -
        respond    000-31 III 20min wall 7*24 received   now        -           -
        respond    000-32 IV  30min wall 7*24 received   now        -           -
        plan       000-29 I   30min wall 7*24 received   now        {planned}   -
        plan       000-30 II  2h    wall 7*24 received   now        {planned}   -
        plan       000-31 III 2h    wall 7*24 received   now        {planned}   r
        plan       000-32 IV  4h    wall 7*24 booked     now        {planned}   r
        resolve    000-29 I   2h    wall 7*24 received   now        {planned}   -
        resolve    000-30 II  4h    wall 7*24 received   now        {planned}   -
        resolve    000-31 III 8h    wall 7*24 received   now        {planned}   r
        resolve    000-32 IV  12h   wall 7*24 booked     now        {planned}   r
        depart     000-24 *   15min wall 7*24 dispatched dispatched -           d
        arrive     000-26 I   2h    wall 7*24 received   dispatched|onsite -    -
        arrive     000-26 II  4h    wall 7*24 received   dispatched|onsite -    d
        arrive     000-26 III 8h    wall 7*24 received   dispatched|onsite -    d
        arrive     000-26 IV  24h   wall 7*24 booked     dispatched|onsite -    -
    """,
    "fuao": """
        respond    001-05 full_urgent 2h    wall    7*24         received now - -
        respond    001-07 regular     30min service fuao-regular received now - d
        respond    001-20 * 5min  wall    7*24         received now on_site=true d
        respond    001-21 * 5min  wall    7*24         received now severity=disastrous,on_site=false d
        respond    001-22 * 30min wall    7*24         received now severity=serious,on_site=false -
        respond    001-23 full_urgent 30min service 7*24         received now severity=general,on_site=false -
        respond    001-23 urgent      30min service fuao-urgent  received now severity=general,on_site=false -
        respond    001-23 regular     30min service fuao-regular received now severity=general,on_site=false -
        respond    001-31 full_urgent 10min service 7*24         received now major=false -
        respond    001-31 urgent,regular 10min service fuao-phone received now major=false -
        arrive     001-05 full_urgent 24h   wall    7*24         received now {fault},on_site=false -
        arrive     001-06 urgent      4h    opening fuao-urgent  received now {fault},on_site=false -
        arrive     001-06 urgent  2 workday_end fuao-regular received now {fault},on_site=false,consent=001-06 di
        arrive     001-21 * 1h    wall    7*24         received now {fault},severity=disastrous,on_site=false -
        arrive     001-22 * 2h    wall    7*24         received now {fault},severity=serious,on_site=false -
        arrive     001-23 full_urgent 4h opening 7*24        received now {fault},severity=general,on_site=false -
        arrive     001-23 urgent      4h opening fuao-urgent received now {fault},severity=general,on_site=false -
        arrive     001-31 full_urgent,urgent 60min wall 7*24 dispatched dispatched {fault},major=false,on_site=false d
        arrive     001-33 * 60min wall    7*24         received now {fault},major=true,on_site=false -
        diagnose   001-21 * 8h    wall    7*24         received now {fault},severity=disastrous,on_site=false -
        diagnose   001-22 * 24h   wall    7*24         received now {fault},severity=serious,on_site=false -
        resolve    001-31 full_urgent 4h wall    7*24         received now {fault},major=false -
        resolve    001-31 urgent      4h opening fuao-urgent  received now {fault},major=false -
        resolve    001-31 regular     4h service fuao-regular received now {fault},major=false -
        resolve    001-33 * 12h   wall    7*24         received now {fault},major=true -
        substitute 001-32 full_urgent,urgent 12h wall 7*24 fault breach:resolve major=false,asset={devices} -
        report     001-30 * 3 workday_end fuao-regular resolved resolved - d
        survey     001-14 * 3 workday_end fuao-regular closed   closed   - d
    """,
    "standard": """
        respond    002-05 *       30min  wall        7*24 received  now          asset={devices} -
        respond    002-05 *       30min  wall        7*24 received  now          asset=application d
        respond    002-09 *       10min  wall        7*24 received  now          supplied=true,asset={devices} -
        plan       002-04 *       1h     wall        7*24 received  now          - -
        arrive     002-05 *       2h     wall        7*24 received  now          {fault},asset=hardware -
        arrive     002-05 *       2h     wall        7*24 onsite    onsite       {fault},asset={software} d
        restore    002-09 severe  30min  wall        7*24 received  now          {fault},supplied=true,asset={devices} -
        restore    002-09 medium  60min  wall        7*24 received  now          {fault},supplied=true,asset={devices} -
        restore    002-09 general 120min wall        7*24 received  now          {fault},supplied=true,asset={devices} -
        resolve    002-05 *       24h    wall        7*24 received  now          {fault},asset=hardware -
        resolve    002-05 *       24h    wall        7*24 received  now          {fault},asset={software} d
        substitute 002-05 *       24h    wall        7*24 received  half:resolve {fault},asset=hardware -
        report     002-07 *       3      day_end     7*24 visit_end visit_end    - -
        survey     002-22 *       3      workday_end 5*8  closed    closed       - d
    """,
    "sitech": """
        contact    003-01 A,B 2h    wall        7*24 received now - -
        contact    003-01 C   2h    service     5*24 received now - -
        contact    003-01 D   2h    service     5*8  received now - -
        respond    003-16 A   10min wall        7*24 received now - d
        respond    003-17 B   10min wall        7*24 received now - d
        respond    003-18 C   6h    service     5*24 received now - -
        respond    003-19 D   24h   deferred    5*8  received now - -
        arrive     003-05 C,D 24h   wall        7*24 onsite   onsite {fault} -
        arrive     003-07 C,D 24h   wall        7*24 onsite   onsite {fault},cause=unknown i
        arrive     003-16 A   30min wall        7*24 received now {fault} i
        arrive     003-17 B   30min wall        7*24 received now {fault} i
        restore    003-16 A   2h    wall        7*24 received now {fault} -
        restore    003-17 B   4h    wall        7*24 received now {fault} -
        depart     003-16 A   3h    wall        7*24 received breach:restore|declared unit=division -
        depart     003-17 B   6h    wall        7*24 received breach:restore|declared unit=division -
        depart     003-18 C   24h   service     5*24 received declared unit=division -
        depart     003-19 D   48h   deferred    5*8  received declared unit=division -
    """,
    "xinhe": """
        respond    004-07 *         5min  wall        7*24 received   now        opening d
        handover   004-07 *         10min wall        7*24 received   now        - d
        depart     004-08 *         30min wall        7*24 dispatched dispatched - d
        resolve    004-09 emergency 4h    wall        7*24 received   now        {fault} d
        resolve    004-09 normal    24h   wall        7*24 received   now        {fault} d
        centre     004-14 emergency 10min wall        7*24 received   now        - d
        centre     004-14 *         10min wall        7*24 emergency  emergency  - d
        survey     004-12 *         3     workday_end 5*8  closed     closed     - d
    """,
}
#: Conditions that many lines share.
WORDS = {
    "devices": "hardware|system_software",
    "software": "system_software|application",
    "fault": "nature=fault",
    "planned": "nature=fault|question|booking",
}


def said(pack: str) -> list[str]:
    """The lines for a pack, with single spaces."""
    lines = NUMBERS[pack].format(**WORDS).strip().splitlines()
    return [" ".join(line.split()) for line in lines]


def written(clause: Clause) -> str:
    """The line that a clause of a pack comes to."""
    conditions = [f"{fact}={'|'.join(map(fact_text, values))}" for fact, values in clause.when.items()]
    conditions += [f"consent={clause.consent}"] if clause.consent else []
    conditions += [f"unit={clause.unit}"] if clause.unit else []
    conditions += ["opening"] if clause.met_by_opening else []
    marks = ("d" if clause.default else "", "r" if clause.remote else "", "i" if clause.instead else "")
    columns = (
        clause.kind,
        clause.id,
        ",".join(clause.levels) or "*",
        amount(clause.budget),
        clause.counting,
        clause.calendar,
        clause.origin,
        "|".join(clause.armed),
        ",".join(conditions) or "-",
        "".join(marks) or "-",
    )
    return normal(" ".join(columns))


def amount(budget: timedelta | int) -> str:
    return str(budget) if isinstance(budget, int) else f"{budget // timedelta(minutes=1)}min"


def normal(line: str) -> str:
    """The line with its budget in minutes, so that 60min and 1h are one number."""
    columns = line.split()
    if columns[3].endswith("h"):
        columns[3] = f"{int(columns[3][:-1]) * 60}min"
    return " ".join(columns)


@pytest.mark.parametrize(("pack", "line"), [(pack, line) for pack in NUMBERS for line in said(pack)])
def test_the_pack_says_what_clauses_md_says(pack: str, line: str) -> None:
    """One test a number."""
    assert normal(line) in [written(clause) for clause in load_pack(pack).clauses]


@pytest.mark.parametrize("pack", pack_ids())
def test_the_pack_says_nothing_else(pack: str) -> None:
    """A clause that is not written down here is a promise that nobody agreed to."""
    assert sorted(map(written, load_pack(pack).clauses)) == sorted(map(normal, said(pack)))


@pytest.mark.parametrize("pack", pack_ids())
def test_any_other_number_would_be_noticed(pack: str) -> None:
    """A minute or a day more or less in any clause is a line that is not written down here."""
    expected = {normal(line) for line in said(pack)}
    for clause in load_pack(pack).clauses:
        if isinstance(clause.budget, int):
            others = [replace(clause, budget=clause.budget + step) for step in (-1, 1)]
        else:
            others = [replace(clause, budget=clause.budget + timedelta(minutes=step)) for step in (-1, 1)]
        assert not expected & {written(other) for other in others}


class TestNumbersBesideTheTables:
    """Hours, caps, windows and rungs."""

    @pytest.mark.parametrize(
        ("pack", "calendar", "every_day", "hours"),
        [
            ("nuobida", "5*8", False, "09:00-17:00"),
            ("nuobida", "7*8", True, "09:00-17:00"),
            ("nuobida", "5*24", False, "00:00-00:00"),
            ("nuobida", "7*24", True, "00:00-00:00"),
            ("fuao", "fuao-urgent", True, "09:00-21:30"),
            ("fuao", "fuao-regular", False, "09:00-17:30"),
            ("fuao", "fuao-phone", True, "09:00-22:30"),
        ],
    )
    def test_service_hours(self, pack: str, calendar: str, every_day: bool, hours: str) -> None:
        """Those of the documents, and 5*8 and 7*8 of ours."""
        found = {each.id: each for each in load_pack(pack).calendars}[calendar]
        assert found.every_day is every_day
        assert [f"{opening:%H:%M}-{closing:%H:%M}" for opening, closing in found.windows] == [hours]

    @pytest.mark.parametrize("pack", pack_ids())
    def test_caps_confirmation_and_rungs_are_the_same_in_all_packs(self, pack: str) -> None:
        """None of the five allows force majeure."""
        loaded = load_pack(pack)
        assert loaded.terms().pause_caps == {
            "customer": 5,
            "third_party": 5,
            "parts": 3,
            "force_majeure": None,
            "customer_approval": None,
        }
        assert loaded.terms().pause_reasons == ("customer",)
        assert loaded.terms().confirmation_days == 3
        assert sorted(loaded.rungs) == [50, 80, 100, 150]

    @pytest.mark.parametrize(
        ("pack", "name", "value"),
        [
            ("nuobida", "approval_reminders_min", (5, 10, 15)),  # 000-11
            ("nuobida", "consultation_levels", ("I", "II")),  # 000-28
            ("nuobida", "remote_silence_min", 15),  # 000-24
            ("sitech", "heartbeat_min", 30),  # 003-08
            ("sitech", "vendor_leg", True),  # 003-06, 003-07
            ("xinhe", "expert_at_half", True),  # 004-09
            ("xinhe", "emergency_on_breach", True),  # 004-10
            ("xinhe", "plan_one_after_min", 10),  # 004-10
        ],
    )
    def test_reminders_and_escalations_of_the_process(self, pack: str, name: str, value: object) -> None:
        """Requirements, sections 1, 4 and 5; a pack that does not set one does without."""
        assert getattr(load_pack(pack).terms(), name) == value

    def test_the_levels_stand_gravest_first(self) -> None:
        """Without a level the first applies."""
        assert {pack: load_pack(pack).level_ids for pack in pack_ids()} == {
            "nuobida": ("I", "II", "III", "IV"),
            "fuao": ("full_urgent", "urgent", "regular"),
            "standard": ("severe", "medium", "general"),
            "sitech": ("A", "B", "C", "D"),
            "xinhe": ("emergency", "normal"),
        }

    def test_only_nuobida_asks_the_departments_and_only_xinhe_for_the_five_steps(self) -> None:
        """000-09 and 004-04."""
        assert [pack for pack in pack_ids() if load_pack(pack).terms().major_needs_approval] == ["nuobida"]
        assert [pack for pack in pack_ids() if load_pack(pack).terms().follow_up] == ["xinhe"]
        assert all(load_pack(pack).terms().reported_times for pack in pack_ids())
