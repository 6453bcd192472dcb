"""Feishu: what it posts to an app's address of events, sealed and signed.

https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/encrypt-key-encryption-configuration-case
https://open.feishu.cn/document/server-docs/im-v1/message/events/receive
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from api.chat.posts import TRIED_FOR_MS, ForgedError, Post, require_lately
from runtime.chat_settings import FeishuChat

_BLOCK = 16
#: In a text, whom somebody mentions.
_MENTION = re.compile(r"@_(?:user_\d+|all)\s*")
_MESSAGES = "im.message.receive_v1"


def read(chat: FeishuChat, headers: Mapping[str, str], body: bytes, now_ms: int) -> Post | str | None:
    """What somebody has written; a text: what is answered when the address is entered; None: it is about nothing of it.

    Raises:
        ForgedError: it is not Feishu that posts it.
    """
    told = _opened(chat, body)
    if told.get("type") == "url_verification":
        _require(told.get("token") == chat.token)
        return str(told.get("challenge", ""))
    _require(hmac.compare_digest(_signature(chat, headers, body).encode(), _given(headers, "signature").encode()))
    header = _part(told, "header")
    _require(header.get("token") == chat.token and header.get("app_id") == chat.app.names[0])
    require_lately(header.get("create_time"), now_ms, good_for_ms=TRIED_FOR_MS)
    return _said(_part(told, "event")) if header.get("event_type") == _MESSAGES else None


def _said(event: Mapping[str, Any]) -> Post | None:
    message, sender = _part(event, "message"), _part(event, "sender")
    subject = _part(sender, "sender_id").get("union_id")
    if not isinstance(subject, str) or not isinstance(message.get("message_id"), str):
        return None
    alone = message.get("chat_type") == "p2p"
    if not alone and not message.get("mentions"):
        return None  # people speak with each other
    return Post(message["message_id"], subject, _text(message), alone)


def _text(message: Mapping[str, Any]) -> str | None:
    if message.get("message_type") != "text":
        return None
    try:
        said = json.loads(str(message.get("content", "")))
    except ValueError:
        return None
    text = said.get("text") if isinstance(said, dict) else None
    return _MENTION.sub("", text).strip() if isinstance(text, str) else None


def _opened(chat: FeishuChat, body: bytes) -> dict[str, Any]:
    """What it says; in clear nothing is believed."""
    try:
        told = json.loads(_plain(chat.key, json.loads(body)["encrypt"]))
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        raise ForgedError from None
    _require(isinstance(told, dict))
    return dict(told)


def _plain(key: str, sealed: str) -> bytes:
    """What was sealed: its first block is where that began."""
    whole = base64.b64decode(sealed, validate=True)
    opening = Cipher(AES(hashlib.sha256(key.encode()).digest()), CBC(whole[:_BLOCK])).decryptor()
    unpadding = PKCS7(8 * _BLOCK).unpadder()
    padded = opening.update(whole[_BLOCK:]) + opening.finalize()
    return unpadding.update(padded) + unpadding.finalize()


def _signature(chat: FeishuChat, headers: Mapping[str, str], body: bytes) -> str:
    words = _given(headers, "request-timestamp") + _given(headers, "request-nonce") + chat.key
    return hashlib.sha256(words.encode() + body).hexdigest()


def _given(headers: Mapping[str, str], name: str) -> str:
    return headers.get(f"x-lark-{name}", "")


def _part(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = told.get(name)
    return part if isinstance(part, dict) else {}


def _require(holds: bool) -> None:
    if not holds:
        raise ForgedError
