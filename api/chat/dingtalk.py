"""DingTalk: what it posts to a robot of a company's own. Its signature is that of a time alone, so it is good for one.

https://open.dingtalk.com/document/orgapp/receive-message (its signature and its fields)
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from api.chat.posts import ForgedError, Post, require_lately
from runtime.chat_settings import DingTalkChat

_ALONE = "1"


def read(chat: DingTalkChat, headers: Mapping[str, str], body: bytes, now_ms: int) -> Post | None:
    """What somebody has written; None: nobody of the company.

    Raises:
        ForgedError: it is not DingTalk that posts it.
    """
    timestamp = headers.get("timestamp", "")
    words = f"{timestamp}\n{chat.app.secret}".encode()
    signed = base64.b64encode(hmac.digest(chat.app.secret.encode(), words, hashlib.sha256))
    if not hmac.compare_digest(signed, headers.get("sign", "").encode()):
        raise ForgedError
    require_lately(timestamp, now_ms)
    return _said(_document(body), int(timestamp))


def _said(told: dict[str, Any], stamp: int) -> Post | None:
    id_, subject, text = told.get("msgId"), told.get("senderStaffId"), told.get("text")
    if not isinstance(id_, str) or not isinstance(subject, str) or not subject:
        return None
    said = text.get("content") if told.get("msgtype") == "text" and isinstance(text, dict) else None
    words = said.strip() if isinstance(said, str) else None
    return Post(id_, subject, words, told.get("conversationType") == _ALONE, stamp)


def _document(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise ForgedError from None
    if not isinstance(told, dict):
        raise ForgedError
    return told
