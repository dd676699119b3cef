"""The internal rates of return of all investments in one query, against the flows brought out and
given to pyxirr, which is compiled."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter

import pyxirr

from tests.bench.data import Scale
from tests.bench.measure import Contest, Side
from tests.bench.server import Connection, Platform

BAR = 5
FLOWS = 40  # of an investment

# Three years of calls, then distributions with a late call now and then, and a last value; on days
# and with amounts that look like chance and are the same every time.
FILL = """
    insert into bench.flow (investment_id, flow_on, amount)
    select
        n,
        date '2008-01-01' + n * 37 %% 2000 + k * 91 + (c.dice * 60)::integer,
        round(
            case
                when k = %(flows)s then 500000 + 4000000 * c.size
                when k = 1 or c.dice < case when k <= 12 then 0.85 else 0.08 end
                    then -100000 - 900000 * c.size
                else 900000 * c.size
            end,
            2
        )
    from generate_series(1, %(investments)s) as n
    cross join generate_series(1, %(flows)s) as k
    cross join lateral (
        select
            ('x' || substr(h.digits, 1, 6))::bit(24)::integer / 16777216.0 as dice,
            ('x' || substr(h.digits, 7, 6))::bit(24)::integer / 16777216.0 as size
        from (select md5(n || ' ' || k) as digits) as h
    ) as c
"""
TABLE = """
    create schema bench;
    create table bench.flow (
        investment_id integer, flow_on date, amount numeric(20, 2),
        primary key (investment_id, flow_on)
    )
"""
RATES = "select f.investment_id, fund.xirr(f.amount, f.flow_on) from bench.flow as f group by 1"
ALL = "select f.investment_id, f.flow_on, f.amount from bench.flow as f order by 1"


class Rates(dict[int, float | None]):
    """Rates by investment; the same when they agree to eight digits."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rates) and self.keys() == other.keys() and all(
            math.isclose(rate or 0, other[key] or 0, rel_tol=1e-8, abs_tol=1e-8)
            for key, rate in self.items()
        )  # fmt: skip

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None


def contests(platform: Platform, scale: Scale) -> Iterator[Contest]:
    """As many investments as companies."""
    with ExitStack() as stack:
        owner = stack.enter_context(platform.owner())
        # What is kept for the next run is a platform, and this schema is none of its rooms.
        stack.callback(owner.execute, b"drop table bench.flow; drop schema bench")
        fill(owner, scale.companies)

        def ours() -> Rates:
            return Rates(
                (key, None if rate is None else float(rate))
                for key, rate in owner.execute(RATES.encode())
            )

        def theirs() -> Rates:
            rows = owner.execute(ALL.encode()).fetchall()
            return Rates(
                (key, pyxirr.xirr(flow[1:] for flow in flows))
                for key, flows in groupby(rows, itemgetter(0))
            )

        yield Contest(
            f"fund.xirr of {scale.companies:,} investments of {FLOWS} flows",
            Side("in one query", ours),
            Side("flows fetched, pyxirr", theirs),
            BAR,
            scale.companies * FLOWS,
        )


def fill(owner: Connection, investments: int) -> None:
    with owner.transaction():
        owner.execute(TABLE.encode())
        owner.execute(FILL.encode(), {"investments": investments, "flows": FLOWS})
    owner.execute("vacuum analyze bench.flow")
