"""What every publisher's answer becomes, and JSON read without losing anything on the way."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Feed(NamedTuple):
    """Fixings as {date, currency, rate}, units of currency per 1 `base`; values as received.

    `base` is None when the answer does not say it.
    """

    base: str | None
    rates: list[dict[str, Any]]


class FeedError(Exception):
    """The answer is not what this kind of publisher sends. Its text says so in words."""


class Pairs(list[tuple[str, Any]]):
    """A JSON object as it was written: a key that stands twice is there twice."""

    def first(self, key: str) -> Any:
        return next((value for name, value in self if name == key), None)


def read_object(body: bytes) -> Pairs:
    """The object at the top; numbers stay the text they were, NaN included."""
    try:
        found = json.loads(
            body, object_pairs_hook=Pairs, parse_float=str, parse_int=str, parse_constant=str
        )
    except (ValueError, RecursionError):
        raise FeedError("the answer is not JSON") from None
    if not isinstance(found, Pairs):
        raise FeedError("the answer is not a JSON object")
    return found


def rates_of_day(day: Any, rates: Any) -> list[dict[str, Any]]:
    """The rates of one day, {"USD": 1.08, …}, as fixings."""
    if not isinstance(rates, Pairs) or not isinstance(day, str):
        raise FeedError("the answer holds no rates of a day")
    return [
        {"date": storable(day), "currency": storable(currency), "rate": storable(rate)}
        for currency, rate in rates
    ]


def storable(value: Any) -> Any:
    """A value as received, without what no database text can hold; of a structure, its text."""
    if value is None or isinstance(value, bool):
        return value
    return str(value).encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def checked(base: Any, rates: list[dict[str, Any]]) -> Feed:
    """An answer without a single rate is no answer."""
    if not rates:
        raise FeedError("the answer holds no rates")
    return Feed(base if isinstance(base, str) else None, rates)
