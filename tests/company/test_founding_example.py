"""The example of the founding document, which must work as it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.company.books import Books

COMPANY = {
    "company_id": "reciLI8sBuJE9vEAv",
    "company_name": "WorkRamp",
    "reporting_status": "Active",
    "reporting_currency": "USD",
    "fund": "Fund IV",
    "customer_type": "B2B",
    "location_country": "United States",
    "revenue_type": "Recurring",
    "equity_raised": 67.20,
    "post_money_valuation": 215.0,
    "year_end_date": "2022-12-31",
}
QUARTER = {
    "company_id": "reciLI8sBuJE9vEAv",
    "total_revenue": 4194199,
    "recurring_revenue": 3912138,
    "gross_profit": 2730244,
    "sales_marketing_expense": 1470828,
    "total_operating_expense": 7195136,
    "ebitda": -4464892,
    "net_income": -4339102,
    "cash_burn": -4464892,
    "cash_balance": 32407138,
    "debt_outstanding": None,
    "employees": 1,
    "customers": None,
    "fiscal_reporting_date": "2022-12-31 00:00:00",
    "fiscal_reporting_quarter": 4,
}


@pytest.fixture
def metrics(books: Books) -> dict[str, Any]:
    books.call("company.save_company", company=Jsonb(COMPANY))
    books.call("company.submit_metrics_input", **QUARTER)
    return books.metrics(2022, 4, "reciLI8sBuJE9vEAv")["USD"]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("arr", "15648552"),
        ("runway_months", "21.774639565750"),
        ("ev_by_equity_raised_plus_debt", "3.199404761905"),
        ("valuation_to_revenue", "12.815319444785"),
        ("total_operating_percentage_revenue", "1.715497047232"),
        ("enterprise_value", "215000000"),
        ("enterprise_value_net", "182592862"),
        ("recurring_percentage_revenue", "0.932749733620"),
        ("gross_profit_margin", "0.650957191111"),
        ("sales_marketing_percentage_revenue", "0.350681500806"),
        ("monthly_cash_burn", "1488297.333333"),
        ("revenue_per_fte", "16776796"),
        ("gross_profit_per_fte", "10920976"),
    ],
)
def test_example_answers(metrics: dict[str, Any], metric: str, expected: str) -> None:
    assert metrics[metric] == pytest.approx(Decimal(expected), rel=Decimal("1e-11"))


def test_example_has_no_growth_yet_and_says_that_debt_was_assumed(metrics: dict[str, Any]) -> None:
    unknown = {name for name, value in metrics.items() if value is None}
    grown = {name for name in metrics if "growth" in name or "change_in_cash" in name}
    assert unknown >= grown
    assert unknown >= {name for name in metrics if name.startswith("ltm_")}
    assert metrics["assumed_zero_debt"] is True


def test_amounts_come_back_as_submitted_and_count_as_millions(books: Books) -> None:
    answer = books.call("company.save_company", company=Jsonb(COMPANY))
    data = answer["body"]["data"]
    assert answer["status"] == 201
    assert {key: data[key] for key in COMPANY} == {
        **COMPANY,
        "equity_raised": Decimal("67.2"),
        "post_money_valuation": 215,
    }
    assert data["amount_unit"] == "millions"
    amounts = books.row(
        "select equity_raised_amount, post_money_valuation_amount from company.company"
    )
    assert list(amounts.values()) == [67_200_000, 215_000_000]


def test_second_request_of_the_example_finds_the_quarter(books: Books) -> None:
    books.call("company.save_company", company=Jsonb(COMPANY))
    books.call("company.submit_metrics_input", **QUARTER)
    answer = books.call(
        "company.list_metrics_inputs",
        company_id="reciLI8sBuJE9vEAv",
        start_reporting_date="2022-01-01",
        end_reporting_date="2022-12-31",
    )
    [row] = answer["body"]["data"]
    expected = {**QUARTER, "fiscal_reporting_date": "2022-12-31", "currency": "USD"}
    assert {key: row[key] for key in expected} == expected
    assert (row["reporting_year"], row["reporting_quarter"]) == (2022, 4)
    assert set(row) - set(expected) == {
        "id", "reporting_year", "reporting_quarter", "created_date", "created_by",
        "last_update_date", "last_updated_by",
    }  # fmt: skip
