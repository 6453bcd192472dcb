"""Waking: what waits for the end of somebody's quiet hours leaves as soon as they are over, by roster, wish or rule."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Text, bindparam, cast, select, update

from domain.audience.reaching import PERSONAL
from store.deliveries.policy import policy_of
from store.deliveries.wanting import WANTING, wanted
from store.models import Delivered, DeliveryRow, NotificationRow, PersonRow
from store.models.base import table_of

#: What has never been tried and waits, as the policy of before would have it.
_WAITING = (
    select(
        DeliveryRow.message,
        DeliveryRow.channel,
        DeliveryRow.recipient,
        DeliveryRow.instead,
        DeliveryRow.next_at,
        cast(PersonRow.role, Text).label("role"),
        *WANTING,
    )
    .join(NotificationRow, NotificationRow.id == DeliveryRow.message)
    .join(PersonRow, PersonRow.id == DeliveryRow.recipient)
    .where(DeliveryRow.state == Delivered.WAITING, DeliveryRow.tried_since.is_(None), DeliveryRow.channel.in_(PERSONAL))
)
_DELIVERY = table_of(DeliveryRow)
_SOONER = (
    update(_DELIVERY)
    .where(_DELIVERY.c.message == bindparam("id"), _DELIVERY.c.channel == bindparam("way"))
    .where(_DELIVERY.c.state == Delivered.WAITING, _DELIVERY.c.tried_since.is_(None))
    .values(next_at=bindparam("at"), as_of=bindparam("now"))
)


def wake(engine: Engine, now: datetime) -> int:
    """Have leave sooner what nobody is left alone with any more; how many. Nothing leaves later by this."""
    with engine.begin() as connection:
        sooner = list(_sooner(connection, now))
        if sooner:
            connection.execute(_SOONER, sooner)
    return len(sooner)


def _sooner(connection: Connection, now: datetime) -> Iterator[dict[str, Any]]:
    policy = policy_of(connection, now)
    for row in connection.execute(_WAITING.where(DeliveryRow.next_at > now)).mappings():
        wants = wanted(row)
        reader = policy.reader(row["recipient"], (), row["how"] or "")
        at = policy.left_alone_until(wants, row["role"], reader, now)
        if row["instead"]:
            at += timedelta(minutes=policy.rule(wants, row["role"]).after_min)
        if at < row["next_at"]:
            yield {"id": row["message"], "way": row["channel"], "at": at, "now": now}
