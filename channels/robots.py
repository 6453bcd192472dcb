"""Robots: letters for a group of WeCom, DingTalk or Feishu. Each answers errors with a status of 200, in the body.

https://developer.work.weixin.qq.com/document/path/91770
https://open.dingtalk.com/document/orgapp/custom-robot-access
https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx2

from channels.cards import Card, of_dingtalk, of_feishu
from channels.channel import DelayedError, DownError, NotSentError, RefusedError
from channels.posting import Posting
from channels.writing import as_markdown, one_line, page_of_letter, title_of
from domain.audience.letters import OPEN
from runtime.channel_settings import Robot
from store.deliveries.claiming import Letter
from store.models import Way

#: Of an answer so many bytes are read.
_LARGEST = 16 * 1024
#: Whoever posts too often is not heard for a while, and for longer if they go on.
_CALM_S = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """What is a product's own.

    Attributes:
        longest: bytes of text that it takes in a card.
        card: of a title, a text in Markdown and a link.
        sign: where there is a secret, address and card with a signature.
        too_often: codes of an answer to posts that come too fast.
        closed: codes with which it takes nothing at all: another address, secret, keyword or network is wanted.
        unwanted: codes with which it takes this card at no time.
    """

    longest: int
    card: Callable[[str, str, str], Card]
    sign: Callable[[httpx2.URL, Card, str], tuple[httpx2.URL, Card]]
    too_often: frozenset[int]
    closed: frozenset[int]
    unwanted: frozenset[int]


@dataclass(frozen=True, slots=True)
class RobotChannel:
    """A robot in a group. Its address is a secret.

    Attributes:
        pages: the address of the console, where links lead.
    """

    way: Way
    robot: Robot
    pages: str
    posting: Posting

    async def send(self, letter: Letter) -> str:
        """Post it to the group; what was answered."""
        kind = KINDS[self.way]
        text = as_markdown(letter, self.pages, kind.longest)
        title = one_line(title_of(letter).zh)
        url, card = httpx2.URL(self.robot.url), kind.card(title, text, page_of_letter(letter, self.pages))
        if self.robot.secret:
            url, card = kind.sign(url, card, self.robot.secret)
        answer = await self.posting.post(str(url), json.dumps(card, ensure_ascii=False).encode(), {}, _LARGEST)
        if failure := answer.failure():
            raise failure
        code, said = _read(answer.body)
        words = one_line(f"{code} {self.robot.hidden(said)}")  # before it is cut: half a secret would not be known
        if code:
            raise _failure(kind, code, words)
        return words


def _read(body: bytes) -> tuple[int, str]:
    """The code in an answer, 0 for a success, and what it says."""
    try:
        said = json.loads(body)
        code = int(said["errcode"] if "errcode" in said else said["code"])
        return code, str(said.get("errmsg", said.get("msg", "")))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise DelayedError("it answers what no robot does") from None


def _failure(kind: Kind, code: int, words: str) -> NotSentError:
    if code in kind.too_often:
        return DownError(words, _CALM_S)
    if code in kind.closed:
        return DownError(words)
    return RefusedError(words) if code in kind.unwanted else DelayedError(words)


def _of_wecom(title: str, text: str, link: str) -> Card:  # noqa: ARG001  # its Markdown has no title of its own
    return {"msgtype": "markdown", "markdown": {"content": f"{text}\n[{OPEN.zh} {OPEN.en}]({link})"}}


def _of_dingtalk(title: str, text: str, link: str) -> Card:
    return {"msgtype": "actionCard", "actionCard": of_dingtalk(title, text, link)}


def _of_feishu(title: str, text: str, link: str) -> Card:
    return {"msg_type": "interactive", "card": of_feishu(title, text, link)}


def _unsigned(url: httpx2.URL, card: Card, secret: str) -> tuple[httpx2.URL, Card]:  # noqa: ARG001  # WeCom knows none
    return url, card


def _signed_in_address(url: httpx2.URL, card: Card, secret: str) -> tuple[httpx2.URL, Card]:
    """DingTalk: milliseconds, and the secret is the key."""
    at = str(int(time.time() * 1000))
    signature = _mac(secret, f"{at}\n{secret}")
    return url.copy_merge_params({"timestamp": at, "sign": signature}), card


def _signed_in_body(url: httpx2.URL, card: Card, secret: str) -> tuple[httpx2.URL, Card]:
    """Feishu: seconds, and they and the secret are the key of an empty text."""
    at = str(int(time.time()))
    return url, {"timestamp": at, "sign": _mac(f"{at}\n{secret}", "")} | card


def _mac(key: str, text: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), hashlib.sha256)).decode()


KINDS = {
    Way.WECOM: Kind(
        longest=3_400,
        card=_of_wecom,
        sign=_unsigned,
        too_often=frozenset({45009, 45033}),
        closed=frozenset({93000}),
        unwanted=frozenset({40008, 40058, 45002}),
    ),
    Way.DINGTALK: Kind(
        longest=15_000,
        card=_of_dingtalk,
        sign=_signed_in_address,
        too_often=frozenset({130101, 410100}),
        closed=frozenset({310000, 300001, 300005, 400013, 400101, 400102, 400106}),
        unwanted=frozenset({40035, 400105, 430101, 430102}),
    ),
    Way.FEISHU: Kind(
        longest=15_000,
        card=_of_feishu,
        sign=_signed_in_body,
        too_often=frozenset({11232, 99991400}),
        closed=frozenset({19001, 19021, 19022, 19024}),
        unwanted=frozenset({9499, 19036}),
    ),
}
