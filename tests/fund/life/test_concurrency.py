"""Several sessions at one fund: none waits for another in a circle, nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import psycopg
import pytest

from tests.company.books import Books
from tests.company.sessions import wait_until_blocked
from tests.conftest import Connection, Database
from tests.fund.fund_life import FundLife

OWNER = "-c role=qb_owner"
DAY = "2024-03-01"


@pytest.fixture
def pair(kept: FundLife, database: Database) -> Iterator[tuple[FundLife, FundLife]]:
    """The fund in two sessions."""
    with database.connect(options=OWNER) as one, database.connect(options=OWNER) as other:
        yield kept.on(one), kept.on(other)


@pytest.fixture
def watcher(database: Database) -> Iterator[Connection]:
    with database.connect("postgres", autocommit=True) as conn:
        yield conn


def waiting(
    pool: ThreadPoolExecutor, watcher: Connection, life: FundLife, do: Callable[[FundLife], Any]
) -> Future[Any]:
    """The work, begun in its session, once that waits for another one."""
    future = pool.submit(do, life)
    wait_until_blocked(Books(watcher), Books(life.conn), future)
    return future


def rule_of(future: Future[Any]) -> str | None:
    error = future.exception(timeout=20)
    assert isinstance(error, psycopg.Error), error
    return error.diag.constraint_name


def test_a_call_waits_for_a_call_and_continues_its_cents(
    pair: tuple[FundLife, FundLife], kept: FundLife, watcher: Connection
) -> None:
    """The second one shares by the running totals that the first one left."""
    one, other = pair
    first = one.issue(DAY, "0.03")
    with ThreadPoolExecutor(1) as pool:
        future = waiting(pool, watcher, other, lambda life: life.issue(DAY, "0.07"))
        one.conn.commit()
        second = future.result(timeout=20)
        other.conn.commit()
    assert second["event_number"] == first["event_number"] + 1
    assert kept.called() == {
        "LP-01": Decimal("0.05"), "LP-02": Decimal("0.03"), "LP-03": Decimal("0.02"),
    }  # fmt: skip
    assert kept.offenders() == {}


def test_what_the_first_call_used_up_the_second_is_refused(
    pair: tuple[FundLife, FundLife], kept: FundLife, watcher: Connection
) -> None:
    one, other = pair
    one.issue(DAY, 60_000_000)
    with ThreadPoolExecutor(1) as pool:
        future = waiting(pool, watcher, other, lambda life: life.issue(DAY, 60_000_000))
        one.conn.commit()
        assert rule_of(future) == "call_within_unfunded"
    assert sum(kept.called().values()) == 60_000_000


def test_two_distributions_share_one_cash(
    pair: tuple[FundLife, FundLife], kept: FundLife, watcher: Connection
) -> None:
    kept.issue(DAY, 100)
    kept.pay_all(DAY)
    one, other = pair
    one.distribute(DAY, 60)
    with ThreadPoolExecutor(1) as pool:
        future = waiting(pool, watcher, other, lambda life: life.distribute(DAY, 60))
        one.conn.commit()
        assert rule_of(future) == "distribution_within_cash"


def test_two_senders_of_one_key_record_once(
    pair: tuple[FundLife, FundLife], watcher: Connection
) -> None:
    sent = {"notice_on": DAY, "capital_amount": "1000"}
    one, other = pair
    first = one.run("capital_call", sent, "key")
    with ThreadPoolExecutor(1) as pool:
        future = waiting(pool, watcher, other, lambda life: life.run("capital_call", sent, "key"))
        one.conn.commit()
        assert future.result(timeout=20) == first | {"is_repeat": True}


def test_a_preview_waits_and_shows_what_would_come_after(
    pair: tuple[FundLife, FundLife], watcher: Connection
) -> None:
    one, other = pair
    first = one.issue(DAY, 10)
    with ThreadPoolExecutor(1) as pool:
        sent = {"notice_on": DAY, "capital_amount": "5"}
        future = waiting(
            pool, watcher, other, lambda life: life.run("capital_call", sent, preview=True)
        )
        one.conn.commit()
        shown = future.result(timeout=20)
    assert shown["event_number"] == first["event_number"] + 1


def test_eight_sessions_of_fifty_postings_lose_none(kept: FundLife, database: Database) -> None:
    """Calls, receipts, waivers and their reversals, all on one fund and at once."""
    begun = Barrier(8)

    def work(number: int) -> Counter[str]:
        done: Counter[str] = Counter()
        code = ("LP-01", "LP-02", "LP-03")[number % 3]
        with database.connect(options=OWNER, autocommit=True) as conn:
            life = kept.on(conn)
            begun.wait()
            for n in range(50):
                if n % 5 == 0:
                    life.run("capital_call", {"notice_on": DAY, "capital_amount": "1.01"},
                             f"{number}-{n}")  # fmt: skip
                    done["called"] += 101
                elif n % 5 == 4:
                    waiver = {"kind": "waiver", "from_on": DAY, "amount": "0.50"}
                    life.take_back(life.run("fee_adjustment", waiver))
                else:
                    life.pay(code, DAY, "0.25")
                    done["paid"] += 25
        return done

    with ThreadPoolExecutor(8) as pool:
        done = sum(pool.map(work, range(8)), Counter[str]())
    numbers = [row["event_number"] for row in kept.rows("select event_number from fund.event")]
    assert sorted(numbers) == list(range(1, 1 + 1 + 8 * 60))
    assert sum(kept.called().values()) * 100 == done["called"]
    assert kept.balances()["1000"] * 100 == done["paid"]
    assert kept.offenders() == {}


def test_two_funds_do_not_wait_for_each_other(
    pair: tuple[FundLife, FundLife], owner: Connection
) -> None:
    one, _ = pair
    second = FundLife.begun(owner, "Fund II")
    one.issue(DAY, 10)
    owner.execute("set statement_timeout = '5s'")
    second.issue(DAY, 10)
    second.pay_all(DAY)


def test_sessions_over_two_funds_in_one_order_do_not_deadlock(
    kept: FundLife, owner: Connection, database: Database
) -> None:
    funds = sorted([kept, FundLife.begun(owner, "Fund II")], key=lambda life: life.fund_id)

    def work(_: int) -> None:
        with database.connect(options=OWNER) as conn:
            for _ in range(5):
                for life in funds:
                    life.on(conn).issue(DAY, "0.10")
                conn.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert [sum(life.called().values()) for life in funds] == [2, 2]
