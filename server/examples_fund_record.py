"""A fund's lists, as the OpenAPI page shows them."""

from __future__ import annotations

from typing import Any

from server.examples_ledger import EVENT_ID, FUND_ID, INVESTOR_ID

_PARTNER = {
    "investor_id": INVESTOR_ID,
    "investor_code": "LP-03",
    "investor": "Harbour Pension Fund",
}
_LEG = {
    "event_id": EVENT_ID,
    "event_on": "2024-03-01",
    "line_number": 1,
    **_PARTNER,
    "weight": 20000000,
    "exact_amount": 1000000,
}
COMMITMENT: dict[str, Any] = {
    "fund_id": FUND_ID,
    **_PARTNER,
    "investor_class": "standard",
    "currency": "USD",
    "commitment_amount": 20000000,
    "first_committed_on": "2024-01-15",
    "last_changed_on": "2024-01-15",
}
_CALLED = {
    "capital_amount": 1000000,
    "fee_amount": 0,
    "called_amount": 1000000,
    "paid_amount": 1000000,
    "open_amount": 0,
}
CAPITAL_CALL: dict[str, Any] = {
    "fund_id": FUND_ID,
    "call_id": EVENT_ID,
    "call_number": 3,
    "notice_on": "2024-03-01",
    "due_on": "2024-03-15",
    "purpose": "Series B of Acme",
    "currency": "USD",
    **_CALLED,
    "is_reversed": False,
}
CAPITAL_CALL_DETAIL: dict[str, Any] = {
    **CAPITAL_CALL,
    "partners": [{**_PARTNER, "is_excused": False, **_CALLED}],
    "lines": [
        {
            **_LEG,
            "reason": "call",
            "is_excused": False,
            "exact_fee_amount": 0,
            "capital_amount": 1000000,
            "fee_amount": 0,
            "memo": None,
        }
    ],
}
PAYMENT: dict[str, Any] = {
    "fund_id": FUND_ID,
    "payment_id": EVENT_ID,
    **_PARTNER,
    "received_on": "2024-03-14",
    "currency": "USD",
    "amount": 1000000,
    "call_amount": 1000000,
    "late_interest_amount": 0,
    "advance_amount": 0,
    "memo": None,
    "is_reversed": False,
}
CLOSE: dict[str, Any] = {
    "fund_id": FUND_ID,
    "close_id": EVENT_ID,
    "close_number": 1,
    "closed_on": "2024-01-15",
    "currency": "USD",
    "partner_count": 8,
    "committed_amount": 100000000,
    "true_up_interest_amount": 0,
    "memo": None,
    "is_reversed": False,
}
TRANSFER: dict[str, Any] = {
    "fund_id": FUND_ID,
    "transfer_id": EVENT_ID,
    "transferred_on": "2025-01-01",
    "seller_id": INVESTOR_ID,
    "seller_code": "LP-03",
    "seller": "Harbour Pension Fund",
    "buyer_id": "9d1f7b0e-4b52-4f6b-8f0a-0c1f7a3b9e22",
    "buyer_code": "LP-09",
    "buyer": "North Endowment",
    "fraction": 0.5,
    "currency": "USD",
    "commitment_amount": 10000000,
    "memo": None,
    "is_reversed": False,
}
FEE: dict[str, Any] = {
    "fund_id": FUND_ID,
    "fee_id": EVENT_ID,
    "run_kind": "period",
    "from_on": "2024-01-01",
    "to_on": "2024-04-01",
    "currency": "USD",
    "gross_amount": 497260.27,
    "waived_amount": 0,
    "rebated_amount": 0,
    "offset_amount": 0,
    "net_amount": 497260.27,
    "is_reversed": False,
}
DISTRIBUTION: dict[str, Any] = {
    "fund_id": FUND_ID,
    "distribution_id": EVENT_ID,
    "distribution_number": 1,
    "declared_on": "2025-09-30",
    "paid_on": "2025-10-10",
    "recallable_until": None,
    "purpose": "Sale of Beta",
    "currency": "USD",
    "amount": 3000000,
    "recallable_amount": 500000,
    "is_reversed": False,
}
DISTRIBUTION_DETAIL: dict[str, Any] = {
    **DISTRIBUTION,
    "lines": [{**_LEG, "reason": "pro_rata", "amount": 600000, "recallable_amount": 100000}],
}
NAV: dict[str, Any] = {
    "fund_id": FUND_ID,
    "nav_id": EVENT_ID,
    "as_of": "2024-12-31",
    "currency": "USD",
    "nav_amount": 6100000,
    "result_amount": 100000,
    "is_reversed": False,
    "status": "current",
}
CASH_FLOW: dict[str, Any] = {
    "fund_id": FUND_ID,
    "flow_on": "2024-03-14",
    "kind": "contribution",
    **_PARTNER,
    "currency": "USD",
    "amount": -1000000,
    "paid_in_amount": 1000000,
    "distributed_amount": 0,
    "recallable_amount": 0,
    "event_id": EVENT_ID,
    "event_on": "2024-03-14",
    "line_number": 1,
    "call_id": EVENT_ID,
    "distribution_id": None,
}
LINE_EXPLANATION: dict[str, Any] = {
    "fund_id": FUND_ID,
    "event_id": EVENT_ID,
    **_PARTNER,
    "steps": [
        {
            "step": 1,
            "what": "called of all",
            "amount": 5000000,
            "explanation": "Capital call 3, notice 2024-03-01.",
        }
    ],
}
_MEASURES = {
    "commitment_amount": 20000000,
    "called_amount": 10000000,
    "paid_in_amount": 10000000,
    "receivable_amount": 0,
    "distributed_amount": 2000000,
    "payable_amount": 0,
    "recallable_amount": 500000,
    "unfunded_amount": 10500000,
    "nav_amount": 11000000,
    "residual_amount": 11000000,
    "dpi": 0.2,
    "rvpi": 1.1,
    "tvpi": 1.3,
    "pic": 0.5,
    "net_irr": 0.118,
    "is_under_one_year": False,
    "net_irr_reason": None,
    "has_other_irr": False,
    "recallable_in_performance": "all_in",
}
POSITIONS: dict[str, Any] = {
    "fund_id": FUND_ID,
    "as_of": "2025-12-31",
    "currency": "USD",
    "positions": [{**_PARTNER, "investor_class": "standard", **_MEASURES}],
}
MEASURES: dict[str, Any] = {
    "fund_id": FUND_ID,
    "as_of": "2025-12-31",
    "limited_only": False,
    "currency": "USD",
    "investor_count": 8,
    **_MEASURES,
}
