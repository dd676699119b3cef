"""The portfolio's summary: how fast it answers from kept totals, against adding the companies up;
and how soon a submitted quarter is in it, with the clock running."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from db.settings import ROOT
from tests.bench.data import Scale
from tests.bench.measure import Contest, Limit, Side
from tests.bench.row_security import UNHURRIED, begin
from tests.bench.server import Connection, Platform

ANSWER_MS = 30
STALE_MS = 5000
KEPT_BAR = 0.2
_LOOK_SECONDS = 0.02
_GIVE_UP_SECONDS = 60

LATEST = (
    " where reporting_year = 2024 and reporting_quarter = 4 and currency = 'USD'"
    " order by fund_id nulls last"
)
# Corrected, not added, so that every run meets the same number of quarters.
SUBMIT = (
    "update company.metrics_input set total_revenue = total_revenue + 1 where reporting_year = 2024"
    " and reporting_quarter = 4 and company_id = (select company_id from company.company"
    " where reporting_currency = 'USD' order by company_id offset %s limit 1)"
)


def contests(platform: Platform, scale: Scale) -> Iterator[Contest | Limit]:
    with ExitStack() as stack:
        owner = stack.enter_context(platform.owner())
        owner.execute("select fund.rebuild_portfolio()")
        api = stack.enter_context(platform.connect("qb_api", options=UNHURRIED))
        api.prepare_threshold = 0
        begin(owner, api)
        rows = scale.companies * scale.quarters

        def summary() -> object:
            return api.execute("select status, body from fund.get_portfolio_summary()").fetchone()

        yield Limit("portfolio summary", Side("as a viewer", summary), ANSWER_MS, 0.95, rows)
        yield Contest(
            "revenue of each fund's latest quarter, kept",
            totals("kept", owner, "fund.portfolio_quarter"),
            totals("added up", owner, "fund.derived_portfolio_quarter"),
            KEPT_BAR,
            scale.companies,
        )
        stack.enter_context(clock(platform))
        submitter = Submitter(owner, scale.companies // 5)
        yield Limit(
            "a submitted quarter until it is in the summary",
            Side("with a clock", submitter.submit_and_wait),
            STALE_MS,
            0.95,
            1,
        )


def totals(name: str, owner: Connection, view: str) -> Side:
    query = f"select fund_id, total_revenue from {view}{LATEST}".encode()
    return Side(name, lambda: owner.execute(query).fetchall())


@contextmanager
def clock(platform: Platform) -> Iterator[None]:
    """The clock as `quarterbase up` runs it, with nothing to do but the upkeep of totals."""
    with platform.owner() as conn:
        conn.execute("update ops.job set is_enabled = false")
    process = subprocess.Popen(
        [sys.executable, "-m", "jobs.scheduler"],
        cwd=ROOT,
        env=os.environ | {"QUARTERBASE_JOBS_DSN": platform.dsn("qb_jobs")},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


class Submitter:
    """Each time another company of those that report in dollars."""

    def __init__(self, conn: Connection, companies: int) -> None:
        self._conn = conn
        self._companies = companies
        self._next = 0

    def submit_and_wait(self) -> object:
        before = self._revenue()
        self._next = (self._next + 1) % self._companies
        self._conn.execute(SUBMIT.encode(), [self._next])
        until = time.monotonic() + _GIVE_UP_SECONDS
        while self._revenue() != before + 1:
            if time.monotonic() > until:
                raise AssertionError("the clock does not refresh the totals")
            time.sleep(_LOOK_SECONDS)
        return None

    def _revenue(self) -> int:
        query = f"select sum(x.total_revenue) from (select * from fund.portfolio_quarter{LATEST}) x"
        row = self._conn.execute(query.encode()).fetchone()
        assert row is not None
        return int(row[0])
