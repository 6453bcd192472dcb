"""The policy: what the company lays down, what people would rather have and who is on duty, for the rule to go by."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Text, cast, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from domain.audience.reaching import (
    PERSONAL,
    RULES,
    Leaving,
    Reader,
    Rule,
    Urgency,
    Way,
    Wishes,
    leaving,
    left_alone_until,
    refuses,
    ways_to,
)
from domain.people.actors import Role
from store.deliveries.addresses import COLUMNS, addresses
from store.models import ChannelRow, ChannelRuleRow, PersonRow, PreferenceRow, ShiftRow

_PREFERENCES = select(*PreferenceRow.__table__.columns)
_WAYS, _URGENCIES = frozenset(Way), frozenset(Urgency)


@dataclass(frozen=True, slots=True)
class Policy:
    """How people are reached at an instant. The rules are found by urgency and role; of no role: for every other."""

    rules: Mapping[tuple[str, str], Rule]
    wishes: Mapping[str, Wishes]
    on_duty: frozenset[str]

    def rule(self, urgency: Urgency, role: str) -> Rule:
        """The one that holds for a role."""
        return self.rules.get((urgency, role)) or self.rules.get((urgency, "")) or RULES[urgency]

    def reader(self, person: str, ways: Iterable[Way], how: str) -> Reader:
        """Somebody as the rule has to know them."""
        return Reader(frozenset(ways), self.wishes.get(person, Wishes()), on_duty=person in self.on_duty, how=how)

    def left_alone_until(self, urgency: Urgency, role: str, reader: Reader, now: datetime) -> datetime:
        """Until when somebody is left alone with it."""
        return left_alone_until(urgency, self.rule(urgency, role), reader, now)

    def refuses(self, urgency: Urgency, role: str, reader: Reader, way: Way) -> bool:
        """Whether somebody wants none of it by one channel, and another may have it."""
        return urgency is not Urgency.NOW and refuses(urgency, self.rule(urgency, role), reader, way)

    def leaving(self, urgency: Urgency, role: str, reader: Reader, now: datetime) -> tuple[Leaving, ...]:
        """By which of the channels a message leaves for somebody, and when."""
        return leaving(urgency, self.rule(urgency, role), reader, now)


def policy_of(connection: Connection, now: datetime) -> Policy:
    """The policy as it stands."""
    there = select(func.coalesce(ShiftRow.substitute, ShiftRow.person))
    on_duty = connection.scalars(there.where(ShiftRow.begins_at <= now, ShiftRow.ends_at > now))
    wishes = {row.person: _wishes(row) for row in connection.execute(_PREFERENCES)}
    return Policy(laid_down(connection), wishes, frozenset(on_duty))


def laid_down(connection: Connection) -> dict[tuple[str, str], Rule]:
    """What the company has laid down; of channels that this version does not know, nothing."""
    row = ChannelRuleRow
    urgency = cast(row.urgency, Text).label("urgency")
    asked = select(urgency, row.role, row.first, row.second, row.after_min, row.fixed, row.quiet)
    return {
        (each.urgency, each.role): Rule(_ways(each.first), _ways(each.second), each.after_min, each.fixed, each.quiet)
        for each in connection.execute(asked.order_by(row.urgency, row.role))
    }


def rules(engine: Engine) -> tuple[dict[tuple[str, str], Rule], list[Way]]:
    """What the company has laid down, and the channels that are set up."""
    with engine.connect() as connection:
        there = set(connection.scalars(select(ChannelRow.name)))
        return laid_down(connection), [way for way in Way if way in there]


def lay_down(engine: Engine, urgency: Urgency, role: Role | None, rule: Rule | None) -> None:
    """Lay a rule down for a role, or for every other; None: what it was without. The database keeps it on record."""
    key = {"urgency": urgency, "role": role or ""}
    with engine.begin() as connection:
        if rule is None:
            these = (ChannelRuleRow.urgency == urgency, ChannelRuleRow.role == key["role"])
            connection.execute(delete(ChannelRuleRow).where(*these))
            return
        values = {"first": rule.first, "second": rule.second, "after_min": rule.after_min}
        values |= {"fixed": rule.fixed, "quiet": rule.quiet}
        added = insert(ChannelRuleRow).values(key | values)
        connection.execute(added.on_conflict_do_update(index_elements=list(key), set_=values))


@dataclass(frozen=True, slots=True)
class Own:
    """How somebody is reached: what they would rather have, and of each rule the channels that reach them."""

    wishes: Wishes
    rules: Mapping[Urgency, Rule]


def own(engine: Engine, person: str) -> Own:
    """How somebody is reached."""
    with engine.connect() as connection:
        policy = policy_of(connection, datetime.now(UTC))
        known = connection.execute(select(PersonRow.role, *COLUMNS).where(PersonRow.id == person)).one()
        channels = connection.scalars(select(ChannelRow.name).where(ChannelRow.name.in_(PERSONAL))).all()
    there = set(ways_to(channels, addresses(known), called=True, of_group=False))
    rules = {urgency: policy.rule(urgency, known.role) for urgency in Urgency}
    return Own(policy.wishes.get(person, Wishes()), {urgency: _within(rule, there) for urgency, rule in rules.items()})


def _within(rule: Rule, ways: Collection[Way]) -> Rule:
    first, second = ([way for way in all_ if way in ways] for all_ in (rule.first, rule.second))
    return replace(rule, first=tuple(first), second=tuple(second))


def prefer(engine: Engine, person: str, wishes: Wishes) -> None:
    """Keep what somebody would rather have, in the place of what they said before."""
    begins, ends = wishes.quiet or (None, None)
    refused = tuple(sorted(f"{urgency}/{way}" for urgency, way in wishes.refused))
    values = {"quiet_from": begins, "quiet_until": ends, "refused": refused}
    added = insert(PreferenceRow).values({"person": person} | values)
    with engine.begin() as connection:
        connection.execute(added.on_conflict_do_update(index_elements=["person"], set_=values))


def _wishes(row: Row[*tuple[Any, ...]]) -> Wishes:
    quiet = (row.quiet_from, row.quiet_until) if row.quiet_from is not None and row.quiet_until is not None else None
    said = (each.partition("/") for each in row.refused)
    known = ((Urgency(urgency), Way(way)) for urgency, _, way in said if urgency in _URGENCIES and way in _WAYS)
    return Wishes(quiet, frozenset(known))


def _ways(words: Iterable[str]) -> tuple[Way, ...]:
    return tuple(Way(word) for word in words if word in _WAYS)
