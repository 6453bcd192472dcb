"""Machines of others: asked within bounds, so that none holds anything up, and told of when they stay away."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

import httpx2
from pydantic import AwareDatetime, TypeAdapter
from sqlalchemy import Engine

from domain.audience.watch import Trouble
from runtime.archive import Archive, is_in_reach
from runtime.files import write_private
from runtime.settings import Given
from store.watch.findings import Look, settle

#: What comes of an answer that is none.
FAILURES = (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, ValueError)
#: A machine that starts anew is back before; what is refused because of the past is told at once.
_AWAY = timedelta(hours=1)
_SINCE = TypeAdapter(dict[str, AwareDatetime])


class Named(Protocol):
    """A machine of somebody else's."""

    @property
    def called(self) -> str:
        """What it is told of by."""


_Whom = TypeVar("_Whom", bound=Named)


@dataclass(frozen=True, slots=True)
class Lack:
    """Why there is nothing from it. ``refused``: it knows another past."""

    why: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status of HTTP, the type and the bytes of what was said."""

    status: int
    kind: str
    body: bytes


async def post(url: str, body: bytes, within_s: float, most: int, kind: str = "") -> Answer:
    """What it answers, of so many bytes at most; nobody is followed elsewhere.

    Raises:
        FAILURES: it does not answer, or says more.
    """
    headers = {"Accept-Encoding": "identity"}  # what is packed may unpack to anything
    headers |= {"Content-Type": kind} if kind else {}
    async with (
        asyncio.timeout(within_s),
        httpx2.AsyncClient(timeout=within_s, follow_redirects=False) as client,
        client.stream("POST", url, content=body, headers=headers) as answer,
    ):
        told = b""
        async for piece in answer.aiter_raw():
            told += piece
            if len(told) > most:
                raise ValueError("it says more than it should")
        return Answer(answer.status_code, answer.headers.get("content-type", ""), told)


async def look(
    engine: Engine, given: Given, trouble: Trouble, ask: Callable[[Archive], Awaitable[Mapping[_Whom, Lack]]] | None
) -> None:
    """Have this installation's log seen by others, if there is one, and tell of who stays away. ``ask``: None: nobody.

    Since when one has been asked in vain is kept beside the keys of the archive.
    """
    found: dict[str, str] = {}
    if ask and is_in_reach(given):
        archive = await asyncio.to_thread(Archive.of, given)
        lacking = await ask(archive)
        kept = archive.memory.with_name(trouble.value)
        found = await asyncio.to_thread(_told, kept, lacking, datetime.now(UTC))
    await asyncio.to_thread(settle, engine, Look(trouble, found), datetime.now(UTC))


def _told(kept: Path, lacking: Mapping[_Whom, Lack], now: datetime) -> dict[str, str]:
    """Who is to be told of, and why."""
    before = _read(kept.read_bytes()) if kept.is_file() else {}
    since = {each.called: before.get(each.called, now) for each in lacking}
    if since != before:
        write_private(kept, _SINCE.dump_json(since))
    return {
        each.called: f"{lack.why}, since {since[each.called]:%Y-%m-%d %H:%M} UTC"
        for each, lack in lacking.items()
        if lack.refused or now - since[each.called] >= _AWAY
    }


def _read(kept: bytes) -> dict[str, datetime]:
    """Since when whom; nothing where that is not known."""
    try:
        return _SINCE.validate_json(kept, strict=True)
    except ValueError:
        return {}
