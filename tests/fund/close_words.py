"""Words of the tests of closes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.fund.fund_life import FundLife

D = Decimal
LATER = {"LP-04": 50_000_000, "LP-05": 50_000_000}


def legs(event: dict[str, Any], table: str = "capital_call_line") -> list[tuple[Any, ...]]:
    """Investor and amount of the rows of a close in one table."""
    amount = "capital_amount" if table == "capital_call_line" else "amount"
    lines = event["event"]["lines"].get(table, [])
    return [(line["investor_code"], D(str(line[amount]))) for line in lines]


def entries(event: dict[str, Any]) -> list[tuple[str, str, list[tuple[str, D]]]]:
    """Kind, day and (account, debit less credit) of the entries of an event."""
    return [
        (
            entry["kind"],
            entry["entry_on"],
            [
                (line["account"], D(str(line["debit"])) - D(str(line["credit"])))
                for line in entry["lines"]
            ],
        )
        for entry in event["event"]["journal_entries"]
    ]


def unfunded(life: FundLife) -> dict[str, D]:
    """Of each partner; who has nothing left is left out."""
    return {code: amount for code, amount in life.unfunded().items() if amount}
