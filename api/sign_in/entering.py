"""Entering: from what somebody shows to a session in their browser."""

import asyncio
from datetime import UTC, datetime

import structlog
from sqlalchemy import Engine
from starlette.requests import Request

from api.access import cookies
from api.access.identity import Access, lives
from api.backend import Backend
from api.http.problems import wrong_field
from api.sign_in.problems import too_many_failures, wrong_password
from api.sign_in.requests import ChangePassword, SignIn
from domain.people.actors import Actor
from domain.words.label import Label
from runtime.sign_in_settings import Way
from store.access import sessions, throttle
from store.access.passwords import Weakness, person_name, set_password, signs_in, weakness
from store.access.scopes import Scope
from store.access.sessions import Browser
from store.access.throttle import DEVICE_LASTS, Measure

log = structlog.get_logger()

_WEAK = {
    Weakness.SHORT: Label("至少 12 个字符", "needs 12 characters at least"),
    Weakness.NAME: Label("不能包含用户名或姓名", "must not contain the user's name"),
    Weakness.COMMON: Label("太容易猜到，请换一个", "is too easy to guess; choose another"),
}

#: A check of a password takes 64 MiB: only so many at once.
_checks = asyncio.Semaphore(2)


async def by_password(request: Request, behind: Backend, given: SignIn) -> Access:
    """A session for whoever knows the password; the same words and the same time whoever does not exist."""
    now = datetime.now(UTC)
    device = cookies.read(request, behind.settings, cookies.DEVICE)
    if device and not await behind.ask(throttle.is_known, device, given.user, now):
        device = None
    actor = await _checked(behind, given.user, given.password, throttle.of_sign_in(given.user, _from(request), device))
    if actor is None:
        raise wrong_password()
    return await enter(request, behind, actor, Way.PASSWORD)


async def _checked(behind: Backend, user: str, password: str, measures: tuple[Measure, ...]) -> Actor | None:
    """Who it is, if the password is right and the attempt need not wait."""
    async with _checks:
        wait = await behind.change(throttle.admit, measures, datetime.now(UTC))
        if wait is not None:
            raise too_many_failures(wait)
        actor = await behind.change(signs_in, user, password)
    if actor is not None:
        await behind.change(throttle.forgive, measures)
    return actor


async def enter(request: Request, behind: Backend, actor: Actor, way: Way) -> Access:
    """A new session in the browser that asks, which is known from now on; one that it had before ends."""
    now, settings = datetime.now(UTC), behind.settings
    browser = Browser(request.headers.get("user-agent", ""), _from(request), way)
    old, device = (cookies.read(request, settings, cookie) for cookie in (cookies.SESSION, cookies.DEVICE))

    def begin(database: Engine) -> tuple[sessions.Opened, str]:
        if old:
            sessions.end_shown(database, old, now)
        opened = sessions.begin(database, actor, browser, lives(settings), now)
        return opened, throttle.remember(database, device, actor.id, now)

    opened, known = await behind.change(begin)
    cookies.give(request, settings, cookies.SESSION, str(opened.renewed), opened.expires_at - now)
    cookies.give(request, settings, cookies.DEVICE, known, DEVICE_LASTS)
    request.scope["actor"] = actor.id
    log.info("signed in", person=actor.id, way=way, client=browser.address)
    return Access(actor, (Scope.ALL,), session=opened)


async def go_out(request: Request, behind: Backend) -> None:
    """To an identity provider; who goes out again and again and never comes back has to wait."""
    measures = throttle.of_flow(_from(request))
    wait = await behind.change(throttle.admit, measures, datetime.now(UTC))
    if wait is not None:
        raise too_many_failures(wait)


async def come_in(request: Request, behind: Backend, actor: Actor, way: Way) -> None:
    """Back from there, with whom it named."""
    await behind.change(throttle.forgive, throttle.of_flow(_from(request)))
    await enter(request, behind, actor, way)


async def change_password(request: Request, behind: Backend, session: sessions.Opened, given: ChangePassword) -> None:
    """The new password is the only one; every other session of the person ends, and every other browser is unknown."""
    actor = session.actor
    name = await behind.ask(person_name, actor.id)
    if weak := weakness(given.new, actor.id, name):
        raise wrong_field("new", _WEAK[weak])
    if given.new == given.current:
        raise wrong_field("new", Label("不能与原密码相同", "must not be the password until now"))
    if await _checked(behind, actor.id, given.current, throttle.of_change(actor.id)) is None:
        raise wrong_field("current", Label("原密码不正确", "is not the password until now"))
    now = datetime.now(UTC)

    def change(database: Engine) -> str:
        set_password(database, actor.id, given.new)
        sessions.end_all(database, actor.id, now, but=session.id)
        throttle.forget(database, actor.id)
        return throttle.remember(database, None, actor.id, now)

    device = await behind.change(change)
    cookies.give(request, behind.settings, cookies.DEVICE, device, DEVICE_LASTS)


async def leave(request: Request, behind: Backend, access: Access) -> None:
    """End the session; its cookie opens nothing any more."""
    if access.session:
        await behind.change(sessions.end, access.actor.id, access.session.id, datetime.now(UTC))
    cookies.take_back(request, behind.settings, cookies.SESSION)


def _from(request: Request) -> str:
    return request.client.host if request.client else "-"
