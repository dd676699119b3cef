"""Passwords: argon2id with the library's defaults (RFC 9106, 64 MiB)."""

from __future__ import annotations

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.errors import FieldError, Problem

_HASHER = PasswordHasher()
_AT_ONCE = 2
_WAITING_AT_MOST = 30


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


class PasswordCheck:
    """Compares in a thread, two at a time: each takes 64 MiB and a core for a while."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0
        # Compared with when there is no such user, so that the answer takes as long.
        self._nobody = hash_password(secrets.token_hex())

    async def matches(self, password_hash: str | None, password: str) -> bool:
        if self._waiting >= _WAITING_AT_MOST:
            message = "Too many people are logging in at once; try again shortly."
            raise Problem(503, FieldError(None, "login_busy", message))
        self._waiting += 1
        try:
            async with self._turns:
                same = await asyncio.to_thread(_same, password_hash or self._nobody, password)
        finally:
            self._waiting -= 1
        return same and password_hash is not None


def _same(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
