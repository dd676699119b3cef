"""Words of the tests of cash flows, positions and measures."""

from __future__ import annotations

from datetime import date

from psycopg.rows import DictRow

from tests.fund.fund_life import FundLife

AMOUNTS = (
    "commitment_amount", "called_amount", "paid_in_amount", "receivable_amount",
    "distributed_amount", "payable_amount", "recallable_amount", "unfunded_amount", "nav_amount",
    "residual_amount",
)  # fmt: skip
TWO = {"LP-01": 600, "LP-02": 400}
ALWAYS = "2199-12-31"


def positions(life: FundLife, as_of: str | date = ALWAYS) -> dict[str, DictRow]:
    rows = life.rows("select * from fund.positions(%(fund_id)s, %(as_of)s)", as_of=as_of)
    return {row["investor_code"]: row for row in rows}


def measures(life: FundLife, as_of: str | date = ALWAYS, *, limited: bool = False) -> DictRow:
    [row] = life.rows(
        "select * from fund.measures(%(fund_id)s, %(as_of)s, %(limited)s)",
        as_of=as_of,
        limited=limited,
    )
    return row


def mark(life: FundLife, as_of: str, fair_value: object) -> DictRow:
    return life.run("nav", {"as_of": as_of, "fair_value": fair_value})
