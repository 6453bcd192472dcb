"""DingTalk: people are known by their unionId, as where they sign in; its robot knows them by what their company does.

https://open.dingtalk.com/document/orgapp/chatbots-send-one-on-one-chat-messages-in-batches
https://open.dingtalk.com/document/orgapp/obtain-the-access_token-of-an-internal-app
https://open.dingtalk.com/document/orgapp/query-a-user-by-the-union-id
https://open.dingtalk.com/document/orgapp/query-user-details
"""

import json
from dataclasses import dataclass, field
from typing import ClassVar

from channels.apps.app import AppChannel, Codes
from channels.cards import of_dingtalk
from channels.channel import DelayedError, RefusedError
from channels.writing import as_markdown, one_line, page_of_letter, title_of
from domain.audience.letters import IN_A_CHAT
from store.deliveries.claiming import Letter
from store.models import Way

_LONGEST = 15_000


@dataclass
class DingTalkApp(AppChannel):
    """An app of the company's own, with a robot that has the same name.

    Attributes:
        contacts: where the product answers who somebody is.
    """

    contacts: str = ""
    _users: dict[str, str] = field(default_factory=dict)

    way: ClassVar[Way] = Way.DINGTALK_APP
    codes: ClassVar[Codes] = Codes(
        stale=frozenset({"InvalidAuthentication", "40014", "42001"}),
        too_often=frozenset({"Throttling", "QpsLimitForApi", "90018", "90006"}),
        closed=frozenset({"invalidClientIdOrSecret", "Forbidden.AccessDenied.AccessTokenPermissionDenied", "60011"}),
        unwanted=frozenset({"60121", "staffId.notExisted", "invalidParameter.userIds.invalid"}),
    )

    async def _asked_token(self) -> tuple[str, float]:
        asked = {"appKey": self.app.names[0], "appSecret": self.app.secret}
        said = await self.post(f"{self.api}/v1.0/oauth2/accessToken", asked)
        return str(said["accessToken"]), float(said["expireIn"])

    async def _user(self, union_id: str) -> str:
        if union_id not in self._users:
            path = f"/topapi/user/getbyunionid?access_token={await self.token()}"
            said = await self.post(f"{self.contacts}{path}", {"unionid": union_id})
            self._users[union_id] = str(said["result"]["userid"])
        return self._users[union_id]

    async def union_id(self, user: str) -> str:
        """What somebody is known by of whom it says what their company calls them.

        Raises:
            NotSentError: it does not say.
        """
        return await self.let_in(lambda: self._union_id(user))

    async def _union_id(self, user: str) -> str:
        path = f"/topapi/v2/user/get?access_token={await self.token()}"
        said = await self.post(f"{self.contacts}{path}", {"userid": user})
        return str(said["result"]["unionid"])

    async def _handed(self, letter: Letter) -> str:
        user, text = await self._user(letter.address), as_markdown(letter, self.pages, _LONGEST, IN_A_CHAT)
        card = of_dingtalk(one_line(title_of(letter).zh), text, page_of_letter(letter, self.pages))
        message = {
            "robotCode": self.app.names[0],
            "userIds": [user],
            "msgKey": "sampleActionCard",
            "msgParam": json.dumps(card, ensure_ascii=False),
        }
        given = {"x-acs-dingtalk-access-token": await self.token()}
        said = await self.post(f"{self.api}/v1.0/robot/oToMessages/batchSend", message, given)
        if said.get("invalidStaffIdList"):
            self._users.pop(letter.address, None)  # they may be somebody else to their company by now
            raise RefusedError("its robot does not reach them")
        if said.get("flowControlledStaffIdList"):
            raise DelayedError("they have had as many as it lets anybody have")
        return f"0 {said.get('processQueryKey', '')}".strip()
