"""What all providers have in common: their place in a sign-in, and how they are asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx2
import structlog

from domain.words.label import Label
from runtime.sign_in_settings import SignIn
from store.access.sign_in_flows import Flow

#: What one question may take; somebody waits in front of a browser.
TIMEOUT_S = 5

#: WeCom's code for "try again".
_BUSY = -1

log = structlog.get_logger()


class ProviderDownError(Exception):
    """The provider cannot be reached, or answers what is no answer."""


class ProviderRefusedError(Exception):
    """The provider, or a check of what it said, says no."""


@dataclass(frozen=True, slots=True)
class Identified:
    """Somebody, as a provider knows them. ``email``: only an address that the provider has verified."""

    subject: str
    email: str | None = None


class Provider(Protocol):
    """A way to sign in: out by `address`, back with an answer that `identify` turns into somebody."""

    label: Label

    def __init__(self, settings: SignIn) -> None:
        """Nothing is asked yet."""

    async def address(self, flow: Flow, back: str) -> str:
        """Where the browser goes; it comes back to ``back``."""

    async def identify(self, flow: Flow, back: str, answer: Mapping[str, str]) -> Identified:
        """Who came back.

        Raises:
            ProviderRefusedError: nobody whom the provider vouches for.
            ProviderDownError: it cannot be asked.
        """


def required(settings: SignIn, *names: str) -> list[str]:
    """Settings that `SignIn.providers` has made sure of."""
    return [str(getattr(settings, name)) for name in names]


async def ask(method: str, url: str, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as httpx2 takes it
    """The provider's answer. Redirects are not followed: they would lead wherever the answer says.

    Raises:
        ProviderDownError: no answer, or none that makes sense.
        ProviderRefusedError: an answer that is an error, by its status or by the code in its body.
    """
    try:
        async with httpx2.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as client:
            answer = await client.request(method, url, **request)
        document = answer.json()
    except (httpx2.HTTPError, ValueError) as error:
        # Its text may hold the address, and the address a secret.
        log.warning("provider out of reach", error=type(error).__name__)
        raise ProviderDownError from None
    if answer.is_server_error or answer.is_redirect or not isinstance(document, dict):
        raise ProviderDownError
    code = document.get("errcode", document.get("code", 0))
    if code == _BUSY:
        raise ProviderDownError
    if answer.is_error or code not in (0, "0"):
        log.warning("provider refused", status=answer.status_code, code=code)
        raise ProviderRefusedError(code)
    return document


def text_of(document: Mapping[str, Any], name: str) -> str:
    """A field of an answer that has to be a text."""
    value = document.get(name)
    if not isinstance(value, str) or not value:
        raise ProviderRefusedError(name)
    return value
