"""Conflicts between the clauses of a pack, found by enumeration.

Nothing here knows a pack: every level is taken with every combination of the facts and consents that its
clauses depend on, and what applies together is compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations, product

from domain.contract.clauses import Clause, Kind, Origin
from domain.contract.facts import FACTS
from domain.contract.labels import FACTS as NAMES
from domain.contract.labels import KINDS, fact_value
from domain.contract.promises import Case, applicable
from domain.words.label import Label, in_words, listed
from policies.findings import Finding, FindingKind, no_shorter, promise_text
from policies.pack import Pack

#: An act of the first kind comes before one of the second, so its promise helps only where it is shorter.
COMES_BEFORE = (
    *((Kind.RESPOND, later) for later in (Kind.CONTACT, Kind.PLAN, Kind.ARRIVE, Kind.RESTORE, Kind.RESOLVE)),
    (Kind.PLAN, Kind.RESTORE),
    (Kind.PLAN, Kind.RESOLVE),
    (Kind.ARRIVE, Kind.RESTORE),
    (Kind.ARRIVE, Kind.RESOLVE),
    (Kind.DIAGNOSE, Kind.RESOLVE),
)

#: Facts that say how grave a case is, as levels do.
GRAVITY = frozenset({"severity", "major"})

_LEVEL = Label("级别", "level")
_STATED = Label("{fact}：{value}", "{fact}: {value}")
_AGREED = Label("按 {consent} 同意", "agreed by {consent}")

_FROM_THE_CALL = frozenset({Origin.RECEIVED, Origin.BOOKED, Origin.FAULT})


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two clauses that apply together, in document order, and every case in which they do."""

    one: Clause
    other: Clause
    cases: list[Case]

    @property
    def rivals(self) -> bool:
        """Whether both promise the same."""
        return self.one.kind is self.other.kind


def conflicts(pack: Pack) -> Iterator[Finding]:
    """Every conflict between two clauses, and the scales of gravity that compete."""
    meetings = _meetings(pack)
    yield from (_rivalry(pack, meeting) for meeting in meetings if meeting.rivals)
    yield from _scales(pack, [meeting for meeting in meetings if meeting.rivals])
    for meeting in meetings:
        yield from _order(pack, meeting)
    yield from (_repair(pack, meeting) for meeting in meetings if _two_repairs(meeting))


def _cases(pack: Pack) -> Iterator[Case]:
    """Every case that the clauses tell apart."""
    facts = {fact: FACTS[fact] for clause in pack.clauses for fact in clause.when}
    consents = sorted({clause.consent for clause in pack.clauses if clause.consent})
    given = list(chain.from_iterable(combinations(consents, size) for size in range(len(consents) + 1)))
    for values in product(*facts.values()):
        for level, consented in product(pack.level_ids, given):
            yield Case({}, level, dict(zip(facts, values, strict=True)), frozenset(consented))


def _meetings(pack: Pack) -> list[Meeting]:
    terms = pack.terms()
    met: dict[object, Meeting] = {}
    for case in _cases(pack):
        for one, other in combinations(applicable(terms, case), 2):
            key = (one.id, one.kind, one.armed, one.budget, other.id, other.kind, other.armed, other.budget)
            met.setdefault(key, Meeting(one, other, [])).cases.append(case)
    return list(met.values())


def _rivalry(pack: Pack, meeting: Meeting) -> Finding:
    if meeting.one.armed != meeting.other.armed:
        verdict = Label(
            "由不同事件生效，都生效后先到期者为准",
            "they count on different events; once both do, the one due first rules",
        )
    else:
        verdict = Label("同时适用，先到期者为准", "both apply; the one due first rules")
    return _between(pack, FindingKind.RIVALS, meeting, verdict)


def _scales(pack: Pack, rivalries: list[Meeting]) -> Iterator[Finding]:
    graded = {
        clause.id: _scales_of(clause)
        for meeting in rivalries
        for clause in (meeting.one, meeting.other)
        if _scales_of(clause)
    }
    scales = sorted(set().union(*graded.values()))
    if len(scales) > 1:
        ruled_by = (pack.file.scales,) if pack.file.scales else ()
        yield Finding(
            pack.id,
            FindingKind.SCALES,
            (*ruled_by, *sorted(graded)),
            (),
            Label(
                "一份文件中有 {count} 套轻重尺度（{scales}），同类条款先到期者为准",
                "{count} scales of gravity compete ({scales}); the clause due first rules",
            ).filled(count=len(scales), scales=in_words(NAMES.get(scale, _LEVEL) for scale in scales)),
        )


def _scales_of(clause: Clause) -> set[str]:
    """The scales of gravity that a clause depends on; hours alone that differ by level are no scale."""
    return ({"level"} if clause.levels else set()) | (GRAVITY & set(clause.when))


def _order(pack: Pack, meeting: Meeting) -> Iterator[Finding]:
    for first, second in ((meeting.one, meeting.other), (meeting.other, meeting.one)):
        comparable = second.origin in _FROM_THE_CALL or second.origin is first.origin
        in_order = (first.kind, second.kind) in COMES_BEFORE
        if in_order and comparable and no_shorter(first.budget, second.budget):
            verdict = Label(
                "“{one}”的时限不短于“{other}”，保不住后者",
                "the {one} cannot protect the {other}: it may come as late or later",
            ).filled(one=KINDS[first.kind], other=KINDS[second.kind])
            yield _between(pack, FindingKind.ORDER, Meeting(first, second, meeting.cases), verdict)


def _two_repairs(meeting: Meeting) -> bool:
    kinds = {meeting.one.kind, meeting.other.kind}
    return kinds == {Kind.RESTORE, Kind.RESOLVE} and meeting.one.budget != meeting.other.budget


def _repair(pack: Pack, meeting: Meeting) -> Finding:
    verdict = Label(
        "同一故障有两个处理时限，按恢复与解决两项承诺分别计",
        "two numbers for one repair, kept as two promises",
    )
    return _between(pack, FindingKind.REPAIR, meeting, verdict)


def _between(pack: Pack, kind: FindingKind, meeting: Meeting, verdict: Label) -> Finding:
    """A conflict of two clauses: the levels at which it occurs, and one case as an example."""
    at = {case.level for case in meeting.cases}
    levels = tuple(level for level in pack.level_ids if level in at)
    return Finding(
        pack.id,
        kind,
        tuple(dict.fromkeys((meeting.one.id, meeting.other.id))),
        () if levels == pack.level_ids else levels,
        Label("{one}、{other}：{verdict}（例：{example}）", "{one}, {other}: {verdict} (e.g. {example})").filled(
            one=promise_text(pack, meeting.one),
            other=promise_text(pack, meeting.other),
            verdict=verdict,
            example=_example(pack, meeting.cases[0]),
        ),
    )


def _example(pack: Pack, case: Case) -> Label:
    levels = [each.label for each in pack.file.levels if each.id == case.level]
    facts = [_STATED.filled(fact=NAMES[name], value=fact_value(name, value)) for name, value in case.facts.items()]
    agreed = [_AGREED.filled(consent=consent) for consent in sorted(case.consents)]
    return in_words([*levels, *facts, *agreed]) or listed(())
