"""An explained number, as the OpenAPI page shows it: the founding example's ARR in CAD."""

from __future__ import annotations

from typing import Any

_STAMPS: dict[str, Any] = {
    "created_date": "2023-01-16T09:30:00+00:00",
    "created_by": "Erin Editor",
    "last_update_date": None,
    "last_updated_by": None,
}
_PERIOD = {"reporting_year": 2022, "reporting_quarter": 4}
_SUBMITTED = {
    "table": "company.metrics_input",
    "id": "3f0f6f0e-6a55-4d0b-9b57-2d1a6a4d9f11",
    "row_version": 1,
    **_STAMPS,
}


def _derived(table: str) -> dict[str, Any]:
    return {"table": f"company.{table}", "id": None, "row_version": None, **_STAMPS}


def _fixings(currency: str, rate: float) -> dict[str, Any]:
    return {
        "source": "ecb",
        "base_currency": "EUR",
        "currency": currency,
        "rate": rate,
        "fixing_count": 64,
        "first_on": "2022-10-03",
        "last_on": "2022-12-30",
    }


EXPLANATION: dict[str, Any] = {
    "company_id": "reciLI8sBuJE9vEAv",
    "metric": "arr",
    "label": "Annual recurring revenue",
    "kind": "metric",
    "unit": "money",
    "value": 21247603.9056,
    "reason": None,
    "currency": "CAD",
    **_PERIOD,
    "formula": "recurring revenue of the quarter * 4 (basis run_rate_q4; contracted ARR is another "
    "metric)",
    "expression": "recurring_revenue * 4",
    "derived_from": ["recurring_revenue"],
    "null_rule": "no recurring revenue",
    "currency_note": "at the flow rate",
    "source": "Quarterbase rulebook 1.3",
    "assumed_zero_debt": False,
    "row": _derived("quarterly_reporting_metrics"),
    "rate": None,
    "operands": [
        {
            "operand": "recurring_revenue",
            "label": "Recurring revenue",
            "kind": "translated",
            "unit": "money",
            "value": 5311900.9764,
            "reason": None,
            "currency": "CAD",
            **_PERIOD,
            "expression": "round(submitted_recurring_revenue * exchange_rate, 6)",
            "derived_from": ["submitted_recurring_revenue", "exchange_rate"],
            "row": _derived("quarterly_reporting_financials"),
            "rate": None,
        },
        {
            "operand": "submitted_recurring_revenue",
            "label": "Recurring revenue, as submitted",
            "kind": "submitted",
            "unit": "money",
            "value": 3912138,
            "reason": None,
            "currency": "USD",
            **_PERIOD,
            "expression": None,
            "derived_from": [],
            "row": _SUBMITTED,
            "rate": None,
        },
        {
            "operand": "exchange_rate",
            "label": "Rate of flows",
            "kind": "rate",
            "unit": "rate",
            "value": 1.3578,
            "reason": None,
            "currency": None,
            **_PERIOD,
            "expression": None,
            "derived_from": [],
            "row": None,
            "rate": {
                "kind": "average",
                "from_currency": "USD",
                "to_currency": "CAD",
                "fixing_count": 64,
                "method": "mean over the 64 days of each day's (CAD leg / USD leg), a leg of the "
                "base currency being 1; not the quotient of the legs' means",
                "first_on": "2022-10-01",
                "last_on": "2022-12-31",
                "fixings": [_fixings("USD", 1.0205), _fixings("CAD", 1.3857)],
            },
        },
    ],
}
