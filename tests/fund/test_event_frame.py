"""fund.run_event: what all kinds of events have in common."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.company.books import refused
from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import Row

PAID: Row = {"investor": "LP-01", "received_on": "2024-02-10", "amount": 5}


def run(life: FundLife, kind: str | None, request: Row | None, key: str | None = None) -> Any:
    [row] = life.rows(
        "select * from fund.run_event(%(fund_id)s, %(kind)s, %(request)s, %(key)s)",
        kind=kind,
        request=None if request is None else Jsonb(request),
        key=key,
    )
    return row


@pytest.mark.parametrize(
    ("kind", "request_again"),
    [
        (None, PAID),
        ("payment", None),
        (None, None),
        ("payment", PAID | {"amount": 6}),
        ("default", PAID),
    ],
)
def test_a_key_repeats_what_it_recorded_and_nothing_else(
    life: FundLife, kind: str | None, request_again: Row | None
) -> None:
    first = run(life, "payment", PAID, "K")
    with refused(life.conn, "QB409", "event_key_unique"):
        run(life, kind, request_again, "K")
    assert run(life, "payment", PAID | {"amount": 5.0}, "K")["event_id"] == first["event_id"]


def test_a_preview_shows_no_id_that_is_gone(life: FundLife) -> None:
    shown = life.run("payment", PAID, preview=True)
    [posted] = shown["event"]["journal_entries"]
    assert (shown["event_id"], "event_id" in shown["event"]) == (None, False)
    assert "entry_id" not in posted
    assert posted["lines"]
    done = life.run("payment", PAID, "K")
    # Of what was recorded, a preview shows the ids.
    assert life.run("payment", PAID, "K", preview=True)["event"] == done["event"]


def test_closed_days_take_no_commitment(life: FundLife) -> None:
    """It posts nothing, but what was unfunded on a closed day would be something else."""
    life.close("2024-03-31")
    before = life.everything()
    with refused(life.conn, "QB409", "entry_in_open_period"):
        life.close_on("2024-03-31", {"LP-01": 5})
    with refused(life.conn, "QB409", "entry_in_open_period"):
        life.run("transfer", {"seller": "LP-01", "buyer": "LP-02", "transferred_on": "2024-02-01"})
    assert life.everything() == before
    life.close_on("2024-04-01", {"LP-01": 5})
    assert life.unfunded("2024-03-31")["LP-01"] == 50_000_000


@pytest.mark.parametrize("memo", [" Wire ", "", " "])
def test_a_memo_is_taken_without_the_spaces_around_it(life: FundLife, memo: str) -> None:
    paid = life.run("payment", PAID | {"memo": memo})
    back = life.take_back(paid, memo=memo)
    memos = [e["event"]["journal_entries"][0]["memo"] for e in (paid, back)]
    assert memos == [
        memo.strip() or "Payment of a partner",
        memo.strip() or "Reversal of entry 1",
    ]


def test_a_refusal_tells_the_rule_and_no_row(life: FundLife) -> None:
    with pytest.raises(psycopg.Error) as caught, life.conn.transaction():
        run(life, "payment", PAID, "a key with spaces")
    told = caught.value.diag
    assert (caught.value.sqlstate, told.constraint_name) == ("QB400", "event_key_is_short")
    assert not told.message_detail


def test_a_rule_of_the_books_has_its_own_words(life: FundLife) -> None:
    life.rows("alter table ledger.account disable trigger user")
    life.rows("alter table ledger.journal_line disable trigger user")
    life.rows("delete from ledger.account where fund_id = %(fund_id)s and account_number = '2000'")
    with pytest.raises(psycopg.Error) as caught, life.conn.transaction():
        run(life, "payment", PAID)
    told = caught.value.diag
    assert told.constraint_name == "journal_line_fund_id_account_number_fkey"
    assert told.column_name == "account_number"
