"""Exchange rates by the rulebook, in Python's decimals."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

ONE = Decimal(1)


def quarter_start(end: date) -> date:
    """The first of the month two months earlier, or the day after the day three months earlier."""
    months = end.year * 12 + end.month - 1
    if (end + timedelta(days=1)).day == 1:
        year, month = divmod(months - 2, 12)
        return date(year, month + 1, 1)
    year, month = divmod(months - 3, 12)
    day = min(end.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) + timedelta(days=1)


class Rates:
    """Fixings per euro of several sources, the preferred source first."""

    def __init__(self, sources: Iterable[Iterable[tuple[date, str, Decimal]]]) -> None:
        self.sources: list[dict[date, dict[str, Decimal]]] = []
        for fixings in sources:
            days: dict[date, dict[str, Decimal]] = {}
            for day, currency, rate in fixings:
                days.setdefault(day, {"EUR": ONE})[currency] = rate
            self.sources.append(days)
        self._known: dict[tuple[str, str, date], tuple[list[Decimal], Decimal | None]] = {}

    def cross(self, source: str, target: str, day: date) -> Decimal | None:
        """Both legs from one source and one day, the first source that has both."""
        for days in self.sources:
            legs = days.get(day, {})
            if source in legs and target in legs:
                return legs[target] / legs[source]
        return None

    def _quarter(self, source: str, target: str, end: date) -> tuple[list[Decimal], Decimal | None]:
        """The daily rates of the quarter, and the last of them that is at most 7 days old."""
        key = source, target, end
        if key not in self._known:
            day, rates, closing = quarter_start(end), [], None
            while day <= end:
                rate = self.cross(source, target, day)
                if rate is not None:
                    rates.append(rate)
                    closing = rate if (end - day).days <= 7 else None
                day += timedelta(days=1)
            self._known[key] = rates, closing
        return self._known[key]

    def average(self, source: str, target: str, end: date) -> Decimal | None:
        """The mean of the quarter's daily rates, at least 40 of them."""
        if source == target:
            return ONE
        rates, _ = self._quarter(source, target, end)
        return sum(rates, Decimal(0)) / len(rates) if len(rates) >= 40 else None

    def closing(self, source: str, target: str, end: date) -> Decimal | None:
        """The last rate on or before the day, at most 7 days old."""
        if source == target:
            return ONE
        return self._quarter(source, target, end)[1]
