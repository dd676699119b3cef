"""Growth: over a base above zero, from the quarter before or the one a year before, or nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.company.books import Books, Row

# metric -> the input it grows with, and how many quarters back its base lies
GROWTHS = {
    "revenue_growth": ("total_revenue", 1),
    "revenue_growth_constant_currency": ("total_revenue", 1),
    "employee_growth_rate": ("employees", 1),
    "yoy_growth_revenue": ("total_revenue", 4),
    "yoy_growth_revenue_constant_currency": ("total_revenue", 4),
    "yoy_growth_profit": ("gross_profit", 4),
    "yoy_growth_employees": ("employees", 4),
}
EVERY_GROWTH = pytest.mark.parametrize("metric", GROWTHS)


def grown(books: Books, metric: str, base: Any, now: Any) -> Any:
    """The metric of 2025 Q1 when its input was `base` then and is `now`; nothing between."""
    name, back = GROWTHS[metric]
    year, quarter = divmod(2025 * 4 - back, 4)
    books.company()
    books.quarter(year, quarter + 1, **{name: base})
    books.quarter(2025, 1, **{name: now})
    return books.metrics(2025, 1)["USD"][metric]


@EVERY_GROWTH
def test_growth_is_a_fraction(books: Books, metric: str) -> None:
    assert grown(books, metric, 80, 100) == Decimal("0.25")


@EVERY_GROWTH
def test_growth_of_1400_percent_is_given(books: Books, metric: str) -> None:
    assert grown(books, metric, 10, 150) == 14


@EVERY_GROWTH
def test_decline_to_zero_is_minus_one(books: Books, metric: str) -> None:
    assert grown(books, metric, 100, 0) == -1


@EVERY_GROWTH
@pytest.mark.parametrize(("base", "now"), [(None, 100), (100, None), (0, 100), (0, 0)])
def test_growth_without_a_base_is_null(books: Books, metric: str, base: Any, now: Any) -> None:
    assert grown(books, metric, base, now) is None


@pytest.mark.parametrize("now", [-50, 0, 100])
def test_growth_on_a_loss_is_null(books: Books, now: int) -> None:
    assert grown(books, "yoy_growth_profit", -100, now) is None


def test_growth_from_profit_to_loss_is_given(books: Books) -> None:
    assert grown(books, "yoy_growth_profit", 100, -20) == Decimal("-1.20")


def eight_quarters(books: Books, **changes: Any) -> Row:
    """2023 earns 100 a quarter, 2024 150; `q5=x` is the revenue of the fifth. Of the eighth."""
    books.company()
    for n in range(8):
        revenue = changes.get(f"q{n + 1}", 100 if n < 4 else 150)
        books.quarter(2023 + n // 4, n % 4 + 1, total_revenue=revenue)
    return books.metrics(2024, 4)["USD"]


def test_ltm_growth_compares_two_years(books: Books) -> None:
    metrics = eight_quarters(books)
    assert metrics["ltm_total_revenue"] == 600
    assert metrics["yoy_growth_ltm_revenue"] == Decimal("0.5")


def test_ltm_growth_needs_eight_quarters(books: Books) -> None:
    assert eight_quarters(books, q1=None)["yoy_growth_ltm_revenue"] is None


def test_ltm_growth_on_a_year_without_revenue_is_null(books: Books) -> None:
    metrics = eight_quarters(books, q1=0, q2=0, q3=0, q4=0)
    assert metrics["ltm_total_revenue"] == 600
    assert metrics["yoy_growth_ltm_revenue"] is None


def test_growth_shown_in_another_currency_contains_its_rate(books: Books) -> None:
    books.fix_quarter(2024, 4, USD="1.00")
    books.fix_quarter(2025, 1, USD="1.20")
    books.company(reporting_currency="EUR")
    books.quarter(2024, 4, total_revenue=100)
    books.quarter(2025, 1, total_revenue=110)
    metrics = books.metrics(2025, 1)
    assert metrics["EUR"]["revenue_growth"] == Decimal("0.1")
    assert metrics["USD"]["revenue_growth"] == Decimal("0.32")
    for row in metrics.values():
        assert row["revenue_growth_constant_currency"] == Decimal("0.1")


def test_year_on_year_growth_in_constant_currency_is_the_local_one(books: Books) -> None:
    books.fix_quarter(2024, 1, USD="1.00")
    books.fix_quarter(2025, 1, USD="0.50")
    books.company(reporting_currency="EUR")
    books.quarter(2024, 1, total_revenue=100)
    books.quarter(2025, 1, total_revenue=130)
    metrics = books.metrics(2025, 1)
    assert metrics["USD"]["yoy_growth_revenue"] == Decimal("-0.35")
    assert metrics["USD"]["yoy_growth_revenue_constant_currency"] == Decimal("0.3")


def test_growth_across_a_change_of_currency_is_given_in_shared_currencies(books: Books) -> None:
    books.fix_quarter(2024, 4, USD="1.25", GBP="0.80")
    books.fix_quarter(2025, 1, USD="1.25", GBP="0.80")
    books.company(reporting_currency="EUR")
    books.quarter(2024, 4, total_revenue=100)
    books.company(reporting_currency="GBP")
    books.quarter(2025, 1, total_revenue=96)
    assert set(books.metrics(2024, 4)) == {"EUR", "USD"}
    metrics = books.metrics(2025, 1)
    assert set(metrics) == {"GBP", "USD"}
    assert metrics["GBP"]["revenue_growth"] is None
    assert metrics["USD"]["revenue_growth"] == pytest.approx(Decimal("0.2"), abs=Decimal("1e-9"))
    assert metrics["USD"]["revenue_growth_constant_currency"] is None
    assert metrics["USD"]["change_in_cash"] is not None
    assert metrics["USD"]["change_in_cash_flow"] is None
    assert metrics["USD"]["change_in_cash_fx_effect"] is None
