"""The portfolio's summary, as the OpenAPI page shows it."""

from __future__ import annotations

from typing import Any

_TOTALS = {
    "currency": "USD",
    "reporting_year": 2022,
    "reporting_quarter": 4,
    "quarter_end_date": "2022-12-31",
    "company_count": 12,
    "reported_company_count": 12,
    "no_fx_rate_company_count": 0,
    "is_complete": True,
    "total_revenue": 48194199.5,
    "recurring_revenue": 39912138,
    "gross_profit": 31730244,
    "sales_marketing_expense": 17470828,
    "total_operating_expense": 57195136,
    "ebitda": -9464892,
    "net_income": -10339102,
    "cash_burn": -8464892,
    "cash_balance": 132407138,
    "debt_outstanding": None,
    "arr": 159648552,
    "monthly_cash_burn": 2821630.6666666666,
    "change_in_cash": -8112004,
    "enterprise_value": 2150000000,
    "ltm_total_revenue": 171440120,
    "ltm_ebitda": -41200450,
    "total_employees": 1840,
    "total_customers": 9120,
    "revenue_with_prior_quarter": 48194199.5,
    "revenue_of_prior_quarter": 45037552,
    "revenue_with_year_ago": 41022187,
    "revenue_of_year_ago": 33550910,
    "revenue_growth": 0.070089231,
    "yoy_growth_revenue": 0.222684839,
}
PORTFOLIO_SUMMARY: dict[str, Any] = {
    "status": "success",
    "code": 200,
    "message": "Portfolio summary.",
    "data": {
        "totals": [{**_TOTALS, "fund_count": 1}],
        "funds": [
            {"fund_id": "0b0e7c3e-5a4f-4f0c-9c53-7d2f1f3c9a10", "fund": "Fund IV", **_TOTALS}
        ],
    },
    "meta": {"refreshed_at": "2023-01-16T09:30:01+00:00", "stale_since": None},
    "links": {},
}
