"""Flows: sign-ins under way at an identity provider, each ended once, by the browser that began it."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert

from store.access.digests import digest, new_secret
from store.models import SignInFlowRow

#: A sign-in that takes longer has to begin again.
LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Flow:
    """What a sign-in is recognised by when the browser comes back. Nobody can guess any of it.

    Attributes:
        state: travels through the provider and back.
        nonce: stands in what the provider signs.
        verifier: proves to the provider that the same program asks (PKCE).
        browser: stays in the browser's cookie.
    """

    state: str
    nonce: str
    verifier: str
    browser: str


def begin(engine: Engine, provider: str, now: datetime) -> Flow:
    """A new sign-in."""
    flow = Flow(new_secret(), new_secret(), new_secret(), new_secret())
    row = {
        "state_hash": digest(flow.state), "provider": provider, "browser_hash": digest(flow.browser),
        "nonce": flow.nonce, "verifier": flow.verifier, "expires_at": now + LASTS,
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(delete(SignInFlowRow).where(SignInFlowRow.expires_at <= now))
        connection.execute(insert(SignInFlowRow).values(row))
    return flow


def take(engine: Engine, provider: str, state: str, browser: str, now: datetime) -> Flow | None:
    """The flow of that state, this once; None: there is none, its time is over, or another browser began it."""
    its = (SignInFlowRow.state_hash == digest(state), SignInFlowRow.provider == provider)
    columns = (SignInFlowRow.browser_hash, SignInFlowRow.nonce, SignInFlowRow.verifier, SignInFlowRow.expires_at)
    with engine.begin() as connection:
        row = connection.execute(delete(SignInFlowRow).where(*its).returning(*columns)).one_or_none()
    if row is None or row.expires_at <= now or not hmac.compare_digest(row.browser_hash, digest(browser)):
        return None
    return Flow(state, row.nonce, row.verifier, browser)
