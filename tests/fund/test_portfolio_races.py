"""What commits while totals are refreshed, or deployed, is in them in the end and said to wait."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.company.books import Books
from tests.company.sessions import wait_until_blocked
from tests.company.worlds import OWNER
from tests.conftest import Connection, Database

REFRESH = "select * from fund.refresh_portfolio(60)"
WRONG = "select * from ops.check_portfolio_is_current"


@pytest.fixture
def world(database: Database) -> Iterator[Books]:
    """A company with a quarter, and totals of it."""
    with database.connect(options=OWNER, autocommit=True) as conn:
        books = Books(conn)
        books.set("presentation_currencies", ["USD"])
        books.company(fund="Fund I")
        books.quarter(2024, 1)
        books.rows(REFRESH)
        yield books


def stale_since(books: Books) -> object:
    return books.value("select stale_since from fund.portfolio_freshness()")


def test_a_new_quarter_that_commits_while_notes_are_taken_is_not_lost(
    world: Books, database: Database
) -> None:
    """The refresh stands still where it looks which quarters there are."""
    world.rows("alter table fund.portfolio_quarter_total force row level security")
    world.rows(
        "create policy slow on fund.portfolio_quarter_total"
        " using (pg_advisory_xact_lock_shared(42) is not null)"
    )
    world.correct(2024, 1, total_revenue=3000)
    with (
        ThreadPoolExecutor(1) as pool,
        database.connect(options=OWNER) as other,
        database.connect(options=OWNER, autocommit=True) as clock,
        database.connect("postgres", autocommit=True) as watcher,
    ):
        submitting, refreshing = Books(other), Books(clock)
        other.execute("select pg_advisory_xact_lock(42)")
        step = pool.submit(refreshing.rows, REFRESH)
        wait_until_blocked(Books(watcher), refreshing, step)
        submitting.quarter(2024, 2)
        other.commit()
        step.result(timeout=10)
    assert world.rows(WRONG) == []
    world.rows(REFRESH)
    assert (world.rows(WRONG), stale_since(world)) == ([], None)


def test_a_company_that_moves_and_loses_a_quarter_at_once_leaves_nothing(world: Books) -> None:
    world.company("beta", fund="Fund II")
    world.rows(
        "with gone as (delete from company.metrics_input where company_id = 'acme')"
        " update company.company as c set fund_id = f.fund_id"
        " from fund.fund as f where f.name = 'Fund II' and c.company_id = 'acme'"
    )
    world.rows(REFRESH)
    assert world.rows(WRONG) == []
    assert world.rows("select * from fund.portfolio_quarter") == []


def test_another_formula_makes_totals_stale_before_any_refresh(world: Books) -> None:
    assert stale_since(world) is None
    world.rows("update fund.portfolio_refresh set derivation_sha256 = 'of another text'")
    world.rows("update fund.portfolio_quarter_total set total_revenue = 0")
    assert stale_since(world) is not None
    assert world.rows(WRONG) == []
    world.rows(REFRESH)
    assert (world.rows(WRONG), stale_since(world)) == ([], None)


def test_without_quarters_nothing_is_stale(owner: Connection) -> None:
    row = owner.execute("select stale_since from fund.portfolio_freshness()").fetchone()
    assert row == (None,)
