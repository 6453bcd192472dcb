"""WeCom: what it posts to an app of a company's own, sealed and signed, and how it is answered in the same way.

https://developer.work.weixin.qq.com/document/path/90930 (the address is verified), 90968 (sealing and signing),
90239 (messages), 90241 (answers).
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
import time
from collections.abc import Mapping
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from api.chat.posts import ForgedError, Post, require_lately
from runtime.chat_settings import WeComChat

#: It pads to blocks of 32 bytes; before a message stand as many that mean nothing as these, and its length.
_BLOCK_BITS, _RANDOM, _LENGTH = 256, 16, struct.Struct(">I")


def echoed(chat: WeComChat, query: Mapping[str, str]) -> str:
    """What is answered when the address is entered: the words that it has sealed.

    Raises:
        ForgedError: it is not WeCom that asks.
    """
    return _opened(chat, query, query.get("echostr", "")).decode("utf-8", "strict")


def read(chat: WeComChat, query: Mapping[str, str], body: bytes, now_ms: int) -> Post | None:
    """What somebody has written; None: nothing, somebody has opened the app, say.

    Raises:
        ForgedError: it is not WeCom that posts it.
    """
    told = _document(_opened(chat, query, _document(body).get("Encrypt", "")))
    require_lately(query.get("timestamp"), now_ms)
    if told.get("MsgType", "event") == "event" or not told.get("MsgId") or not told.get("FromUserName"):
        return None
    text = told.get("Content", "") if told["MsgType"] == "text" else None
    return Post(told["MsgId"], told["FromUserName"], text)


def answer(chat: WeComChat, to: str, text: str) -> bytes:
    """What is said in return, to be shown where somebody wrote."""
    message = _sealed(chat, _written({"ToUserName": to, "FromUserName": chat.corp, "MsgType": "text", "Content": text}))
    timestamp, nonce = str(int(time.time())), secrets.token_hex(8)
    signature = _signature(chat, timestamp, nonce, message)
    return _written({"Encrypt": message, "MsgSignature": signature, "TimeStamp": timestamp, "Nonce": nonce})


def _opened(chat: WeComChat, query: Mapping[str, str], sealed: str) -> bytes:
    signed = _signature(chat, query.get("timestamp", ""), query.get("nonce", ""), sealed)
    if not hmac.compare_digest(signed.encode(), query.get("msg_signature", "").encode()):
        raise ForgedError
    try:
        opening, unpadding = _cipher(chat).decryptor(), PKCS7(_BLOCK_BITS).unpadder()
        padded = opening.update(base64.b64decode(sealed, validate=True)) + opening.finalize()
        whole = unpadding.update(padded) + unpadding.finalize()
        (length,) = _LENGTH.unpack_from(whole, _RANDOM)
    except (ValueError, binascii.Error, struct.error):
        _refuse()
    begins = _RANDOM + _LENGTH.size
    if whole[begins + length :] != chat.corp.encode():
        raise ForgedError
    return whole[begins : begins + length]


def _sealed(chat: WeComChat, message: bytes) -> str:
    sealing, padding = _cipher(chat).encryptor(), PKCS7(_BLOCK_BITS).padder()
    whole = secrets.token_bytes(_RANDOM) + _LENGTH.pack(len(message)) + message + chat.corp.encode()
    padded = padding.update(whole) + padding.finalize()
    return base64.b64encode(sealing.update(padded) + sealing.finalize()).decode()


def _cipher(chat: WeComChat) -> Cipher[CBC]:
    key = base64.b64decode(f"{chat.key}=")
    return Cipher(AES(key), CBC(key[:16]))


def _signature(chat: WeComChat, timestamp: str, nonce: str, sealed: str) -> str:
    """As it is documented; what keeps others from making one is the token in it."""
    words = "".join(sorted((chat.token, timestamp, nonce, sealed)))
    return hashlib.sha1(words.encode(), usedforsecurity=False).hexdigest()


def _document(body: bytes) -> dict[str, str]:
    """Its fields. What declares anything of its own, an entity that unfolds, say, is none of WeCom's."""
    if b"<!DOCTYPE" in body.upper() or b"<!ENTITY" in body.upper():
        raise ForgedError
    try:
        return {each.tag: each.text or "" for each in fromstring(body)}  # noqa: S314  # it declares nothing
    except (ParseError, ValueError):
        _refuse()


def _written(fields: Mapping[str, str]) -> bytes:
    whole = Element("xml")
    for name, said in fields.items():
        SubElement(whole, name).text = said
    written: bytes = tostring(whole, "utf-8")
    return written


def _refuse() -> NoReturn:
    raise ForgedError from None
