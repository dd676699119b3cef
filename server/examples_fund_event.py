"""What is done to a fund, as the OpenAPI page shows it."""

from __future__ import annotations

from typing import Any

from server.examples_ledger import CALL_ENTRY, EVENT_ID, FUND_ID, INVESTOR_ID, USER_ID

CAPITAL_CALL_INPUT: dict[str, Any] = {
    "notice_on": "2024-03-01",
    "due_on": "2024-03-15",
    "capital_amount": "5000000.00",
    "purpose": "Series B of Acme",
    "excuses": [{"investor": "LP-05", "reason": "Side letter: no arms"}],
}
PAYMENT_INPUT: dict[str, Any] = {
    "investor": "LP-03",
    "received_on": "2024-03-14",
    "amount": "1000000.00",
}
DEFAULT_INPUT: dict[str, Any] = {"investor": "LP-03", "declared_on": "2024-06-30"}
CLOSE_INPUT: dict[str, Any] = {
    "closed_on": "2024-01-15",
    "commitments": [
        {"investor": "GP", "amount": 1000000, "investor_class": "general_partner"},
        {"investor": "LP-03", "amount": "20000000.00"},
    ],
}
TRANSFER_INPUT: dict[str, Any] = {
    "seller": "LP-03",
    "buyer": "LP-09",
    "transferred_on": "2025-01-01",
    "fraction": 0.5,
}
FEE_INPUT: dict[str, Any] = {"from_on": "2024-01-01", "to_on": "2024-04-01"}
FEE_ADJUSTMENT_INPUT: dict[str, Any] = {
    "kind": "waiver",
    "from_on": "2024-01-01",
    "to_on": "2025-01-01",
    "investor": "LP-03",
    "share": 0.5,
}
FEE_PAYMENT_INPUT: dict[str, Any] = {"paid_on": "2024-01-05", "amount": "497260.27"}
DISTRIBUTION_INPUT: dict[str, Any] = {
    "declared_on": "2025-09-30",
    "paid_on": "2025-10-10",
    "amount": "3000000.00",
    "recallable_amount": "500000.00",
    "purpose": "Sale of Beta",
}
NAV_INPUT: dict[str, Any] = {"as_of": "2024-12-31", "fair_value": "5600000.00"}
REVERSAL_INPUT: dict[str, Any] = {"memo": "Notice had the wrong amount"}

_PARTNER = {"line_number": 1, "investor_id": INVESTOR_ID, "investor_code": "LP-03"}
_CALL_LINE = {
    **_PARTNER,
    "call_id": EVENT_ID,
    "reason": "call",
    "weight": 20000000,
    "exact_amount": 1000000,
    "exact_fee_amount": 0,
    "capital_amount": 1000000,
    "fee_amount": 0,
    "is_excused": False,
    "memo": None,
}


def _event(kind: str, day: str, record: Any, lines: Any, entries: Any = ()) -> dict[str, Any]:
    return {
        "event_id": EVENT_ID,
        "event_number": 7,
        "kind": kind,
        "event_on": day,
        "event_key": "0c9b7f2d-5e11-4a58-9d3e-6a1e4c582f0b",
        "reverses_event_id": None,
        "recorded_at": "2024-03-01T09:00:00+00:00",
        "recorded_by": USER_ID,
        "record": record,
        "lines": lines,
        "journal_entries": list(entries),
    }


_MEMO = {"memo": None}
CAPITAL_CALL = _event(
    "capital_call",
    "2024-03-01",
    {
        "call_number": 3,
        "notice_on": "2024-03-01",
        "due_on": "2024-03-15",
        "capital_amount": 5000000,
        "fee_amount": 0,
        "purpose": "Series B of Acme",
    },
    {"capital_call_line": [_CALL_LINE]},
    [CALL_ENTRY],
)
PAYMENT = _event(
    "payment",
    "2024-03-14",
    {"investor_id": INVESTOR_ID, "received_on": "2024-03-14", "amount": 1000000, **_MEMO},
    {
        "payment_line": [
            {
                **_PARTNER,
                "call_id": EVENT_ID,
                "applied_to": "call",
                "reason": "payment",
                "flow_on": None,
                "amount": 1000000,
            }
        ]
    },
)
DEFAULT = _event(
    "default",
    "2024-06-30",
    {"investor_id": INVESTOR_ID, "declared_on": "2024-06-30", **_MEMO},
    {"capital_call_line": [_CALL_LINE | {"reason": "default", "capital_amount": -1000000}]},
)
CLOSE = _event(
    "close",
    "2024-01-15",
    {"close_number": 1, "closed_on": "2024-01-15", **_MEMO},
    {"commitment_line": [{**_PARTNER, "amount": 20000000}]},
)
TRANSFER = _event(
    "transfer",
    "2025-01-01",
    {
        "seller_id": INVESTOR_ID,
        "buyer_id": "9d1f7b0e-4b52-4f6b-8f0a-0c1f7a3b9e22",
        "transferred_on": "2025-01-01",
        "fraction": 0.5,
        "commitment_amount": 10000000,
        **_MEMO,
    },
    {"commitment_line": [{**_PARTNER, "amount": -10000000}]},
)
_FEE_AMOUNTS = {
    "gross_amount": 99452.05,
    "waived_amount": 0,
    "rebated_amount": 0,
    "offset_amount": 0,
    "net_amount": 99452.05,
}
FEE = _event(
    "management_fee",
    "2024-01-01",
    {
        "run_kind": "period",
        "from_on": "2024-01-01",
        "to_on": "2024-04-01",
        **_FEE_AMOUNTS,
        "offset_brought_forward": 0,
        "offset_added": 0,
        "offset_carried_forward": 0,
    },
    {"fee_line": [{**_PARTNER, "fee_id": EVENT_ID, "exact_amount": 99452.054, **_FEE_AMOUNTS}]},
)
FEE_ADJUSTMENT = _event(
    "fee_adjustment",
    "2024-01-01",
    {
        "kind": "waiver",
        "investor_id": INVESTOR_ID,
        "from_on": "2024-01-01",
        "to_on": "2025-01-01",
        "amount": None,
        "share": 0.5,
        "credited_amount": None,
        **_MEMO,
    },
    {},
)
FEE_PAYMENT = _event(
    "fee_payment", "2024-01-05", {"paid_on": "2024-01-05", "amount": 497260.27}, {}
)
DISTRIBUTION = _event(
    "distribution",
    "2025-09-30",
    {
        "distribution_number": 1,
        "declared_on": "2025-09-30",
        "paid_on": "2025-10-10",
        "amount": 3000000,
        "recallable_amount": 500000,
        "recallable_until": None,
        "purpose": "Sale of Beta",
    },
    {
        "distribution_line": [
            {
                **_PARTNER,
                "distribution_id": EVENT_ID,
                "reason": "pro_rata",
                "flow_on": None,
                "weight": 20000000,
                "exact_amount": 600000,
                "amount": 600000,
                "recallable_amount": 100000,
            }
        ]
    },
)
NAV = _event(
    "nav",
    "2024-12-31",
    {
        "as_of": "2024-12-31",
        "fair_value": 5600000,
        "nav_amount": 6100000,
        "last_entry_number": 41,
        **_MEMO,
    },
    {"nav_line": [{**_PARTNER, "nav_id": EVENT_ID, "result_amount": 20000, "nav_amount": 1220000}]},
)
REVERSAL = _event("reversal", "2024-03-01", None, {"capital_call_line": [_CALL_LINE]}) | {
    "reverses_event_id": "c1d2b7a9-3e4f-4a5b-8c6d-0b1c2d7e8f9a"
}
RECORDED_EVENT: dict[str, Any] = {
    "fund_id": FUND_ID,
    "event_id": EVENT_ID,
    "event_number": 7,
    "kind": "capital_call",
    "event_on": "2024-03-01",
    "event_key": None,
    "request": CAPITAL_CALL_INPUT,
    "reverses_event_id": None,
    "reversed_by_event_id": None,
    "recorded_at": "2024-03-01T09:00:00+00:00",
    "recorded_by": "Erin Editor",
}
