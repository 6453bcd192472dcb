"""WeCom, DingTalk and Feishu as their documentation says that they answer an app that speaks to people."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.channels.web import Web, says, web_server

ID, SECRET = "app-of-ours", "kZ8vQ2mN5rT1/W4yB7+D0eF3gH6jL9pS"

Said = tuple[int, dict[str, Any]]
#: What each says of a token that is over, and of a message that it has taken.
OVER: dict[str, Said] = {
    "wecom": (200, {"errcode": 40014, "errmsg": "invalid access_token"}),
    "dingtalk": (400, {"code": "InvalidAuthentication", "message": "不合法的access_token"}),
    "feishu": (400, {"code": 99991663, "msg": "Invalid access token for authorization."}),
}
TAKEN: dict[str, Said] = {
    "wecom": (200, {"errcode": 0, "errmsg": "ok", "msgid": "m-1"}),
    "dingtalk": (200, {"processQueryKey": "q-1", "invalidStaffIdList": [], "flowControlledStaffIdList": []}),
    "feishu": (200, {"code": 0, "msg": "success", "data": {"message_id": "om_1"}}),
}


@dataclass
class Products:
    """The three, on one address.

    Attributes:
        told: what their people were told, product by product.
        broken: how the next messages are answered instead, the first first: status and document.
    """

    web: Web
    tokens: list[str] = field(default_factory=list)
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    broken: list[Said] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.web.url

    def answer(self, _: Web, handler: BaseHTTPRequestHandler) -> None:
        """By its address."""
        parts = urlsplit(handler.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        asked = {} if handler.command == "GET" else self.web.came[-1].document
        status, said = self._said(parts.path, query, asked, handler)
        says(status, said)(self.web, handler)

    def _said(self, path: str, query: dict[str, str], asked: dict[str, Any], handler: BaseHTTPRequestHandler) -> Said:
        given = handler.headers
        answers: dict[str, Callable[[], Said]] = {
            "/cgi-bin/gettoken": lambda: self._token(
                (query["corpid"], query["corpsecret"]), ("access_token", "expires_in"), (200, {"errcode": 40001})
            ),
            "/cgi-bin/message/send": lambda: self._taken("wecom", query["access_token"], asked),
            "/v1.0/oauth2/accessToken": lambda: self._token(
                (asked["appKey"], asked["appSecret"]),
                ("accessToken", "expireIn"),
                (400, {"code": "invalidClientIdOrSecret", "message": f"invalid {asked['appSecret']}"}),
            ),
            "/topapi/user/getbyunionid": lambda: self._user(asked["unionid"]),
            "/v1.0/robot/oToMessages/batchSend": lambda: self._taken(
                "dingtalk", given["x-acs-dingtalk-access-token"], asked
            ),
            "/open-apis/auth/v3/tenant_access_token/internal": lambda: self._token(
                (asked["app_id"], asked["app_secret"]),
                ("tenant_access_token", "expire"),
                (200, {"code": 10014, "msg": f"invalid {asked['app_secret']}"}),
            ),
            "/open-apis/im/v1/messages": lambda: self._taken(
                "feishu", given["Authorization"].removeprefix("Bearer "), asked | query
            ),
        }
        return answers[path]()

    def _token(self, given: tuple[str, str], names: tuple[str, str], wrong: Said) -> Said:
        if given != (ID, SECRET):
            return wrong
        self.tokens.append(f"token-{len(self.tokens)}")
        return 200, {"code" if names[0].startswith("tenant") else "errcode": 0} | dict(
            zip(names, (self.tokens[-1], 7200), strict=True)
        )

    @staticmethod
    def _user(union_id: str) -> Said:
        if union_id != "ding-union":
            return 200, {"errcode": 60121, "errmsg": "找不到该用户"}
        return 200, {"errcode": 0, "errmsg": "ok", "result": {"contact_type": 0, "userid": "ding-user"}}

    def _taken(self, product: str, token: str, asked: dict[str, Any]) -> Said:
        if token != self.tokens[-1]:
            return OVER[product]
        if self.broken:
            return self.broken.pop(0)
        self.told.append((product, asked))
        return TAKEN[product]


@contextmanager
def products() -> Iterator[Products]:
    """On loopback, until the block ends."""
    with web_server() as web:
        running = Products(web)
        web.answers.append(running.answer)
        yield running


def card_of(product: str, told: dict[str, Any]) -> dict[str, Any]:
    """Whatever a product was given to show."""
    if product == "wecom":
        return dict(told["textcard"])
    return dict(json.loads(told["msgParam" if product == "dingtalk" else "content"]))
