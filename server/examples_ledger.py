"""A fund's books, as the OpenAPI page shows them."""

from __future__ import annotations

from typing import Any

FUND_ID = "0b0e7c3e-5a4f-4f0c-9c53-7d2f1f3c9a10"
INVESTOR_ID = "3f0d5f2a-7c61-4d0a-8a55-2f4f0a9f1b03"
USER_ID = "6a1e4c58-2f0b-4a58-9d3e-0c9b7f2d5e11"
EVENT_ID = "b7a9c1d2-3e4f-4a5b-8c6d-7e8f9a0b1c2d"
ENTRY_ID = "e2c4a6b8-0d1f-4e3a-9b5c-7d9e1f3a5b7c"
ENTRY_INPUT: dict[str, Any] = {
    "entry_on": "2024-03-15",
    "kind": "investment_purchase",
    "memo": "Series B of Acme",
    "lines": [
        {"account": "1200", "currency": "USD", "debit": 4500000},
        {"account": "1000", "currency": "USD", "credit": 4500000},
    ],
}
ENTRY_REVERSAL_INPUT: dict[str, Any] = {"memo": "Posted twice"}
PERIOD_CLOSE_INPUT: dict[str, Any] = {"last_on": "2024-03-31"}


def _line(account: str, name: str, debit: float, credit: float, partner: Any = None) -> Any:
    return {
        "account": account, "name": name, "partner_id": partner, "currency": "USD", "debit": debit,
        "credit": credit,
    }  # fmt: skip


ENTRY: dict[str, Any] = {
    "entry_id": ENTRY_ID,
    "entry_number": 12,
    "entry_on": "2024-03-15",
    "kind": "investment_purchase",
    "memo": "Series B of Acme",
    "entry_key": None,
    "reverses_entry_id": None,
    "source_room": None,
    "source_key": None,
    "posted_at": "2024-03-15T10:12:00+00:00",
    "posted_by": USER_ID,
    "lines": [
        _line("1200", "Investments at cost", 4500000, 0),
        _line("1000", "Cash", 0, 4500000),
    ],
}
CALL_ENTRY: dict[str, Any] = {
    **{key: value for key, value in ENTRY.items() if not key.startswith("source_")},
    "kind": "capital_call",
    "memo": "Capital call 3",
    "lines": [
        _line("1100", "Capital call receivable", 1000000, 0, INVESTOR_ID),
        _line("3000", "Partners' capital, contributed", 0, 1000000, INVESTOR_ID),
    ],
}
PERIOD: dict[str, Any] = {
    "fund_id": FUND_ID,
    "first_on": "2024-01-01",
    "last_on": "2024-03-31",
    "is_closed": True,
    "closed_at": "2024-04-20T08:00:00+00:00",
    "closed_by": "Erin Editor",
}
TRIAL_BALANCE: dict[str, Any] = {
    "fund_id": FUND_ID,
    "as_of": "2024-12-31",
    "accounts": [
        {
            "account_number": "1000",
            "account_name": "Cash",
            "kind": "asset",
            "currency": "USD",
            "total_debit": 10000000,
            "total_credit": 4500000,
            "debit_balance": 5500000,
            "credit_balance": 0,
        }
    ],
    "totals": [{"currency": "USD", "debit_balance": 10000000, "credit_balance": 10000000}],
}
BALANCE_SHEET: dict[str, Any] = {
    "fund_id": FUND_ID,
    "as_of": "2024-12-31",
    "accounts": [
        {
            "section": "asset",
            "account_number": "1000",
            "account_name": "Cash",
            "currency": "USD",
            "amount": 5500000,
        }
    ],
    "totals": [
        {
            "currency": "USD",
            "asset_amount": 10000000,
            "liability_amount": 0,
            "equity_amount": 10000000,
        }
    ],
}
INCOME_STATEMENT: dict[str, Any] = {
    "fund_id": FUND_ID,
    "from_on": "2024-01-01",
    "to_on": "2024-12-31",
    "accounts": [
        {
            "section": "expense",
            "account_number": "5000",
            "account_name": "Management fee",
            "currency": "USD",
            "amount": -500000,
        }
    ],
    "totals": [{"currency": "USD", "result_amount": -500000}],
}
PARTNERS_CAPITAL: dict[str, Any] = {
    "fund_id": FUND_ID,
    "as_of": "2024-12-31",
    "partners": [
        {
            "partner_id": INVESTOR_ID,
            "investor_code": "LP-03",
            "investor": "Harbour Pension Fund",
            "currency": "USD",
            "capital_amount": 1000000,
            "accounts": [
                {
                    "account_number": "3000",
                    "account_name": "Partners' capital, contributed",
                    "amount": 1000000,
                }
            ],
        }
    ],
    "totals": [{"currency": "USD", "net_asset_value": 1000000}],
}
