"""A browser's session: begun with a password, carried by a cookie, ended by signing out."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.requests import Request
from starlette.responses import Response

from api.access.identity import Entered, require_own_page
from api.access.permissions import KNOWN, OWN_ACCESS, PUBLIC
from api.backend import Behind
from api.http.body import read_json
from api.http.openapi import takes
from api.http.problems import forbidden
from api.http.validation import validated
from api.sign_in import entering
from api.sign_in.documents import Signed
from api.sign_in.requests import ChangePassword, SignIn
from domain.words.label import Label

router = APIRouter(prefix="/api/session", tags=["session"])


@router.post("", dependencies=[PUBLIC], response_model=Signed, openapi_extra=takes(SignIn))
async def sign_in(request: Request, behind: Behind) -> Response:
    """Sign in with name and password; the answer sets the session's cookie."""
    require_own_page(request)
    given = validated(SignIn, await read_json(request))
    access = await entering.by_password(request, behind, given)
    return JSONResponse(Signed.by(access).model_dump(mode="json"))


@router.get("", dependencies=[KNOWN])
async def who_am_i(access: Entered) -> Signed:
    """Who the caller is; for a page also what its changes have to carry."""
    return Signed.by(access)


@router.delete("", dependencies=[KNOWN], status_code=204)
def sign_out(request: Request, access: Entered, behind: Behind) -> None:
    """End the session; its cookie opens nothing any more."""
    entering.leave(request, behind, access)


@router.put("/password", dependencies=[OWN_ACCESS], status_code=204, openapi_extra=takes(ChangePassword))
async def change_password(request: Request, access: Entered, behind: Behind) -> None:
    """Change one's own password, in a browser; all other sessions of the caller end."""
    if access.session is None:
        raise forbidden(Label("只能在登录的浏览器中修改密码", "A password is changed in a browser that has signed in"))
    given = validated(ChangePassword, await read_json(request))
    await entering.change_password(request, behind, access.actor, access.session.id, given)
