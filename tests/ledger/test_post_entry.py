"""ledger.post_entry: what is posted, what is refused and by which rule, keys and previews."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.company.books import refused
from tests.conftest import Connection
from tests.ledger.bad_entries import DAY, IN, OUT, REFUSED, lines
from tests.ledger.fund_books import FundBooks, Row, cash_in, line


def test_a_posted_entry_is_numbered_and_answered(editor: FundBooks) -> None:
    sent = cash_in(DAY, "5", memo="Interest", source_room="deal", source_key="D-1")
    first, second = editor.post(sent), editor.post(cash_in(DAY, "7.10"))
    assert (first["entry_number"], second["entry_number"]) == (1, 2)
    assert first["is_repeat"] is False
    assert first["entry"] == editor.value(
        "select ledger.entry_record(%(fund_id)s, %(entry_id)s)", entry_id=first["entry_id"]
    )
    assert {key: first["entry"][key] for key in ("kind", "memo", "entry_on", "source_key")} == {
        "kind": "income", "memo": "Interest", "entry_on": DAY, "source_key": "D-1",
    }  # fmt: skip
    assert [(found["account"], found["debit"]) for found in first["entry"]["lines"]] == [
        ("1000", 5), ("4200", 0),
    ]  # fmt: skip
    [row] = editor.rows("select * from ledger.journal where entry_number = 1 and line_number = 1")
    assert (row["account_name"], row["posted_by"]) == ("Cash", "editor@example.com")
    assert editor.balances() == {"1000": Decimal("12.10"), "4200": Decimal("-12.10")}


@pytest.mark.parametrize("what", REFUSED)
def test_bad_input_is_refused_and_changes_nothing(books: FundBooks, what: str) -> None:
    sent, status, rule, column = REFUSED[what]
    books.post(cash_in(DAY, 1))
    before = books.everything()
    for preview in (False, True):
        with pytest.raises(psycopg.Error) as caught, books.conn.transaction():
            books.post(sent, preview=preview)
        told = caught.value.diag
        assert (caught.value.sqlstate, told.constraint_name) == (status, rule)
        assert (told.column_name or "") == column
        assert told.message_primary
        assert told.message_hint
        assert books.everything() == before
    assert books.post(cash_in(DAY, 1))["entry_number"] == 2


def test_no_books_no_entry(books: FundBooks) -> None:
    with refused(books.conn, "QB404", "books_not_found"):
        FundBooks(books.conn, UUID(int=5)).post(cash_in(DAY, 1))


def test_an_account_that_was_retired_takes_reversals_only(books: FundBooks) -> None:
    posted = books.post(cash_in(DAY, 1))
    books.rows("update ledger.account set is_active = false where account_number = '4200'")
    with refused(books.conn, "QB400", "account_is_active"):
        books.post(cash_in(DAY, 1))
    books.reverse(posted["entry_id"])
    assert books.balances() == {}


def test_currencies_balance_each_for_itself(books: FundBooks) -> None:
    euro = line("1000 debit 9.99", currency="EUR"), line("4200 credit 9.99", currency="EUR")
    books.post(lines(IN, *euro, OUT))
    found = books.call("trial_balance", as_of=DAY)
    assert [(row["currency"], row["debit_balance"]) for row in found[:2]] == [
        ("EUR", Decimal("9.99")), ("USD", Decimal(5)),
    ]  # fmt: skip


@pytest.mark.parametrize("again", [cash_in(DAY, "5"), cash_in(DAY, "5.00", memo=None)])
def test_the_same_key_posts_once(books: FundBooks, again: Row) -> None:
    first = books.post(cash_in(DAY, 5), "key")
    before = books.everything()
    second = books.post(again, "key")
    assert (first["is_repeat"], second["is_repeat"]) == (False, True)
    assert {**second, "is_repeat": False} == first
    assert books.everything() == before


OTHER: dict[str, Any] = {
    "amount": cash_in(DAY, 6),
    "day": cash_in("2024-02-11", 5),
    "memo": cash_in(DAY, 5, memo="Other"),
    "kind": cash_in(DAY, 5, kind="correction"),
    "account": lines(IN, line("4000 credit 5")),
    "order": lines(OUT, IN),
    "one more line": lines(IN, line("4200 credit 3"), line("4200 credit 2")),
}


@pytest.mark.parametrize("difference", OTHER)
def test_the_same_key_with_another_entry_is_refused(books: FundBooks, difference: str) -> None:
    books.post(cash_in(DAY, 5), "key")
    before = books.everything()
    with refused(books.conn, "QB409", "entry_key_unique"):
        books.post(OTHER[difference], "key")
    assert books.everything() == before


def test_a_key_is_one_funds(books: FundBooks) -> None:
    books.post(cash_in(DAY, 5), "key")
    other = FundBooks.opened(books.conn, "Fund II")
    assert other.post(cash_in(DAY, 6), "key")["entry_number"] == 1


def test_a_preview_posts_nothing(books: FundBooks) -> None:
    books.post(cash_in(DAY, 1))
    before = books.everything()
    # In a period that is not there yet either.
    shown = books.post(cash_in("2025-11-11", 5), "key", preview=True)
    assert (shown["entry_id"], shown["entry_number"], shown["is_repeat"]) == (None, 2, False)
    assert [found["account"] for found in shown["entry"]["lines"]] == ["1000", "4200"]
    assert books.everything() == before
    posted = books.post(cash_in("2025-11-11", 5), "key")
    assert posted["entry"]["lines"] == shown["entry"]["lines"]
    again = books.post(cash_in("2025-11-11", 5), "key", preview=True)
    assert again == {**posted, "is_repeat": True}


@pytest.mark.parametrize("role", ["viewer", "auditor", "submitter", "investor", "viewer_scoped"])
def test_others_than_editors_may_not_post(
    kept: FundBooks, as_role: Callable[..., Connection], role: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        kept.on(as_role(role)).post(cash_in(DAY, 5))
