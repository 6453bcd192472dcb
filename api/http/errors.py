"""The one map from what can go wrong to what a caller is told."""

import structlog
from fastapi import FastAPI
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from temporalio.service import RPCError

from api.http import problems
from api.http.console import Console
from api.http.middleware import loggable
from api.http.problems import FieldError, Problem
from domain.words.label import Label
from gateway.tickets import NotConnectedError
from runtime.errors import StoreError
from store.acting import NotAnyMoreError, OtherRightsError
from store.registry.faults import ConflictError, FaultyError, InvalidError, UnknownError

log = structlog.get_logger()

_OTHER_RIGHTS = Label(
    "处理期间您的权限已变更，请重新登录后再试",
    "Your rights changed while this was under way; sign in again and repeat it",
)

#: Errors of a server that is out of reach or too slow: the same request may be sent again.
OUT_OF_REACH = (
    NotConnectedError,
    StoreError,
    RPCError,
    TimeoutError,
    OperationalError,
    InterfaceError,
    PoolTimeoutError,
)


def install(app: FastAPI) -> None:
    """Make every error of the application a problem document."""
    app.add_exception_handler(Problem, _problem)
    for refusal in (InvalidError, ConflictError, UnknownError):
        app.add_exception_handler(refusal, _not_registered)
    app.add_exception_handler(NotAnyMoreError, _not_any_more)
    app.add_exception_handler(OtherRightsError, _other_rights)
    for error in OUT_OF_REACH:
        app.add_exception_handler(error, _out_of_reach)
    app.add_exception_handler(DatabaseError, perhaps_out_of_reach)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(ClientDisconnect, _nobody_there)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return error.response(request)


async def _not_any_more(request: Request, error: Exception) -> Response:  # noqa: ARG001  # it says nothing more
    return problems.unauthenticated().response(request)


async def _other_rights(request: Request, error: Exception) -> Response:  # noqa: ARG001  # it says nothing more
    return problems.forbidden(_OTHER_RIGHTS).response(request)


async def _not_registered(request: Request, error: Exception) -> Response:
    """A change of the registry that is not made."""
    if not isinstance(error, FaultyError):
        return problems.not_found().response(request)
    errors = [FieldError(fault.field, fault.message) for fault in error.faults]
    refused = problems.conflict if isinstance(error, ConflictError) else problems.invalid
    return refused(*errors).response(request)


async def _out_of_reach(request: Request, error: Exception) -> Response:
    # The text of such an error may hold addresses: it is for the log alone, and without the statement and its values.
    text = str(getattr(error, "orig", None) or error).partition("\n")[0][:200]
    log.warning("out of reach", path=loggable(request.url.path), error=type(error).__name__, text=text)
    return problems.unavailable().response(request)


async def perhaps_out_of_reach(request: Request, error: Exception) -> Response:
    """A connection that breaks in the middle of an answer comes as the driver's most general error."""
    assert isinstance(error, DatabaseError)
    if error.connection_invalidated:
        return await _out_of_reach(request, error)
    raise error


async def _by_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    console: Console = request.app.state.console
    if error.status_code == 404 and (page := console.instead(request)):
        return page
    by_status = {404: problems.not_found(), 405: problems.method_not_allowed(headers)}
    return by_status.get(error.status_code, problems.internal()).response(request)


async def _nobody_there(request: Request, error: Exception) -> Response:  # noqa: ARG001  # nobody reads it
    return Response(status_code=400)
