"""The console's addresses; and the page that stands there where there is no console."""

from pathlib import Path
from string import Template

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.access.permissions import PUBLIC
from api.http.console import Console
from api.http.problems import not_found
from domain.words.label import Label
from runtime.console_build import WhyNot

#: As the console's own table of pages has them; a test compares.
PAGES = (
    "/",
    "/tickets",
    "/tickets/{number}",
    "/new",
    "/inbox",
    "/roster",
    "/people",
    "/people/{person}",
    "/customers",
    "/customers/{customer}",
    "/organisations",
    "/changes",
    "/packs",
    "/packs/{pack}",
    "/me",
)

_WITHOUT = Template((Path(__file__).parent / "static" / "index.html").read_text(encoding="utf-8"))
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_WHY_NOT = {
    WhyNot.SWITCHED_OFF: Label("已由 ZHISHOU_CONSOLE 关闭", "ZHISHOU_CONSOLE switches it off"),
    WhyNot.NO_PAGE: Label(
        "ZHISHOU_CONSOLE 指定的目录里没有控制台", "the folder that ZHISHOU_CONSOLE names holds no console"
    ),
    WhyNot.NOT_BUILT: Label("尚未构建", "it has not been built yet"),
    WhyNot.FAILED: Label("构建失败，可能连不上 npm", "its build failed, perhaps because npm is out of reach"),
}

router = APIRouter(include_in_schema=False)


async def page(request: Request) -> Response:
    """The console: one page, which knows by its address what to show."""
    console: Console = request.app.state.console
    if console.page is not None:
        return console.answer(request)
    if request.url.path != "/":
        raise not_found()
    why = _WHY_NOT[console.why_not or WhyNot.NOT_BUILT]
    return HTMLResponse(_WITHOUT.substitute(why.as_json()), headers={"Content-Security-Policy": _POLICY})


for path in PAGES:
    router.add_api_route(path, page, dependencies=[PUBLIC])


@router.get("/assets/{name}", dependencies=[PUBLIC])
async def asset(name: str, request: Request) -> Response:
    """A file that the page asks for."""
    console: Console = request.app.state.console
    return console.asset(name, request)
