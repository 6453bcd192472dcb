"""Webhooks: letters for a program of the company's, by the Standard Webhooks rules.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from channels.posting import Answer, Posting
from channels.writing import page_of
from runtime.channel_settings import PREFIX, Receiver
from store.deliveries.claiming import Letter
from store.models import Way

#: What is told; further kinds may follow, and a receiver leaves alone what it does not know.
_TYPE = "messages.told"


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """One receiver for everybody's messages.

    Attributes:
        pages: the address of the console, where links lead.
    """

    receiver: Receiver
    pages: str
    posting: Posting
    way: Way = Way.WEBHOOK

    async def send(self, letter: Letter) -> str:
        """Post it; the status that came back."""
        answer = await posted(self.posting, self.receiver, letter.id, self._document(letter))
        if failure := answer.failure():
            raise failure
        return str(answer.status)

    def _document(self, letter: Letter) -> dict[str, Any]:
        """The same however often it is sent."""
        return {
            "type": _TYPE,
            "timestamp": letter.messages[-1].created_at.isoformat(),
            "data": {
                "recipient": {"id": letter.address, "name": letter.name},
                "messages": [
                    {
                        "id": each.id,
                        "ticket": each.ticket,
                        "title": each.title.as_json(),
                        "text": each.text.as_json(),
                        "action": each.action.as_json() if each.action else None,
                        "link": page_of(each, self.pages),
                        "created_at": each.created_at.isoformat(),
                    }
                    for each in letter.messages
                ],
            },
        }


async def posted(posting: Posting, receiver: Receiver, id_: str, document: dict[str, Any]) -> Answer:
    """What is answered to a document that is signed now."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return await posting.post(receiver.url, body, signed(id_, int(time.time()), body, receiver.secrets()))


def signed(id_: str, at_s: int, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """The headers of the rules: one signature by each secret, so that a receiver may change from one to the next."""
    content = f"{id_}.{at_s}.".encode() + body
    keys = (base64.b64decode(secret.removeprefix(PREFIX)) for secret in secrets)
    signatures = (base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode() for key in keys)
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(at_s),
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
