"""DingTalk 钉钉.

Addresses: https://open.dingtalk.com/document/development/obtain-identity-credentials (page and callback),
obtain-user-token (userAccessToken), dingtalk-retrieve-user-information (users/me).
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from api.sign_in.providers.base import Identified, ask, required, text_of
from domain.words.label import Label
from runtime.sign_in_settings import SignIn
from store.access.sign_in_flows import Flow


class DingTalk:
    """People are known by their unionId, the same in all apps of one developer."""

    label = Label("钉钉", "DingTalk")

    def __init__(self, settings: SignIn) -> None:
        """Nothing is asked yet."""
        self._id, self._secret = required(settings, "dingtalk_client_id", "dingtalk_client_secret")
        self._page, self._api = settings.dingtalk_login_url, settings.dingtalk_api_url

    async def address(self, flow: Flow, back: str) -> str:
        """DingTalk's page."""
        query = {
            "redirect_uri": back, "response_type": "code", "client_id": self._id, "scope": "openid",
            "state": flow.state, "prompt": "consent",
        }  # fmt: skip
        return f"{self._page}/oauth2/auth?{urlencode(query)}"

    async def identify(self, flow: Flow, back: str, answer: Mapping[str, str]) -> Identified:  # noqa: ARG002  # it asks for neither
        """Who agreed; the code comes back as ``authCode``."""
        body = {
            "clientId": self._id, "clientSecret": self._secret, "code": text_of(answer, "authCode"),
            "grantType": "authorization_code",
        }  # fmt: skip
        token = await ask("POST", f"{self._api}/v1.0/oauth2/userAccessToken", json=body)
        header = {"x-acs-dingtalk-access-token": text_of(token, "accessToken")}
        me = await ask("GET", f"{self._api}/v1.0/contact/users/me", headers=header)
        return Identified(text_of(me, "unionId"))
