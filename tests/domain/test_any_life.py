"""Whatever people send in whatever order: what must hold on every ticket after every step."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.audience.authority import MAY
from domain.contract.facts import FACTS
from domain.matters.index import ROWS
from domain.matters.major import awaits_approval
from domain.ticket.commands import CommandKind, Field, Type
from domain.ticket.lifecycle import LIFECYCLE
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from policies import load_pack, pack_ids
from tests.domain.told import Told, tell
from tests.people import PEOPLE

MINUTES = timedelta(minutes=1)

#: What a major incident waits for (docs/gates.md).
TOUCHES = {Happening.REMOTE_STARTED, Happening.RESTORED, Happening.RESOLVED, Happening.PART_RESERVED}


@dataclass(frozen=True)
class Step:
    """Somebody sends a command, and time passes."""

    who: str
    kind: CommandKind
    data: dict[str, Any]
    ago: timedelta | None
    wait: timedelta


def values(field: Field, levels: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Whatever a field may hold, and sometimes nothing."""
    if field.type is Type.FLAG:
        return st.booleans()
    if field.type is Type.FACTS:
        facts = {name: st.sampled_from(allowed) for name, allowed in FACTS.items()}
        return st.fixed_dictionaries({}, optional=facts)
    if field.type is Type.INSTANT:
        return st.just("2026-02-14T12:00:00+08:00")
    if field.name == "level":
        return st.sampled_from((*levels, "no such level"))
    return st.sampled_from(field.choices or ("engineer", "vendor", "001-06", "P1", "x"))


def steps(pack: str) -> st.SearchStrategy[list[Step]]:
    """A ticket's worth of them."""
    levels = load_pack(pack).level_ids

    def of_kind(kind: CommandKind) -> st.SearchStrategy[Step]:
        data = st.fixed_dictionaries({field.name: values(field, levels) for field in ROWS[kind].data})
        entitled = [name for name, actor in PEOPLE.items() if kind in MAY[actor.role]]
        return st.builds(
            Step,
            who=st.sampled_from(entitled or sorted(PEOPLE)) | st.sampled_from(sorted(PEOPLE)),
            kind=st.just(kind),
            data=data,
            ago=st.none() | st.integers(0, 600).map(lambda minutes: minutes * MINUTES),
            wait=st.sampled_from((0, 1, 7, 45, 300, 3000)).map(lambda minutes: minutes * MINUTES),
        )

    return st.lists(st.sampled_from(sorted(ROWS)).flatmap(of_kind), max_size=25)


lives = st.sampled_from(pack_ids()).flatmap(
    lambda pack: st.tuples(
        st.just(pack),
        st.none() | st.sampled_from(load_pack(pack).level_ids),
        st.booleans(),
        steps(pack),
    )
)


def told(pack: str, level: str | None, *, major: bool) -> Told:
    return tell(pack, level, facts={"major": True} if major else {})


def take(life: Told, step: Step) -> None:
    life.says(step.who, step.kind, step.ago, step.data)
    life.passes(step.wait)


class TestAnyLife:
    """Invariants of one ticket."""

    @settings(max_examples=150)
    @given(lives)
    def test_the_stage_moves_only_as_the_lifecycle_says(self, life: tuple[str, str | None, bool, list[Step]]):
        pack, level, major, taken = life
        ticket = told(pack, level, major=major)
        for step in taken:
            before = ticket.ticket
            take(ticket, step)
            moves = [entry.happening for entry in ticket.ticket.fresh[before.seq :]]
            reachable = {before.stage}
            for happening in moves:
                reachable |= {to for stage in set(reachable) for to in LIFECYCLE.get((stage, happening), ())}
            assert ticket.ticket.stage in reachable
            assert before.stage is not Stage.CLOSED or ticket.ticket.closed

    @settings(max_examples=150)
    @given(lives)
    def test_a_major_incident_is_not_touched_before_the_approval(self, life: tuple[str, str | None, bool, list[Step]]):
        _, level, _, taken = life
        ticket = told("nuobida", level if level in load_pack("nuobida").level_ids else None, major=True)
        for step in taken:
            waited = awaits_approval(ticket.ticket)
            seq = ticket.ticket.seq
            ticket.says(step.who, step.kind, step.ago, step.data)
            done = {entry.happening for entry in ticket.ticket.fresh[seq:]}
            assert not (waited and done & TOUCHES)
            ticket.passes(step.wait)

    @settings(max_examples=150)
    @given(lives)
    def test_entries_have_no_gap_alarms_are_raised_once_and_never_early(
        self, life: tuple[str, str | None, bool, list[Step]]
    ):
        pack, level, major, taken = life
        ticket = told(pack, level, major=major)
        for step in taken:
            take(ticket, step)
        entries = ticket.ticket.fresh
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        for obligation in ticket.ticket.obligations:
            rungs = [alarm.rung for alarm in obligation.alarms]
            assert len(set(rungs)) == len(rungs)
            assert all(alarm.raised_at >= alarm.due_at for alarm in obligation.alarms)

    @settings(max_examples=150)
    @given(lives)
    def test_what_is_breached_is_unbreached_only_by_an_act_in_time(
        self, life: tuple[str, str | None, bool, list[Step]]
    ):
        pack, level, major, taken = life
        ticket = told(pack, level, major=major)
        for step in taken:
            before, learnt_at = {each.key for each in ticket.ticket.obligations if each.breached}, ticket.now
            take(ticket, step)
            for each in ticket.ticket.obligations:
                if each.key in before and not each.breached:
                    assert each.reported_late or learnt_at == each.promise.due_at  # the last instant is in time
                    assert each.met_at is not None
                    assert each.promise.due_at is not None
                    assert each.met_at <= each.promise.due_at

    @settings(max_examples=100)
    @given(lives)
    def test_a_worker_that_slept_comes_to_the_same_due_times(self, life: tuple[str, str | None, bool, list[Step]]):
        """Alarms may be late; what is due when does not depend on who was awake."""
        pack, level, major, taken = life
        awake, asleep = told(pack, level, major=major), told(pack, level, major=major)
        for step in taken:
            take(awake, step)
            asleep.says(step.who, step.kind, step.ago, step.data)
            asleep.sleeps(step.wait)
        asleep.passes(timedelta(0))
        awake.passes(timedelta(0))
        assert [(each.key, each.promise.due_at) for each in awake.ticket.obligations] == [
            (each.key, each.promise.due_at) for each in asleep.ticket.obligations
        ]
        assert awake.ticket.stage is asleep.ticket.stage
