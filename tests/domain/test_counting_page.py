"""The worked examples of docs/counting.md are what the code computes."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from domain.contract.clauses import Arming, Counting, Kind, Origin
from domain.contract.promises import Case, Extension, Promise, Stop, promises, rung_at
from domain.contract.terms import Terms
from domain.ticket.clocks import FIXING
from domain.ticket.obligations import State
from policies import load_pack
from tests.domain.samples import at

PAGE = (Path(__file__).parent.parent.parent / "docs" / "counting.md").read_text()
RUNGS = (50, 80, 100, 150)


def table(*head: str) -> list[list[str]]:
    """The cells of the table with this head, without the marks of code."""
    first = f"| {' | '.join(head)} |\n"
    assert PAGE.count(first) == 1
    rows = PAGE.partition(first)[2].partition("\n\n")[0].splitlines()[1:]
    cells = ([cell.strip(" `") for cell in re.split(r"(?<!\\)\|", row.strip("|"))] for row in rows)
    return [[cell.replace("\\|", "|") for cell in row] for row in cells]


EXAMPLES = table("counting", "contract", "level", "what is known", "promise", "clause", "due")
SHARES = table("contract", "level", "what is known", "promise", *map(str, RUNGS))


def case_of(level: str, known: str) -> Case:
    """What is known: origins with their instants, stops, extensions of clauses."""
    return Case(
        moments={origin: at(found[1]) for origin in Origin if (found := re.search(rf"\b{origin} (\S+?)(,|$)", known))},
        level=None if level == "not classified" else level,
        stops=tuple(
            Stop(FIXING, at(since), at(until)) for since, until in re.findall(r"stopped (\S+) to (\S+)", known)
        ),
        consents=frozenset(re.findall(r"consent (\S+)", known)),
        extensions={
            Kind(kind): Extension(clause, at(until))
            for kind, clause, until in re.findall(r"(\S+) by (\S+) until (\S+)", known)
        },
    )


def promised(contract: str, level: str, known: str, key: str) -> tuple[Terms, Case, Promise]:
    """The promise of that name in such a case."""
    remote = re.search(r"remote (\S+)", known)
    terms, case = load_pack(contract).terms(remote_calendar=remote[1] if remote else None), case_of(level, known)
    (found,) = (promise for promise in promises(terms, case) if promise.key == key)
    return terms, case, found


@pytest.mark.parametrize("row", EXAMPLES, ids=" ".join)
def test_an_example_is_what_the_code_computes(row: list[str]):
    """Due, the way of counting, the clause that rules and those that it rules over, provisional or not."""
    counting, contract, level, known, key, clause, due = row
    _, _, promise = promised(contract, level, known, key)
    over = " over ".join(filter(None, (promise.clause.id, " ".join(promise.superseded))))
    assert promise.due_at is not None
    assert (promise.counting, over) == (counting, clause)
    assert f"{promise.due_at:%Y-%m-%dT%H:%M}{' provisional' if promise.provisional else ''}" == due


@pytest.mark.parametrize("row", SHARES, ids=" ".join)
def test_the_rungs_lie_where_the_page_says(row: list[str]):
    """Each is a share of the budget."""
    terms, case, promise = promised(*row[:4])
    assert [rung_at(terms, case, promise, rung) for rung in RUNGS] == [at(instant) for instant in row[4:]]


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ((row[0] for row in EXAMPLES), Counting),
        (re.split(r"`?, `?", ", ".join(row[0] for row in table("origin 起算点", "happens"))), Origin),
        ((row[0] for row in table("state 状态", "means")), State),
        (re.split(r"`?, `?", ", ".join(row[0] for row in table("armed 生效", "by"))), Arming),
    ],
)
def test_every_word_is_explained(named: Iterable[str], words: Iterable[str]):
    """A way of counting has an example, an origin and a state a line."""
    assert set(named) == set(words)
