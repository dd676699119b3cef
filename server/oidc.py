"""Bearer tokens of an OpenID Connect provider, such as Microsoft Entra ID or Keycloak.

One issuer is trusted, named by `QUARTERBASE_OIDC_ISSUER`; its keys are found through its discovery
document and nowhere else (see `server.provider_keys`). What a person may do here is decided in
SQL, by `security.begin_external_request`.
"""

from __future__ import annotations

from typing import Any, Self
from uuid import NAMESPACE_URL, UUID, uuid5

import jwt

from server.errors import FieldError, Problem
from server.provider_keys import KeysUnavailable, ProviderKeys
from server.tokens import CLOCK_SKEW_SECONDS, UNREADABLE, TokenRefused, header_of, refusal

_REQUIRED = ["iss", "sub", "aud", "exp", "nbf", "iat"]
# Claims that a provider puts into id tokens, which tell a client who logged in, and not into
# access tokens, which open an API (OpenID Connect Core 2 and 3.3.2.11).
_ID_TOKEN_CLAIMS = ("nonce", "at_hash", "c_hash")
_ACCESS_TOKEN_TYPES = {"jwt", "at+jwt", "application/at+jwt"}
_LONGEST_SUBJECT = 255  # OpenID Connect Core 2


class ExternalUser(UUID):
    """An account of the provider, on its way to the database, which knows what user it is here.

    As a `UUID` it is made of issuer and subject and no user's id, so that the routes pass it on
    like any user, and what forgets to ask the database about it is refused.
    """

    issuer: str
    subject: str
    claims: dict[str, Any]

    @classmethod
    def of(cls, claims: dict[str, Any]) -> Self:
        issuer, subject = claims["iss"], claims["sub"]
        user = cls(int=uuid5(NAMESPACE_URL, f"{issuer} {subject}").int)
        # A UUID forbids assignment.
        vars(user).update(issuer=issuer, subject=subject, claims=claims)
        return user


class Provider:
    """The one provider whose tokens are accepted beside our own."""

    def __init__(self, issuer: str, audience: str, keys: ProviderKeys | None = None) -> None:
        self.issuer, self._audience = issuer, audience
        self._keys = keys or ProviderKeys(issuer)

    async def close(self) -> None:
        await self._keys.close()

    async def verify(self, token: str) -> ExternalUser:
        """The account a token speaks for.

        Raises `TokenRefused`, or `Problem` 503 while the provider's keys cannot be had.
        """
        try:
            header = header_of(token)
            kid = header.get("kid")
            if not isinstance(kid, str) or not _may_be_access_token(header):
                raise jwt.InvalidTokenError
            key = await self._keys.find(kid)
            claims = jwt.decode(
                token,
                key.key,
                algorithms=[key.algorithm],  # the key's, whatever the token says
                audience=self._audience,
                issuer=self.issuer,
                leeway=CLOCK_SKEW_SECONDS,
                options={"require": _REQUIRED},
            )
        except KeysUnavailable:
            message = "The identity provider does not answer, so its tokens cannot be checked."
            raise Problem(503, FieldError(None, "identity_provider_unavailable", message)) from None
        except UNREADABLE as error:
            raise refusal(error) from None
        if is_id_token(claims):
            message = "This is an id token, which is for the client; send the access token."
            raise TokenRefused("token_is_id_token", message)
        if not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT:
            raise TokenRefused("token_invalid", "The token is not valid.")
        return ExternalUser.of(claims)


def unverified_issuer(token: str) -> str | None:
    """Who a token says has issued it: decides who checks it, and nothing else."""
    try:
        issuer = jwt.decode(token, options={"verify_signature": False}).get("iss")
    except UNREADABLE:
        return None
    return issuer if isinstance(issuer, str) else None


def is_id_token(claims: dict[str, Any]) -> bool:
    """Whether a verified token is an id token: a client may be registered under the same audience
    as the API, so `aud` alone does not tell."""
    if any(name in claims for name in _ID_TOKEN_CLAIMS) or claims.get("typ") == "ID":  # Keycloak
        return True
    if "tid" in claims and "ver" in claims:  # Entra ID: delegated (scp), or an application's own
        is_delegated = isinstance(claims.get("scp"), str)
        is_application = "roles" in claims and ("azp" in claims or "appid" in claims)
        return not (is_delegated or is_application)
    return False


def _may_be_access_token(header: dict[str, Any]) -> bool:
    kind = header.get("typ", "JWT")
    return isinstance(kind, str) and kind.lower() in _ACCESS_TOKEN_TYPES
