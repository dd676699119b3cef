"""Asks a publisher over HTTPS, as somebody who trusts neither the answer nor the way to it.

Certificates are checked, redirects are not followed, the address that was checked is the one that
is connected to, an answer has a size and a time it may take. What may pass by itself (time-outs,
5xx, 429) is tried again after a growing, jittered pause, or when the publisher says
(`Retry-After`).
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import certifi
import httpx
import stamina

from jobs.fx.public import NotPublicError, addresses, loopback_allowed

_TRANSIENT = {408, 425, 429}
_HEADERS = {"User-Agent": "Quarterbase", "Accept-Encoding": "identity"}


@dataclass(frozen=True)
class Limits:
    """How long and how much is waited for; seconds and bytes."""

    connect_seconds: float = 5
    read_seconds: float = 10
    total_seconds: float = 30
    max_bytes: int = 5_000_000
    attempts: int = 4
    first_wait_seconds: float = 1
    longest_wait_seconds: float = 10
    jitter_seconds: float = 1
    longest_retry_after_seconds: float = 60


class FetchError(Exception):
    """Nothing usable came. The text names the host, never a query, a header or a key."""

    def __init__(
        self, words: str, *, is_transient: bool = False, retry_after: int | None = None
    ) -> None:
        super().__init__(words)
        self.is_transient = is_transient
        self.retry_after = retry_after


def fetch(
    url: str, headers: Mapping[str, str] | None = None, limits: Limits | None = None
) -> bytes:
    """The body of a 200. Raises FetchError when the last attempt has failed."""
    try:
        target = httpx.URL(url)
    except httpx.InvalidURL:
        raise FetchError("the address of the publisher is not one") from None
    return asyncio.run(_fetch(target, {**_HEADERS, **(headers or {})}, limits or Limits()))


async def _fetch(url: httpx.URL, headers: Mapping[str, str], limits: Limits) -> bytes:
    if url.scheme != "https" and not (url.scheme == "http" and loopback_allowed()):
        raise FetchError(f"{url.host} is not asked: its address does not begin with https://")

    def pause(error: Exception) -> bool | float:
        if not isinstance(error, FetchError) or not error.is_transient:
            return False
        if error.retry_after is None:
            return True
        if error.retry_after > limits.longest_retry_after_seconds:
            return False
        return max(0.05, float(error.retry_after))

    async for attempt in stamina.retry_context(
        on=pause,
        attempts=limits.attempts,
        timeout=None,
        wait_initial=limits.first_wait_seconds,
        wait_max=limits.longest_wait_seconds,
        wait_jitter=limits.jitter_seconds,
    ):
        with attempt:
            return await _attempt(url, headers, limits)
    raise AssertionError("the last attempt returns or raises")


async def _attempt(url: httpx.URL, headers: Mapping[str, str], limits: Limits) -> bytes:
    try:
        async with asyncio.timeout(limits.total_seconds):
            found = await addresses(url.host, url.port or 443)
            if url.scheme == "http" and not {"127.0.0.1", "::1"}.issuperset(found):
                raise NotPublicError(url.host)
            for address in found[:-1]:
                try:
                    return await _get(address, url, headers, limits)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    continue
            return await _get(found[-1], url, headers, limits)
    except NotPublicError:
        raise FetchError(f"{url.host} is not asked: it is not a public address") from None
    except (TimeoutError, httpx.TimeoutException):
        raise FetchError(f"{url.host} did not answer in time", is_transient=True) from None
    except (socket.gaierror, UnicodeError) as error:
        again = getattr(error, "errno", None) == socket.EAI_AGAIN
        raise FetchError(f"{url.host} cannot be found", is_transient=again) from None
    except httpx.TransportError as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise FetchError(f"{url.host} does not prove who it is (certificate)") from None
        words = f"{url.host} cannot be reached ({type(error).__name__})"
        raise FetchError(words, is_transient=True) from None


async def _get(address: str, url: httpx.URL, headers: Mapping[str, str], limits: Limits) -> bytes:
    """One request to the address that was checked; name and certificate are the host's."""
    async with httpx.AsyncClient(
        verify=_tls(),
        trust_env=False,
        follow_redirects=False,
        timeout=httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds),
    ) as client:
        request = client.build_request(
            "GET",
            url.copy_with(host=address),
            headers={**headers, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        response = await client.send(request, stream=True)
        try:
            return await _body(response, url.host, limits)
        finally:
            await response.aclose()


async def _body(response: httpx.Response, host: str, limits: Limits) -> bytes:
    status = response.status_code
    if status != HTTPStatus.OK:
        raise FetchError(
            f"{host} redirects, which is not followed"
            if 300 <= status < 400
            else f"{host} answers with status {status}",
            is_transient=status in _TRANSIENT or status >= 500,
            retry_after=_seconds(response.headers.get("retry-after", "")),
        )
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        raise FetchError(f"{host} answers with a web page")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise FetchError(f"{host} answers in an encoding that was not asked for")
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > limits.max_bytes:
            raise FetchError(f"{host} answers with more than {limits.max_bytes:,} bytes")
    return bytes(body)


def _seconds(retry_after: str) -> int | None:
    """`Retry-After` is seconds or a moment; None when it is neither."""
    if re.fullmatch(r"[0-9]{1,9}", retry_after):
        return int(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0, round((moment - datetime.now(UTC)).total_seconds()))


def _tls() -> ssl.SSLContext:
    """The usual authorities, or those of a house that has its own (SSL_CERT_FILE)."""
    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())
