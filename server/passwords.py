"""Passwords: argon2id with the library's defaults (RFC 9106, 64 MiB)."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.errors import FieldError, Problem

SHORTEST_PASSWORD = 12

_HASHER = PasswordHasher()
_AT_ONCE = 2
_WAITING_AT_MOST = 30

P = ParamSpec("P")
T = TypeVar("T")


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


class PasswordCheck:
    """Hashes and compares in a thread, two at a time: each takes 64 MiB and a core for a while."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0
        # Compared with when there is no such user, so that the answer takes as long.
        self._nobody = hash_password(secrets.token_hex())

    async def matches(self, password_hash: str | None, password: str) -> bool:
        same = await self._in_turn(_same, password_hash or self._nobody, password)
        return same and password_hash is not None

    async def hash(self, password: str) -> str:
        return await self._in_turn(hash_password, password)

    async def _in_turn(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        if self._waiting >= _WAITING_AT_MOST:
            message = "Too many people are logging in at once; try again shortly."
            raise Problem(503, FieldError(None, "login_busy", message))
        self._waiting += 1
        try:
            async with self._turns:
                return await asyncio.to_thread(work, *given, **named)
        finally:
            self._waiting -= 1


def _same(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
