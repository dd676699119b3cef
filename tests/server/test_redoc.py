"""`/redoc` works offline and under a strict content security policy."""

from __future__ import annotations

import re

import httpx


def test_the_page_loads_everything_from_here(anyone: httpx.Client) -> None:
    page = anyone.get("/redoc")
    assert page.headers["content-type"].startswith("text/html")
    assert "://" not in page.text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(addresses) == 4
    for address in addresses:
        answer = anyone.get(address)
        assert answer.status_code == 200, address
    (bundle,) = [address for address in addresses if address.endswith("standalone.js")]
    assert "immutable" in anyone.get(bundle).headers["cache-control"]


def test_no_inline_script_is_there_or_allowed(anyone: httpx.Client) -> None:
    page = anyone.get("/redoc")
    assert re.findall(r"<script(?![^>]*\ssrc=)", page.text) == []
    policy = dict(
        part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";")
    )
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'unsafe-inline'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
