"""WeCom: people are known by their UserID within the company, as where they sign in.

https://developer.work.weixin.qq.com/document/path/90236 (message), 91039 (token), 90313 (codes)
"""

import re
from typing import ClassVar
from urllib.parse import urlencode

from channels.apps.app import AppChannel, Codes
from channels.channel import RefusedError
from channels.writing import as_lines, one_line, page_of_letter, title_of
from domain.audience.letters import OPEN
from store.deliveries.claiming import Letter
from store.models import Way

#: Characters of a card.
_LONGEST_TITLE, _LONGEST_TEXT = 120, 500
#: What WeCom calls one person: not `@all`, which is everybody, nor several with strokes between them.
_OF_ONE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")
#: Seconds within which the same words to the same person are shown once, at most.
_ONCE_WITHIN_S = 4 * 3600


class WeComApp(AppChannel):
    """An app of the company's own."""

    way: ClassVar[Way] = Way.WECOM_APP
    codes: ClassVar[Codes] = Codes(
        stale=frozenset({"40014", "42001"}),
        too_often=frozenset({"45009", "45033"}),
        closed=frozenset({"40001", "40013", "40056", "60020", "301002"}),
        unwanted=frozenset({"40003", "40058", "45002", "60111", "81013", "82001"}),
    )

    async def _asked_token(self) -> tuple[str, float]:
        query = urlencode({"corpid": self.app.names[0], "corpsecret": self.app.secret})
        said = await self.get(f"{self.api}/cgi-bin/gettoken?{query}")
        return str(said["access_token"]), float(said["expires_in"])

    async def _handed(self, letter: Letter) -> str:
        if not _OF_ONE.fullmatch(letter.address):
            raise RefusedError("it is nobody's UserID")
        card = {
            "title": one_line(title_of(letter).zh, _LONGEST_TITLE),
            "description": as_lines(letter, _LONGEST_TEXT),
            "url": page_of_letter(letter, self.pages),
            "btntxt": OPEN.zh,
        }
        message = {
            "touser": letter.address,
            "agentid": int(self.app.names[1]),
            "msgtype": "textcard",
            "textcard": card,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": _ONCE_WITHIN_S,
        }
        said = await self.post(f"{self.api}/cgi-bin/message/send?access_token={await self.token()}", message)
        if unreached := said.get("invaliduser") or said.get("unlicenseduser"):
            raise RefusedError(f"it does not reach {unreached}")
        return f"0 {said.get('msgid', '')}".strip()
