"""Funds: made with their books, completed when only companies have named them, changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.company.books import refused
from tests.conftest import Connection
from tests.fund.asking import ask, count, data, narrow
from tests.ledger.fund_books import FundBooks, cash_in

Open = Callable[..., Connection]
FUND = {"name": "Fund I", "currency": "USD", "vintage_year": 2021, "status": "investing"}
NOBODY = "00000000-0000-0000-0000-000000000099"


def test_a_fund_is_made_with_its_books(conn: Connection) -> None:
    status, etag, fund = ask(conn, "create_fund", FUND)
    assert (status, etag) == (201, '"1"')
    shown = {name: fund[name] for name in FUND}
    books = (fund["books_first_on"], fund["books_period_months"], fund["receivable_as"])
    assert (shown, books) == (FUND, ("2021-01-01", 3, "asset"))
    assert ask(conn, "get_fund", fund["fund_id"]) == (200, '"1"', fund)


@pytest.mark.parametrize(
    ("function", "sent"),
    [
        ("create_fund", FUND | {"vintage_year": "soon"}),
        ("create_fund", FUND | {"vintage_year": 2021.5}),
        ("create_fund", FUND | {"books_first_on": "2021-02-30"}),
        ("create_fund", FUND | {"books_period_months": "many"}),
        ("create_fund", FUND | {"name": {"legal": "Fund I"}}),
        ("create_investor", {"investor_code": ["LP-1"], "name": "An investor"}),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_field(
    conn: Connection, function: str, sent: dict[str, Any]
) -> None:
    [field] = [name for name in sent if name not in FUND or sent[name] != FUND[name]][:1]
    with pytest.raises(psycopg.Error) as refusal, conn.transaction():
        ask(conn, function, sent)
    told = refusal.value.diag
    assert (refusal.value.sqlstate, told.constraint_name) == ("QB400", "value_is_readable")
    assert told.column_name == field


def test_books_are_opened_as_it_is_said(conn: Connection) -> None:
    sent = {"books_first_on": "2020-07-01", "books_period_months": 1, "receivable_as": "equity"}
    fund = data(conn, "create_fund", {"name": "F", "currency": "EUR", **sent})
    assert {name: fund[name] for name in sent} == sent
    row = conn.execute("select kind from ledger.account where account_number = '1100'").fetchone()
    assert row == ("equity",)


def test_without_a_vintage_year_books_begin_with_this_year(conn: Connection) -> None:
    conn.execute("set local qb.now = '2025-05-05'")
    fund = data(conn, "create_fund", {"name": "F", "currency": "USD"})
    row = conn.execute("select date_trunc('year', ops.today())::date::text").fetchone()
    assert row == (fund["books_first_on"],)


def test_a_fund_that_companies_named_is_completed(conn: Connection) -> None:
    company = {"company_id": "a", "company_name": "A", "reporting_currency": "USD"}
    conn.execute("select company.save_company(%s)", [Jsonb(company | {"fund": "Fund I"})])
    status, etag, fund = ask(conn, "create_fund", FUND | {"name": " Fund I "})
    assert (status, etag) == (200, '"2"')
    assert fund["books_first_on"] == "2021-01-01"
    row = conn.execute("select fund_id::text from company.company").fetchone()
    assert row == (fund["fund_id"],)
    with refused(conn, "23505", "fund_name_unique"):  # once
        ask(conn, "create_fund", FUND)


def test_a_fund_that_companies_named_is_completed_by_a_change_too(conn: Connection) -> None:
    row = conn.execute("insert into fund.fund (name) values ('F') returning fund_id").fetchone()
    assert row
    fund = data(conn, "update_fund", row[0], {"currency": "CAD"})
    assert (fund["currency"], fund["books_first_on"]) == ("CAD", None)
    fund = data(conn, "update_fund", row[0], {"books_first_on": "2022-04-01"})
    assert (fund["books_first_on"], fund["receivable_as"]) == ("2022-04-01", "asset")


def test_what_is_absent_stays_and_null_clears(conn: Connection) -> None:
    fund = data(conn, "create_fund", FUND)
    _, etag, changed = ask(conn, "update_fund", fund["fund_id"], {"status": "closed"}, '"1"')
    assert (etag, changed["status"], changed["vintage_year"]) == ('"2"', "closed", 2021)
    cleared = data(conn, "update_fund", fund["fund_id"], {"status": None, "vintage_year": None})
    assert (cleared["status"], cleared["vintage_year"], cleared["name"]) == (None, None, "Fund I")
    assert cleared["books_first_on"] == "2021-01-01"


def test_what_the_books_are_is_said_again_without_harm(conn: Connection) -> None:
    fund = data(conn, "create_fund", FUND)
    same = {"books_first_on": "2021-01-01", "receivable_as": "asset", "books_period_months": 3}
    assert ask(conn, "update_fund", fund["fund_id"], same)[0] == 200
    assert count(conn, "ledger.book") == 1


@pytest.mark.parametrize(
    ("change", "sqlstate", "rule"),
    [
        ({"name": None}, "QB400", "required"),
        ({"name": " "}, "23514", "fund_name_not_blank"),
        ({"currency": "XXQ"}, "23503", "fund_currency_fkey"),
        ({"status": "open"}, "23514", "fund_status_known"),
        ({"vintage_year": 1900}, "23514", "fund_vintage_in_range"),
        ({"vintge_year": 2020}, "QB400", "unknown_field"),
        ({"fund_id": NOBODY}, "QB400", "unknown_field"),
        ({"books_first_on": "2021-02-01"}, "QB409", "books_are_opened_once"),
        ({"receivable_as": "equity"}, "QB409", "books_are_opened_once"),
        ({"name": "Other"}, "23505", "fund_name_unique"),
    ],
)
def test_a_wrong_change_is_refused_and_changes_nothing(
    conn: Connection, change: dict[str, Any], sqlstate: str, rule: str
) -> None:
    data(conn, "create_fund", {"name": "Other", "currency": "USD"})
    fund = data(conn, "create_fund", FUND)
    with refused(conn, sqlstate, rule):
        ask(conn, "update_fund", fund["fund_id"], change)
    assert data(conn, "get_fund", fund["fund_id"]) == fund


@pytest.mark.parametrize(
    ("change", "sqlstate", "rule"),
    [
        ({"name": None}, "QB400", "required"),
        ({"currency": None}, "QB400", "required"),
        ({"receivable_as": "debt"}, "QB400", "receivable_presentation_known"),
        ({"books_first_on": "2021-01-15"}, "23514", "book_begins_with_a_month"),
        ({"books_period_months": 5}, "23514", "book_period_divides_the_year"),
    ],
)
def test_a_wrong_fund_is_not_made(
    conn: Connection, change: dict[str, Any], sqlstate: str, rule: str
) -> None:
    with refused(conn, sqlstate, rule):
        ask(conn, "create_fund", FUND | change)
    assert count(conn, "fund.fund") == 0


def test_an_unknown_fund_and_a_stale_version_are_refused(conn: Connection) -> None:
    fund = data(conn, "create_fund", FUND)
    with refused(conn, "QB412", "stale_version"):
        ask(conn, "update_fund", fund["fund_id"], {"status": "closed"}, '"7"')
    with refused(conn, "QB404", "fund_not_found"):
        ask(conn, "get_fund", NOBODY)
    with refused(conn, "QB404", "fund_not_found"):
        ask(conn, "update_fund", NOBODY, {"status": "closed"})


def test_the_currency_stays_once_something_is_recorded(conn: Connection) -> None:
    fund = data(conn, "create_fund", FUND)
    assert data(conn, "update_fund", fund["fund_id"], {"currency": "EUR"})["currency"] == "EUR"
    conn.execute(
        "insert into fund.event"
        " (fund_id, event_number, kind, event_on, request, recorded_at, recorded_by)"
        " values (%s, 1, 'close', '2021-03-01', '{}', now(), %s)",
        [fund["fund_id"], NOBODY],
    )
    for change in ({"currency": "USD"}, {"currency": None}):
        with refused(conn, "QB409", "fund_keeps_its_currency"):
            ask(conn, "update_fund", fund["fund_id"], change)
    with refused(conn, "QB409", "fund_keeps_its_currency"):  # whoever asks
        conn.execute("update fund.fund set currency = 'CAD'")
    same = {"currency": "EUR", "status": "closed"}
    assert ask(conn, "update_fund", fund["fund_id"], same)[0] == 200


def test_the_currency_stays_while_the_books_hold_something_in_it(conn: Connection) -> None:
    books = FundBooks(conn, data(conn, "create_fund", FUND)["fund_id"])
    posted = books.post(cash_in("2021-03-01", 5))
    with refused(conn, "QB409", "fund_keeps_its_currency"):
        ask(conn, "update_fund", books.fund_id, {"currency": "EUR"})
    books.reverse(posted["entry_id"])
    assert data(conn, "update_fund", books.fund_id, {"currency": "EUR"})["currency"] == "EUR"


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_editors_make_and_change_funds(as_role: Open, role: str) -> None:
    conn = as_role(role)
    fund = data(conn, "create_fund", FUND)
    changed = data(conn, "update_fund", fund["fund_id"], {"currency": "EUR", "name": "Fund One"})
    assert (changed["created_by"], changed["last_updated_by"]) == (f"{role}@example.com",) * 2


@pytest.mark.parametrize("role", ["viewer", "auditor", "viewer_scoped", "submitter", "investor"])
def test_readers_change_nothing(as_role: Open, owner: Connection, role: str) -> None:
    fund = data(owner, "create_fund", FUND)
    conn = as_role(role)
    for function, values in (("create_fund", (FUND,)), ("update_fund", (fund["fund_id"], {}))):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(conn, function, *values)


@pytest.mark.parametrize("role", ["viewer", "auditor"])
def test_the_firm_reads_every_fund(as_role: Open, owner: Connection, role: str) -> None:
    fund = data(owner, "create_fund", FUND)
    assert data(as_role(role), "get_fund", fund["fund_id"]) == fund


def test_a_narrowed_editor_changes_his_funds_and_makes_none(
    as_role: Open, owner: Connection
) -> None:
    own, hidden = (data(owner, "create_fund", FUND | {"name": name}) for name in ("A", "B"))
    as_role("editor_scoped").rollback()
    narrow(owner, own["fund_id"], "editor_scoped@example.com")
    conn = as_role("editor_scoped")
    changed = data(conn, "update_fund", own["fund_id"], {"status": "closed"})
    assert (changed["status"], changed["books_first_on"]) == ("closed", "2021-01-01")
    with refused(conn, "QB404", "fund_not_found"):
        ask(conn, "update_fund", hidden["fund_id"], {"status": "closed"})
    with refused(conn, "QB404", "fund_not_found"):
        ask(conn, "get_fund", hidden["fund_id"])
    assert conn.execute("update fund.fund set status = 'closed'").rowcount == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
        ask(conn, "create_fund", FUND)


def test_a_narrowed_editor_opens_the_books_of_a_named_fund(
    as_role: Open, owner: Connection
) -> None:
    owner.execute("insert into fund.fund (name) values ('F')")
    row = owner.execute("select fund_id from fund.fund").fetchone()
    assert row
    as_role("editor_scoped").rollback()
    narrow(owner, row[0], "editor_scoped@example.com")
    opened = {"currency": "USD", "books_first_on": "2024-01-01"}
    fund = data(as_role("editor_scoped"), "update_fund", row[0], opened)
    assert (fund["currency"], fund["books_first_on"]) == ("USD", "2024-01-01")
