"""The built-in issuer: bearer tokens as ES256 JWTs that name a user and nothing else.

What the user may do is looked up in the database for every request, so a token never has to be
recalled because a role changed. Keys are `home/keys/<kid>.pem`: the newest signs, all verify; put
a new file there to rotate, take an old one away once its tokens have expired.
"""

from __future__ import annotations

import os
import secrets
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

ISSUER = "quarterbase"
AUDIENCE = "quarterbase-api"
LIFETIME_SECONDS = 12 * 3600
_CLOCK_SKEW_SECONDS = 10
_LOOK_AGAIN_AFTER_SECONDS = 2.0


class HasHome(Protocol):
    @property
    def home(self) -> Path: ...


class TokenRefused(Exception):  # noqa: N818 (a refusal, not a fault)
    """The token is not one of ours, or no longer. `rule` is the code for the caller."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule, self.message = rule, message
        super().__init__(message)


class KeyRing:
    """The keys of one home. Reads the folder again when a token names a key it does not know."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "keys"
        self._keys: dict[str, ec.EllipticCurvePrivateKey] = {}
        self._read_at = -_LOOK_AGAIN_AFTER_SECONDS

    def signing(self) -> tuple[str, ec.EllipticCurvePrivateKey]:
        """The newest key and its id; the first one is made here."""
        self._read()
        if not self._keys:
            _write_new_key(self._folder)
            self._read()
        kid = max(self._keys)
        return kid, self._keys[kid]

    def verifying(self, kid: str) -> ec.EllipticCurvePublicKey | None:
        # A flood of made-up ids reads the folder every two seconds, not every time.
        if kid not in self._keys and time.monotonic() - self._read_at > _LOOK_AGAIN_AFTER_SECONDS:
            self._read()
        key = self._keys.get(kid)
        return None if key is None else key.public_key()

    def _read(self) -> None:
        self._read_at = time.monotonic()
        keys = {}
        for path in self._folder.glob("*.pem"):
            key = serialization.load_pem_private_key(path.read_bytes(), password=None)
            if isinstance(key, ec.EllipticCurvePrivateKey):
                keys[path.stem] = key
        self._keys = keys


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
    return jwt.encode(claims, key, algorithm="ES256", headers={"kid": kid})


def verify_token(settings: HasHome | KeyRing, token: str) -> UUID:
    """The user a token speaks for. Raises `TokenRefused`.

    The algorithm is ours, never the token's choice; keys come from our folder, never from a
    header (`jku`, `jwk`, `x5u` are not read).
    """
    ring = settings if isinstance(settings, KeyRing) else KeyRing(settings.home)
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        key = ring.verifying(kid) if isinstance(kid, str) else None
        if key is None:
            raise jwt.InvalidKeyError
        claims = jwt.decode(
            token,
            key,
            algorithms=["ES256"],
            audience=AUDIENCE,
            issuer=ISSUER,
            leeway=_CLOCK_SKEW_SECONDS,
            options={"require": ["exp", "iat", "sub", "iss", "aud"]},
        )
        return UUID(claims["sub"])
    except jwt.ExpiredSignatureError:
        raise TokenRefused("token_expired", "The token has expired.") from None
    except (jwt.PyJWTError, ValueError):
        raise TokenRefused("token_invalid", "The token is not valid.") from None


def _write_new_key(folder: Path) -> None:
    """Names sort by age, so the newest key is the greatest name, whatever copied the files."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kid = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    draft = folder / f".{kid}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder / f"{kid}.pem")  # a reader sees a whole key or none
