"""The demo's fund: every rule of a fund's capital once, and nothing wrong with it."""

from __future__ import annotations

import time

import pytest

from server.demo import _load_fund
from tests.conftest import Connection
from tests.fund.fund_life import FundLife


@pytest.fixture
def demo(owner: Connection) -> FundLife:
    started = time.monotonic()
    with owner.transaction():
        assert "179 events" in _load_fund(owner)
    assert time.monotonic() - started < 20
    row = owner.execute("select fund_id from fund.fund where currency is not null").fetchone()
    assert row
    return FundLife(owner, row[0])


def test_it_shows_what_it_says(demo: FundLife) -> None:
    kinds = demo.rows(
        "select kind, count(*) as n from fund.event where fund_id = %(fund_id)s group by 1"
    )
    counts = {row["kind"]: row["n"] for row in kinds}
    assert (counts["close"], counts["capital_call"], counts["distribution"]) == (2, 12, 5)
    assert (
        demo.value(
            "select count(*) from fund.capital_call_line"
            " where fund_id = %(fund_id)s and is_excused and reason = 'call'"
        )
        == 1
    )
    assert (
        demo.value(
            "select count(distinct investor_id) from fund.late_interest where fund_id = %(fund_id)s"
        )
        == 1
    )
    assert (
        demo.value(
            "select count(*) from fund.distribution"
            " where fund_id = %(fund_id)s and recallable_amount > 0"
        )
        == 1
    )
    assert demo.offenders() == {}
    assert demo.open_amounts() == {}
    assert "already" in _load_fund(demo.conn)
