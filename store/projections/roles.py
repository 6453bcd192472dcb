"""Roles and people who are told of what stands on no timeline: a missed call, a mail that waits, a standstill."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.audience.desk import ANSWER_FOR_ALL, Desk, How
from domain.audience.notices.notice import ROLE_OF, Whom
from domain.audience.saying import Sentence
from domain.audience.sentences import gap
from domain.people.actors import Role
from store.projections.notifications import desk_of, gap_id
from store.telling import put_messages, spoken

#: By which word the table of notices means a role.
_WHOM = {role: whom for whom, role in ROLE_OF.items()}


@dataclass(frozen=True, slots=True)
class News:
    """Something that roles are told.

    Attributes:
        about: what names it: however often it is tried, it is told once.
        ticket: which it concerns, if there is such a one.
    """

    about: str
    sentence: Sentence
    data: dict[str, Any] = field(default_factory=dict)
    ticket: str | None = None


def tell_roles(connection: Connection, roles: Sequence[Role], news: Iterable[News], now: datetime) -> None:
    """Tell whom these roles mean now, each person once; of a role that has nobody on duty the duty manager learns."""
    desk = desk_of(connection, {*roles, *ANSWER_FOR_ALL}, (), now)
    grounds: dict[str, dict[str, Any]] = {}
    for role in roles:
        for each in desk.role(role):
            grounds.setdefault(each.person, {"whom": _WHOM[role], "how": each.how})
    tell_people(connection, grounds, news, now)
    put_messages(connection, list(_of_gaps(desk, roles, now)))


def tell_people(
    connection: Connection, grounds: Mapping[str, dict[str, Any]], news: Iterable[News], now: datetime
) -> None:
    """Tell these people, each on their grounds, however often it is tried once."""
    put_messages(connection, [_row(each, person, why, now) for each in news for person, why in grounds.items()])


def _row(news: News, person: str, grounds: dict[str, Any], now: datetime) -> dict[str, Any]:
    id_ = hashlib.sha256(f"{news.about}\n{person}".encode()).hexdigest()[:32]
    where = {"ticket": news.ticket, "data": news.data, "created_at": now}
    return {"id": id_, "recipient": person, "grounds": grounds} | where | spoken(news.sentence)


def _of_gaps(desk: Desk, roles: Iterable[Role], now: datetime) -> Iterator[dict[str, Any]]:
    """As a ticket tells of them (001-34), and once with it."""
    for role in dict.fromkeys(roles):
        if any(each.how is How.NOBODY_ON_DUTY for each in desk.role(role)):
            for each in desk.role(Role.DUTY_MANAGER):
                grounds = {"whom": Whom.DUTY_MANAGER, "how": each.how, "gap": role}
                said = News("", gap(role))
                yield _row(said, each.person, grounds, now) | {"id": gap_id(role, each.person, now)}
