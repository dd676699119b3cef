"""Series of dated flows, and what the database says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from psycopg.rows import class_row

from tests.conftest import Connection

Flow = tuple[Decimal | None, date | None]


@dataclass(frozen=True)
class Detail:
    """A row of fund.xirr_detail."""

    rate: Decimal | None
    reason: str | None
    multiple_roots: bool
    root_count: int
    roots: list[Decimal]
    residual: float | None
    flow_count: int
    is_under_one_year: bool | None


def flows(text: str) -> list[Flow]:
    """`-100 2019-01-01, 110 2020-01-01`."""
    pairs = (pair.split() for pair in text.split(","))
    return [(Decimal(amount), date.fromisoformat(day)) for amount, day in pairs]


def columns(series: Sequence[Flow]) -> list[list[object]]:
    return [[amount for amount, _ in series], [day for _, day in series]]


def xirr(conn: Connection, series: Sequence[Flow]) -> Decimal | None:
    row = conn.execute(
        "select fund.xirr(f.amount, f.flow_on)"
        " from unnest(%s::numeric[], %s::date[]) as f (amount, flow_on)",
        columns(series),
    ).fetchone()
    assert row is not None
    rate: Decimal | None = row[0]
    return rate


def detail(conn: Connection, series: Sequence[Flow]) -> Detail:
    with conn.cursor(row_factory=class_row(Detail)) as cursor:
        query = "select * from fund.xirr_detail(%s::numeric[], %s::date[])"
        row = cursor.execute(query, columns(series)).fetchone()
    assert row is not None
    return row
