"""Entering: from what somebody shows to a session in their browser."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import structlog
from sqlalchemy import Engine
from starlette.requests import Request

from api.access import cookies
from api.access.identity import Access, lives
from api.backend import Act, Backend
from api.http.address import address_of
from api.http.problems import unauthenticated, wrong_field
from api.sign_in.problems import too_many_failures, wrong_password
from api.sign_in.requests import ChangePassword, SignIn
from domain.people.actors import IN_CHARGE, Actor
from domain.words.label import Label
from runtime.sign_in_settings import Way
from store.access import sessions, throttle
from store.access.passwords import Proven, Weakness, person_name, set_password, signs_in, weakness
from store.access.scopes import Scope
from store.access.sessions import Browser
from store.access.throttle import DEVICE_LASTS, Measure
from store.acting import Acting, NotAnyMoreError, OtherRightsError

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
    measures = throttle.of_sign_in(given.user, address_of(request), device)
    proven = await _checked(behind, given.user, given.password, measures)
    if proven is None:
        raise wrong_password()
    return await enter(request, behind, proven.actor, Way.PASSWORD, proven, keeps=given.keep)


async def _checked(behind: Backend, user: str, password: str, measures: tuple[Measure, ...]) -> Proven | None:
    """Who it is, if the password is right and the attempt need not wait."""
    async with _checks:
        wait = await behind.note(throttle.admit, measures, datetime.now(UTC))
        if wait is not None:
            raise too_many_failures(wait)
        proven = await behind.note(signs_in, user, password)
    if proven is not None:
        await behind.note(throttle.forgive, measures)
    return proven


async def enter(
    request: Request, behind: Backend, actor: Actor, way: Way, proven: Proven | None = None, *, keeps: bool = False
) -> Access:
    """A new session in the browser that asks, which is known from now on; one that it had before ends.

    Unless the person may enter no more by now, or what they have ``proven`` to know is not their password any more.
    Whoever goes to machine rooms may have a session that ``keeps``.
    """
    now, settings, keeps = datetime.now(UTC), behind.settings, keeps and actor.role in IN_CHARGE
    browser = Browser(request.headers.get("user-agent", ""), address_of(request), way, keeps)
    old, device = (cookies.read(request, settings, cookie) for cookie in (cookies.SESSION, cookies.DEVICE))

    def begin(database: Engine) -> tuple[sessions.Opened, str]:
        if old:
            sessions.end_shown(database, old, now)
        opened = sessions.begin(database, actor, browser, lives(settings), now)
        return opened, throttle.remember(database, device, actor.id, now)

    password = proven.hashed if proven else None
    proof = Acting(actor, password=password, request=request.scope["request_id"])
    try:
        opened, known = await Act(behind, proof).add(begin)
    except (NotAnyMoreError, OtherRightsError):
        raise unauthenticated() from None
    cookies.give(request, settings, cookies.SESSION, str(opened.renewed), opened.expires_at - now)
    cookies.give(request, settings, cookies.DEVICE, known, DEVICE_LASTS)
    request.scope["actor"] = actor.id
    log.info("signed in", person=actor.id, way=way, client=browser.address)
    to_change = proven is not None and proven.to_change
    return Access(actor, (Scope.ALL,), session=replace(opened, to_change=to_change))


async def go_out(request: Request, behind: Backend) -> None:
    """To an identity provider; who goes out again and again and never comes back has to wait."""
    measures = throttle.of_flow(address_of(request))
    wait = await behind.note(throttle.admit, measures, datetime.now(UTC))
    if wait is not None:
        raise too_many_failures(wait)


async def come_in(request: Request, behind: Backend, actor: Actor, way: Way) -> None:
    """Back from there, with whom it named."""
    await behind.note(throttle.forgive, throttle.of_flow(address_of(request)))
    await enter(request, behind, actor, way)


async def change_password(request: Request, act: Act, session: sessions.Opened, given: ChangePassword) -> None:
    """The new password is the only one; every other session of the person ends, and every other browser is unknown."""
    actor, behind = session.actor, act.behind
    name = await behind.ask(person_name, actor.id)
    if weak := weakness(given.new, actor.id, name):
        raise wrong_field("new", _WEAK[weak])
    if given.new == given.current:
        raise wrong_field("new", Label("不能与原密码相同", "must not be the password until now"))
    if await _checked(behind, actor.id, given.current, throttle.of_change(actor.id)) is None:
        raise wrong_field("current", Label("原密码不正确", "is not the password until now"))
    now = datetime.now(UTC)

    def change(database: Engine) -> str:
        set_password(database, actor.id, given.new, session=session.id)
        throttle.forget(database, actor.id)
        return throttle.remember(database, None, actor.id, now)

    device = await act.change(change)
    cookies.give(request, behind.settings, cookies.DEVICE, device, DEVICE_LASTS)


async def leave(request: Request, act: Act, access: Access) -> None:
    """End the session; its cookie opens nothing any more."""
    if access.session:
        await act.change(sessions.end, access.actor.id, access.session.id, datetime.now(UTC))
    cookies.take_back(request, act.behind.settings, cookies.SESSION)
