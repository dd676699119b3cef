"""Periods: made by posting, closed in order and for good; a closed one takes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from tests.company.books import refused
from tests.conftest import Connection
from tests.ledger.fund_books import FundBooks, cash_in


def spans(books: FundBooks) -> list[tuple[str, str, bool]]:
    rows = books.rows(
        "select first_on, last_on, is_closed from ledger.period where fund_id = %(fund_id)s"
        " order by first_on"
    )
    return [(str(row["first_on"]), str(row["last_on"]), row["is_closed"]) for row in rows]


@pytest.mark.parametrize(
    ("months", "last_on"),
    [(1, "2024-02-29"), (3, "2024-04-30"), (6, "2024-07-31"), (12, "2025-01-31")],
)
def test_a_period_is_as_long_as_the_book_says(books: FundBooks, months: int, last_on: str) -> None:
    other = FundBooks.opened(books.conn, "Fund II", first_on="2024-02-01", period_months=months)
    assert spans(other) == [("2024-02-01", last_on, False)]


def test_periods_follow_each_other_up_to_what_is_posted(books: FundBooks) -> None:
    books.post(cash_in("2024-12-31", 5))
    books.post(cash_in("2024-07-01", 5))
    assert spans(books) == [
        ("2024-01-01", "2024-03-31", False),
        ("2024-04-01", "2024-06-30", False),
        ("2024-07-01", "2024-09-30", False),
        ("2024-10-01", "2024-12-31", False),
    ]
    assert books.offenders() == {}


@pytest.mark.parametrize("day", ["2024-01-01", "2024-03-31"])
def test_a_closed_period_takes_nothing(books: FundBooks, day: str) -> None:
    books.post(cash_in(day, 5))
    books.close("2024-03-31")
    before = books.everything()
    for preview in (False, True):
        with pytest.raises(psycopg.Error) as caught, books.conn.transaction():
            books.post(cash_in(day, 5), preview=preview)
        assert caught.value.sqlstate == "QB409"
        assert caught.value.diag.constraint_name == "entry_in_open_period"
        assert caught.value.diag.column_name == "entry_on"
        assert "2024-04-01" in (caught.value.diag.message_hint or "")
    assert books.everything() == before
    books.post(cash_in("2024-04-01", 5))


def test_what_was_posted_with_its_key_is_answered_after_the_close(books: FundBooks) -> None:
    first = books.post(cash_in("2024-03-31", 5), "key")
    books.close("2024-03-31")
    assert books.post(cash_in("2024-03-31", 5), "key")["entry_id"] == first["entry_id"]


def test_closing_says_who_and_when(editor: FundBooks) -> None:
    [row] = editor.call("close_period", last_on="2024-03-31")
    assert row["is_closed"]
    assert row["closed_by"] == editor.value("select security.current_user_id()")
    assert row["closed_at"] == editor.value("select ops.now()")


def test_a_period_without_entries_is_closed_too(books: FundBooks) -> None:
    books.close("2024-03-31")
    books.close("2024-06-30")
    assert spans(books) == [
        ("2024-01-01", "2024-03-31", True), ("2024-04-01", "2024-06-30", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("last_on", "status", "rule"),
    [
        ("2024-03-31", "QB409", "closed_period_stays_closed"),
        ("2024-09-30", "QB409", "periods_close_in_order"),
        ("2024-06-29", "QB404", "period_not_found"),
        (None, "QB404", "period_not_found"),
        ("2199-12-31", "QB404", "period_not_found"),
    ],
)
def test_a_close_is_refused(books: FundBooks, last_on: Any, status: str, rule: str) -> None:
    books.post(cash_in("2024-09-30", 5))
    books.close("2024-03-31")
    before = books.everything()
    with refused(books.conn, status, rule):
        books.close(last_on)
    assert books.everything() == before


def test_a_period_is_closed_when_it_is_over(books: FundBooks) -> None:
    first_on = date.today().replace(day=1)
    other = FundBooks.opened(books.conn, "Fund II", first_on=first_on, period_months=1)
    last_on = (first_on + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    with refused(books.conn, "QB409", "period_is_over"):
        other.close(str(last_on))


@pytest.mark.parametrize("is_closed", [True, False])
def test_plain_sql_neither_opens_nor_skips(books: FundBooks, is_closed: bool) -> None:
    books.post(cash_in("2024-09-30", 5))
    books.close("2024-03-31")
    change = "update ledger.period set is_closed = %(closed)s where first_on = %(on)s"
    with refused(books.conn, "QB409", "closed_period_stays_closed"):
        books.rows(change, closed=is_closed, on="2024-01-01")
    with refused(books.conn, "QB409", "periods_close_in_order"):
        books.rows(change, closed=True, on="2024-07-01")
    with refused(books.conn, "QB400", "periods_leave_no_gap"):
        books.rows("insert into ledger.period (fund_id, first_on) values (%(fund_id)s, now())")


@pytest.mark.parametrize("role", ["viewer", "auditor", "investor"])
def test_others_than_editors_may_not_close(
    kept: FundBooks, as_role: Callable[..., Connection], role: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        kept.on(as_role(role)).close("2024-03-31")


@pytest.mark.parametrize(
    ("arguments", "status", "rule"),
    [
        ({"first_on": "2024-01-02"}, "23514", "book_begins_with_a_month"),
        ({"period_months": 2}, "23514", "book_period_divides_the_year"),
        ({"receivable_as": "liability"}, "QB400", "receivable_presentation_known"),
    ],
)
def test_books_that_cannot_be_opened(
    books: FundBooks, arguments: dict[str, Any], status: str, rule: str
) -> None:
    with refused(books.conn, status, rule):
        FundBooks.opened(books.conn, "Fund II", **arguments)


def test_books_are_opened_once_and_of_a_fund(books: FundBooks) -> None:
    with refused(books.conn, "QB409", "books_are_opened_once"):
        books.call("open_books")
    books.fund_id = type(books.fund_id)(int=5)
    with refused(books.conn, "QB404", "fund_not_found"):
        books.call("open_books")


def test_books_begin_with_this_year_unless_told(books: FundBooks) -> None:
    other = FundBooks.opened(books.conn, "Fund II", first_on=None)
    assert spans(other)[0][0] == f"{books.value('select ops.today()').year}-01-01"


def test_a_fund_has_its_own_copy_of_the_chart(books: FundBooks) -> None:
    chart = "select account_number, name, kind, normal_side, takes_partner from ledger."
    template = books.rows(f"{chart}template_account order by 1")
    own = books.rows(f"{chart}account where fund_id = %(fund_id)s order by 1")
    assert len(own) > 20
    assert own == template
