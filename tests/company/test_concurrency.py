"""Two sessions at once: the second waits, and what is stored afterwards equals a rebuild."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from tests.company.books import Books, refused
from tests.company.sessions import Action, Waits, wait_until_blocked


def submit(year: int, quarter: int, company_id: str = "acme", **numbers: Any) -> Action:
    return lambda books: books.quarter(year, quarter, company_id, **numbers)


def correct_fixing(books: Books) -> None:
    books.record([(date(2024, 2, 1), "USD", "9.99")])


def test_two_quarters_of_one_company(waits: Waits, watcher: Books) -> None:
    waits(submit(2024, 1, total_revenue=100), submit(2024, 2, total_revenue=150))
    assert watcher.metrics(2024, 2)["USD"]["revenue_growth"] is not None


def test_same_quarter_of_one_company(first: Books, second: Books, watcher: Books) -> None:
    first.quarter(2024, 1)
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(refused_twice, second)
        wait_until_blocked(watcher, second, future)
        first.conn.commit()
        future.result(timeout=10)


def refused_twice(books: Books) -> None:
    with refused(books.conn, "23505", "metrics_input_one_per_quarter"):
        books.quarter(2024, 1)


def test_quarter_then_fixing(waits: Waits, watcher: Books) -> None:
    waits(submit(2024, 1), correct_fixing)
    assert watcher.financials(2024, 1)["USD"]["exchange_rate_used"] > 1.3


def test_fixing_then_quarter(waits: Waits, watcher: Books) -> None:
    waits(correct_fixing, submit(2024, 1))
    assert watcher.financials(2024, 1)["USD"]["exchange_rate_used"] > 1.3


def test_setting_then_quarter(waits: Waits, watcher: Books) -> None:
    waits(lambda b: b.set("presentation_currencies", ["CAD"]), submit(2024, 1))
    assert set(watcher.financials(2024, 1)) == {"EUR", "CAD"}


def test_quarter_then_setting(waits: Waits, watcher: Books) -> None:
    waits(submit(2024, 1), lambda b: b.set("presentation_currencies", ["CAD"]))
    assert set(watcher.financials(2024, 1)) == {"EUR", "CAD"}


@pytest.mark.parametrize("turned", [False, True])
def test_company_and_fixing_do_not_deadlock(waits: Waits, first: Books, turned: bool) -> None:
    first.quarter(2024, 1)
    first.conn.commit()
    one: Action = lambda b: b.company(burn_sign="positive_is_burn")  # noqa: E731
    other: Action = correct_fixing
    waits(*((other, one) if turned else (one, other)))


@pytest.mark.parametrize("turned", [False, True])
def test_company_and_quarter(waits: Waits, watcher: Books, turned: bool) -> None:
    one: Action = lambda b: b.company(burn_sign="positive_is_burn")  # noqa: E731
    other = submit(2024, 1, cash_burn=300)
    waits(*((other, one) if turned else (one, other)))
    assert watcher.financials(2024, 1)["EUR"]["cash_burn"] == -300
