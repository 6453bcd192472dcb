"""How a deputy of an approver is named over HTTP, and with what."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2

from domain.contract.calendars import CHINA
from tests.served import Served
from tests.uploads import JPEG, brought

DEPUTIES = "/api/customers/demo-nuobida/deputies"
#: Another contact of the customer, who is nobody's deputy.
CONTACT = {"id": "contact", "name": "孙倩", "role": "customer_contact", "customers": ["demo-nuobida"]}


def today() -> date:
    return datetime.now(UTC).astimezone(CHINA).date()


def written(desk: Served, report: str, user: str = "tech") -> str:
    """A writing of its own each time."""
    return brought(desk, report, user=user, content=JPEG + uuid.uuid4().bytes)


def named(desk: Served, user: str, deputy: str = "customer", approver: str = "tech", **fields: Any) -> httpx2.Response:
    """Named from today until tomorrow, so that midnight ends nothing."""
    body = {"approver": approver, "deputy": deputy, "ends_on": str(today() + timedelta(days=1)), **fields}
    return desk.as_user(user).post(DEPUTIES, json=body)
