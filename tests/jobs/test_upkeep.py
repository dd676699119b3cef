"""The leading clock keeps the portfolio's totals up to date; a killed one leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.company.books import Books
from tests.company.worlds import OWNER
from tests.conftest import Connection, Database
from tests.jobs.nodes import Nodes, nodes


@pytest.fixture
def running(database: Database, owner: Connection, tmp_path: Path) -> Iterator[Nodes]:
    owner.execute("update ops.job set is_enabled = false")
    with nodes(database, owner, tmp_path) as found:
        yield found


def test_a_submitted_quarter_is_in_the_totals_within_seconds(
    database: Database, owner: Connection, running: Nodes
) -> None:
    def revenue() -> list[int]:
        found = owner.execute(
            "select total_revenue from fund.portfolio_quarter"
            " where currency = 'USD' order by reporting_quarter"
        )
        return [int(value) for (value,) in found]

    with database.connect(options=OWNER, autocommit=True) as conn:
        books = Books(conn)
        books.company(fund="Fund I")
        first, second = running.start(), running.start()
        leader = running.wait_for_leader()
        books.quarter(2024, 1)
        running.wait(lambda: revenue() == [1000], seconds=5)

        # Killed, whatever it is doing; the other one takes over and goes on.
        running.kill(leader)
        books.quarter(2024, 2)
        running.wait(lambda: revenue() == [1000, 1000], seconds=10)
        assert running.wait_for_leader() == ({first, second} - {leader}).pop()

        # With no clock at all the change is noted, and seen to wait.
        running.kill(running.wait_for_leader())
        books.quarter(2024, 3)
        waiting = "select stale_since is not null from fund.portfolio_freshness()"
        assert owner.execute(waiting.encode()).fetchone() == (True,)
        assert len(revenue()) == 2
        last = running.start()
        running.wait(lambda: len(revenue()) == 3, seconds=10)
        assert owner.execute(waiting.encode()).fetchone() == (False,)
        assert running.stop(last) == 0
