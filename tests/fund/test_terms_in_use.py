"""Terms by which something was recorded stay, and of two that set the same days one waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.company.books import refused
from tests.conftest import Connection, Database
from tests.fund.asking import ask, data
from tests.fund.fee_words import accrue
from tests.fund.fund_life import FundLife
from tests.fund.term_words import FIRST, FUND, NOBODY, versions


def record_event(conn: Connection, fund_id: str, day: str) -> None:
    conn.execute(
        "insert into fund.event"
        " (fund_id, event_number, kind, event_on, request, recorded_at, recorded_by)"
        " values (%s, 1, 'close', %s, '{}', now(), %s)",
        [fund_id, day, NOBODY],
    )


def test_two_sessions_cannot_set_the_same_days(owner: Connection, database: Database) -> None:
    fund_id = data(owner, "create_fund", FUND)["fund_id"]
    outcome: list[Any] = []

    def insert() -> None:
        with database.connect(options="-c role=qb_owner") as other:
            try:
                ask(other, "set_terms", fund_id, {"valid_from": "2021-06-01"})
            except psycopg.Error as error:
                outcome.append(error.diag.constraint_name)

    with database.connect(options="-c role=qb_owner") as first:
        first.execute("begin")
        ask(first, "set_terms", fund_id, {"valid_from": "2021-01-01", "valid_to": "2022-01-01"})
        thread = threading.Thread(target=insert)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()  # it waits
        first.commit()
    thread.join()
    assert outcome == ["terms_do_not_overlap"]


def test_an_old_snapshot_sets_no_terms(owner: Connection, database: Database) -> None:
    fund_id = data(owner, "create_fund", FUND)["fund_id"]
    with database.connect(options="-c role=qb_owner") as conn:
        conn.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with pytest.raises(psycopg.Error) as caught:
            ask(conn, "set_terms", fund_id, FIRST)
    assert caught.value.diag.constraint_name == "terms_need_fresh_snapshot"


def test_terms_by_which_something_was_recorded_stay(owner: Connection) -> None:
    fund_id = data(owner, "create_fund", FUND)["fund_id"]
    ask(owner, "set_terms", fund_id, FIRST)
    ask(owner, "set_terms", fund_id, {"valid_from": "2024-07-01"})
    record_event(owner, fund_id, "2024-06-30")
    with refused(owner, "QB409", "terms_in_use_stay"):
        ask(owner, "delete_terms", fund_id, "2021-01-01")
    for statement in (
        "delete from fund.fee_step where valid_from = '2021-01-01'",
        "insert into fund.fee_step select fund_id, valid_from, 'late', from_on, 0.5, 'nav'"
        " from fund.fee_step where valid_from = '2021-01-01' and investor_class = 'friends'",
    ):
        with refused(owner, "QB409", "terms_in_use_stay"):
            owner.execute(statement.encode())
    ask(owner, "delete_terms", fund_id, "2024-07-01")
    owner.execute(
        "insert into fund.event (fund_id, event_number, kind, event_on, request, recorded_at,"
        " recorded_by, reverses_event_id) select fund_id, 2, 'reversal', event_on, '{}', now(),"
        " recorded_by, event_id from fund.event"
    )
    assert ask(owner, "delete_terms", fund_id, "2021-01-01")[0] == 200


def test_terms_do_not_lose_days_on_which_something_was_recorded(owner: Connection) -> None:
    fund_id = data(owner, "create_fund", FUND)["fund_id"]
    ask(owner, "set_terms", fund_id, FIRST)
    record_event(owner, fund_id, "2024-06-30")
    for day in ("2021-06-01", "2024-06-30"):
        with refused(owner, "QB409", "terms_in_use_stay"):
            ask(owner, "set_terms", fund_id, {"valid_from": day, "allocation_basis": "unfunded"})
        with refused(owner, "QB409", "terms_in_use_stay"):
            owner.execute("update fund.terms set valid_to = %s", [day])
    assert versions(owner, fund_id) == [("2021-01-01", None)]
    ask(owner, "set_terms", fund_id, {"valid_from": "2024-07-01"})
    assert versions(owner, fund_id) == [("2021-01-01", "2024-07-01"), ("2024-07-01", None)]
    # A later end takes no day away.
    ask(owner, "delete_terms", fund_id, "2024-07-01")
    assert versions(owner, fund_id) == [("2021-01-01", None)]


def test_terms_do_not_lose_days_whose_fee_is_accrued(begin: Callable[..., FundLife]) -> None:
    """Also when it was posted before those days, in advance."""
    life = begin()
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    accrual = accrue(life)
    sent = {
        "valid_from": "2024-02-01",
        "fee_schedule": [{"fee_rate": 0.05, "fee_base": "committed"}],
    }

    def set_terms() -> None:
        life.rows("select * from fund.set_terms(%(fund_id)s, %(sent)s)", sent=Jsonb(sent))

    before = life.everything()
    with refused(life.conn, "QB409", "terms_in_use_stay"):
        set_terms()
    assert life.everything() == before
    life.take_back(accrual)
    set_terms()
    accrue(life)
    with refused(life.conn, "QB409", "terms_in_use_stay"):
        life.rows("select * from fund.delete_terms(%(fund_id)s, '2024-02-01')")
