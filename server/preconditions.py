"""What the headers of a write say about when it may happen: `Idempotency-Key` and `If-Match`.

Every write takes both by naming the arguments `idempotency` and `if_match` (reads and logins do
not): see `WRITE_HEADERS`. The rules are the database's; here a header becomes an argument.
"""

from __future__ import annotations

import asyncio
import re
from hashlib import scrypt, sha256
from typing import Annotated, Any

from litestar import Request
from litestar.di import Provide
from litestar.params import Parameter

from server.db import IdempotencyKey
from server.errors import FieldError, Problem

_VISIBLE_ASCII = re.compile(r"[!-~]{1,255}")

KeyHeader = Annotated[
    str | None,
    Parameter(
        header="Idempotency-Key",
        description="Makes it safe to send this again: for 24 hours the same key with the same "
        "request answers what it answered the first time. 1 to 255 visible ASCII characters, "
        "best a new UUID.",
        schema_extra={"pattern": "^[!-~]{1,255}$"},
        required=False,
    ),
]
MatchHeader = Annotated[
    str | None,
    Parameter(
        header="If-Match",
        description="The ETag you have read: if the record has changed since, nothing happens "
        "and the answer is 412.",
        required=False,
    ),
]


async def idempotency_key(
    request: Request[Any, Any, Any], idempotency_header: KeyHeader = None
) -> IdempotencyKey | None:
    """The key, with a digest of the request that it came with."""
    if idempotency_header is None:
        return None
    if not _VISIBLE_ASCII.fullmatch(idempotency_header):
        message = "An Idempotency-Key is 1 to 255 visible ASCII characters."
        hint = "Send a new UUID with each write."
        raise Problem(
            400, FieldError("Idempotency-Key", "idempotency_key_is_visible_ascii", message, hint)
        )
    url = request.url
    digest = sha256()
    for part in (
        request.method.encode(),
        f"{url.path.rstrip('/')}?{url.query}".encode(),
        request.headers.get("if-match", "").encode(),
        await request.body(),
    ):
        digest.update(b"%d:" % len(part) + part)
    return IdempotencyKey(idempotency_header, digest.digest())


async def keyed_by_secret(key: IdempotencyKey | None) -> IdempotencyKey | None:
    """The key of a request that holds a password: what is kept of it is as slow to guess from as
    the password's own hash, and differs from key to key."""
    if key is None:
        return None
    slow = await asyncio.to_thread(
        scrypt, key.request_hash, salt=key.value.encode(), n=2**14, r=8, p=1, dklen=32
    )
    return IdempotencyKey(key.value, slow)


def once(key: IdempotencyKey | None, filters: dict[str, Any]) -> dict[str, Any]:
    """Arguments of a write that records an event: the key is the event's own too, so that it
    happens once even after a day. A preview has no effect to repeat, and claims no key."""
    value = None if key is None else key.value
    return {**filters, "idempotency": None if filters["p_preview"] else key, "p_key": value}


def if_match(request: Request[Any, Any, Any], match_header: MatchHeader = None) -> str | None:
    """The entity tags of the header as they are; repeated headers are one list (RFC 9110 5.3)."""
    return None if match_header is None else ",".join(request.headers.getall("if-match"))


WRITE_HEADERS = {
    "idempotency": Provide(idempotency_key),
    "if_match": Provide(if_match, sync_to_thread=False),
}
