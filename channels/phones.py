"""Telephones: letters for a program, the gateway, that has them sent as text messages, or read out on the telephone.

Carriers let nobody send a text of their own: whoever runs it has templates with them, and fills them in by the
parameters. The posts are signed as a webhook's are.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from channels.channel import RefusedError
from channels.posting import Posting
from channels.webhook import posted
from channels.writing import page_of_letter, shortly
from domain.audience.reaching import dialled
from runtime.channel_settings import Receiver
from store.deliveries.claiming import Letter
from store.models import Way

#: With these it says that nobody will ever have this letter: a number of nobody's, words that no carrier takes.
_NEVER = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})


@dataclass(frozen=True, slots=True)
class PhoneChannel:
    """One program, for text messages or for the telephone.

    Attributes:
        pages: the address of the console, where links lead.
    """

    receiver: Receiver
    pages: str
    posting: Posting
    way: Way

    async def send(self, letter: Letter) -> str:
        """Post it; the status that came back."""
        answer = await posted(self.posting, self.receiver, letter.id, self._document(letter))
        if answer.status in _NEVER:
            raise RefusedError(str(answer.status))
        if failure := answer.failure():
            raise failure
        return str(answer.status)

    def _document(self, letter: Letter) -> dict[str, Any]:
        """The same however often it is sent."""
        number = dialled(letter.address)
        if number is None:
            raise RefusedError("it is no number that a machine could dial")
        latest, count = letter.messages[-1], len(letter.messages)
        template = "link" if letter.opens else "one" if count == 1 else "several"
        return {
            "type": f"{self.way}.asked",
            "timestamp": latest.created_at.isoformat(),
            "data": {
                "to": number,
                "name": letter.name,
                "template": template,
                "params": {
                    "ticket": latest.ticket,
                    "title": latest.title.as_json(),
                    "count": count,
                    "link": page_of_letter(letter, self.pages),
                },
                "text": shortly(letter, self.pages).as_json(),
            },
        }
