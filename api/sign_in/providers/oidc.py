"""OpenID Connect: the authorization code flow with PKCE (S256), a nonce and a state."""

from collections.abc import Mapping
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import AsyncOAuth2Client  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.sign_in.providers.base import (
    TIMEOUT_S,
    Identified,
    ProviderDownError,
    ProviderRefusedError,
    ask,
    required,
    text_of,
)
from domain.words.label import Label
from runtime.secrets import secret_in
from runtime.sign_in_settings import SignIn
from store.access.sign_in_flows import Flow

#: Signatures by a key that only the provider has. Neither ``none`` nor those that our own secret could make.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
#: What two clocks may differ.
LEEWAY_S = 60


class Oidc:
    """A provider that publishes what it is at its issuer's address."""

    label = Label("单点登录", "Single sign-on")

    def __init__(self, settings: SignIn) -> None:
        """Its keys and addresses are asked for at every sign-in: it may change them."""
        self._issuer, self._client_id = required(settings, "oidc_issuer", "oidc_client_id")
        file = settings.oidc_client_secret_file
        self._secret = secret_in(file) if file else settings.oidc_client_secret
        self._by_email = settings.oidc_by_email

    async def address(self, flow: Flow, back: str) -> str:
        """The provider's page."""
        metadata = await self._metadata()
        async with self._client(back) as client:
            url, _ = client.create_authorization_url(
                metadata["authorization_endpoint"], state=flow.state, nonce=flow.nonce, code_verifier=flow.verifier
            )
        return str(url)

    async def identify(self, flow: Flow, back: str, answer: Mapping[str, str]) -> Identified:
        """Whom the ID token names."""
        if "error" in answer or answer.get("iss", self._issuer) != self._issuer:
            raise ProviderRefusedError(answer.get("error", "iss"))
        metadata = await self._metadata()
        async with self._client(back) as client:
            try:
                token = await client.fetch_token(
                    metadata["token_endpoint"], code=text_of(answer, "code"), code_verifier=flow.verifier
                )
            except OAuthError as error:
                raise ProviderRefusedError(error.error) from None
            except (httpx2.HTTPError, ValueError):
                raise ProviderDownError from None
        keys = await ask("GET", metadata["jwks_uri"])
        claims = verified(text_of(token, "id_token"), keys, self._issuer, self._client_id, flow.nonce)
        return Identified(claims["sub"], await self._email(claims, metadata, token))

    async def _email(self, claims: dict[str, Any], metadata: dict[str, Any], token: dict[str, Any]) -> str | None:
        """The verified address, in the ID token or where the provider tells about its users."""
        if self._by_email and "email" not in claims and "userinfo_endpoint" in metadata:
            bearer = {"Authorization": f"Bearer {token['access_token']}"}
            told = await ask("GET", metadata["userinfo_endpoint"], headers=bearer)
            if told.get("sub") != claims["sub"]:
                raise ProviderRefusedError("sub")
            claims = told
        email = claims.get("email")
        return email if isinstance(email, str) and claims.get("email_verified") is True else None

    async def _metadata(self) -> dict[str, Any]:
        """What the provider says of itself; all of it at addresses as safe as the issuer's."""
        metadata = await ask("GET", f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        scheme = self._issuer.partition("://")[0]
        used = [str(value) for name, value in metadata.items() if name.endswith(("_endpoint", "jwks_uri"))]
        if metadata.get("issuer") != self._issuer or not all(url.startswith(f"{scheme}://") for url in used):
            raise ProviderDownError
        if not {"authorization_endpoint", "token_endpoint", "jwks_uri"} <= metadata.keys():
            raise ProviderDownError
        return metadata

    def _client(self, back: str) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self._client_id,
            self._secret,
            token_endpoint_auth_method="client_secret_basic" if self._secret else "none",
            scope="openid email" if self._by_email else "openid",
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=TIMEOUT_S,
            follow_redirects=False,
        )


def verified(id_token: str, keys: dict[str, Any], issuer: str, client_id: str, nonce: str) -> dict[str, Any]:
    """The claims of an ID token that is the provider's, for us, for this sign-in, and not over.

    Raises:
        ProviderRefusedError: it is not.
    """
    registry = jwt.JWTClaimsRegistry(
        leeway=LEEWAY_S,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        nonce={"essential": True, "value": nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        claims = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims  # type: ignore[arg-type]
        registry.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise ProviderRefusedError(type(error).__name__) from None
    # For several audiences, or for another program of the same owner, the token says whose it is.
    if claims.get("azp", client_id) != client_id or not text_of(claims, "sub"):
        raise ProviderRefusedError("azp")
    return claims
