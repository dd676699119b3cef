"""Ratios of one quarter: fractions, what is missing, burn and runway."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.company.books import Books, Row

# metric -> numerator, denominator, factor
RATIOS = {
    "recurring_percentage_revenue": ("recurring_revenue", "total_revenue", 1),
    "sales_marketing_percentage_revenue": ("sales_marketing_expense", "total_revenue", 1),
    "total_operating_percentage_revenue": ("total_operating_expense", "total_revenue", 1),
    "gross_profit_margin": ("gross_profit", "total_revenue", 1),
    "revenue_per_fte": ("total_revenue", "employees", 4),
    "gross_profit_per_fte": ("gross_profit", "employees", 4),
}
EVERY_RATIO = pytest.mark.parametrize("metric", RATIOS)


def metrics(books: Books, **numbers: Any) -> Row:
    books.company()
    books.quarter(2024, 1, **numbers)
    return books.metrics(2024, 1)["USD"]


@EVERY_RATIO
def test_ratio_is_a_fraction_of_its_two_inputs(books: Books, metric: str) -> None:
    numerator, denominator, factor = RATIOS[metric]
    row = metrics(books, **{numerator: 30, denominator: 80})
    assert row[metric] == Decimal(30 * factor) / 80


@EVERY_RATIO
@pytest.mark.parametrize("missing", [0, 1])
def test_ratio_with_a_missing_input_is_null(books: Books, metric: str, missing: int) -> None:
    assert metrics(books, **{str(RATIOS[metric][missing]): None})[metric] is None


@EVERY_RATIO
def test_ratio_over_zero_is_null(books: Books, metric: str) -> None:
    assert metrics(books, **{RATIOS[metric][1]: 0})[metric] is None


def test_operating_expense_of_171_percent_is_accepted(books: Books) -> None:
    row = metrics(books, total_revenue=100_000, total_operating_expense=171_549)
    assert row["total_operating_percentage_revenue"] == Decimal("1.71549")


def test_gross_margin_may_be_negative(books: Books) -> None:
    assert metrics(books, total_revenue=100, gross_profit=-40)["gross_profit_margin"] == Decimal(
        "-0.4"
    )


def test_recurring_revenue_above_total_revenue_is_accepted(books: Books) -> None:
    row = metrics(books, total_revenue=100, recurring_revenue=110)
    assert row["recurring_percentage_revenue"] == Decimal("1.1")


def test_arr_is_four_quarters_of_recurring_revenue(books: Books) -> None:
    assert metrics(books, recurring_revenue=800)["arr"] == 3200


def test_arr_without_recurring_revenue_is_null_and_not_zero(books: Books) -> None:
    assert metrics(books, recurring_revenue=None)["arr"] is None


def test_monthly_burn_is_positive_when_cash_goes_out(books: Books) -> None:
    assert metrics(books, cash_burn=-300)["monthly_cash_burn"] == 100


def test_monthly_burn_is_negative_when_cash_comes_in(books: Books) -> None:
    assert metrics(books, cash_burn=300)["monthly_cash_burn"] == -100


def test_runway_is_cash_over_monthly_burn(books: Books) -> None:
    assert metrics(books, cash_burn=-300, cash_balance=5000)["runway_months"] == 50


@pytest.mark.parametrize(
    ("cash_burn", "cash_balance", "expected"),
    [
        (0, 5000, None),
        (300, 5000, None),
        (300, 0, None),
        (-300, 0, 0),
        (-300, None, None),
        (None, 5000, None),
        (None, 0, None),
    ],
)
def test_runway_without_burn_or_cash(
    books: Books, cash_burn: Any, cash_balance: Any, expected: Any
) -> None:
    row = metrics(books, cash_burn=cash_burn, cash_balance=cash_balance)
    assert row["runway_months"] == expected


def test_runway_is_a_duration_and_the_same_in_every_currency(books: Books) -> None:
    books.fix_quarter(2024, 1, USD="1.25", CAD="1.50")
    # The last fixing is far from the average: cash and burn convert at different rates.
    books.record([(d, c, 2) for d in ["2024-03-29"] for c in ("USD", "CAD")])  # type: ignore[misc]
    books.company(reporting_currency="EUR")
    books.quarter(2024, 1, cash_burn=-300, cash_balance=5000)
    rows = books.metrics(2024, 1)
    assert {currency: row["runway_months"] for currency, row in rows.items()} == {
        "EUR": 50, "USD": 50, "CAD": 50,
    }  # fmt: skip
    assert rows["USD"]["monthly_cash_burn"] != rows["EUR"]["monthly_cash_burn"]


def test_burn_submitted_as_positive_is_kept_and_derived_as_outflow(books: Books) -> None:
    books.company(burn_sign="positive_is_burn")
    submitted = books.quarter(2024, 1, cash_burn=300)
    assert submitted["cash_burn"] == 300
    assert books.financials(2024, 1)["USD"]["cash_burn"] == -300
    assert books.metrics(2024, 1)["USD"]["monthly_cash_burn"] == 100
    assert books.metrics(2024, 1)["USD"]["runway_months"] == 50


def test_changed_burn_sign_turns_the_whole_history(books: Books) -> None:
    books.company()
    for quarter in (1, 2, 3):
        books.quarter(2024, quarter, cash_burn=300)
    assert books.metrics(2024, 1)["USD"]["runway_months"] is None
    books.company(burn_sign="positive_is_burn")
    for quarter in (1, 2, 3):
        assert books.metrics(2024, quarter)["USD"]["runway_months"] == 50
        assert books.financials(2024, quarter)["USD"]["cash_burn"] == -300


def test_null_cash_is_not_zero(books: Books) -> None:
    books.company(post_money_valuation=1)
    books.quarter(2024, 1, cash_balance=5000)
    books.quarter(2024, 2, cash_balance=None)
    books.quarter(2024, 3, cash_balance=5000)
    row = books.metrics(2024, 2)["USD"]
    assert row["change_in_cash"] is None
    assert row["enterprise_value_net"] is None
    assert row["enterprise_value"] == 1_000_400
    assert books.financials(2024, 2)["USD"]["cash_balance"] is None
    assert books.metrics(2024, 3)["USD"]["change_in_cash"] is None
