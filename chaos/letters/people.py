"""Whom the letters are for, what they are told, and what the database says of it in the end."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from chaos.letters.account import Told
from domain.audience.watch import Trouble
from domain.people.actors import Role
from store.models import DeliveryRow, NotificationRow, PersonRow, TicketRow

_FIRST_NUMBER = 13_800_000_000


def many_managers(engine: Engine, count: int) -> list[str]:
    """So many people whom a machine can dial and write to; their names."""
    ids = [f"letters-{nth:03}" for nth in range(count)]
    with Session(engine) as session, session.begin():
        for nth, id_ in enumerate(ids):
            ways = {"phone": str(_FIRST_NUMBER + nth), "email": f"{id_}@example.com"}
            session.add(PersonRow(id=id_, name=f"经理{nth}", role=Role.DUTY_MANAGER, **ways))
    return ids


def two_tickets(engine: Engine) -> Sequence[str]:
    """Of the demo's week."""
    with engine.connect() as connection:
        return connection.scalars(select(TicketRow.number).where(TicketRow.closed_at.is_(None)).limit(2)).all()


def tell(engine: Engine, recipient: str, ticket: str, nth: int) -> str:
    """One message that is to be acted on now; its id."""
    id_ = uuid.uuid4().hex
    with Session(engine) as session, session.begin():
        session.add(
            NotificationRow(
                id=id_,
                ticket=ticket,
                recipient=recipient,
                grounds={"whom": "duty_manager", "how": "on_duty"},
                title={"zh": f"告警{nth}", "en": f"Alarm {nth}"},
                text={"zh": f"告警{nth}。", "en": f"Alarm {nth}."},
                action={"zh": "请接手", "en": "Take it"},
                about={},
                data={"trouble": Trouble.OVERDUE, "over": False, "subject": ticket, "reason": str(nth)},
                created_at=datetime.now(UTC),
            )
        )
    return id_


def all_told(engine: Engine) -> list[Told]:
    """What became of every message."""
    with engine.connect() as connection:
        found = connection.execute(select(DeliveryRow)).all()
    return [
        Told(one.message, one.channel, one.recipient, one.ticket, one.created_at.timestamp(), one.state, one.letter)
        for one in found
    ]
