"""The provider's keys: where they may come from, how long they are kept, how often we ask."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from server.provider_keys import KeysUnavailable, ProviderKeys, is_trustworthy
from tests.server.identity_provider import IdentityProvider, public_jwk, rsa_key


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def run(
    provider: IdentityProvider,
    work: Callable[[ProviderKeys, Clock], Awaitable[Any]],
    issuer: str = "",
) -> Any:
    async def open_and_work() -> Any:
        clock = Clock()
        keys = ProviderKeys(issuer or provider.issuer, clock)
        try:
            return await work(keys, clock)
        finally:
            await keys.close()

    return asyncio.run(open_and_work())


async def is_unknown(keys: ProviderKeys, kid: str) -> bool:
    try:
        await keys.find(kid)
    except jwt.InvalidKeyError:
        return True
    return False


def test_keys_are_kept_and_a_new_one_is_found_once_the_cool_down_is_over() -> None:
    async def work(keys: ProviderKeys, clock: Clock) -> None:
        for _ in range(5):
            assert (await keys.find("key-1")).algorithm == "RS256"
        assert provider.asked == {"openid-configuration": 1, "keys": 1}
        provider.keys["key-2"] = rsa_key()
        assert await is_unknown(keys, "key-2")  # asked a moment ago
        clock.now += 31
        assert (await keys.find("key-2")).algorithm == "RS256"
        assert provider.asked["keys"] == 2
        for number in range(50):  # a flood of made-up ids
            assert await is_unknown(keys, f"made-up-{number}")
        assert provider.asked["keys"] == 2
        clock.now += 31
        await asyncio.gather(*(is_unknown(keys, f"made-up-{n}") for n in range(50)))
        assert provider.asked["keys"] == 3

    with IdentityProvider() as provider:
        run(provider, work)


def test_a_key_that_the_provider_withdrew_is_forgotten() -> None:
    async def work(keys: ProviderKeys, clock: Clock) -> None:
        await keys.find("key-1")
        provider.keys = {"key-2": rsa_key()}
        clock.now += 301
        await keys.find("key-1")  # answered from what is at hand, and asked meanwhile
        while keys._asking and not keys._asking.done():
            await asyncio.sleep(0.01)
        assert await is_unknown(keys, "key-1")
        await keys.find("key-2")

    with IdentityProvider() as provider:
        run(provider, work)


@pytest.mark.parametrize("broken", ["500", "html", "large", "deep", "redirect"])
def test_a_broken_provider_leaves_what_is_at_hand_for_a_day(broken: str) -> None:
    async def work(keys: ProviderKeys, clock: Clock) -> None:
        await keys.find("key-1")
        provider.broken = broken
        for hours in (1, 10, 12):
            clock.now += hours * 3600
            await keys.find("key-1")
            while keys._asking and not keys._asking.done():
                await asyncio.sleep(0.01)
        clock.now += 2 * 3600
        with pytest.raises(KeysUnavailable):
            await keys.find("key-1")
        provider.broken = ""
        clock.now += 31
        await keys.find("key-1")

    with IdentityProvider() as provider:
        run(provider, work)
        assert provider.asked["attacker"] == 0


def test_a_provider_that_hangs_delays_nobody_who_has_a_key() -> None:
    async def work(keys: ProviderKeys, clock: Clock) -> float:
        await keys.find("key-1")
        provider.broken = "hang"
        clock.now += 400
        started = time.monotonic()
        for _ in range(10):
            await keys.find("key-1")
        return time.monotonic() - started

    with IdentityProvider() as provider:
        assert run(provider, work) < 1


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://another.example"},
        {"issuer": None},
        {"jwks_uri": "http://192.168.0.1/keys"},
        {"jwks_uri": "http://127.0.0.1:1/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
    ],
)
def test_a_discovery_document_that_points_elsewhere_is_not_believed(
    document: dict[str, Any],
) -> None:
    async def work(keys: ProviderKeys, clock: Clock) -> None:
        with pytest.raises(KeysUnavailable):
            await keys.find("key-1")

    with IdentityProvider() as provider:
        provider.broken = document
        run(provider, work)
        assert provider.asked["keys"] == 0


def test_keys_that_are_not_for_us_are_left_out() -> None:
    small, other = rsa_key(1024), ec.generate_private_key(ec.SECP384R1())
    good = rsa_key()

    async def work(keys: ProviderKeys, clock: Clock) -> list[bool]:
        return [await is_unknown(keys, kid) for kid in ("key-1", *wrong)]

    wrong = ["small", "curve", "encrypts", "symmetric", "pss", "broken"]
    with IdentityProvider() as provider:
        provider.listed = [
            public_jwk("small", small),
            public_jwk("curve", other),
            public_jwk("encrypts", good) | {"use": "enc"},
            {"kty": "oct", "kid": "symmetric", "k": "c2VjcmV0", "alg": "HS256"},
            public_jwk("pss", good) | {"alg": "PS256"},
            {"kty": "RSA", "kid": "broken", "n": "!", "e": 5},
            {"kty": "RSA"},
            "no key at all",  # type: ignore[list-item]
        ]
        assert run(provider, work) == [False] + [True] * len(wrong)


@pytest.mark.parametrize(
    ("address", "trusted"),
    [
        ("https://login.microsoftonline.com/common/discovery/keys", True),
        ("http://127.0.0.1:8080/keys", True),
        ("http://[::1]:8080/keys", True),
        ("http://10.0.0.1/keys", False),
        ("http://localhost.example.com/keys", False),
        ("https://user@example.com/", False),
        ("ftp://example.com/", False),
        ("https:///path", False),
        ("https://example.com:port/", False),
    ],
)
def test_addresses_are_https_or_this_machine(address: str, trusted: bool) -> None:
    assert is_trustworthy(address) is trusted
