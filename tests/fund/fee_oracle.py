"""Management fees once more: in Python decimals, one day at a time, from the terms alone."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

DAY_COUNTS = ("act/365", "act/360", "act/act", "30/360", "quarter")


def counted(first: date, last: date, day_count: str) -> Decimal:
    """Day by day."""
    part = Decimal()
    day = first
    while day < last:
        following = day + timedelta(1)
        if day_count == "30/360":
            part += Decimal(
                30 * ((following.year - day.year) * 12 + following.month - day.month)
                + min(following.day, 30)
                - min(day.day, 30)
            ) / Decimal(360)
        elif day_count == "quarter":
            start = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
            end = (start + timedelta(100)).replace(day=1)
            part += Decimal(1) / (4 * (end - start).days)
        elif day_count == "act/act":
            part += Decimal(1) / (366 if isleap(day.year) else 365)
        else:
            part += Decimal(1) / int(day_count[-3:])
        day = following
    return part


def days(first: date, last: date) -> Iterator[date]:
    """From the first to before the last."""
    return (first + timedelta(n) for n in range((last - first).days))


@dataclass(frozen=True)
class Step:
    """A rate and base from a day on, of a class of partners or of all (*)."""

    investor_class: str
    from_on: date
    rate: Decimal
    base: str


@dataclass
class Agreement:
    """A fund as far as its fee goes."""

    day_count: str
    basis: str
    months: int
    fee_from: str
    steps: list[Step]
    classes: dict[str, str]
    closes: dict[date, dict[str, Decimal]]
    # Cost of investments by day: bought, or sold (below 0).
    cost: dict[date, Decimal] = field(default_factory=dict)

    @property
    def first_close(self) -> date:
        return min(self.closes)

    def period_start(self, day: date) -> date:
        month = self.months * ((day.month - 1) // self.months) + 1
        return max(date(day.year, month, 1), self.first_close)

    def period_end(self, day: date) -> date:
        start = date(day.year, self.months * ((day.month - 1) // self.months) + 1, 1)
        return (start + timedelta(31 * self.months)).replace(day=1)

    def committed(self, code: str, day: date) -> Decimal:
        return sum(
            (
                amounts.get(code, Decimal())
                for closed_on, amounts in self.closes.items()
                if self.fee_from == "first_close" or closed_on <= day
            ),
            Decimal(),
        )

    def cost_on(self, day: date) -> Decimal:
        return sum((amount for on, amount in self.cost.items() if on <= day), Decimal())

    def step(self, code: str, day: date) -> Step:
        """The last one of the class, or else of all."""
        for name in (self.classes.get(code, "standard"), "*"):
            if found := [s for s in self.steps if s.investor_class == name and s.from_on <= day]:
                return max(found, key=lambda step: step.from_on)
        raise LookupError

    def base(self, code: str, base: str, day: date) -> Decimal:
        if base == "committed":
            return self.committed(code, day)
        start = self.period_start(day)
        seen_on = day if self.basis == "daily" else max(start - timedelta(1), self.first_close)
        partners = {code for amounts in self.closes.values() for code in amounts}
        total = sum(self.committed(code, day) for code in partners)
        return max(self.cost_on(seen_on), Decimal()) * self.committed(code, day) / total

    def fee(self, code: str, first: date, last: date) -> Decimal:
        """Exact, from the first day to before the last."""
        if self.classes.get(code) in ("general_partner", "affiliate"):
            return Decimal()
        amount = Decimal()
        for day in days(first, last):
            step = self.step(code, day)
            part = counted(day, day + timedelta(1), self.day_count)
            amount += part * step.rate * self.base(code, step.base, day)
        return amount
