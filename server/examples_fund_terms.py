"""Funds, their terms, and investors, as the OpenAPI page shows them."""

from __future__ import annotations

from typing import Any

from server.examples_ledger import FUND_ID, INVESTOR_ID

_STAMPS = {
    "created_date": "2024-01-10T09:30:00+00:00",
    "created_by": "Erin Editor",
    "last_update_date": None,
    "last_updated_by": None,
}
FUND_INPUT: dict[str, Any] = {
    "name": "Fund IV",
    "currency": "USD",
    "vintage_year": 2024,
    "status": "investing",
}
FUND_CHANGE: dict[str, Any] = {"status": "harvesting"}
FUND: dict[str, Any] = {
    "fund_id": FUND_ID,
    **FUND_INPUT,
    "books_first_on": "2024-01-01",
    "books_period_months": 3,
    "receivable_as": "asset",
    **_STAMPS,
    "row_version": 1,
}
TERMS_INPUT: dict[str, Any] = {
    "valid_from": "2024-01-01",
    "investment_period_ends_on": "2029-01-01",
    "term_ends_on": "2033-12-31",
    "late_interest_rate": 0.1,
    "late_grace_days": 5,
    "fee_schedule": [
        {"fee_rate": 0.02, "fee_base": "committed"},
        {"fee_rate": 0.015, "fee_base": "net_invested", "from_on": "investment_period_end"},
    ],
}
TERMS: dict[str, Any] = {
    "fund_id": FUND_ID,
    "valid_from": "2024-01-01",
    "valid_to": None,
    "term_ends_on": "2033-12-31",
    "investment_period_ends_on": "2029-01-01",
    "allocation_basis": "commitment",
    "recallable_expiry_days": None,
    "recallable_in_performance": "all_in",
    "paid_in_dated_by": "receipt",
    "true_up_rate": 0.08,
    "true_up_day_count": "act/365",
    "true_up_compounding": "simple",
    "true_up_recipient": "earlier_partners",
    "late_interest_rate": 0.1,
    "late_interest_day_count": "act/365",
    "late_grace_days": 5,
    "fee_day_count": "act/365",
    "fee_timing": "advance",
    "fee_basis": "opening",
    "fee_period_months": 3,
    "fee_offset_share": 1,
    "fee_from": "first_close",
    "fee_free_classes": ["general_partner", "affiliate"],
    "fee_schedule": [
        {
            "investor_class": "*",
            "from_on": "2024-01-01",
            "fee_rate": 0.02,
            "fee_base": "committed",
        },
        {
            "investor_class": "*",
            "from_on": "2029-01-01",
            "fee_rate": 0.015,
            "fee_base": "net_invested",
        },
    ],
    **_STAMPS,
    "row_version": 1,
}
TERMS_KEY: dict[str, Any] = {"fund_id": FUND_ID, "valid_from": "2024-01-01"}
INVESTOR_INPUT: dict[str, Any] = {
    "investor_code": "LP-03",
    "name": "Harbour Pension Fund",
    "investor_type": "pension_fund",
    "country": "Canada",
}
INVESTOR_CHANGE: dict[str, Any] = {"name": "Harbour Pension Trust"}
INVESTOR: dict[str, Any] = {
    "investor_id": INVESTOR_ID,
    "investor_code": "LP-03",
    "name": "Harbour Pension Fund",
    "investor_type": "pension_fund",
    "country": "CA",
    "funds": [{"fund_id": FUND_ID, "name": "Fund IV"}],
    **_STAMPS,
    "row_version": 1,
}
CONTACT_INPUT: dict[str, Any] = {
    "name": "Ann Harbour",
    "email": "ann@example.com",
    "phone": "+1 555 0100",
    "is_primary": True,
}
CONTACT_CHANGE: dict[str, Any] = {"phone": None}
CONTACT_ID = "5b8c1d2e-3f4a-4b6c-9d7e-8f9a0b1c2d3e"
CONTACT: dict[str, Any] = {
    "investor_id": INVESTOR_ID,
    "contact_id": CONTACT_ID,
    **CONTACT_INPUT,
    "created_date": "2024-01-10T09:30:00+00:00",
    "last_update_date": None,
    "row_version": 1,
}
CONTACT_KEY: dict[str, Any] = {"contact_id": CONTACT_ID}
