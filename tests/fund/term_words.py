"""Words of the tests of terms."""

from __future__ import annotations

from typing import Any

from tests.conftest import Connection
from tests.fund.asking import data

FUND = {"name": "Fund I", "currency": "USD", "vintage_year": 2021}
NOBODY = "00000000-0000-0000-0000-000000000099"
SCHEDULE: list[dict[str, Any]] = [
    {"fee_rate": "0.02", "fee_base": "committed"},
    {"from_on": "investment_period_end", "fee_rate": 0.015, "fee_base": "net_invested"},
    {"investor_class": "friends", "fee_rate": 0, "fee_base": "committed"},
]
FIRST = {
    "valid_from": "2021-01-01",
    "investment_period_ends_on": "2026-01-01",
    "true_up_rate": 0.1,
    "fee_schedule": SCHEDULE,
}


def versions(conn: Connection, fund_id: str) -> list[tuple[str, str | None]]:
    return [(v["valid_from"], v["valid_to"]) for v in data(conn, "list_terms", fund_id)]
