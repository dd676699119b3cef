"""Translation: flows at the quarter's average rate, balances at its closing rate, nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.company.books import FLOWS, Books, Row, quarter_end

COUNTS = ("employees", "customers")


def two_rates(books: Books, year: int, quarter: int, average: str, closing: str) -> None:
    """USD per EUR: `average` on every weekday but the last, which has `closing`."""
    books.fix_quarter(year, quarter, USD=average)
    end = quarter_end(year, quarter)
    while not books.rows("select 1 from fx.rate where rate_on = %s", end):
        end = date.fromordinal(end.toordinal() - 1)
    books.record([(end, "USD", closing)])


@pytest.fixture
def euro(books: Books) -> Books:
    books.company(reporting_currency="EUR", post_money_valuation=50, equity_raised=20)
    return books


def used(row: Row) -> tuple[Any, Any]:
    return row["exchange_rate_used"], row["closing_rate_used"]


def test_flows_convert_at_the_average_and_balances_at_the_closing_rate(euro: Books) -> None:
    two_rates(euro, 2024, 1, "1.20", "2.00")
    euro.quarter(2024, 1)
    rows = euro.financials(2024, 1)
    flow, closing = used(rows["USD"])
    assert closing == 2
    # 65 weekdays, the last of them another rate.
    assert flow == pytest.approx((64 * Decimal("1.20") + 2) / 65, rel=Decimal("1e-15"))
    for name, local in FLOWS.items():
        assert rows["USD"][name] == round(local * flow, 6)
    assert rows["USD"]["cash_balance"] == 5000 * 2
    assert rows["USD"]["debt_outstanding"] == 400 * 2


def test_headcounts_years_and_dates_are_not_money(euro: Books) -> None:
    euro.fix_quarter(2024, 1, USD="2", CAD="3")
    euro.quarter(2024, 1, employees=7, customers=11)
    unconverted = [
        (*(row[name] for name in COUNTS), row["reporting_year"], row["reporting_quarter"],
         row["fiscal_reporting_quarter"], row["fiscal_reporting_date"])
        for row in euro.financials(2024, 1).values()
    ]  # fmt: skip
    assert unconverted == [(7, 11, 2024, 1, 1, date(2024, 3, 31))] * 3


def test_local_row_is_as_submitted_at_rate_one(euro: Books) -> None:
    euro.fix_quarter(2024, 1, USD="2")
    euro.quarter(2024, 1, total_revenue=Decimal("1234.567891"))
    row = euro.financials(2024, 1)["EUR"]
    assert used(row) == (1, 1)
    assert row["total_revenue"] == Decimal("1234.567891")
    assert {c: r["is_reporting_currency"] for c, r in euro.financials(2024, 1).items()} == {
        "EUR": True, "USD": False,
    }  # fmt: skip


def test_company_in_dollars_has_exactly_dollars_and_canadian_dollars(books: Books) -> None:
    books.fix_quarter(2024, 1, USD="1.25", CAD="1.50")
    books.company()
    books.quarter(2024, 1)
    assert set(books.financials(2024, 1)) == set(books.metrics(2024, 1)) == {"USD", "CAD"}
    assert used(books.financials(2024, 1)["USD"]) == (1, 1)


def test_currency_without_a_rate_is_withheld_and_the_others_are_there(euro: Books) -> None:
    euro.fix_quarter(2024, 1, USD="1.25")
    euro.quarter(2024, 1)
    assert set(euro.financials(2024, 1)) == set(euro.metrics(2024, 1)) == {"EUR", "USD"}
    euro.fix_quarter(2024, 1, CAD="1.5")
    assert set(euro.financials(2024, 1)) == set(euro.metrics(2024, 1)) == {"EUR", "USD", "CAD"}


def test_fewer_than_40_fixings_withhold_the_row_and_the_40th_gives_it(euro: Books) -> None:
    days = [date(2024, 3, 31).toordinal() - n for n in range(40)]
    euro.record((date.fromordinal(n), "USD", "1.25") for n in days[:39])
    euro.quarter(2024, 1)
    assert set(euro.financials(2024, 1)) == {"EUR"}
    euro.record([(date.fromordinal(days[39]), "USD", "1.25")])
    assert set(euro.financials(2024, 1)) == {"EUR", "USD"}


def test_closing_rate_older_than_7_days_withholds_the_row(euro: Books) -> None:
    euro.fix(date(2024, 1, 1), date(2024, 3, 22), {"USD": "1.25"})
    euro.quarter(2024, 1)
    assert set(euro.financials(2024, 1)) == {"EUR"}
    euro.record([(date(2024, 3, 24), "USD", "1.25")])
    assert set(euro.financials(2024, 1)) == {"EUR", "USD"}


def test_ltm_is_the_sum_of_translated_quarters(euro: Books) -> None:
    for quarter, rate in enumerate(("1.00", "1.10", "1.20", "1.30"), 1):
        euro.fix_quarter(2024, quarter, USD=rate)
        euro.quarter(2024, quarter, total_revenue=1000, ebitda=-200)
    row = euro.metrics(2024, 4)["USD"]
    assert row["ltm_total_revenue"] == 1000 + 1100 + 1200 + 1300
    assert row["ltm_ebitda"] == -200 - 220 - 240 - 260
    assert row["ltm_total_revenue"] != euro.metrics(2024, 4)["EUR"]["ltm_total_revenue"] * Decimal(
        "1.3"
    )


def test_change_in_cash_splits_into_flow_and_effect_of_the_rate(euro: Books) -> None:
    two_rates(euro, 2024, 1, "1.00", "1.10")
    two_rates(euro, 2024, 2, "1.20", "1.40")
    euro.quarter(2024, 1, cash_balance=5000)
    euro.quarter(2024, 2, cash_balance=4000)
    row = euro.metrics(2024, 2)["USD"]
    average = euro.financials(2024, 2)["USD"]["exchange_rate_used"]
    assert row["change_in_cash"] == Decimal("1.40") * 4000 - Decimal("1.10") * 5000
    assert row["change_in_cash_flow"] == round(-1000 * average, 6)
    parts = row["change_in_cash_flow"] + row["change_in_cash_fx_effect"]
    assert parts == row["change_in_cash"]
    local = euro.metrics(2024, 2)["EUR"]
    assert (local["change_in_cash"], local["change_in_cash_flow"]) == (-1000, -1000)
    assert local["change_in_cash_fx_effect"] == 0


def test_ratios_of_two_flows_are_the_same_in_every_currency(euro: Books) -> None:
    euro.fix_quarter(2024, 1, USD="1.23456", CAD="0.98765")
    euro.quarter(2024, 1, total_revenue=7, gross_profit=3)
    rows = euro.metrics(2024, 1).values()
    for name in ("gross_profit_margin", "sales_marketing_percentage_revenue"):
        assert len({row[name] for row in rows}) == 1
