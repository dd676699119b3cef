"""Whatever happens, in whatever order: what refreshes keep equals what the companies add up to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.company.books import Books
from tests.company.incremental import companies, prepare
from tests.company.incremental_fx import FullHistory
from tests.conftest import DEPLOYED, TestServer, clone
from tests.machines import run_histories

funds = st.sampled_from([None, "Fund I", "Fund II"])


class PortfolioHistory(FullHistory):
    """Companies move as well, and now and then the clock comes by."""

    @rule(company_id=companies, fund=funds)
    def move_company(self, company_id: str, fund: str | None) -> None:
        self.books.company(company_id, fund=fund)

    @rule(seconds=st.sampled_from([0, 60]))
    def refresh(self, seconds: int) -> None:
        # With no time at all one quarter is computed, and the others are noted again.
        done = self.books.call("fund.refresh_portfolio", seconds=seconds)
        assert seconds == 0 or done["quarters_left"] == 0
        wrong = self.books.rows("select * from ops.check_portfolio_is_current")
        self.failed = self.failed or bool(wrong)
        assert not wrong, wrong

    def teardown(self) -> None:
        try:
            if not self.failed:
                self.refresh(60)
                freshness = self.books.row("select * from fund.portfolio_freshness()")
                assert freshness["stale_since"] is None
        finally:
            self.books.conn.rollback()


@pytest.fixture
def portfolio(server: TestServer) -> Iterator[Books]:
    with clone(server, DEPLOYED) as database, database.connect("postgres") as conn:
        books = Books(conn)
        prepare(books)
        for company_id, fund in {"a": "Fund I", "b": "Fund II"}.items():
            books.company(company_id, fund=fund)
        conn.commit()
        yield books
        conn.rollback()


def test_kept_totals_equal_the_derivation(portfolio: Books) -> None:
    run_histories(lambda: PortfolioHistory(portfolio), examples=12, steps=14)


@pytest.mark.long
def test_kept_totals_equal_the_derivation_in_long_histories(portfolio: Books) -> None:
    run_histories(lambda: PortfolioHistory(portfolio), examples=200, steps=40)
