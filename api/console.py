"""The console's addresses; and the page that stands there where there is no console."""

from pathlib import Path
from string import Template

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.access.permissions import PUBLIC
from api.http.console import Console, Page
from api.http.problems import not_found
from domain.words.label import Label
from runtime.console_build import WhyNot

#: As the console's own table of pages has them; a test compares.
PAGES = (
    "/",
    "/my",
    "/my/{number}",
    "/audit",
    "/audit/what-if",
    "/audit/{number}",
    "/tickets",
    "/tickets/{number}",
    "/new",
    "/inbox",
    "/calls",
    "/roster",
    "/people",
    "/people/{person}",
    "/customers",
    "/customers/{customer}",
    "/organisations",
    "/channels",
    "/changes",
    "/packs",
    "/packs/{pack}",
    "/stats",
    "/wall",
    "/me",
)
#: As the phone's page has them.
PHONE_PAGES = ("/m/", "/m/t/{number}", "/m/call", "/m/outbox", "/m/sign-in")
#: Beside them, for a worker keeps what lies below its own address.
WORKER = "/m/sw.js"

_WITHOUT = Template((Path(__file__).parent / "static" / "index.html").read_text(encoding="utf-8"))
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_WHY_NOT = {
    WhyNot.SWITCHED_OFF: Label("已由 ZHISHOU_CONSOLE 关闭", "ZHISHOU_CONSOLE switches it off"),
    WhyNot.NO_PAGE: Label(
        "ZHISHOU_CONSOLE 指定的目录里没有控制台", "the folder that ZHISHOU_CONSOLE names holds no console"
    ),
    WhyNot.NOT_SHIPPED: Label("这个安装包不含控制台", "this package was built without it"),
    WhyNot.NOT_BUILT: Label("尚未构建", "it has not been built yet"),
    WhyNot.FAILED: Label("构建失败，可能连不上 npm", "its build failed, perhaps because npm is out of reach"),
}

_HERE = Label("在安装目录运行下面的命令，再重新启动。", "Run this where Zhishou is installed and start it again.")
_FROM_SOURCE = Label(
    "在源码目录运行下面的命令，把 ZHISHOU_CONSOLE 设为所得的目录，再重新启动。",
    "Run this in the sources, name the folder that it makes in ZHISHOU_CONSOLE, and start it again.",
)
_TO_FOLDER = "make environment\n.venv/bin/python -m runtime.console_build to /srv/zhishou-console"

router = APIRouter(include_in_schema=False)


async def page(request: Request) -> Response:
    """The console: one page, which knows by its address what to show."""
    console: Console = request.app.state.console
    if console.desk is not None:
        return console.desk.answer(request)
    if request.url.path != "/":
        raise not_found()
    why_not = console.why_not or WhyNot.NOT_BUILT
    why = _WHY_NOT[why_not]
    way, command = (_FROM_SOURCE, _TO_FOLDER) if why_not is WhyNot.NOT_SHIPPED else (_HERE, "make console")
    said = _WITHOUT.substitute(zh=why.zh, en=why.en, way_zh=way.zh, way_en=way.en, command=command)
    return HTMLResponse(said, headers={"Content-Security-Policy": _POLICY})


async def phone(request: Request) -> Response:
    """The phone's page, likewise."""
    return _answer(request.app.state.console.phone, request)


async def worker(request: Request) -> Response:
    """What keeps the phone's page for when no network is there; a browser asks for it each time."""
    return _answer(request.app.state.console.worker, request)


def _answer(page: Page | None, request: Request) -> Response:
    if page is None:
        raise not_found()
    return page.answer(request)


#: Whoever only looks whether it is there asks for the head.
_READ = ["GET", "HEAD"]

for path in PAGES:
    router.add_api_route(path, page, methods=_READ, dependencies=[PUBLIC])

for path in PHONE_PAGES:
    router.add_api_route(path, phone, methods=_READ, dependencies=[PUBLIC])

router.add_api_route(WORKER, worker, methods=_READ, dependencies=[PUBLIC])


@router.api_route("/assets/{name}", methods=_READ, dependencies=[PUBLIC])
async def asset(name: str, request: Request) -> Response:
    """A file that the page asks for."""
    console: Console = request.app.state.console
    return console.asset(name, request)
