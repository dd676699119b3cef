"""Money and days as they come in: exact, finite, and refused with a reason otherwise."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

PLAIN_DECIMAL = r"-?[0-9]{1,40}(\.[0-9]{1,40})?"
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})([T ]00:00(:00(\.0+)?)?(Z|[+-]00:?00)?)?", re.ASCII)
_LIMIT = Decimal("1e15")
_FINEST_EXPONENT = -40


class Money(Decimal):
    """A JSON number or a plain decimal string, taken digit by digit, never through a float."""


class Day(date):
    """`2022-12-31`; a time part is accepted when it is midnight, as spreadsheets write it."""


def money(value: Any) -> Money:
    plain = isinstance(value, str) and re.fullmatch(PLAIN_DECIMAL, value)
    if isinstance(value, bool) or not (plain or isinstance(value, int | Decimal)):
        raise ValueError('Expected a number or a plain decimal string such as "1234.50"')
    number = Money(value)
    if not -_LIMIT < number < _LIMIT:
        raise ValueError("Expected an amount below 1e15 in size")
    if isinstance(exponent := number.as_tuple().exponent, int) and exponent < _FINEST_EXPONENT:
        raise ValueError("Expected at most 40 digits after the point")
    return number


def day(value: Any) -> Day:
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    with suppress(ValueError):  # 2022-02-30 looks like a day
        if match:
            return Day.fromisoformat(match.group(1))
    raise ValueError('Expected a day such as "2022-12-31" (a time part must be midnight)')


_READERS = {Money: money, Day: day}


def dec_hook(kind: type[Any], value: Any) -> Any:
    return _READERS[kind](value)


def enc_hook(value: Any) -> Any:
    """Back to JSON without losing a digit: PostgreSQL reads the number from its text."""
    if isinstance(value, Money):
        return Decimal(value)
    if isinstance(value, Day):
        return value.isoformat()
    raise NotImplementedError(f"{type(value).__name__} has no JSON form here")
