"""Feishu: people are known by their union_id, as where they sign in.

https://open.feishu.cn/document/server-docs/im-v1/message/create
https://open.feishu.cn/document/server-docs/im-v1/message/reply
"""

import json
from typing import ClassVar
from urllib.parse import quote

from channels.apps.app import AppChannel, Codes
from channels.cards import of_feishu
from channels.writing import as_markdown, one_line, page_of_letter, title_of
from domain.audience.letters import IN_A_CHAT
from store.deliveries.claiming import Letter
from store.models import Way

#: Bytes of a card's text, and characters of the word by which a message is shown once.
_LONGEST, _LONGEST_ID = 15_000, 50


class FeishuApp(AppChannel):
    """An app whose bot speaks to people."""

    way: ClassVar[Way] = Way.FEISHU_APP
    codes: ClassVar[Codes] = Codes(
        stale=frozenset({"99991661", "99991663", "99991664"}),
        too_often=frozenset({"11232", "11247", "99991400", "230020"}),
        closed=frozenset({"10003", "10014", "230006", "230027", "99991672"}),
        unwanted=frozenset({"230001", "230013", "230025", "230029", "230099"}),
    )

    async def _asked_token(self) -> tuple[str, float]:
        asked = {"app_id": self.app.names[0], "app_secret": self.app.secret}
        said = await self.post(f"{self.api}/open-apis/auth/v3/tenant_access_token/internal", asked)
        return str(said["tenant_access_token"]), float(said["expire"])

    async def answer(self, message: str, text: str) -> None:
        """Say something below what somebody has written, once however often that came.

        Raises:
            NotSentError: it is not said.
        """
        await self.let_in(lambda: self._answered(message, text))

    async def _answered(self, message: str, text: str) -> None:
        said = {
            "msg_type": "text",
            "content": json.dumps({"text": text}, ensure_ascii=False),
            "uuid": message[:_LONGEST_ID],
        }
        given = {"Authorization": f"Bearer {await self.token()}"}
        await self.post(f"{self.api}/open-apis/im/v1/messages/{quote(message, safe='')}/reply", said, given)

    async def _handed(self, letter: Letter) -> str:
        text = as_markdown(letter, self.pages, _LONGEST, IN_A_CHAT)
        card = of_feishu(one_line(title_of(letter).zh), text, page_of_letter(letter, self.pages))
        message = {
            "receive_id": letter.address,
            "msg_type": "interactive",
            "content": json.dumps(card, ensure_ascii=False),
            "uuid": letter.id[:_LONGEST_ID],
        }
        given = {"Authorization": f"Bearer {await self.token()}"}
        said = await self.post(f"{self.api}/open-apis/im/v1/messages?receive_id_type=union_id", message, given)
        return f"0 {said.get('msg', '')}".strip()
