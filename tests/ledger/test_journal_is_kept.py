"""What is posted stays as it is, whoever tries with whatever SQL, and entries come whole."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.company.books import refused
from tests.conftest import Connection
from tests.ledger.fund_books import FundBooks, cash_in

DAY = "2024-02-10"
CHANGES = [
    "update ledger.journal_entry set memo = 'other'",
    "update ledger.journal_entry set entry_on = entry_on where false",
    "delete from ledger.journal_entry",
    "truncate ledger.journal_entry, ledger.journal_line",
    "update ledger.journal_line set debit = debit * 2, credit = credit * 2",
    "delete from ledger.journal_line where line_number = 1",
    "truncate ledger.journal_line",
    "insert into ledger.journal_line select * from ledger.journal_line"
    " on conflict (fund_id, entry_on, entry_id, line_number) do update set debit = 7",
    "merge into ledger.journal_line as l using ledger.journal_entry as e"
    " on l.entry_id = e.entry_id when matched then delete",
    "delete from ledger.period",
    "truncate ledger.period",
    "update ledger.book set first_on = '2020-01-01'",
    "delete from ledger.book",
]
ENTRY = (
    "insert into ledger.journal_entry (fund_id, entry_id, entry_on, kind, line_count)"
    " values (%(fund_id)s, %(entry_id)s, '2024-02-10', 'income', %(line_count)s)"
)
LINE = (
    "insert into ledger.journal_line"
    " (fund_id, entry_on, entry_id, line_number, account_number, currency, debit, credit)"
    " values (%(fund_id)s, '2024-02-10', %(entry_id)s, %(n)s, %(account)s, 'USD', %(d)s, %(c)s)"
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_changes_nothing_that_is_posted(books: FundBooks, change: str) -> None:
    books.post(cash_in(DAY, 5))
    before = books.everything()
    with refused(books.conn, "QB409", "posted_entry_is_immutable"):
        books.rows(change)
    assert books.everything() == before


@pytest.mark.parametrize("role", ["admin", "editor", "editor_scoped", "viewer", "auditor"])
@pytest.mark.parametrize("change", CHANGES)
def test_no_role_has_the_right_to(
    shared_posted: FundBooks, request_as: Callable[[str], Connection], role: str, change: str
) -> None:
    books = shared_posted.on(request_as(role))
    with pytest.raises(psycopg.errors.InsufficientPrivilege), books.conn.transaction():
        books.rows(change)


@pytest.mark.parametrize("change", ["update {} set debit = 0", "delete from {}", "insert into {}"])
def test_nobody_writes_kept_balances(
    shared_posted: FundBooks, request_as: Callable[[str], Connection], change: str
) -> None:
    books = shared_posted.on(request_as("admin"))
    statement = change.format("ledger.period_balance")
    if statement.startswith("insert"):
        statement += " select * from ledger.period_balance"
    with pytest.raises(psycopg.errors.InsufficientPrivilege), books.conn.transaction():
        books.rows(statement)


def add(books: FundBooks, entry_id: object, *lines: tuple[int, str, int, int], count: int) -> None:
    if count:
        books.rows(ENTRY, entry_id=entry_id, line_count=count)
    for n, account, debit, credit in lines:
        books.rows(LINE, entry_id=entry_id, n=n, account=account, d=debit, c=credit)


NEW = "00000000-0000-0000-0000-00000000abcd"


def test_by_plain_sql_a_whole_entry_is_taken(editor: FundBooks) -> None:
    add(editor, NEW, (1, "1000", 5, 0), (2, "4200", 0, 5), count=2)
    editor.conn.commit()


@pytest.mark.parametrize(
    ("lines", "count", "rule"),
    [
        ([], 2, "entry_has_its_lines"),
        ([(1, "1000", 5, 0), (2, "4200", 0, 4)], 2, "entry_balances_per_currency"),
        ([(1, "1000", 5, 0), (2, "4200", 0, 5)], 3, "entry_has_its_lines"),
        ([(1, "1000", 5, 0), (3, "4200", 0, 5)], 3, "entry_has_its_lines"),
    ],
)
def test_by_plain_sql_half_an_entry_is_refused_at_commit(
    editor: FundBooks, lines: list[tuple[int, str, int, int]], count: int, rule: str
) -> None:
    add(editor, NEW, *lines, count=count)
    with pytest.raises(psycopg.Error) as caught:
        editor.conn.commit()
    assert (caught.value.sqlstate, caught.value.diag.constraint_name) == ("QB400", rule)


def test_no_line_is_added_to_a_posted_entry(books: FundBooks) -> None:
    posted = books.post(cash_in(DAY, 5))["entry_id"]
    with refused(books.conn, "QB409", "posted_entry_is_immutable"):
        add(books, posted, (3, "1000", 5, 0), count=0)
    with refused(books.conn, "23505", "journal_line_pkey"):
        add(books, posted, (2, "1000", 5, 0), count=0)
    with refused(books.conn, "23514", "line_is_numbered_from_one"):
        add(books, posted, (0, "1000", 5, 0), count=0)


def test_a_line_is_of_the_day_of_its_entry(books: FundBooks) -> None:
    posted = books.post(cash_in("2024-02-11", 5))["entry_id"]
    with refused(books.conn, "23503", "journal_line_fund_id_entry_on_entry_id_fkey"):
        add(books, posted, (1, "1000", 5, 0), count=0)


def test_immediate_constraints_let_nothing_through(books: FundBooks) -> None:
    with refused(books.conn, "QB400", "entry_has_its_lines"):
        books.rows("set constraints all immediate")
        add(books, NEW, (1, "1000", 5, 0), (2, "4200", 0, 5), count=2)
