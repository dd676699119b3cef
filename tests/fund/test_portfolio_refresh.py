"""Refreshes of the kept totals: nothing is lost, nobody waits for a note, nobody else writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.company.books import Books
from tests.company.worlds import OWNER
from tests.conftest import Connection, Database

SETTINGS = ("enable_hashjoin", "enable_mergejoin", "enable_seqscan", "jit")


@pytest.fixture
def world(database: Database) -> Iterator[Books]:
    """Two companies of a fund and one of none, each with five quarters, not yet in any total."""
    with database.connect(options=OWNER, autocommit=True) as conn:
        books = Books(conn)
        books.set("presentation_currencies", ["USD"])
        for company_id, fund in {"acme": "Fund I", "beta": "Fund I", "solo": None}.items():
            books.company(company_id, fund=fund)
            for n in range(5):
                books.quarter(2023 + n // 4, n % 4 + 1, company_id)
        yield books


def refresh(books: Books, seconds: float = 60) -> tuple[int, int]:
    row = books.row("select * from fund.refresh_portfolio(%s)", seconds)
    return row["quarters_refreshed"], row["quarters_left"]


def revenue(books: Books, fund: str | None = "Fund I") -> list[int]:
    rows = books.rows(
        "select total_revenue from fund.portfolio_quarter where fund is not distinct from %s"
        " order by reporting_year, reporting_quarter",
        fund,
    )
    return [int(row["total_revenue"]) for row in rows]


def stale_since(books: Books) -> object:
    return books.value("select stale_since from fund.portfolio_freshness()")


def test_totals_follow_by_fund_and_without_one(world: Books) -> None:
    assert revenue(world) == []
    assert stale_since(world) is not None
    refresh(world)
    assert revenue(world) == [2000] * 5
    assert revenue(world, None) == [1000] * 5
    assert stale_since(world) is None
    assert refresh(world) == (0, 0)
    world.company("solo", fund="Fund I")
    world.remove(2023, 1, "acme")
    refresh(world)
    assert revenue(world) == [2000, 3000, 3000, 3000, 3000]
    assert revenue(world, None) == []
    # The quarter a year later looks back at the one that is gone.
    assert world.rows("select * from ops.check_portfolio_is_current") == []


def test_without_time_the_newest_quarter_comes_first_and_the_rest_later(world: Books) -> None:
    refresh(world)
    for quarter in (1, 4):
        world.correct(2023, quarter, "acme", total_revenue=5000)
    since = stale_since(world)
    # The four quarters after each look back at it, as far as they exist.
    assert [refresh(world, 0) for _ in range(2)] == [(1, 4), (1, 3)]
    assert revenue(world) == [2000, 2000, 2000, 6000, 2000]
    assert stale_since(world) == since
    while refresh(world, 0)[1]:
        pass
    assert revenue(world) == [6000, 2000, 2000, 6000, 2000]
    assert stale_since(world) is None


def test_a_refresh_that_is_killed_loses_no_note(world: Books, database: Database) -> None:
    since = stale_since(world)
    with database.connect("qb_jobs") as clock:
        assert clock.execute("select quarters_left from fund.refresh_portfolio(60)").fetchone()
        clock.close()
    assert (revenue(world), stale_since(world)) == ([], since)
    refresh(world)
    assert revenue(world) == [2000] * 5


def test_a_change_that_commits_during_a_refresh_is_in_the_next(
    world: Books, database: Database
) -> None:
    refresh(world)
    with database.connect(options=OWNER) as other:
        Books(other).correct(2023, 4, "beta", total_revenue=9000)
        assert refresh(world) == (0, 0)
        other.commit()
    assert stale_since(world) is not None
    refresh(world)
    assert revenue(world) == [2000, 2000, 2000, 10000, 2000]


def test_notes_of_one_fund_do_not_wait_for_each_other_nor_for_a_refresh(
    world: Books, database: Database
) -> None:
    with (
        database.connect(options=OWNER) as first,
        database.connect(options=f"{OWNER} -c lock_timeout=1s") as second,
        database.connect("qb_jobs") as clock,
    ):
        Books(first).correct(2023, 4, "acme", total_revenue=3000)
        clock.execute("select fund.refresh_portfolio(60)")
        Books(second).correct(2023, 4, "beta", total_revenue=4000)
        first.commit()
        second.commit()
        clock.commit()
    refresh(world)
    assert revenue(world) == [2000, 2000, 2000, 7000, 2000]


def test_one_refresh_at_a_time(world: Books, database: Database) -> None:
    with database.connect("qb_jobs") as clock:
        clock.execute("select fund.refresh_portfolio(60)")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            world.conn.execute("select from fund.portfolio_refresh for update nowait")


def test_a_deployment_that_changes_the_view_makes_all_totals_old(world: Books) -> None:
    refresh(world)
    world.rows("update fund.portfolio_refresh set derivation_sha256 = 'another text'")
    world.rows("update fund.portfolio_quarter_total set total_revenue = 0")
    assert refresh(world) == (10, 0)
    assert revenue(world) == [2000] * 5


def test_a_rebuild_computes_what_was_broken_by_hand(world: Books) -> None:
    refresh(world)
    world.rows("update fund.portfolio_quarter_total set total_revenue = 0")
    assert world.rows("select * from ops.check_portfolio_is_current")
    assert world.value("select fund.rebuild_portfolio()") == 10
    assert world.rows("select * from ops.check_portfolio_is_current") == []


def test_the_table_has_the_columns_of_the_view_in_its_order(world: Books) -> None:
    columns = "select array_agg(column_name::text order by ordinal_position) as names"
    columns += " from information_schema.columns where table_schema = 'fund' and table_name = %s"
    view, table = (
        world.value(columns, name)
        for name in ("derived_portfolio_quarter", "portfolio_quarter_total")
    )
    assert view == table


def test_a_quarter_of_a_fund_is_found_by_keys(world: Books) -> None:
    """However many companies there are, and whatever is known about them."""
    fund_id = world.value("select fund_id from fund.fund")
    world.rows(
        "insert into company.company (company_id, name, reporting_currency, fund_id)"
        " select format('c%s', n), 'C', 'USD', case when n > 30 then %s::uuid end"
        " from generate_series(1, 200) as n".replace("%s'", "%%s'"),
        fund_id,
    )
    world.rows(
        "insert into company.metrics_input (company_id, currency, total_revenue,"
        " fiscal_reporting_date) select c.company_id, 'USD', 100, d.day::date"
        " from company.company as c, generate_series("
        "'2024-07-01'::date, '2026-07-01', '3 months') as o (day), lateral ("
        "select o.day - interval '1 day') as d (day) where c.name = 'C'"
    )
    for name in SETTINGS:
        world.rows(f"set {name} = off")
    plan = "\n".join(
        str(row["QUERY PLAN"])
        for row in world.rows(
            "explain select * from fund.derived_portfolio_quarter"
            " where fund_id = %s and reporting_year = 2024 and reporting_quarter = 4",
            fund_id,
        )
    )
    assert "Seq Scan" not in plan
    # Financials of three quarters and metrics by their whole keys.
    assert len(re.findall(r"_pkey on quarterly_reporting_", plan)) == 4, plan
    assert len(re.findall(r"\(company_id = i\.company_id\) AND", plan)) == 4, plan
    assert "company_fund_id" in plan
    assert "metrics_input_one_per_quarter" in plan


def test_who_reads_asks_once_a_statement_who_may(world: Books) -> None:
    plan = world.rows("explain verbose select * from fund.portfolio_quarter")
    filters = [row["QUERY PLAN"] for row in plan if "Filter:" in row["QUERY PLAN"]]
    assert filters
    assert not any("security." in line for line in filters)


@pytest.mark.parametrize("role", ["editor", "viewer", "auditor", "editor_scoped", "submitter"])
@pytest.mark.parametrize(
    "statement",
    [
        "select fund.refresh_portfolio()",
        "select fund.rebuild_portfolio()",
        "select fund.mark_portfolio(array['acme'], 0, 1)",
        "select from fund.portfolio_quarter_total",
        "select from fund.portfolio_change",
        "select from fund.portfolio_refresh",
    ],
)
def test_totals_and_notes_are_the_clocks(
    role: str, statement: str, as_role: Callable[..., Connection]
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role(role).execute(statement.encode())


def test_an_administrator_may_refresh_and_rebuild(as_role: Callable[..., Connection]) -> None:
    admin = as_role("admin")
    assert admin.execute("select * from fund.refresh_portfolio()").fetchone() == (0, 0)
    assert admin.execute("select fund.rebuild_portfolio()").fetchone() == (0,)


@pytest.mark.parametrize("role", ["submitter", "investor"])
def test_who_reads_no_totals_reads_no_freshness(
    role: str, as_role: Callable[..., Connection]
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role(role).execute("select * from fund.portfolio_freshness()")
