"""Chat: the addresses to which WeCom, DingTalk and Feishu post what people write to their robots."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, TypeVar

import structlog
from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from api.access.permissions import PUBLIC
from api.backend import Behind
from api.chat import dingtalk, feishu, wecom
from api.chat.doors import Doors
from api.chat.hearing import BUSY, answer_to, words
from api.chat.posts import ForgedError
from api.http.body import read_limited
from api.http.problems import Problem
from channels.apps.feishu import FeishuApp
from channels.channel import NotSentError
from domain.words.label import Label

#: Bytes: no product's message is longer.
_LIMIT = 64 * 1024
log = structlog.get_logger()
Door = TypeVar("Door")
Read = TypeVar("Read")
router = APIRouter(prefix="/api/chat", tags=["chat"])


def _doors(request: Request) -> Doors:
    doors: Doors = request.app.state.chats
    return doors


Known = Annotated[Doors, Depends(_doors)]


@router.get("/wecom", dependencies=[PUBLIC])
async def echo_to_wecom(request: Request, doors: Known) -> PlainTextResponse:
    """What WeCom has sealed, as it asks when this address is entered there."""
    try:
        return PlainTextResponse(wecom.echoed(_set_up(doors.wecom), request.query_params))
    except ForgedError:
        raise _forged() from None


@router.post("/wecom", dependencies=[PUBLIC])
async def hear_from_wecom(request: Request, behind: Behind, doors: Known) -> Response:
    """A message of WeCom's, sealed and signed; so is what is said in return."""
    chat = _set_up(doors.wecom)
    post = await _posted(request, partial(wecom.read, chat, request.query_params))
    if post is None:
        return Response()
    said = await answer_to(behind, "wecom", post)
    return Response(wecom.answer(chat, post.subject, said), media_type="application/xml")


@router.post("/feishu", dependencies=[PUBLIC])
async def hear_from_feishu(request: Request, behind: Behind, doors: Known) -> JSONResponse:
    """A message of Feishu's, sealed and signed; what is said in return is posted to Feishu."""
    chat, app = _set_up(doors.feishu)
    post = await _posted(request, partial(feishu.read, chat, request.headers))
    if isinstance(post, str):
        return JSONResponse({"challenge": post})
    if post is None:
        return JSONResponse({})
    said = await answer_to(behind, "feishu", post)
    return JSONResponse({}, background=BackgroundTask(_answer_in_feishu, app, post.id, said))


@router.post("/dingtalk", dependencies=[PUBLIC])
async def hear_from_dingtalk(request: Request, behind: Behind, doors: Known) -> JSONResponse:
    """A message of DingTalk's, signed; what is said in return is the answer."""
    chat, app = _set_up(doors.dingtalk)
    post = await _posted(request, partial(dingtalk.read, chat, request.headers))
    if post is None:
        return JSONResponse({})
    try:
        known = replace(post, subject=await app.union_id(post.subject))
    except NotSentError as failure:
        log.warning("dingtalk does not say who writes", said=str(failure))
        return _in_dingtalk(words(BUSY))
    try:
        return _in_dingtalk(await answer_to(behind, "dingtalk", known))
    except ForgedError:
        raise _forged() from None


async def _posted(request: Request, read: Callable[[bytes, int], Read]) -> Read:
    """What a product has posted, as it is read from a body at an instant, ms.

    Raises:
        Problem: it is not the product that posts it.
    """
    try:
        return read(await read_limited(request, _LIMIT), int(time.time() * 1000))
    except ForgedError:
        raise _forged() from None


def _in_dingtalk(said: str) -> JSONResponse:
    document: dict[str, Any] = {"msgtype": "text", "text": {"content": said}}
    return JSONResponse(document)


async def _answer_in_feishu(app: FeishuApp, message: str, said: str) -> None:
    try:
        await app.answer(message, said)
    except NotSentError as failure:
        log.warning("an answer in feishu is not said", said=str(failure))


def _set_up(door: Door | None) -> Door:
    """A product that is not set up is answered like one that did not sign: nobody learns which there are."""
    if door is None:
        raise _forged()
    return door


def _forged() -> Problem:
    """400: it is not signed as the product signs."""
    return Problem(400, "not-signed", Label("签名不符", "It is not signed as it has to be"))
