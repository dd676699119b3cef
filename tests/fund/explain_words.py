"""Words of the tests of what explains an event."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import Row

Steps = list[tuple[str, Any, str]]
D = Decimal


def told(life: FundLife, event: Any, code: str) -> Steps:
    rows = life.rows(
        "select * from fund.explain_line(%(fund_id)s, %(event_id)s, %(investor_id)s)",
        event_id=event["event_id"],
        investor_id=life.investor_id(code),
    )
    assert [row["step"] for row in rows] == list(range(1, len(rows) + 1))
    assert all(row["explanation"] for row in rows), rows
    return [(row["what"], row["amount"], row["explanation"]) for row in rows]


def numbers(life: FundLife, event: Any, code: str) -> Row:
    steps = told(life, event, code)
    found = {what: amount for what, amount, _ in steps}
    assert len(found) == len(steps)
    return found
