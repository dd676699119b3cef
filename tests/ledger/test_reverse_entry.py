"""ledger.reverse_entry: what was posted is taken back, once, by an entry that mirrors it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.company.books import refused
from tests.conftest import Connection
from tests.ledger.fund_books import FIRST, SECOND, FundBooks, cash_in, entry, line

DAY = "2024-02-10"
CALL = entry(
    "capital_call",
    DAY,
    line("1100 debit 6", FIRST),
    line("1100 debit 4", SECOND),
    line("3000 credit 6", FIRST),
    line("3000 credit 4", SECOND),
    source_room="deal",
    source_key="call 1",
)


def test_a_reversal_restores_every_balance(editor: FundBooks) -> None:
    editor.post(cash_in(DAY, 5))
    before = editor.balances(), editor.call("partners_capital")
    posted = editor.post(CALL)
    found = editor.reverse(posted["entry_id"])
    assert (editor.balances(), _amounts(editor)) == (before[0], _not_zero(before[1]))
    record = found["entry"]
    assert record["memo"] == "Reversal of entry 2"
    assert (record["kind"], record["entry_on"], record["source_key"]) == (
        "reversal", DAY, "call 1",
    )  # fmt: skip
    assert record["reverses_entry_id"] == str(posted["entry_id"])
    assert [one["debit"] for one in record["lines"]] == [0, 0, 6, 4]


def _not_zero(rows: list[Any]) -> list[Any]:
    return [row for row in rows if row["amount"]]


def _amounts(books: FundBooks) -> list[Any]:
    return _not_zero(books.call("partners_capital"))


def test_an_entry_is_reversed_once(books: FundBooks) -> None:
    posted = books.post(CALL)["entry_id"]
    books.reverse(posted)
    before = books.everything()
    with refused(books.conn, "QB409", "entry_reversed_once"):
        books.reverse(posted)
    assert books.everything() == before


def test_a_reversal_is_not_reversed(books: FundBooks) -> None:
    reversal = books.reverse(books.post(CALL)["entry_id"])["entry_id"]
    with refused(books.conn, "QB409", "reversal_is_final"):
        books.reverse(reversal)


def test_a_reversal_of_a_closed_day_is_of_the_first_open_one(books: FundBooks) -> None:
    posted = books.post(CALL)["entry_id"]
    books.close("2024-03-31")
    shown = books.reverse(posted, preview=True)
    assert books.reverse(posted)["entry"]["entry_on"] == "2024-04-01" == shown["entry"]["entry_on"]
    assert books.balances("2024-03-31") != {} == books.balances("2024-04-01")


def test_a_reversal_has_a_day_of_its_own(books: FundBooks) -> None:
    posted = books.post(CALL)["entry_id"]
    with refused(books.conn, "QB400", "reversal_not_before_entry"):
        books.reverse(posted, entry_on="2024-02-09")
    found = books.reverse(posted, entry_on="2024-05-05", memo="Called twice")["entry"]
    assert (found["entry_on"], found["memo"]) == ("2024-05-05", "Called twice")


def test_the_same_key_reverses_once_also_after_a_close(books: FundBooks) -> None:
    posted = books.post(CALL)["entry_id"]
    first = books.reverse(posted, key="back")
    books.close("2024-03-31")
    assert books.reverse(posted, key="back") == {**first, "is_repeat": True}
    with refused(books.conn, "QB409", "entry_key_unique"):
        books.reverse(posted, key="back", memo="Other")
    other = books.post(cash_in("2024-05-05", 5))["entry_id"]
    with refused(books.conn, "QB409", "entry_key_unique"):
        books.reverse(other, key="back")


def test_what_is_not_there_is_not_reversed(books: FundBooks) -> None:
    with refused(books.conn, "QB404", "entry_not_found"):
        books.reverse(UUID(int=7))
    other = FundBooks.opened(books.conn, "Fund II").post(cash_in(DAY, 5))["entry_id"]
    with refused(books.conn, "QB404", "entry_not_found"):
        books.reverse(other)


@pytest.mark.parametrize(
    "lines",
    [
        (line("4200 debit 5"), line("1000 credit 5")),
        (line("1000 credit 4"), line("4200 debit 4")),
        (line("1000 credit 5"), line("4200 debit 3"), line("4200 debit 2")),
        (line("1000 debit 5"), line("4200 credit 5")),
    ],
)
def test_a_reversal_by_hand_mirrors_its_entry(books: FundBooks, lines: tuple[Any, ...]) -> None:
    posted = books.post(cash_in(DAY, 5))["entry_id"]
    with refused(books.conn, "QB400", "reversal_mirrors_entry"):
        books.post(entry("reversal", DAY, *lines, reverses_entry_id=str(posted)))


def test_a_reversal_by_hand_that_mirrors_is_taken(books: FundBooks) -> None:
    posted = books.post(cash_in(DAY, 5))["entry_id"]
    lines = line("1000 credit 5"), line("4200 debit 5")
    books.post(entry("reversal", DAY, *lines, reverses_entry_id=str(posted)))
    assert books.balances() == {}


def test_a_viewer_may_not_reverse(kept: FundBooks, as_role: Callable[..., Connection]) -> None:
    posted = kept.post(cash_in(DAY, 5))["entry_id"]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        kept.on(as_role("viewer")).call("reverse_entry", entry_id=posted)


def test_what_an_event_posts_is_posted_and_taken_back_by_it_alone(
    as_role: Callable[..., Connection], owner: Connection
) -> None:
    """Otherwise the books would say other than the fund."""
    kept = FundBooks.opened(owner)
    sent = cash_in(DAY, 5, source_room="fund", source_key="an event")
    posted = kept.post(sent)
    editor = kept.on(as_role("editor"))
    before = kept.everything()
    # By hand, and without a word of whose entry it is.
    lines = line("1000 credit 5"), line("4200 debit 5")
    nameless = entry("reversal", DAY, *lines, reverses_entry_id=str(posted["entry_id"]))
    attempts: tuple[Callable[[], object], ...] = (
        lambda: editor.post(sent),
        lambda: editor.post(sent, preview=True),
        lambda: editor.reverse(posted["entry_id"]),
        lambda: editor.post(nameless),
    )
    for attempt in attempts:
        with refused(editor.conn, "QB409", "entry_goes_with_its_event"):
            attempt()
    editor.conn.rollback()
    assert kept.everything() == before


@pytest.mark.parametrize(
    ("sent", "rule"),
    [
        ({"entry_on": "soon"}, "entry_is_complete"),
        ({"reversed_on": DAY}, "unknown_field"),
        ([], "request_is_an_object"),
    ],
)
def test_what_cannot_be_read_is_refused(books: FundBooks, sent: Any, rule: str) -> None:
    posted = books.post(cash_in(DAY, 5))["entry_id"]
    before = books.everything()
    with refused(books.conn, "QB400", rule):
        books.rows(
            "select * from ledger.submit_reversal(%(fund_id)s, %(entry)s, %(sent)s)",
            entry=posted,
            sent=Jsonb(sent),
        )
    assert books.everything() == before
