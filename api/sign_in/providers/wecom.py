"""WeCom 企业微信: an app of the company's own; people scan a code with their phone.

Addresses: https://developer.work.weixin.qq.com/document/path/98152 (page), 91039 (gettoken), 98176 (getuserinfo).
"""

import time
from collections.abc import Mapping
from urllib.parse import urlencode

from api.sign_in.providers.base import Identified, ProviderRefusedError, ask, required, text_of
from domain.words.label import Label
from runtime.sign_in_settings import SignIn
from store.access.sign_in_flows import Flow

#: The app's token is over or was revoked; another one is asked for, once.
_STALE = frozenset({40014, 42001})
#: It is not used in its last minutes.
_MARGIN_S = 300


class WeCom:
    """People are known by their UserID within the company."""

    label = Label("企业微信", "WeCom")

    def __init__(self, settings: SignIn) -> None:
        """The app's token is kept: asking for it often is punished."""
        self._corp, self._agent, self._secret = required(settings, "wecom_corp_id", "wecom_agent_id", "wecom_secret")
        self._page, self._api = settings.wecom_login_url, settings.wecom_api_url
        self._token, self._until = "", 0.0

    async def address(self, flow: Flow, back: str) -> str:
        """The page with the code to scan."""
        query = {
            "login_type": "CorpApp", "appid": self._corp, "agentid": self._agent, "redirect_uri": back,
            "state": flow.state,
        }  # fmt: skip
        return f"{self._page}/wwlogin/sso/login?{urlencode(query)}"

    async def identify(self, flow: Flow, back: str, answer: Mapping[str, str]) -> Identified:  # noqa: ARG002  # it asks for neither
        """A member; somebody from outside the company has no UserID."""
        code = text_of(answer, "code")
        try:
            told = await self._member_behind(code)
        except ProviderRefusedError as refusal:
            if refusal.args[0] not in _STALE:
                raise
            self._until = 0.0
            told = await self._member_behind(code)
        return Identified(text_of(told, "userid"))

    async def _member_behind(self, code: str) -> dict[str, object]:
        query = {"access_token": await self._app_token(), "code": code}
        return await ask("GET", f"{self._api}/cgi-bin/auth/getuserinfo", params=query)

    async def _app_token(self) -> str:
        if time.monotonic() >= self._until:
            query = {"corpid": self._corp, "corpsecret": self._secret}
            got = await ask("GET", f"{self._api}/cgi-bin/gettoken", params=query)
            self._token = text_of(got, "access_token")
            self._until = time.monotonic() + int(got.get("expires_in", 0)) - _MARGIN_S
        return self._token
