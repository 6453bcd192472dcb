"""Rows of the registry of which no other test knows: an id, a customer, a contract, a shift; where each is."""

import uuid
from datetime import UTC, datetime, timedelta

from tests.served import Served
from tests.uploads import brought


def new_id() -> str:
    return f"x-{uuid.uuid4().hex[:12]}"


def customer(desk: Served) -> str:
    created = desk.as_user("admin").post("/api/customers", json={"id": new_id(), "name": "某公司"})
    return str(created.headers["location"])


def contract(desk: Served) -> str:
    created = desk.as_user("admin").post(f"{customer(desk)}/contracts", json={"id": new_id(), "pack": "sitech"})
    return str(created.headers["location"])


def organisation(desk: Served) -> str:
    body = {"id": new_id(), "name": "某厂家", "kind": "vendor"}
    return str(desk.as_user("admin").post("/api/organisations", json=body).headers["location"])


def shift_body() -> dict[str, str]:
    begins = datetime(2050, 1, 1, tzinfo=UTC) + timedelta(hours=uuid.uuid4().int % 300_000)
    return {
        "duty": "engineer", "person": "engineer", "begins_at": begins.isoformat(),
        "ends_at": (begins + timedelta(minutes=30)).isoformat(),
    }  # fmt: skip


def shift(desk: Served) -> str:
    return str(desk.as_user("admin").post("/api/roster", json=shift_body()).headers["location"])


def authorisation_body(desk: Served) -> dict[str, str]:
    until = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    evidence = brought(desk, str(desk.open()["number"]), "customer")
    return {
        "scope": "诊断", "channel": "phone", "granted_by": "王主任", "expires_at": until, "evidence": evidence,
    }  # fmt: skip


def authorisation(desk: Served) -> str:
    path = "/api/customers/demo-sitech/authorisations"
    return str(desk.as_user("duty").post(path, json=authorisation_body(desk)).headers["location"])
