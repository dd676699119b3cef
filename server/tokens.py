"""The built-in issuer: bearer tokens as ES256 JWTs that name a user and nothing else.

What the user may do is looked up in the database for every request, so a token never has to be
recalled because a role changed. The keys are those of `server.keys`. Beside it goes a refresh
token: random bytes, of which the database keeps the hash.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from server.keys import ALGORITHM, KeyRing

ISSUER = "quarterbase"
AUDIENCE = "quarterbase-api"
LIFETIME_SECONDS = 12 * 3600
CLOCK_SKEW_SECONDS = 10
# What a token offers to be checked with. Whoever sends one of these wants us to trust their key.
_OFFERED_KEYS = ("jku", "jwk", "x5u", "x5c")
# Whatever a token can be made of ends as a refusal: deep JSON, and numbers beyond a date, too.
UNREADABLE = (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError)


class HasHome(Protocol):
    @property
    def home(self) -> Path: ...


class TokenRefused(Exception):  # noqa: N818 (a refusal, not a fault)
    """The token is not one of ours, or no longer. `rule` is the code for the caller."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule, self.message = rule, message
        super().__init__(message)


def refusal(error: Exception) -> TokenRefused:
    if isinstance(error, jwt.ExpiredSignatureError):
        return TokenRefused("token_expired", "The token has expired.")
    return TokenRefused("token_invalid", "The token is not valid.")


class RefreshToken(NamedTuple):
    """The secret for the client, and what the database keeps of it."""

    secret: str
    hash: bytes


def new_refresh_token() -> RefreshToken:
    secret = secrets.token_urlsafe(32)
    return RefreshToken(secret, refresh_token_hash(secret))


def refresh_token_hash(secret: str) -> bytes:
    """A plain hash: 32 random bytes cannot be guessed, so they need no salt and no slowness."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def header_of(token: str) -> dict[str, Any]:
    """The header of a token, still unverified. Raises `jwt.PyJWTError`, also when it offers a key
    of its own."""
    header = jwt.get_unverified_header(token)
    if any(name in header for name in _OFFERED_KEYS):
        raise jwt.InvalidKeyError
    return header


def issue_token(settings: HasHome | KeyRing, user_id: UUID | str) -> str:
    """A bearer token for this user, valid for twelve hours."""
    ring = settings if isinstance(settings, KeyRing) else KeyRing(settings.home)
    kid, key = ring.signing()
    now = int(time.time())
    claims = {
        "sub": str(user_id),
        "iss": ISSUER,
        "aud": AUDIENCE,
        "iat": now,
        "nbf": now,
        "exp": now + LIFETIME_SECONDS,
        "jti": secrets.token_urlsafe(12),
    }
    return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": kid})


def verify_token(settings: HasHome | KeyRing, token: str) -> UUID:
    """The user a token speaks for. Raises `TokenRefused`.

    The algorithm is ours, never the token's choice; keys come from our folder, and a token that
    brings one along (`jku`, `jwk`, `x5u`, `x5c`) is refused.
    """
    ring = settings if isinstance(settings, KeyRing) else KeyRing(settings.home)
    return _verified(ring, token).user


class _Verified(NamedTuple):
    """A token whose signature was right, and what has to be so for it to be good still."""

    user: UUID
    expires: float
    kid: str
    key: ec.EllipticCurvePublicKey


def _verified(ring: KeyRing, token: str) -> _Verified:
    try:
        kid = header_of(token).get("kid")
        if not isinstance(kid, str) or (key := ring.verifying(kid)) is None:
            raise jwt.InvalidKeyError
        claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            leeway=CLOCK_SKEW_SECONDS,
            options={"require": ["exp", "iat", "sub", "iss", "aud"]},
        )
        return _Verified(UUID(claims["sub"]), float(claims["exp"]), kid, key)
    except UNREADABLE as error:
        raise refusal(error) from None


class TokenCheck:
    """`verify_token` for a running process: a signature that was right is not computed again.

    What can change is asked every time: the hour, and whether the key is still one of ours.
    """

    def __init__(self, ring: KeyRing, *, most: int = 10_000) -> None:
        self._ring = ring
        self._most = most
        self._known: dict[str, _Verified] = {}

    def verify(self, token: str) -> UUID:
        """The user a token speaks for. Raises `TokenRefused`."""
        known = self._known.get(token)
        if (
            known is None
            or known.expires + CLOCK_SKEW_SECONDS <= time.time()
            or self._ring.verifying(known.kid) is not known.key
        ):
            self._known.pop(token, None)
            known = _verified(self._ring, token)
            while len(self._known) >= self._most:  # the oldest goes
                del self._known[next(iter(self._known))]
            self._known[token] = known
        return known.user
