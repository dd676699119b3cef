"""The outermost layer: headers on every answer, one log line a request, a last net for errors."""

from __future__ import annotations

import logging
import re
import time
from typing import Any
from uuid import uuid4

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import STATUSES, ErrorEnvelope, FieldError
from server.log import request_id

access_log = logging.getLogger("quarterbase.access")
error_log = logging.getLogger("quarterbase.error")

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_EVERYWHERE = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}


class Edge:
    """Wraps the application from outside, so that unmatched paths and crashes pass through too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"")
        request_id.set(given.decode() if _REQUEST_ID.fullmatch(given) else uuid4().hex)
        method = scope["method"]
        started, status = time.perf_counter(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_defaults(scope, list(message["headers"]))
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            error_log.exception("unhandled")
            if status:
                raise  # the answer has begun: all that is left is to cut it off
            await _send_crash(send_with_headers)
        finally:
            # No query values and no bodies: they hold people's names and money.
            fields = {
                "method": method,
                "route": scope.get("path_template") or "unmatched",
                "status": status,
                "ms": round((time.perf_counter() - started) * 1000, 2),
            }
            access_log.info("request", extra={"fields": fields})


def _with_defaults(scope: Any, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    extra = {**_EVERYWHERE, b"x-request-id": request_id.get().encode()}
    if scope["path"].startswith(("/v1", "/health", "/metrics")):
        extra[b"cache-control"] = b"no-store"
    if scope.get("scheme") == "https":
        extra[b"strict-transport-security"] = b"max-age=31536000"
    present = {name.lower() for name, _ in headers}
    return headers + [(name, value) for name, value in extra.items() if name not in present]


def crash_body() -> bytes:
    """A 500 tells the caller an id and nothing else; the log has the rest under that id."""
    rule, message = STATUSES[500]
    words = f"{message} Give support this id: {request_id.get()}"
    return msgspec.json.encode(ErrorEnvelope("error", 500, words, [FieldError(None, rule, words)]))


async def _send_crash(send: Send) -> None:
    body = crash_body()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
