"""Findings: kept from when they are found until they are over, and told once each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, func, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.audience import watch
from domain.audience.saying import Sentence
from domain.audience.watch import TOLD, Trouble
from store.models import FindingRow, SetAsideRow, TicketRow
from store.projections.roles import News, tell_roles
from store.watch.beats import ages, silent

#: More of one kind at once are told by their number.
_ONE_BY_ONE = 20
_LONGEST_REASON = 200
#: Rows that are written in one statement: their number is no limit, and no reason for much memory.
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Look:
    """What came of a look at one kind of trouble.

    Attributes:
        found: the subjects that are in it, and why.
        among: the subjects that were looked at; None: all there are.
    """

    trouble: Trouble
    found: Mapping[str, str]
    among: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Standstill:
    """A finding that is not over."""

    trouble: Trouble
    subject: str
    reason: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class Health:
    """What an operator asks first: how many findings of each kind, who is silent, how much is set aside."""

    findings: dict[Trouble, int]
    heard: dict[str, tuple[float, int]]
    set_aside: int

    @property
    def silent(self) -> list[str]:
        """The parts that are silent."""
        return silent(self.heard)


def settle(engine: Engine, look: Look, now: datetime) -> None:
    """Keep what is new, end what is over, and tell of both."""
    with engine.begin() as connection:
        open_ = _open(connection, look.trouble)
        new = {subject: reason for subject, reason in look.found.items() if subject not in open_}
        looked = open_.keys() if look.among is None else open_.keys() & look.among
        gone = {subject: open_[subject] for subject in looked - look.found.keys()}
        _tell(connection, look, _add(connection, look.trouble, new, now), now, is_over=False)
        if gone:
            connection.execute(update(FindingRow).where(FindingRow.id.in_(gone.values())).values(over_at=now))
            _tell(connection, look, gone, now, is_over=True)


def open_subjects(engine: Engine, *troubles: Trouble) -> set[str]:
    """The subjects of findings that are not over."""
    with engine.connect() as connection:
        return {subject for trouble in troubles for subject in _open(connection, trouble)}


def standstills(engine: Engine, subject: str | None = None) -> list[Standstill]:
    """The findings that are not over: all of them, or those of a ticket or a part."""
    columns = (FindingRow.trouble, FindingRow.subject, FindingRow.reason, FindingRow.found_at)
    asked = select(*columns).where(FindingRow.over_at.is_(None)).order_by(FindingRow.id)
    if subject is not None:
        asked = asked.where(FindingRow.subject == subject)
    with engine.connect() as connection:
        return [Standstill(*row) for row in connection.execute(asked)]


def health(engine: Engine) -> Health:
    """How the installation does."""
    counted = select(FindingRow.trouble, func.count()).where(FindingRow.over_at.is_(None)).group_by(FindingRow.trouble)
    aside = select(func.count()).select_from(SetAsideRow).where(SetAsideRow.settled_at.is_(None))
    with engine.connect() as connection:
        findings = {trouble: int(count) for trouble, count in connection.execute(counted)}
        set_aside = connection.scalar(aside) or 0
    return Health(findings, ages(engine), set_aside)


def _open(connection: Connection, trouble: Trouble) -> dict[str, int]:
    asked = select(FindingRow.subject, FindingRow.id).where(FindingRow.trouble == trouble, FindingRow.over_at.is_(None))
    return {row.subject: row.id for row in connection.execute(asked)}


def _add(connection: Connection, trouble: Trouble, new: Mapping[str, str], now: datetime) -> dict[str, int]:
    added: dict[str, int] = {}
    statement = insert(FindingRow).on_conflict_do_nothing().returning(FindingRow.subject, FindingRow.id)
    ordered = sorted(new)
    for start in range(0, len(ordered), _AT_ONCE):
        rows = [
            {"trouble": trouble, "subject": subject, "reason": new[subject][:_LONGEST_REASON], "found_at": now}
            for subject in ordered[start : start + _AT_ONCE]
        ]
        added |= {row.subject: row.id for row in connection.execute(statement, rows)}
    return added


def _tell(connection: Connection, look: Look, about: Mapping[str, int], now: datetime, *, is_over: bool) -> None:
    """Tell the managers and the administrator, each once of each finding, and of a flood its size."""
    if not about:
        return
    one_by_one = dict(list(about.items())[:_ONE_BY_ONE])
    asked = select(TicketRow.number).where(TicketRow.number.in_(one_by_one))
    shown = set(connection.scalars(asked))
    said = [(f"{id_}", subject, _sentence(look, subject, is_over=is_over)) for subject, id_ in one_by_one.items()]
    if left := len(about) - len(one_by_one):
        said.append((f"{max(about.values())} more", "", watch.more(look.trouble, left, is_over=is_over)))
    common = {"trouble": look.trouble, "over": is_over}
    news = [
        News(
            f"finding {name} {is_over}",
            sentence,
            common | {"subject": subject, "reason": look.found.get(subject)},
            subject if subject in shown else None,
        )
        for name, subject, sentence in said
    ]
    tell_roles(connection, TOLD, news, now)


def _sentence(look: Look, subject: str, *, is_over: bool) -> Sentence:
    return watch.over(look.trouble, subject) if is_over else watch.found(look.trouble, subject, look.found[subject])
