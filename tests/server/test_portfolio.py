"""The portfolio's summary over HTTP: latest quarters, like for like, and how fresh they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from server import examples_fund
from server.schemas.fund import PortfolioSummary
from tests.company.books import NUMBERS
from tests.server.test_contract import strictly

SUMMARY = "/v1/portfolio/summary"
# Fund, company, quarters and their revenue. Beta reports later than acme did, and not at once.
REPORTED = {
    ("Fund I", "acme"): {"2023-12-31": 100, "2024-09-30": 400, "2024-12-31": 500},
    ("Fund I", "beta"): {"2024-09-30": 1000},
    ("Fund II", "gamma"): {"2023-12-31": 50, "2024-12-31": 70},
    (None, "solo"): {"2024-12-31": 9},
}


@pytest.fixture(scope="module")
def portfolio(api: Any) -> Iterator[Any]:
    api.run("update ops.setting set value = '[\"USD\"]' where setting = 'presentation_currencies'")
    for (fund, company_id), quarters in REPORTED.items():
        company = {"company_id": company_id, "company_name": company_id, "fund": fund}
        company |= {"reporting_currency": "USD", "year_end_date": "2024-12-31"}
        api.run("select company.save_company(%s)", json.dumps(company))
        rows = [
            {**NUMBERS, "company_id": company_id, "fiscal_reporting_date": on, "total_revenue": n}
            for on, n in quarters.items()
        ]
        api.run("select company.import_metrics_inputs(%s)", json.dumps(rows))
    api.run("select fund.refresh_portfolio(60)")
    api.user("viewer_scoped")
    api.run(
        "insert into security.user_fund (fund_id, user_id) select fund_id,"
        " security.user_id_by_email('viewer_scoped@example.com')"
        " from fund.fund where name = 'Fund II'"
    )
    yield api


def values(record: object, *names: str) -> list[Any]:
    return [getattr(record, name) for name in names]


def ask(portfolio: Any, role: str = "viewer", **query: object) -> PortfolioSummary:
    with portfolio.client(role) as client:
        answer = client.get(SUMMARY, params=query)
    assert answer.status_code == 200
    found: PortfolioSummary = strictly(answer.content, PortfolioSummary)
    return found


def test_each_fund_shows_its_latest_quarter_like_for_like(portfolio: Any) -> None:
    summary = ask(portfolio)
    first, second, none = summary.data.funds
    assert [f.fund for f in summary.data.funds] == ["Fund I", "Fund II", None]
    assert (first.quarter_end_date.isoformat(), first.currency) == ("2024-12-31", "USD")
    assert (first.company_count, first.reported_company_count, first.is_complete) == (2, 1, False)
    # Beta is in neither side of the change: it has no such quarter.
    assert values(first, "total_revenue", "revenue_of_prior_quarter") == [500, 400]
    assert values(first, "revenue_growth", "yoy_growth_revenue") == [Decimal("0.25"), 4]
    assert values(second, "total_revenue", "revenue_growth", "is_complete") == [70, None, True]
    assert values(none, "fund_id", "total_revenue") == [None, 9]
    [total] = summary.data.totals
    assert values(total, "fund_count", "total_revenue", "reported_company_count") == [3, 579, 3]
    assert values(total, "yoy_growth_revenue") == [Decimal("2.8")]
    assert summary.meta.stale_since is None
    assert summary.meta.refreshed_at is not None


def test_quarters_are_not_mixed_in_a_total(portfolio: Any) -> None:
    summary = ask(portfolio, reporting_year=2024, reporting_quarter=3)
    quarters = {f.fund: (f.reporting_year, f.reporting_quarter) for f in summary.data.funds}
    assert quarters == {"Fund I": (2024, 3), "Fund II": (2023, 4)}
    [total] = summary.data.totals
    assert values(total, "reporting_quarter", "fund_count", "total_revenue") == [3, 1, 1400]
    by_year = ask(portfolio, reporting_year=2023)
    assert {f.reporting_quarter for f in by_year.data.funds} == {4}
    assert ask(portfolio, reporting_year=2020).data.totals == []


def test_filters_by_fund_and_currency(portfolio: Any) -> None:
    [fund] = ask(portfolio, fund="Fund II").data.funds
    assert ask(portfolio, fund=str(fund.fund_id)).data.funds == [fund]
    assert ask(portfolio, currency="CAD").data.funds == []


def test_a_narrowed_reader_sees_whole_funds_only(portfolio: Any) -> None:
    summary = ask(portfolio, "viewer_scoped")
    assert [f.fund for f in summary.data.funds] == ["Fund II"]
    assert [t.total_revenue for t in summary.data.totals] == [70]


def test_a_waiting_change_is_seen(portfolio: Any) -> None:
    portfolio.run(
        "update company.metrics_input set total_revenue = 71"
        " where company_id = 'gamma' and reporting_year = 2024"
    )
    stale = ask(portfolio, fund="Fund II")
    assert stale.meta.stale_since is not None
    assert stale.data.totals[0].total_revenue == 70
    portfolio.run("select fund.refresh_portfolio(60)")
    fresh = ask(portfolio, fund="Fund II")
    assert fresh.meta.stale_since is None
    assert fresh.data.totals[0].total_revenue == 71
    portfolio.run(
        "update company.metrics_input set total_revenue = 70"
        " where company_id = 'gamma' and reporting_year = 2024"
    )
    portfolio.run("select fund.refresh_portfolio(60)")


@pytest.mark.parametrize(
    ("query", "field", "rule"),
    [
        ({"reporting_quarter": 3}, "reporting_quarter", "reporting_quarter_has_year"),
        ({"reporting_quarter": 5, "reporting_year": 2024}, "reporting_quarter", None),
        ({"fnud": "Fund I"}, "fnud", "unknown_field"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(
    portfolio: Any, query: dict[str, Any], field: str, rule: str | None
) -> None:
    with portfolio.client("viewer") as client:
        answer = client.get(SUMMARY, params=query)
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["field"] == field
    assert rule in (None, error["rule"])


@pytest.mark.parametrize("role", ["submitter", "investor"])
def test_totals_are_not_for_companies_and_investors(portfolio: Any, role: str) -> None:
    with portfolio.client(role) as client:
        assert client.get(SUMMARY).status_code == 403


def test_the_example_fits_its_schema() -> None:
    strictly(msgspec.json.encode(examples_fund.PORTFOLIO_SUMMARY), PortfolioSummary)
