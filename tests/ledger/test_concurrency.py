"""Several sessions at once: none of their entries is lost, none slips into a closed period."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier
from typing import Any

import psycopg
import pytest

from tests.company.books import Books
from tests.company.sessions import wait_until_blocked
from tests.conftest import Connection, Database
from tests.ledger.fund_books import FIRST, FundBooks, cash_in, entry, line

OWNER = "-c role=qb_owner"
DAY = "2024-03-31"


@pytest.fixture
def pair(kept: FundBooks, database: Database) -> Iterator[tuple[FundBooks, FundBooks]]:
    """The books in two sessions."""
    with database.connect(options=OWNER) as one, database.connect(options=OWNER) as other:
        yield kept.on(one), kept.on(other)


def waiting(
    pool: ThreadPoolExecutor, watcher: Connection, books: FundBooks, do: Callable[[FundBooks], Any]
) -> Future[Any]:
    """The work, begun in its session, once that waits for another one."""
    future = pool.submit(do, books)
    wait_until_blocked(Books(watcher), Books(books.conn), future)
    return future


def rule_of(future: Future[Any]) -> str | None:
    error = future.exception(timeout=10)
    assert isinstance(error, psycopg.Error), error
    return error.diag.constraint_name


@pytest.fixture
def watcher(database: Database) -> Iterator[Connection]:
    with database.connect("postgres", autocommit=True) as conn:
        yield conn


def test_eight_sessions_of_fifty_entries_lose_none(kept: FundBooks, database: Database) -> None:
    def work(number: int) -> None:
        with database.connect(options=OWNER, autocommit=True) as conn:
            books = kept.on(conn)
            for n in range(50):
                day = f"2024-{1 + n % 12:02}-{1 + number:02}"
                if n % 10 == 9:
                    lines = line("1100 debit 2", FIRST), line("3000 credit 2", FIRST)
                    posted = books.post(entry("capital_call", day, *lines), f"{number}-{n}")
                    books.reverse(posted["entry_id"])
                else:
                    books.post(cash_in(day, "1.01"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    numbers = [row["entry_number"] for row in kept.rows("select * from ledger.journal_entry")]
    assert sorted(numbers) == list(range(1, 8 * 55 + 1))
    assert {account: str(amount) for account, amount in kept.balances().items()} == {
        "1000": "363.60", "4200": "-363.60",
    }  # fmt: skip
    assert kept.offenders() == {}
    assert kept.value("select ledger.rebuild_balances()") == 0


def test_a_post_waits_for_a_close_and_is_refused(
    pair: tuple[FundBooks, FundBooks], kept: FundBooks, watcher: Connection
) -> None:
    closing, posting = pair
    closing.close(DAY)
    with ThreadPoolExecutor(1) as pool:
        future = waiting(pool, watcher, posting, lambda books: books.post(cash_in(DAY, 5)))
        closing.conn.commit()
        assert rule_of(future) == "entry_in_open_period"
    assert kept.balances() == {}


def test_a_close_amid_eight_sessions_ends_what_they_post(
    kept: FundBooks, database: Database
) -> None:
    """What the books say when they are closed, they say for good."""
    begun = Barrier(9)

    def work(_: int) -> int:
        posted = 0
        with database.connect(options=OWNER, autocommit=True) as conn:
            books = kept.on(conn)
            begun.wait()
            try:
                for _ in range(50):
                    books.post(cash_in(DAY, 1))
                    posted += 1
            except psycopg.Error as error:
                assert error.diag.constraint_name == "entry_in_open_period"
        return posted

    def close(_: int) -> int:
        with database.connect(options=OWNER) as conn:
            books = kept.on(conn)
            begun.wait()
            time.sleep(0.05)
            books.close(DAY)
            return int(books.balances(DAY).get("1000", 0))

    with ThreadPoolExecutor(9) as pool:
        closed = pool.submit(close, 0)
        posted = sum(pool.map(work, range(8)))
    assert closed.result() == posted == int(kept.balances(DAY).get("1000", 0))
    assert kept.offenders() == {}


def test_a_post_waits_for_a_close_that_is_taken_back(
    pair: tuple[FundBooks, FundBooks], kept: FundBooks, watcher: Connection
) -> None:
    closing, posting = pair
    closing.close(DAY)
    with ThreadPoolExecutor(1) as pool:
        future = waiting(pool, watcher, posting, lambda books: books.post(cash_in(DAY, 5)))
        closing.conn.rollback()
        assert future.result(timeout=10)["entry_number"] == 1


def test_a_close_waits_for_a_post_and_holds_it(
    pair: tuple[FundBooks, FundBooks], kept: FundBooks, watcher: Connection
) -> None:
    posting, closing = pair
    posting.post(cash_in(DAY, 5))
    with ThreadPoolExecutor(1) as pool:
        future = waiting(pool, watcher, closing, lambda books: books.close(DAY))
        posting.conn.commit()
        future.result(timeout=10)
        closing.conn.commit()
    assert kept.balances(DAY) != {}


def test_plain_sql_waits_too(
    pair: tuple[FundBooks, FundBooks], kept: FundBooks, watcher: Connection
) -> None:
    posting, closing = pair
    posting.post(cash_in(DAY, 5))
    close = "update ledger.period set is_closed = true"
    with ThreadPoolExecutor(1) as pool:
        future = waiting(pool, watcher, closing, lambda books: books.rows(close))
        posting.conn.commit()
        future.result(timeout=10)
        insert = (
            "insert into ledger.journal_entry (fund_id, entry_on, kind, line_count)"
            " values (%(fund_id)s, '2024-03-31', 'income', 2)"
        )
        late = waiting(pool, watcher, posting, lambda books: books.rows(insert))
        closing.conn.commit()
        assert rule_of(late) == "entry_in_open_period"


def test_two_senders_of_one_key_post_once(
    pair: tuple[FundBooks, FundBooks], watcher: Connection
) -> None:
    one, other = pair
    first = one.post(cash_in(DAY, 5), "key")
    with ThreadPoolExecutor(1) as pool:
        future = waiting(pool, watcher, other, lambda books: books.post(cash_in(DAY, 5), "key"))
        one.conn.commit()
        assert future.result(timeout=10) == {**first, "is_repeat": True}


def test_an_entry_is_reversed_by_one_of_two(
    pair: tuple[FundBooks, FundBooks], kept: FundBooks, watcher: Connection
) -> None:
    one, other = pair
    posted = kept.post(cash_in(DAY, 5))["entry_id"]
    one.reverse(posted)
    with ThreadPoolExecutor(1) as pool:
        future = waiting(pool, watcher, other, lambda books: books.reverse(posted))
        one.conn.commit()
        assert rule_of(future) == "entry_reversed_once"


def test_funds_do_not_wait_for_each_other(
    pair: tuple[FundBooks, FundBooks], owner: Connection
) -> None:
    one, _ = pair
    second = FundBooks.opened(owner, "Fund II")
    one.post(cash_in(DAY, 5))
    owner.execute("set statement_timeout = '5s'")
    second.post(cash_in(DAY, 5))
    second.close(DAY)


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_an_old_snapshot_posts_nothing(pair: tuple[FundBooks, FundBooks], level: str) -> None:
    one, _ = pair
    one.rows(f"set transaction isolation level {level}")
    with pytest.raises(psycopg.Error) as caught:
        one.post(cash_in(DAY, 5))
    assert caught.value.diag.constraint_name == "books_need_fresh_snapshot"


def test_sessions_over_several_funds_in_one_order_do_not_deadlock(
    kept: FundBooks, owner: Connection, database: Database
) -> None:
    funds = [kept, *(FundBooks.opened(owner, f"Fund {n}") for n in range(2, 4))]
    ordered = sorted(funds, key=lambda books: books.fund_id)

    def work(_: object) -> None:
        with ExitStack() as stack:
            conn = stack.enter_context(database.connect(options=OWNER))
            for _ in range(5):
                for books in ordered:
                    books.on(conn).post(cash_in(DAY, 1))
                conn.commit()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert [int(books.balances()["1000"]) for books in ordered] == [30, 30, 30]
