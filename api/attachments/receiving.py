"""Receiving: the bytes of an attachment go to a file as they come, and stay only if they are what their sender says."""

import asyncio
import errno
from dataclasses import dataclass

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.attachments.looking import is_it
from api.attachments.requests import mismatch
from api.http.problems import invalid, too_large, unavailable
from domain.words.label import Label
from runtime.blobs import Blobs, Incoming

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
_NOTHING = Label("正文为空：请把文件的字节作为正文", "The body is empty: the file's bytes are the body")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Received:
    """A file that is safe on disk."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where files go, of how many bytes at most; ``looking``: held while one is looked into."""

    blobs: Blobs
    limit: int
    looking: asyncio.Semaphore


async def receive(request: Request, to: Receiver, media_type: str) -> Received:
    """The body, kept; a Problem where it is too large, empty or something else.

    Whatever goes wrong, nothing of it stays.
    """
    if int(request.headers.get("content-length") or 0) > to.limit:
        raise too_large(to.limit)
    try:
        incoming = await run_in_threadpool(to.blobs.receive)
        try:
            return await _received(request, incoming, to, media_type)
        finally:
            await run_in_threadpool(incoming.drop)
    except OSError as error:
        if error.errno not in _NO_SPACE:
            raise
        log.warning("no space for attachments", error=error.strerror)
        raise unavailable() from None


async def _received(request: Request, incoming: Incoming, to: Receiver, media_type: str) -> Received:
    async for piece in request.stream():
        if incoming.size + len(piece) > to.limit:
            raise too_large(to.limit)
        await run_in_threadpool(incoming.write, piece)
    if not incoming.size:
        raise invalid(detail=_NOTHING)
    await run_in_threadpool(incoming.finish)
    async with to.looking:
        is_good = await run_in_threadpool(is_it, incoming.path, media_type)
    if not is_good:
        raise mismatch(media_type)
    return Received(await run_in_threadpool(incoming.keep), incoming.size)
