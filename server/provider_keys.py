"""The public keys of the identity provider, from its own discovery document, kept and renewed.

Kept 300 seconds. While the provider does not answer, the keys at hand go on working for a day. A
key id nobody knows makes us ask again, at most once in 30 seconds, whoever sends it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
import jwt
import msgspec
from jwt.types import JWKDict

log = logging.getLogger("quarterbase.oidc")

_FRESH_SECONDS = 300.0
_USABLE_SECONDS = 24 * 3600.0
_COOL_DOWN_SECONDS = 30.0
_COLD_COOL_DOWN_SECONDS = 3.0  # nothing at hand yet: ask sooner
_SIZE_LIMIT_BYTES = 1_000_000
_KEYS_AT_MOST = 100
_TIMEOUT = httpx.Timeout(5.0, connect=3.0)
_ALGORITHMS = {"RSA": "RS256", "EC": "ES256"}
_SHORTEST_RSA_BITS = 2048
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class KeysUnavailable(Exception):  # noqa: N818 (a state, not a fault)
    """No keys are at hand and the provider gives none."""


class ProviderKey(NamedTuple):
    key: Any
    algorithm: str


class ProviderKeys:
    """Knows the provider's keys by their ids."""

    def __init__(self, issuer: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._issuer, self._now = issuer, clock
        # A redirect is never followed: the keys come from where the document says, or not at all.
        self._client = httpx.AsyncClient(
            timeout=_TIMEOUT, follow_redirects=False, trust_env=not is_loopback(issuer)
        )
        self._keys: dict[str, ProviderKey] = {}
        self._read_at: float | None = None
        self._asked_at: float | None = None
        self._asking: asyncio.Task[None] | None = None

    async def close(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        await self._client.aclose()

    async def find(self, kid: str) -> ProviderKey:
        """Raises `jwt.InvalidKeyError` for an id the provider does not have, `KeysUnavailable`
        when nothing can be known."""
        age = None if self._read_at is None else self._now() - self._read_at
        if age is None or age > _USABLE_SECONDS or kid not in self._keys:
            await self._ask()
        elif age > _FRESH_SECONDS:
            self._start_asking()  # and answer from what is at hand meanwhile
        if self._read_at is None or self._now() - self._read_at > _USABLE_SECONDS:
            raise KeysUnavailable
        if kid not in self._keys:
            raise jwt.InvalidKeyError
        return self._keys[kid]

    async def _ask(self) -> None:
        """Whoever comes while a question is on its way waits for the same answer."""
        self._start_asking()
        if self._asking is not None:
            await asyncio.shield(self._asking)

    def _start_asking(self) -> None:
        if self._asking is not None and not self._asking.done():
            return
        wait = _COLD_COOL_DOWN_SECONDS if self._read_at is None else _COOL_DOWN_SECONDS
        if self._asked_at is not None and self._now() - self._asked_at < wait:
            self._asking = None
            return
        self._asked_at = self._now()
        self._asking = asyncio.create_task(self._read())

    async def _read(self) -> None:
        try:
            async with asyncio.timeout(2 * _TIMEOUT.read if _TIMEOUT.read else None):
                document = await self._get(
                    f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
                )
                if document.get("issuer") != self._issuer:
                    raise ValueError("the discovery document is of another issuer")
                address = document.get("jwks_uri")
                if not isinstance(address, str) or not self._may_ask(address):
                    raise ValueError("the jwks_uri is not an https address")
                found = _usable_keys(await self._get(address))
                if not found:
                    raise ValueError("there is no usable key")
        except (
            httpx.HTTPError,
            httpx.InvalidURL,
            TimeoutError,
            ValueError,
            RecursionError,
        ) as error:
            log.warning(
                "no keys from the identity provider",
                extra={"fields": {"reason": type(error).__name__, "detail": str(error)[:200]}},
            )
        else:
            self._keys, self._read_at = found, self._now()

    async def _get(self, address: str) -> dict[str, Any]:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        async with self._client.stream("GET", address, headers=headers) as answer:
            if answer.status_code != httpx.codes.OK:
                raise ValueError(f"the answer was {answer.status_code}")
            body = b""
            async for part in answer.aiter_raw():
                body += part
                if len(body) > _SIZE_LIMIT_BYTES:
                    raise ValueError("the answer is too large")
        return msgspec.json.decode(body, type=dict[str, Any])

    def _may_ask(self, address: str) -> bool:
        """https anywhere the provider says (Google's keys are on another host than its issuer);
        plain http on the origin of an issuer on loopback, for tests and a sidecar."""
        return is_trustworthy(address) and (
            address.startswith("https://") or _origin(address) == _origin(self._issuer)
        )


def is_trustworthy(address: str) -> bool:
    """https, or http that does not leave this machine; without a user name, query or fragment."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 (raises when it is not a number)
    except ValueError:
        return False
    if not parts.hostname or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def is_loopback(address: str) -> bool:
    return urlsplit(address).hostname in _LOOPBACK


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port


def _usable_keys(document: dict[str, Any]) -> dict[str, ProviderKey]:
    listed = document.get("keys")
    if not isinstance(listed, list):
        raise ValueError("the key set has no keys")
    found = {}
    for item in listed[:_KEYS_AT_MOST]:
        key = _usable_key(item)
        if key is not None:
            found[item["kid"]] = key
    return found


def _usable_key(item: JWKDict) -> ProviderKey | None:
    """A public RSA or P-256 key for signatures that has an id; anything else is not for us."""
    if not isinstance(item, dict) or not isinstance(item.get("kid"), str):
        return None
    algorithm = _ALGORITHMS.get(str(item.get("kty")))
    if algorithm is None or item.get("use", "sig") != "sig":
        return None
    if item.get("alg", algorithm) != algorithm or item.get("crv", "P-256") != "P-256":
        return None
    try:
        public = {name: value for name, value in item.items() if name not in ("d", "k")}
        key = jwt.PyJWK(public, algorithm=algorithm).key
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    if algorithm == "RS256" and key.key_size < _SHORTEST_RSA_BITS:
        return None
    return ProviderKey(key, algorithm)
