"""A browser's session: begun with a password, carried by a cookie, ended by signing out."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from starlette.requests import Request
from starlette.responses import Response

from api.access.identity import Access, Acts, Entered, require_own_page
from api.access.permissions import KNOWN, OWN_ACCESS, PUBLIC
from api.backend import Backend, Behind
from api.http.inputs import takes
from api.http.problems import forbidden
from api.sign_in import entering
from api.sign_in.documents import Signed
from api.sign_in.requests import ChangePassword, SignIn
from domain.words.label import Label
from store.access.passwords import person_name
from store.access.sessions import Opened
from store.registry.deputies import stands_in
from store.registry.names import customer_names


async def _own_session(access: Entered) -> Opened:
    if access.session is None:
        raise forbidden(Label("只能在登录的浏览器中修改密码", "A password is changed in a browser that has signed in"))
    return access.session


#: The session of the browser that asks; 403 for a token.
OwnSession = Annotated[Opened, Depends(_own_session)]
#: A form of another site would sign people in as somebody else.
OWN_PAGE = Depends(require_own_page)

router = APIRouter(prefix="/api/session", tags=["session"])


@router.post("", dependencies=[PUBLIC, OWN_PAGE], response_model=Signed)
async def sign_in(request: Request, behind: Behind, given: Annotated[SignIn, takes(SignIn)]) -> Response:
    """Sign in with name and password; the answer sets the session's cookie."""
    access = await entering.by_password(request, behind, given)
    return JSONResponse((await _signed(access, behind)).model_dump(mode="json"))


@router.get("", dependencies=[KNOWN])
async def who_am_i(access: Entered, behind: Behind) -> Signed:
    """The caller; for a page also what its changes have to carry."""
    return await _signed(access, behind)


async def _signed(access: Access, behind: Backend) -> Signed:
    deputy = await behind.ask(stands_in, access.actor, datetime.now(UTC))
    name = await behind.ask(person_name, access.actor.id)
    customers = await behind.ask(customer_names, access.actor.customers)
    return Signed.by(access, name, customers, deputy=deputy)


@router.delete("", dependencies=[KNOWN], status_code=204)
async def sign_out(request: Request, access: Entered, act: Acts) -> None:
    """End the session; its cookie opens nothing any more."""
    await entering.leave(request, act, access)


@router.put("/password", dependencies=[OWN_ACCESS], status_code=204)
async def change_password(
    request: Request, session: OwnSession, act: Acts, given: Annotated[ChangePassword, takes(ChangePassword)]
) -> None:
    """Change one's own password, in a browser; all other sessions of the caller end."""
    await entering.change_password(request, act, session, given)
