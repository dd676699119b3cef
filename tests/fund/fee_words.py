"""Short words for what a test of management fees does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import Row, entry, line

RUN = (
    "from_on", "to_on", "gross_amount", "waived_amount", "rebated_amount",
    "offset_brought_forward", "offset_added", "offset_amount", "offset_carried_forward",
    "net_amount",
)  # fmt: skip


def accrue(life: FundLife, **asked: Any) -> DictRow:
    """The next period, or the one asked for."""
    return life.run("management_fee", asked)


def adjust(life: FundLife, kind: str, from_on: str, **more: Any) -> DictRow:
    return life.run("fee_adjustment", {"kind": kind, "from_on": from_on, **more})


def record(life: FundLife, event: DictRow) -> DictRow:
    """The row of fund.fee_run that an event wrote."""
    [row] = life.rows(
        f"select {', '.join(RUN)} from fund.fee_run"
        " where fund_id = %(fund_id)s and event_id = %(event_id)s",
        event_id=event["event_id"],
    )
    return row


def owed(life: FundLife, event: DictRow, column: str = "gross_amount") -> dict[str, Decimal]:
    """What an accrual asks of each partner."""
    return life.by_code(
        f"select investor_id, {column} from fund.fee_line"
        " where fund_id = %(fund_id)s and event_id = %(event_id)s",
        event_id=event["event_id"],
    )


def segments(life: FundLife, event: DictRow, code: str) -> list[tuple[str, str, str, Decimal]]:
    """Runs of days of one partner: from, to, base, amount of it."""
    rows = life.rows(
        "select s.from_on, s.to_on, s.fee_base, s.base_amount, s.fee_rate"
        " from fund.fee_segment as s join fund.investor as i using (investor_id)"
        " where s.fund_id = %(fund_id)s and s.event_id = %(event_id)s"
        " and i.investor_code = %(code)s order by s.segment_number",
        event_id=event["event_id"],
        code=code,
    )
    return [
        (
            f"{row['from_on']} {row['to_on']}",
            str(row["fee_base"]),
            str(row["fee_rate"]),
            row["base_amount"],
        )
        for row in rows
    ]


def refuses(life: FundLife, kind: str, request: Row, sqlstate: str, rule: str) -> None:
    """The request is refused by the rule, and nothing is changed."""
    before = life.everything()
    with pytest.raises(psycopg.Error) as refusal, life.conn.transaction():
        life.run(kind, request)
    assert (refusal.value.sqlstate, refusal.value.diag.constraint_name) == (sqlstate, rule)
    assert life.everything() == before


def bought(day: str, amount: object) -> Row:
    return entry(
        "investment_purchase", day, line(f"1200 debit {amount}"), line(f"1000 credit {amount}")
    )


def sold(day: str, cost: object) -> Row:
    """At cost."""
    return entry("exit", day, line(f"1000 debit {cost}"), line(f"1200 credit {cost}"))


def written_off(day: str, cost: object) -> Row:
    return entry("write_off", day, line(f"5300 debit {cost}"), line(f"1200 credit {cost}"))
