"""The machine: people of every role try everything on a ticket, time passes, and after every step the laws look.

It is one machine; a driver says where the ticket lives: in the pure domain, in its workflow, behind the API.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Protocol
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture.providers import HypothesisProvider
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from domain.people.actors import Actor
from tests.people import PEOPLE
from tests.separation.incident import SENTENCES, s17_now
from tests.separation.laws import KEPT, Contract, Sentence, s5_now, s11_now, s12
from tests.separation.moves import APPLY, THEMES, Move, sender
from tests.separation.promised import s13, s14
from tests.separation.record import Line, Standing
from tests.separation.silence import s16
from tests.separation.starts import Start


class Life(Protocol):
    """A ticket, wherever it lives."""

    def says(self, actor: Actor, move: Move, *, again: bool = False) -> None:
        """Somebody sends a command; ``again``: twice."""

    def passes(self, minutes: int) -> None:
        """Time passes."""

    def lines(self) -> Sequence[Line]:
        """Its timeline, as it stands now."""

    def standing(self) -> Standing:
        """How it stands now."""


class BrokenError(AssertionError):
    """A law is broken."""


@dataclass
class Tally:
    """What was seen: steps, how often each law was kept, and how often somebody was kept from breaking it."""

    steps: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    tempted: Counter[str] = field(default_factory=Counter)


#: Refusals that say nothing of a law.
_BESIDE_THE_POINT = {"not_allowed", "bad_data", "stale", "wrong_stage", "closed", "forged"}


@dataclass
class Watch:
    """The laws' eye on one ticket: every new line is judged by all before it, the standing by all lines."""

    contract: Contract
    tally: Tally
    laws: frozenset[str]
    seen: list[Line] = field(default_factory=list)
    stood: Standing | None = None

    def looks(self, life: Life) -> None:
        """Judge what is new."""
        lines = life.lines()
        self._judge("S12", s12(self.seen, lines), None)
        for place in range(len(self.seen), len(lines)):
            self._look_at(lines[:place], lines[place])
        standing = life.standing()
        self._judge("S16", s16(self.stood, standing, self.seen, lines[len(self.seen) :]), None)
        self.seen, self.stood = list(lines), standing
        self._look_at_the_standing(standing)

    @cached_property
    def _sentences(self) -> dict[str, Sentence]:
        return {law: sentence for law, sentence in SENTENCES.items() if law in self.laws}

    def _look_at(self, past: Sequence[Line], line: Line) -> None:
        for law, sentence in self._sentences.items():
            self._judge(law, sentence(self.contract, past, line), line)
        if line.did == "command_refused" and line.data["reason"] not in _BESIDE_THE_POINT:
            attempt = line.as_if_accepted()
            if attempt is not None:
                tempted = (law for law, sentence in self._sentences.items() if sentence(self.contract, past, attempt))
                self.tally.tempted.update(tempted)

    def _look_at_the_standing(self, standing: Standing) -> None:
        self._judge("S5", s5_now(self.seen, standing), None)
        self._judge("S11", s11_now(self.contract, self.seen, standing), None)
        self._judge("S17", s17_now(self.contract, self.seen, standing), None)
        self._judge("S13", s13(self.contract, self.seen, standing), None)
        self._judge("S14", s14(self.contract, self.seen, standing), None)

    def _judge(self, law: str, said: str | None, line: Line | None) -> None:
        if said == KEPT:
            self.tally.kept[law] += 1
        elif said is not None and law in self.laws:
            raise BrokenError(f"{law}: {said}; {line}")


ALL_LAWS = frozenset({*SENTENCES, "S12", "S13", "S14", "S16"})
WAITS = (1, 2, 6, 16, 45, 300, 1500, 6000)
_NUMBERS = st.integers(0, 999)
#: Numbers that begin alike are to start apart: Hypothesis likes to stay near what it has tried.
_SEEDS, _SPREAD = st.integers(0, 2**24 - 1), 2_654_435_761


class Separation(RuleBasedStateMachine):
    """People, time and the laws."""

    starts: ClassVar[Sequence[Start]]
    begin: ClassVar[Callable[[Start], Life]]
    tally: ClassVar[Tally]
    laws: ClassVar[frozenset[str]] = ALL_LAWS
    #: After how many steps the laws look; they always look at the end, and at every line by those before it.
    patience: ClassVar[int] = 1
    #: How many tickets live side by side, and how they catch up with what was asked of them.
    width: ClassVar[int] = 1
    settle: ClassVar[Callable[[Sequence[Any]], None]] = staticmethod(lambda _: None)

    def __init__(self) -> None:
        super().__init__()
        self.lives: list[tuple[Life, Watch]] = []
        self.taken = 0

    @initialize(numbers=st.lists(_SEEDS, min_size=8, max_size=8))
    def open(self, numbers: list[int]) -> None:
        """The tickets are opened, and stand where they start."""
        for number in numbers[: self.width]:
            start = self.starts[(number * _SPREAD >> 8) % len(self.starts)]
            life = type(self).begin(start)
            for who, move in start.done:
                life.says(_person(who), move)
            self.lives.append((life, Watch(start.contract, self.tally, self.laws)))

    def _said(self, move: Move, number: int, *, again: bool = False) -> None:
        life, watch = self._life(number)
        life.says(sender(move, number), move, again=again)
        self._looked(life, watch)

    def _life(self, number: int) -> tuple[Life, Watch]:
        return self.lives[number % len(self.lives)]

    def _looked(self, life: Life, watch: Watch) -> None:
        self.tally.steps += 1
        self.taken += 1
        if self.taken % self.patience == 0:
            watch.looks(life)

    @rule(move=st.sampled_from(THEMES["major"]), number=_NUMBERS)
    def major(self, move: Move, number: int) -> None:
        self._said(move, number)

    @rule(move=st.sampled_from(THEMES["decisions"]), number=_NUMBERS)
    def decisions(self, move: Move, number: int) -> None:
        self._said(move, number)

    @rule(move=st.sampled_from(THEMES["remote"]), number=_NUMBERS)
    def remote(self, move: Move, number: int) -> None:
        self._said(move, number)

    @rule(move=st.sampled_from(THEMES["visit"]), number=_NUMBERS)
    def visit(self, move: Move, number: int) -> None:
        self._said(move, number)

    @rule(move=st.sampled_from(THEMES["parts"]), number=_NUMBERS)
    def parts(self, move: Move, number: int) -> None:
        self._said(move, number)

    @rule(move=st.sampled_from(THEMES["changes"]), number=_NUMBERS)
    def changes(self, move: Move, number: int) -> None:
        self._said(move, number)

    @rule(move=st.sampled_from(THEMES["consents"]), number=_NUMBERS)
    def consents(self, move: Move, number: int) -> None:
        self._said(move, number)

    @rule(move=st.sampled_from(THEMES["severity"]), number=_NUMBERS)
    def severity(self, move: Move, number: int) -> None:
        self._said(move, number)

    @rule(move=st.sampled_from(THEMES["work"]), number=_NUMBERS)
    def work(self, move: Move, number: int) -> None:
        self._said(move, number)

    @rule(move=st.sampled_from(THEMES["ending"]), number=_NUMBERS)
    def ending(self, move: Move, number: int) -> None:
        self._said(move, number)

    @rule(move=st.sampled_from(THEMES["afterwards"]), number=_NUMBERS)
    def afterwards(self, move: Move, number: int) -> None:
        self._said(move, number)

    @rule(move=st.sampled_from((APPLY, *THEMES["major"], *THEMES["remote"])), number=_NUMBERS)
    def twice(self, move: Move, number: int) -> None:
        """The same command arrives again."""
        self._said(move, number, again=True)

    @rule(minutes=st.sampled_from(WAITS), number=_NUMBERS)
    def waits(self, minutes: int, number: int) -> None:
        """Time passes on a ticket."""
        life, watch = self._life(number)
        life.passes(minutes)
        self._looked(life, watch)

    def teardown(self) -> None:
        """The laws look at the end."""
        type(self).settle([life for life, _ in self.lives])
        for life, watch in self.lives:
            watch.looks(life)


def _person(who: str | Actor) -> Actor:
    return who if isinstance(who, Actor) else PEOPLE[who]


def walks(machine: type[Separation]) -> Tally:
    """Every start once, the laws looking at every step: what is done and tried there is left to no luck."""
    for start in machine.starts:
        life, watch = machine.begin(start), Watch(start.contract, machine.tally, machine.laws)
        for who, move in start.done:
            life.says(_person(who), move)
            watch.looks(life)
    return machine.tally


def runs(machine: type[Separation], *, examples: int, steps: int, wanted: int = 0, **more: Any) -> Tally:
    """The machine runs, as many steps as wanted; always the same ones, so that a red run can be repeated.

    A break is told in few steps: to find them the machine runs for up to five minutes more. By itself Hypothesis mixes
    in constants that it finds in the modules that happen to be loaded: other steps were taken behind other tests.
    """
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        **more,
    )
    with patch.object(HypothesisProvider, "_maybe_draw_constant", return_value=None):
        run_state_machine_as_test(machine, settings=chosen)
    assert machine.tally.steps >= wanted, f"only {machine.tally.steps} steps were taken"
    return machine.tally


def machine(
    starts: Sequence[Start], begin: Callable[[Start], Life], laws: frozenset[str] = ALL_LAWS, **more: Any
) -> type[Separation]:
    """The machine with a driver, and a tally of its own."""
    more = {name: staticmethod(value) if callable(value) else value for name, value in more.items()}
    own = {"starts": starts, "begin": staticmethod(begin), "tally": Tally(), "laws": laws, **more}
    return type("Separation", (Separation,), own)


#: Phases of a run that is expected to break a law: the first break will do.
AT_ONCE = (Phase.generate,)
