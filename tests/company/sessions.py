"""Two sessions at once, and a third that watches them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from tests.company.books import Books
from tests.company.rebuild import differences
from tests.company.worlds import OWNER
from tests.conftest import Database


@pytest.fixture
def first(database: Database) -> Iterator[Books]:
    with database.connect(options=OWNER) as conn:
        books = Books(conn)
        books.fix_quarter(2024, 1, USD="1.25", CAD="1.5")
        books.fix_quarter(2024, 2, USD="1.25", CAD="1.5")
        books.company(reporting_currency="EUR", post_money_valuation=5)
        books.company("other", reporting_currency="EUR")
        conn.commit()
        yield books


@pytest.fixture
def second(database: Database) -> Iterator[Books]:
    with database.connect(options=OWNER) as conn:
        yield Books(conn)


@pytest.fixture
def watcher(database: Database) -> Iterator[Books]:
    with database.connect("postgres", autocommit=True) as conn:
        yield Books(conn)


Action = Callable[[Books], object]


@pytest.fixture
def waits(
    first: Books, second: Books, watcher: Books
) -> Iterator[Callable[[Action, Action], None]]:
    """Does one thing in each session: the second must wait until the first commits."""
    with ThreadPoolExecutor(1) as pool:

        def run(one: Action, other: Action) -> None:
            one(first)
            future: Future[object] = pool.submit(other, second)
            wait_until_blocked(watcher, second, future)
            first.conn.commit()
            future.result(timeout=10)
            second.conn.commit()
            assert differences(watcher) == []
            rebuilt = watcher.row("select rows_changed from company.rebuild_derived()")
            assert rebuilt == {"rows_changed": 0}

        yield run


def wait_until_blocked(watcher: Books, books: Books, future: Future[Any]) -> None:
    pid = books.conn.info.backend_pid
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if watcher.value("select pg_blocking_pids(%s) <> '{}'", pid):
            return
        assert not future.done(), "the second session did not wait"
        time.sleep(0.01)
    raise AssertionError("the second session neither waited nor ended")


Waits = Callable[[Action, Action], None]
