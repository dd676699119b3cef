"""The founding document's example, as the OpenAPI page shows it."""

from __future__ import annotations

from typing import Any

COMPANY_INPUT: dict[str, Any] = {
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
_STAMPS = {
    "created_date": "2023-01-16T09:30:00+00:00",
    "created_by": "Erin Editor",
    "last_update_date": None,
    "last_updated_by": None,
}
COMPANY: dict[str, Any] = {
    **COMPANY_INPUT,
    "fund_id": "0b0e7c3e-5a4f-4f0c-9c53-7d2f1f3c9a10",
    "amount_unit": "millions",
    "valuation_currency": "USD",
    "burn_sign": "outflow_negative",
    "archived": False,
    **_STAMPS,
    "row_version": 1,
}
_AMOUNTS = {
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
}
_PERIOD = {
    "fiscal_reporting_date": "2022-12-31",
    "fiscal_reporting_quarter": 4,
    "reporting_year": 2022,
    "reporting_quarter": 4,
}
_KEYS = {"company_id": "reciLI8sBuJE9vEAv", "currency": "USD"}
METRICS_INPUT: dict[str, Any] = {
    **_KEYS,
    **_AMOUNTS,
    "fiscal_reporting_date": "2022-12-31",
    "fiscal_reporting_quarter": 4,
}
SUBMITTED_QUARTER: dict[str, Any] = {
    "id": "3f0f6f0e-6a55-4d0b-9b57-2d1a6a4d9f11",
    **_KEYS,
    **_AMOUNTS,
    **_PERIOD,
    **_STAMPS,
}
FINANCIALS: dict[str, Any] = {
    **_KEYS,
    "exchange_rate_used": 1,
    "closing_rate_used": 1,
    "is_reporting_currency": True,
    **_AMOUNTS,
    **_PERIOD,
    **_STAMPS,
}
_NEEDS_EARLIER_QUARTERS = (
    "employee_growth_rate change_in_cash change_in_cash_flow change_in_cash_fx_effect "
    "revenue_growth revenue_growth_constant_currency valuation_to_ltm_revenue yoy_growth_revenue "
    "yoy_growth_revenue_constant_currency yoy_growth_profit yoy_growth_employees "
    "yoy_growth_ltm_revenue ltm_total_revenue ltm_gross_profit ltm_sales_marketing_expense "
    "ltm_gross_margin ltm_operating_expense ltm_ebitda ltm_net_income ltm_ebitda_margin "
    "ltm_net_income_margin"
)
METRICS: dict[str, Any] = {
    **_KEYS,
    "enterprise_value": 215000000,
    "enterprise_value_net": 182592862,
    "arr": 15648552,
    "recurring_percentage_revenue": 0.932749733620174,
    "revenue_per_fte": 16776796,
    "gross_profit_per_fte": 10920976,
    "monthly_cash_burn": 1488297.3333333333,
    "runway_months": 21.774639565749855,
    "ev_by_equity_raised_plus_debt": 3.199404761904762,
    "sales_marketing_percentage_revenue": 0.3506815008062326,
    "total_operating_percentage_revenue": 1.7154970472311877,
    "gross_profit_margin": 0.6509571911108653,
    "valuation_to_revenue": 12.815319444785525,
    "assumed_zero_debt": True,
    **dict.fromkeys(_NEEDS_EARLIER_QUARTERS.split()),
    **_PERIOD,
    **_STAMPS,
}
ROUND_INPUT: dict[str, Any] = {
    "round_on": "2022-06-30",
    "round_name": "Series C",
    "post_money_valuation": 215.0,
    "equity_raised": 67.2,
}
VALUATION_ROUND: dict[str, Any] = {
    "valuation_round_id": "7d1f7b0e-4b52-4f6b-8f0a-0c1f7a3b9e22",
    "company_id": "reciLI8sBuJE9vEAv",
    **ROUND_INPUT,
    "amount_unit": "millions",
    "currency": "USD",
    **_STAMPS,
    "row_version": 1,
}
COMPANY_CHANGE: dict[str, Any] = {"reporting_status": "Exited", "archived": True}
INPUT_CHANGE: dict[str, Any] = {"ebitda": -4464892, "customers": None}
ROUND_CHANGE: dict[str, Any] = {"post_money_valuation": 220.0}
RATE: dict[str, Any] = {
    "rate_date": "2022-12-30",
    "from_currency": "USD",
    "to_currency": "CAD",
    "rate": 1.3538346146634165,
    "source": "ecb",
    "is_corrected": False,
}
QUARANTINED: dict[str, Any] = {
    "quarantine_id": 7,
    "source": "ecb",
    "status": "released",
    "reason": "rate_jump",
    "rate_date": "2022-12-30",
    "currency": "CAD",
    "base_currency": "EUR",
    "rate": 1.8,
    "recorded_rate": 1.8,
    "received": '{"date": "2022-12-30", "rate": "1.8", "currency": "CAD"}',
    "received_at": "2022-12-30T16:15:04+00:00",
    "decided_at": "2023-01-02T08:05:00+00:00",
    "decided_by": "Erin Editor",
    "row_version": 2,
}
_NO_LINKS: dict[str, Any] = {"meta": {}, "links": {}}
COMPANY_SAVED: dict[str, Any] = {
    "status": "success",
    "code": 200,
    "message": "Company record created/updated successfully.",
    "data": COMPANY,
    **_NO_LINKS,
}
QUARTER_SUBMITTED: dict[str, Any] = {
    "status": "success",
    "code": 201,
    "message": "Metrics input created successfully.",
    "data": SUBMITTED_QUARTER,
    **_NO_LINKS,
}


def one(record: dict[str, Any], message: str = "Success.") -> dict[str, Any]:
    """The answer that shows one record, or the key of one that is gone."""
    return {"status": "success", "code": 200, "message": message, "data": record, **_NO_LINKS}


def page(record: dict[str, Any]) -> dict[str, Any]:
    """A list of one."""
    here = "/v1/…?limit=100&offset=0"
    return {
        "status": "success",
        "code": 200,
        "message": "1 record.",
        "data": [record],
        "meta": {
            "total_records": 1,
            "current_page": 1,
            "next_page": None,
            "previous_page": None,
            "limit": 100,
            "offset": 0,
        },
        "links": {"self": here, "next": None, "previous": None},
    }
