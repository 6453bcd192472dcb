"""Flows: sign-ins that are under way at an identity provider."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class SignInFlowRow(Base):
    """What the answer of a provider is held against. It is deleted when the answer comes: single use."""

    __tablename__ = "sign_in_flow"

    #: SHA-256 of the state that travels through the provider, hexadecimal.
    state_hash: Mapped[str] = mapped_column(primary_key=True)
    provider: Mapped[str]
    #: SHA-256 of the cookie of the browser that began it: another browser cannot end it.
    browser_hash: Mapped[str]
    #: What the provider has to repeat in what it signs.
    nonce: Mapped[str]
    #: What proves to the provider that the same program asks (PKCE).
    verifier: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)
