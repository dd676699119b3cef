"""Sessions that need not wait, and isolation levels that cannot be kept right."""

from __future__ import annotations

import pytest
from psycopg import IsolationLevel

from tests.company.books import Books, refused
from tests.company.rebuild import differences
from tests.company.test_concurrency import correct_fixing, submit


def test_quarters_of_two_companies_do_not_wait(first: Books, second: Books, watcher: Books) -> None:
    # The rates of the quarter are in use already: only a first use is waited for.
    first.quarter(2024, 1)
    first.quarter(2024, 1, "other")
    first.conn.commit()
    first.correct(2024, 1, total_revenue=5)
    second.rows("set local lock_timeout = '2s'")
    second.correct(2024, 1, "other", total_revenue=7)
    second.conn.commit()
    first.conn.commit()
    assert differences(watcher) == []


@pytest.mark.parametrize("level", [IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE])
def test_a_snapshot_older_than_the_lock_is_refused(first: Books, level: IsolationLevel) -> None:
    """Serializable notices a writer only that is serializable too."""
    first.quarter(2024, 1)
    first.conn.commit()
    first.conn.isolation_level = level
    for change in (
        submit(2024, 2),
        correct_fixing,
        lambda b: b.company(burn_sign="outflow_negative"),
    ):
        with refused(first.conn, "QB409", "derivation_needs_fresh_snapshot"):
            change(first)
    first.conn.rollback()
