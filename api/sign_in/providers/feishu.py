"""Feishu 飞书.

Addresses: https://open.feishu.cn/document/common-capabilities/sso/api/obtain-oauth-code (page),
authentication-management/access-token/get-user-access-token, reference/authen-v1/user_info/get.
"""

import base64
import hashlib
from collections.abc import Mapping
from urllib.parse import urlencode

from api.sign_in.providers.base import Identified, ProviderRefusedError, ask, required, text_of
from domain.words.label import Label
from runtime.sign_in_settings import SignIn
from store.access.sign_in_flows import Flow


class Feishu:
    """People are known by their union_id, the same in all apps of one developer."""

    label = Label("飞书", "Feishu")

    def __init__(self, settings: SignIn) -> None:
        """Nothing is asked yet."""
        self._id, self._secret = required(settings, "feishu_app_id", "feishu_app_secret")
        self._page, self._api = settings.feishu_login_url, settings.feishu_api_url

    async def address(self, flow: Flow, back: str) -> str:
        """Feishu's page."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(flow.verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "client_id": self._id, "response_type": "code", "redirect_uri": back, "state": flow.state,
            "code_challenge": challenge, "code_challenge_method": "S256",
        }  # fmt: skip
        return f"{self._page}/open-apis/authen/v1/authorize?{urlencode(query)}"

    async def identify(self, flow: Flow, back: str, answer: Mapping[str, str]) -> Identified:
        """Who agreed; who did not comes back with ``error=access_denied`` and no code."""
        body = {
            "grant_type": "authorization_code", "client_id": self._id, "client_secret": self._secret,
            "code": text_of(answer, "code"), "redirect_uri": back, "code_verifier": flow.verifier,
        }  # fmt: skip
        token = await ask("POST", f"{self._api}/open-apis/authen/v2/oauth/token", json=body)
        header = {"Authorization": f"Bearer {text_of(token, 'access_token')}"}
        told = await ask("GET", f"{self._api}/open-apis/authen/v1/user_info", headers=header)
        data = told.get("data")
        if not isinstance(data, dict):
            raise ProviderRefusedError("data")
        return Identified(text_of(data, "union_id"))
