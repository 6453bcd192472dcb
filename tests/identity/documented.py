"""WeCom, DingTalk and Feishu as their documentation says that they answer, errors in bodies included."""

import asyncio
import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

ID, SECRET = "app-of-ours", "kZ8vQ2mN5rT1xW4yB7cD0eF3gH6jL9pS"


@dataclass
class Documented:
    """The three, on one address. ``broken``: what they do wrong, if anything."""

    url: str = ""
    broken: str = ""
    #: The codes that were given out and not spent, with what was asked for along with them.
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    app_tokens: list[str] = field(default_factory=list)

    def routes(self) -> list[Route]:
        """Where each answers."""
        return [
            Route("/wwlogin/sso/login", self.page("code")),
            Route("/cgi-bin/gettoken", self.wecom_token),
            Route("/cgi-bin/auth/getuserinfo", self.wecom_user),
            Route("/oauth2/auth", self.page("authCode")),
            Route("/v1.0/oauth2/userAccessToken", self.dingtalk_token, methods=["POST"]),
            Route("/v1.0/contact/users/me", self.dingtalk_user),
            Route("/open-apis/authen/v1/authorize", self.page("code")),
            Route("/open-apis/authen/v2/oauth/token", self.feishu_token, methods=["POST"]),
            Route("/open-apis/authen/v1/user_info", self.feishu_user),
        ]

    def page(self, parameter: str):
        """The page on which somebody agrees: here at once."""

        async def agree(request: Request) -> Response:
            asked = dict(request.query_params)
            code = f"code-{len(self.codes)}-{asked['state'][:8]}"
            self.codes[code] = asked
            return RedirectResponse(f"{asked['redirect_uri']}?{parameter}={code}&state={asked['state']}", 302)

        return agree

    async def wecom_token(self, request: Request) -> Response:
        if self.broken == "down":
            return Response("upstream", 502)
        if self.broken == "busy":
            return JSONResponse({"errcode": -1, "errmsg": "system busy"})
        if (request.query_params["corpid"], request.query_params["corpsecret"]) != (ID, SECRET):
            return JSONResponse({"errcode": 40001, "errmsg": "invalid credential"})
        self.app_tokens.append(f"app-token-{len(self.app_tokens)}")
        return JSONResponse({"errcode": 0, "errmsg": "ok", "access_token": self.app_tokens[-1], "expires_in": 7200})

    async def wecom_user(self, request: Request) -> Response:
        if request.query_params["access_token"] != self.app_tokens[-1]:
            return JSONResponse({"errcode": 40014, "errmsg": "invalid access_token"})
        if not self.codes.pop(request.query_params["code"], None) or self.broken == "refuses":
            return JSONResponse({"errcode": 40029, "errmsg": "invalid code"})
        if self.broken == "stranger":
            return JSONResponse({"errcode": 0, "errmsg": "ok", "openid": "o-outside"})
        return JSONResponse({"errcode": 0, "errmsg": "ok", "userid": "wecom-userid", "user_ticket": "t"})

    async def dingtalk_token(self, request: Request) -> Response:
        if self.broken in {"down", "busy"}:
            return Response("upstream", 502)
        body = await request.json()
        ours = (body["clientId"], body["clientSecret"], body["grantType"]) == (ID, SECRET, "authorization_code")
        if not ours or not self.codes.pop(body["code"], None) or self.broken == "refuses":
            return JSONResponse({"code": "invalidParameter.authCode.notFound", "message": "不合法的临时授权码"}, 400)
        return JSONResponse({"accessToken": "ding-token", "refreshToken": "r", "expireIn": 7200, "corpId": "corp"})

    async def dingtalk_user(self, request: Request) -> Response:
        if request.headers.get("x-acs-dingtalk-access-token") != "ding-token":
            return JSONResponse({"code": "InvalidAuthentication", "message": "不合法的access_token"}, 400)
        me = {"nick": "李", "openId": "ding-open"} | ({} if self.broken == "stranger" else {"unionId": "ding-union"})
        return JSONResponse(me)

    async def feishu_token(self, request: Request) -> Response:
        if self.broken in {"down", "busy"}:
            return Response("upstream", 502)
        body = await request.json()
        asked = self.codes.pop(body["code"], None)
        if (body["client_id"], body["client_secret"]) != (ID, SECRET):
            return JSONResponse({"code": 20002, "error": "invalid_client", "error_description": "secret"}, 400)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(body["code_verifier"].encode()).digest()).decode()
        proven = asked and (asked["code_challenge"], asked["redirect_uri"]) == (
            challenge.rstrip("="),
            body["redirect_uri"],
        )
        if not proven or self.broken == "refuses":
            return JSONResponse({"code": 20003, "error": "invalid_grant", "error_description": "code"}, 400)
        return JSONResponse({"code": 0, "access_token": "feishu-token", "expires_in": 7200, "token_type": "Bearer"})

    async def feishu_user(self, request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer feishu-token":
            return JSONResponse({"code": 20005, "msg": "The user access token passed is invalid."}, 401)
        if self.broken == "stranger":
            return JSONResponse({"code": 20021, "msg": "User resigned."})
        data = {"name": "李", "open_id": "ou_open", "union_id": "feishu-union", "tenant_key": "t"}
        return JSONResponse({"code": 0, "msg": "success", "data": data})


@contextmanager
def running() -> Iterator[Documented]:
    """On loopback, until the block ends."""
    documented = Documented()
    config = uvicorn.Config(Starlette(routes=documented.routes()), port=0, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "it did not start"
            thread.join(0.02)
        host, port = server.servers[0].sockets[0].getsockname()
        documented.url = f"http://{host}:{port}"
        yield documented
    finally:
        server.should_exit = True
        thread.join(30)
