"""Look-back goes by the number of the quarter: a hole is a missing operand, not the row before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.company.books import Books, Row

LTM = [
    "ltm_total_revenue", "ltm_gross_profit", "ltm_sales_marketing_expense",
    "ltm_operating_expense", "ltm_ebitda", "ltm_net_income",
]  # fmt: skip
# input -> the LTM metric that sums it
LTM_OF = dict(
    zip(
        ("total_revenue", "gross_profit", "sales_marketing_expense", "total_operating_expense",
         "ebitda", "net_income"),
        LTM,
        strict=True,
    )
)  # fmt: skip


def report(books: Books, *ordinals: int, **numbers: Any) -> None:
    """Quarters counted from 2022 Q1 = 0; revenue grows by 10 from 100 on."""
    for n in ordinals:
        books.quarter(2022 + n // 4, n % 4 + 1, **{"total_revenue": 100 + 10 * n, **numbers})


def usd(books: Books, n: int) -> Row:
    return books.metrics(2022 + n // 4, n % 4 + 1)["USD"]


def versions(books: Books, table: str) -> dict[tuple[int, str], str]:
    """Where each row version stands: a row that was written again stands elsewhere."""
    rows = books.rows(
        "select reporting_year * 4 + reporting_quarter - 1 - 2022 * 4 as n, currency,"
        f" ctid::text as place from company.quarterly_reporting_{table}"
    )
    return {(row["n"], row["currency"]): row["place"] for row in rows}


@pytest.fixture(autouse=True)
def acme(books: Books) -> None:
    books.company()


def test_growth_over_a_missing_quarter_is_null(books: Books) -> None:
    report(books, 0, 2)
    row = usd(books, 2)
    assert row["revenue_growth"] is None
    assert row["employee_growth_rate"] is None
    assert row["change_in_cash"] is None


def test_ltm_over_a_missing_quarter_is_null(books: Books) -> None:
    report(books, 0, 1, 3, 4)
    assert [usd(books, 4)[name] for name in LTM] == [None] * 6
    assert usd(books, 4)["ltm_gross_margin"] is None


@pytest.mark.parametrize("name", LTM_OF)
def test_ltm_with_a_null_inside_is_null(books: Books, name: str) -> None:
    report(books, 0, 1, 3)
    report(books, 2, **{name: None})
    assert [metric for metric in LTM if usd(books, 3)[metric] is None] == [LTM_OF[name]]


def test_ltm_is_the_sum_of_four_quarters(books: Books) -> None:
    report(books, 0, 1, 2, 3)
    assert usd(books, 3)["ltm_total_revenue"] == 100 + 110 + 120 + 130
    assert usd(books, 3)["ltm_ebitda"] == -800
    assert usd(books, 3)["ltm_ebitda_margin"] == pytest.approx(Decimal(-800) / 460)


def test_year_ago_is_the_same_quarter_and_not_four_rows_back(books: Books) -> None:
    report(books, 0, 1, 2, 3, 5)
    assert usd(books, 5)["yoy_growth_revenue"] == pytest.approx(Decimal(150) / 110 - 1)
    report(books, 8)
    assert usd(books, 8)["yoy_growth_revenue"] is None


def test_late_quarter_completes_those_that_waited_for_it(books: Books) -> None:
    report(books, 0, 1, 3, 4, 5, 6, 7)
    waiting = {
        3: "revenue_growth",
        4: "ltm_total_revenue",
        5: "ltm_total_revenue",
        6: "yoy_growth_revenue",
    }
    assert [usd(books, n)[metric] for n, metric in waiting.items()] == [None] * 4
    report(books, 2)
    assert usd(books, 3)["revenue_growth"] == pytest.approx(Decimal(130) / 120 - 1)
    assert usd(books, 3)["ltm_total_revenue"] == 460
    assert usd(books, 4)["ltm_total_revenue"] == 500
    assert usd(books, 5)["ltm_total_revenue"] == 540
    assert usd(books, 6)["yoy_growth_revenue"] == pytest.approx(Decimal(160) / 120 - 1)
    assert usd(books, 7)["yoy_growth_ltm_revenue"] == pytest.approx(Decimal(620) / 460 - 1)


def test_removed_quarter_takes_its_dependants_with_it(books: Books) -> None:
    report(books, *range(8))
    books.remove(2022, 3)
    assert books.metrics(2022, 3) == {}
    assert books.financials(2022, 3) == {}
    assert usd(books, 3)["revenue_growth"] is None
    assert usd(books, 5)["ltm_total_revenue"] is None
    assert usd(books, 6)["yoy_growth_revenue"] is None
    assert usd(books, 7)["yoy_growth_ltm_revenue"] is None
    assert usd(books, 6)["ltm_total_revenue"] == 130 + 140 + 150 + 160


def test_restated_revenue_reaches_eight_quarters_and_no_other(books: Books) -> None:
    report(books, *range(14))
    financials, metrics = versions(books, "financials"), versions(books, "metrics")
    books.correct(2023, 1, total_revenue=999)
    after = versions(books, "financials")
    assert {n for n, c in after if after[n, c] != financials[n, c]} == {4}
    after = versions(books, "metrics")
    assert {n for n, c in after if after[n, c] != metrics[n, c]} == set(range(4, 12))


def test_restated_headcount_reaches_the_quarters_that_compare_with_it(books: Books) -> None:
    report(books, *range(14))
    before = versions(books, "metrics")
    books.correct(2023, 1, employees=77)
    after = versions(books, "metrics")
    assert {n for n, c in after if after[n, c] != before[n, c]} == {4, 5, 8}


def test_correction_that_changes_nothing_derived_writes_only_its_stamp(books: Books) -> None:
    report(books, *range(14))
    before = versions(books, "metrics")
    books.correct(2023, 1, customers=5)
    after = versions(books, "metrics")
    assert {n for n, c in after if after[n, c] != before[n, c]} <= {4}


def test_quarter_moved_to_another_date_leaves_nothing_behind(books: Books) -> None:
    report(books, 0, 1)
    books.correct(
        2022, 2, fiscal_reporting_date="2022-09-30", reporting_year=None, reporting_quarter=None,
        fiscal_reporting_quarter=None,
    )  # fmt: skip
    assert books.metrics(2022, 2) == {}
    assert usd(books, 2)["fiscal_reporting_quarter"] == 3
    assert usd(books, 2)["revenue_growth"] is None
