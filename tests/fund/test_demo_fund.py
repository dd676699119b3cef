"""The demo's fund: every rule of a fund's capital once, and nothing wrong with it."""

from __future__ import annotations

import time

import pytest

from server.demo import _load_fund
from tests.conftest import Connection
from tests.fund.fund_life import FundLife

# What events write for partners; the demo reduces no fee.
LINES = (
    "commitment_line", "capital_call_line", "payment_line", "late_interest", "true_up_interest",
    "fee_line", "fee_segment", "distribution_line", "nav_line",
)  # fmt: skip


@pytest.fixture
def demo(owner: Connection) -> FundLife:
    started = time.monotonic()
    with owner.transaction():
        assert "179 events" in _load_fund(owner)
    assert time.monotonic() - started < 20
    row = owner.execute("select fund_id from fund.fund where currency is not null").fetchone()
    assert row
    return FundLife(owner, row[0])


def test_events_tell_every_column_of_every_row_that_they_wrote(demo: FundLife) -> None:
    told = demo.rows(
        "select t.name, e.event_id::text, l.line - 'investor_code' as line"
        " from fund.event as e,"
        " jsonb_each(fund.event_lines(e.fund_id, e.event_id)) as t (name, lines),"
        " jsonb_array_elements(t.lines) as l (line)"
        " where e.fund_id = %(fund_id)s"
    )
    for table in LINES:
        stored = demo.rows(
            "select event_id::text, to_jsonb(t) - '{fund_id, event_id, event_on}'::text[] as line"
            f" from fund.{table} as t where fund_id = %(fund_id)s"
        )
        lines = [(row["event_id"], row["line"]) for row in told if row["name"] == table]
        assert stored, table
        assert sorted(map(repr, lines)) == sorted(repr((r["event_id"], r["line"])) for r in stored)


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


def test_every_mark_of_the_demo_is_what_its_books_say(demo: FundLife) -> None:
    assert {row["status"] for row in demo.rows("select status from fund.nav_record")} == {"current"}
