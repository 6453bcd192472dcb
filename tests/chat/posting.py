"""What the three products post, made as their documentation says, by code that shares nothing with ours."""

import base64
import hashlib
import hmac
import json
import os
import struct
import time
from typing import Any
from xml.etree.ElementTree import fromstring

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

TOKEN, CORP = "q8Zr2Lw0pXtK", "wwq8zr2lw0px"
AES_KEY = base64.b64encode(bytes(range(7, 39))).decode().rstrip("=")
FEISHU_KEY, APP, SECRET = "f9Kd2Lw0pXtK7qZr", "cli_q8zr2lw0", "kZ8vQ2mN5rT1xW4yB7cD0eF3gH6jL9pS"
SETTINGS = {
    "wecom_chat": f"{TOKEN} {AES_KEY} {CORP}",
    "feishu_chat": f"{TOKEN} {FEISHU_KEY} {APP} {SECRET}",
    "dingtalk_chat": f"{APP} {SECRET}",
}


def _padded(plain: bytes, block: int) -> bytes:
    missing = block - len(plain) % block
    return plain + bytes([missing]) * missing


def _encrypted(key: bytes, iv: bytes, plain: bytes) -> bytes:
    sealing = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return sealing.update(plain) + sealing.finalize()


def wecom_sealed(message: bytes, corp: str = CORP) -> str:
    key = base64.b64decode(AES_KEY + "=")
    plain = os.urandom(16) + struct.pack(">I", len(message)) + message + corp.encode()
    return base64.b64encode(_encrypted(key, key[:16], _padded(plain, 32))).decode()


def wecom_signed(sealed: str, token: str = TOKEN) -> dict[str, str]:
    """The query."""
    stamp, nonce = str(int(time.time())), "1372623149"
    words = "".join(sorted([token, stamp, nonce, sealed]))
    return {"msg_signature": hashlib.sha1(words.encode()).hexdigest(), "timestamp": stamp, "nonce": nonce}


def wecom(text: str, id_: str, user: str = "liu.yaqin", kind: str = "text") -> tuple[dict[str, str], bytes]:
    """Query and body of a message."""
    said = (
        f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><FromUserName><![CDATA[{user}]]></FromUserName>"
        f"<CreateTime>1348831860</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>"
        f"<Content><![CDATA[{text}]]></Content><MsgId>{id_}</MsgId><AgentID>1</AgentID></xml>"
    )
    sealed = wecom_sealed(said.encode())
    body = f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    return wecom_signed(sealed), body.encode()


def wecom_answer(body: bytes) -> str:
    """What somebody reads in WeCom, where the signature holds."""
    told = {each.tag: each.text or "" for each in fromstring(body)}
    words = "".join(sorted([TOKEN, told["TimeStamp"], told["Nonce"], told["Encrypt"]]))
    assert told["MsgSignature"] == hashlib.sha1(words.encode()).hexdigest()
    key = base64.b64decode(AES_KEY + "=")
    opening = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    plain = opening.update(base64.b64decode(told["Encrypt"])) + opening.finalize()
    plain = plain[: -plain[-1]]
    (length,) = struct.unpack(">I", plain[16:20])
    assert plain[20 + length :] == CORP.encode()
    return str({each.tag: each.text for each in fromstring(plain[20 : 20 + length])}["Content"])


def feishu(document: dict[str, Any], key: str = FEISHU_KEY) -> tuple[dict[str, str], bytes]:
    """Headers and body."""
    iv = os.urandom(16)
    plain = _padded(json.dumps(document, ensure_ascii=False).encode(), 16)
    sealed = base64.b64encode(iv + _encrypted(hashlib.sha256(key.encode()).digest(), iv, plain)).decode()
    body = json.dumps({"encrypt": sealed}).encode()
    stamp, nonce = str(int(time.time())), "n-1"
    signed = hashlib.sha256((stamp + nonce + key).encode() + body).hexdigest()
    given = {"X-Lark-Request-Timestamp": stamp, "X-Lark-Request-Nonce": nonce, "X-Lark-Signature": signed}
    return given, body


def feishu_message(text: str, id_: str, user: str = "on_liu", chat: str = "p2p", token: str = TOKEN) -> dict[str, Any]:
    return {
        "schema": "2.0",
        "header": {
            "event_id": f"e-{id_}",
            "event_type": "im.message.receive_v1",
            "token": token,
            "app_id": APP,
            "create_time": str(int(time.time() * 1000)),
        },
        "event": {
            "sender": {"sender_id": {"union_id": user, "open_id": "ou_1"}, "sender_type": "user"},
            "message": {
                "message_id": id_,
                "chat_type": chat,
                "message_type": "text",
                "content": json.dumps({"text": text}),
            },
        },
    }


def dingtalk(text: str, id_: str, user: str = "staff-liu", at_ms: int | None = None) -> tuple[dict[str, str], bytes]:
    """Headers and body."""
    stamp = str(at_ms or int(time.time() * 1000))
    signed = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
    told = {"msgId": id_, "senderStaffId": user, "conversationType": "1", "msgtype": "text", "text": {"content": text}}
    return {"timestamp": stamp, "sign": base64.b64encode(signed).decode()}, json.dumps(told).encode()
