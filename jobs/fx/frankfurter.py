"""Kind `frankfurter`: the European Central Bank's rates as JSON, from https://frankfurter.dev.

{"amount": 1.0, "base": "EUR", "date": "2026-01-02", "rates": {"USD": 1.17, …}}, and for a span of
days ("2025-10-01..") {"amount": …, "base": …, "start_date": …, "end_date": …, "rates":
{"2026-01-02": {"USD": 1.17, …}, …}}. Units of the currency per 1 base.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin

from jobs.fx.feed import Feed, FeedError, Pairs, checked, rates_of_day, read_object

FIRST_DAY = date(1999, 1, 4)


def address(url: str, span: str, today: date) -> tuple[str, bool]:
    """The newest day's address; a span of days stands beside it."""
    if span == "latest":
        return url, True
    first = FIRST_DAY if span == "history" else today - timedelta(days=90)
    query = url.partition("?")[2]
    return urljoin(url, f"{first}..") + (f"?{query}" if query else ""), False


def parse(body: bytes) -> Feed:
    """The rates of one day or of many."""
    answer = read_object(body)
    amount = answer.first("amount")
    if amount not in (None, "1", "1.0"):
        raise FeedError("the rates are not those of one unit")
    rates = answer.first("rates")
    if answer.first("date") is not None:
        return checked(answer.first("base"), rates_of_day(answer.first("date"), rates))
    if not isinstance(rates, Pairs):
        raise FeedError("the answer holds no rates")
    fixings: list[dict[str, Any]] = []
    for day, of_day in rates:
        fixings += rates_of_day(day, of_day)
    return checked(answer.first("base"), fixings)
