"""Publishers' documents, read without a network: what they say, and what is none of them."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from importlib.resources import files
from types import ModuleType

import pytest

from jobs.fx import ecb, exchangerates, frankfurter
from jobs.fx.ecb_bundled import ARCHIVE
from jobs.fx.feed import FeedError
from tests.jobs.publisher import ecb_xml

TODAY = date(2026, 3, 2)
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<x><Cube time="2026-03-02"><Cube currency="USD" rate="&b;"/></Cube></x>"""
OUTSIDE = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<x><Cube time="2026-03-02"><Cube currency="&a;" rate="1"/></Cube></x>"""


def archive(*files: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files:
            bundle.writestr(name, content)
    return buffer.getvalue()


def test_day_of_the_central_bank() -> None:
    feed = ecb.parse(ecb_xml("2026-03-02", {"USD": "1.0832", "CAD": "1.5"}))
    assert feed.base == "EUR"
    assert feed.rates == [
        {"date": "2026-03-02", "currency": "USD", "rate": "1.0832"},
        {"date": "2026-03-02", "currency": "CAD", "rate": "1.5"},
    ]


def test_ninety_days_of_the_central_bank() -> None:
    body = b"<E><Cube><Cube time='2026-03-02'><Cube currency='USD' rate='1'/></Cube>"
    body += b"<Cube time='2026-02-27'><Cube currency='USD' rate='2'/></Cube></Cube></E>"
    days = [(rate["date"], rate["rate"]) for rate in ecb.parse(body).rates]
    assert days == [("2026-03-02", "1"), ("2026-02-27", "2")]


def test_history_of_the_central_bank() -> None:
    body = (files("currency_converter") / ARCHIVE).read_bytes()
    assert len(ecb.parse(body).rates) == 221_702


def test_a_key_that_stands_twice_is_read_twice() -> None:
    body = b'{"base": "EUR", "date": "2026-03-02", "rates": {"USD": 1.08, "USD": 1.8}}'
    assert [rate["rate"] for rate in exchangerates.parse(body).rates] == ["1.08", "1.8"]


def test_numbers_stay_the_digits_they_were() -> None:
    body = b'{"base": "USD", "date": "2026-03-02", "rates": {"CAD": 1.30, "JPY": NaN, "X": 1e400}}'
    feed = exchangerates.parse(body)
    assert feed.base == "USD"
    assert [rate["rate"] for rate in feed.rates] == ["1.30", "NaN", "1e400"]


def test_what_a_database_cannot_hold_is_replaced() -> None:
    body = rb'{"date": "2026-03-02", "rates": {"U\u0000D": "\ud800", "CAD": {"x": [1]}}}'
    rates = [(rate["currency"], rate["rate"]) for rate in exchangerates.parse(body).rates]
    assert rates == [("U\ufffdD", "?"), ("CAD", "[('x', ['1'])]")]


def test_days_of_frankfurter() -> None:
    one = {"amount": 1.0, "base": "EUR", "date": "2026-03-02", "rates": {"USD": 1.08}}
    assert frankfurter.parse(json.dumps(one).encode()).rates == [
        {"date": "2026-03-02", "currency": "USD", "rate": "1.08"}
    ]
    many = {
        "amount": 1.0,
        "base": "EUR",
        "start_date": "2026-02-27",
        "end_date": "2026-03-02",
        "rates": {"2026-02-27": {"USD": 1.07}, "2026-03-02": {"USD": 1.08, "CAD": 1.5}},
    }
    assert [rate["date"] for rate in frankfurter.parse(json.dumps(many).encode()).rates] == [
        "2026-02-27",
        "2026-03-02",
        "2026-03-02",
    ]


@pytest.mark.parametrize(
    ("kind", "url", "span", "expected", "is_latest"),
    [
        (ecb, "https://e/s/eurofxref-daily.xml", "latest", None, True),
        (ecb, "https://e/s/eurofxref-daily.xml", "recent", "https://e/s/eurofxref-hist-90d.xml", 0),
        (ecb, "https://e/s/eurofxref-daily.xml", "history", "https://e/s/eurofxref-hist.zip", 0),
        (frankfurter, "https://f/v1/latest?symbols=USD", "latest", None, True),
        (frankfurter, "https://f/v1/latest", "recent", "https://f/v1/2025-12-02..", False),
        (
            frankfurter, "https://f/v1/latest?symbols=USD", "history",
            "https://f/v1/1999-01-04..?symbols=USD", False,
        ),
        (exchangerates, "https://x/latest", "history", None, True),
    ],
)  # fmt: skip
def test_where_a_span_of_days_is_found(
    kind: ModuleType, url: str, span: str, expected: str | None, is_latest: bool
) -> None:
    assert kind.address(url, span, TODAY) == (expected or url, is_latest)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"PK", b"<html><body>maintenance</body></html>", b"<!doctype html><p>hello",
        b"\xff\xfe\x00", BOMB, OUTSIDE, b"<Cube/>", b"<a>" * 100_000,
        archive(), archive(("a.csv", b"x,y\n1,2\n")), archive(("a.csv", b""), ("b.csv", b"")),
        archive(("a.csv", b"Date,USD\n")), archive(("a.csv", b"\xff\xfeDate")),
        archive(("a.csv", b"0" * 60_000_000)),
        archive(("a.csv", b"Date,USD\n2026-03-02,1.08\n"))[:-30],
    ],
)  # fmt: skip
def test_what_is_no_document_of_the_central_bank_is_refused(body: bytes) -> None:
    with pytest.raises(FeedError):
        ecb.parse(body)


@pytest.mark.parametrize("kind", [exchangerates, frankfurter])
@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html></html>", b"[]", b"1", b"{}", b'{"date": "2026-03-02"}', b"\xff",
        b'{"date": "2026-03-02", "rates": {}}', b'{"date": "2026-03-02", "rates": [1]}',
        b'{"rates": {"2026-03-02": 1}}', b"[" * 200_000, b'{"rates": "' + b"x" * 100,
    ],
)  # fmt: skip
def test_what_is_no_json_of_rates_is_refused(kind: ModuleType, body: bytes) -> None:
    with pytest.raises(FeedError):
        kind.parse(body)


def test_refusal_with_status_200_is_a_refusal() -> None:
    with pytest.raises(FeedError):
        exchangerates.parse(b'{"success": false, "error": {"code": 104}}')
    with pytest.raises(FeedError):
        frankfurter.parse(b'{"amount": 100, "date": "2026-03-02", "rates": {"USD": 108}}')
