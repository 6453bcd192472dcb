"""What the apps of all three have in common: a token that is kept, and errors that come with any status."""

import asyncio
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar

from channels.channel import DelayedError, DownError, NotSentError, RefusedError
from channels.posting import Answer, Posting
from channels.writing import one_line
from runtime.channel_settings import App
from runtime.words import struck_out
from store.deliveries.claiming import Letter
from store.models import Way

#: Of an answer so many bytes are read.
_LARGEST = 16 * 1024
#: Of an answer that lacks what its documentation says, or is none.
_NO_PRODUCT = "it answers what no product of an app does"
T = TypeVar("T")

#: A token is not used in its last minutes.
_MARGIN_S = 300
#: Whoever posts too often is not heard for a while, and for longer if they go on.
_CALM_S = 60


class _StaleError(Exception):
    """The token is over, or was taken back."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What a product's codes mean; with any other it may take the letter later.

    Attributes:
        stale: another token is wanted.
        too_often: nobody has anything for a while.
        closed: it takes nothing at all: another secret, permission or network is wanted.
        unwanted: it takes this letter at no time: somebody is unknown, has left, or may not use the app.
    """

    stale: frozenset[str]
    too_often: frozenset[str]
    closed: frozenset[str]
    unwanted: frozenset[str]


@dataclass
class AppChannel(ABC):
    """One product's app.

    Attributes:
        api: where the product answers programs.
        pages: the address of the console, where links lead.
    """

    app: App
    api: str
    pages: str
    posting: Posting
    _token: str = ""
    _until: float = 0.0
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    way: ClassVar[Way]
    codes: ClassVar[Codes]

    @abstractmethod
    async def _handed(self, letter: Letter) -> str:
        """Hand it over; what was answered."""

    @abstractmethod
    async def _asked_token(self) -> tuple[str, float]:
        """A token, and the seconds for which it is good. Asking for it often is punished."""

    async def send(self, letter: Letter) -> str:
        """Hand it over; what was answered, without what is secret."""
        return self._told(await self.let_in(lambda: self._handed(letter)))

    async def let_in(self, step: Callable[[], Awaitable[T]]) -> T:
        """What comes of a step; what is said of a failure holds nothing that is secret.

        Raises:
            NotSentError: the product does not do it.
        """
        try:
            return await self._let_in(step)
        except NotSentError as failure:
            raise type(failure)(self._told(str(failure)), failure.after_s) from None
        except (KeyError, TypeError, ValueError):
            raise DelayedError(_NO_PRODUCT) from None

    async def _let_in(self, step: Callable[[], Awaitable[T]]) -> T:
        """Where the token is over it is asked for once more."""
        let_in_by = await self.token()
        try:
            return await step()
        except _StaleError:
            if self._token == let_in_by:  # no other letter has asked for another one meanwhile
                self._until = 0.0
        try:
            return await step()
        except _StaleError:
            raise DownError("its token is not taken") from None

    def _told(self, words: str) -> str:
        """In a line, which is cut last: half a secret would not be known."""
        return one_line(struck_out(words, (self.app.secret, self._token)))

    async def token(self) -> str:
        """What the app is let in by."""
        async with self._asking:
            if time.monotonic() >= self._until:
                self._token, lasts_s = await self._asked_token()
                self._until = time.monotonic() + lasts_s - _MARGIN_S
            return self._token

    async def post(self, url: str, document: object, headers: dict[str, str] | None = None) -> dict[str, Any]:
        """What is said to a document, if it is no error."""
        body = json.dumps(document, ensure_ascii=False).encode()
        return self._heard(await self.posting.post(url, body, headers or {}, _LARGEST))

    async def get(self, url: str) -> dict[str, Any]:
        """What is said there, if it is no error."""
        return self._heard(await self.posting.get(url, _LARGEST))

    def _heard(self, answer: Answer) -> dict[str, Any]:
        said = _read(answer.body)
        code = str(said.get("errcode", said.get("code", 0)))
        if said and code == "0" and answer.status == HTTPStatus.OK:
            return said
        told = f"{code} {said.get('errmsg', said.get('msg', said.get('message', '')))}"
        if code in self.codes.stale:
            raise _StaleError
        if code in self.codes.too_often:
            raise DownError(told, _CALM_S)
        if code in self.codes.closed:
            raise DownError(told)
        if code in self.codes.unwanted:
            raise RefusedError(told)
        failure = answer.failure() or DelayedError(_NO_PRODUCT)
        raise type(failure)(told, failure.after_s) if said else failure


def _read(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
