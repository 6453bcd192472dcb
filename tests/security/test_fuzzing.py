"""Fuzzing by the interface's own description: whatever any role sends to any route, nothing breaks.

`make test` sends a little to each route and of each command, and walks from one answer to the next request in the
name of each role; `make fuzz` does fifty times as much, by other chances each time.
"""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance

from api.describe import interface
from domain.people.actors import Role
from tests.patience import PATIENCE_S
from tests.security.asking import USERS, says_nothing
from tests.served import Served

ROLES = (Role.HOTLINE, Role.ENGINEER, Role.DUTY_MANAGER, Role.CUSTOMER_CONTACT, Role.ADMINISTRATOR)
#: How many times as much as usual.
TIMES = int(os.environ.get("ZHISHOU_FUZZ", "1"))
#: It answers for as long as somebody listens.
STREAM = "/api/events"
#: Sixty kinds of bodies, each of which is tried by itself.
COMMANDS = "/api/tickets/{number}/commands"
#: Bytes of many types; their own tests have samples of each.
FILES = "/api/tickets/{number}/attachments"

WHOLE = interface()
ROUTES = schemathesis.openapi.from_dict(WHOLE).exclude(path=[STREAM, COMMANDS]).exclude(path=FILES, method="POST")


def bounded(examples: int) -> settings:
    """So many, the same ones in each run of the tests."""
    health = list(HealthCheck)
    return settings(
        deadline=None,
        max_examples=examples * TIMES,
        suppress_health_check=health,
        derandomize=TIMES == 1,
        database=None,
        stateful_step_count=12,
    )


def of_one_kind(name: str) -> Any:  # its type has no public name
    """The route of commands as if it took this one alone."""
    route = WHOLE["paths"][COMMANDS]["post"]
    body = {"requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": name}}}}}
    described = {**WHOLE, "paths": {COMMANDS: {"post": route | body}}}
    return schemathesis.openapi.from_dict(described)[COMMANDS]["POST"]


_BODY = WHOLE["paths"][COMMANDS]["post"]["requestBody"]["content"]["application/json"]["schema"]
KINDS = [one["$ref"] for one in _BODY["oneOf"]]


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    """A ticket that is there for all of them."""
    return str(desk.open("nuobida", level="I")["number"])


def headers(desk: Served, role: Role) -> dict[str, str]:
    """Its token; a new one where fuzzing has ended the one before."""
    if desk.as_user(USERS[role]).get("/api/session").status_code != 200:
        desk.clients.pop(USERS[role]).close()
    return {"Authorization": desk.as_user(USERS[role]).headers["authorization"]}


def sent(desk: Served, case: Any, role: Role) -> None:  # its type has no public name
    """Nothing breaks, and the answer is of a type that the interface has."""
    answer = case.call(base_url=desk.url, headers=headers(desk, role), timeout=PATIENCE_S)
    case.validate_response(answer, checks=[not_a_server_error, content_type_conformance])
    assert says_nothing(answer)


@ROUTES.given(role=st.sampled_from(ROLES), real=st.booleans())
@ROUTES.parametrize()
@bounded(4)
def test_nothing_that_is_sent_breaks_a_route(case: Any, role: Role, desk: Served, number: str, *, real: bool):
    """Half of the requests are about a ticket that is there."""
    if real and "number" in (case.path_parameters or {}):
        case.path_parameters["number"] = number
    sent(desk, case, role)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_a_command_says_breaks_it(kind: str, desk: Served, number: str):
    operation = of_one_kind(kind)

    @bounded(2)
    @given(case=operation.as_strategy(), role=st.sampled_from(ROLES))
    def tried(case: Any, role: Role) -> None:
        case.path_parameters["number"] = number
        sent(desk, case, role)

    tried()


@pytest.mark.parametrize("role", ROLES)
def test_no_walk_from_answer_to_answer_breaks_anything(role: Role, desk: Served):
    """What one answer names is asked for next: a person, a contract, a token, a ticket."""

    class Walk(ROUTES.as_state_machine()):  # type: ignore[misc]  # made while it runs
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"base_url": desk.url, "headers": headers(desk, role), "timeout": PATIENCE_S}

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            case.validate_response(response, checks=[not_a_server_error, content_type_conformance])
            assert says_nothing(response)

    run_state_machine_as_test(Walk, settings=bounded(2))
