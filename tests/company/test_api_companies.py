"""company.save_company: creating, updating, clearing, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.company.books import Books, Row, refused

NEW = {"company_id": "acme", "company_name": "Acme", "reporting_currency": "USD"}
RequestAs = Callable[[str], Books]


def save(books: Books, **payload: Any) -> Row:
    return books.call("company.save_company", company=Jsonb({**NEW, **payload}))


def update(books: Books, **payload: Any) -> Row:
    """Only the given keys."""
    answer = books.call("company.save_company", company=Jsonb({"company_id": "acme", **payload}))
    data: Row = answer["body"]["data"]
    return data


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_editor_creates_and_updates(request_as: RequestAs, role: str) -> None:
    books = request_as(role)
    created = save(books, fund="Fund IX")
    assert (created["status"], created["etag"], created["body"]["code"]) == (201, '"1"', 201)
    assert created["body"]["data"]["created_by"] == role
    updated = save(books, reporting_status="Exited")
    assert (updated["status"], updated["etag"], updated["body"]["code"]) == (200, '"2"', 200)
    data = updated["body"]["data"]
    assert (data["fund"], data["reporting_status"], data["last_updated_by"]) == (
        "Fund IX",
        "Exited",
        role,
    )
    assert (data["row_version"], data["archived"]) == (2, False)


@pytest.mark.parametrize("role", ["viewer", "auditor", "submitter", "investor", "viewer_scoped"])
def test_other_roles_may_not_save(request_as: RequestAs, role: str) -> None:
    books = request_as(role)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        save(books)


def test_key_is_made_when_absent(books: Books) -> None:
    payload = {key: NEW[key] for key in NEW if key != "company_id"}
    rows = [books.call("company.save_company", company=Jsonb(payload)) for _ in range(2)]
    assert [row["status"] for row in rows] == [201, 201]
    assert len({row["body"]["data"]["company_id"] for row in rows}) == 2


def test_absent_key_leaves_and_null_clears(books: Books) -> None:
    save(books, customer_type="B2B", location_country="CA", year_end_date="2024-12-31", fund="F")
    kept = update(books, reporting_status="Active")
    assert [kept[k] for k in ("customer_type", "location_country", "fund")] == [
        "B2B",
        "Canada",
        "F",
    ]
    cleared = update(
        books, customer_type=None, location_country=None, year_end_date=None, fund=None
    )
    assert [cleared[k] for k in ("customer_type", "location_country", "year_end_date", "fund")] == [
        None
    ] * 4
    assert cleared["reporting_status"] == "Active"


def test_null_stands_for_the_default_where_there_is_one(books: Books) -> None:
    data = save(books, amount_unit=None, burn_sign=None, archived=None)["body"]["data"]
    assert (data["amount_unit"], data["burn_sign"], data["archived"]) == (
        "millions", "outflow_negative", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("payload", "sqlstate", "constraint"),
    [
        ({"company_name": None}, "QB400", "company_name_not_blank"),
        ({"company_name": "  "}, "QB400", "company_name_not_blank"),
        ({"reporting_currency": None}, "QB400", "reporting_currency_required"),
        ({"reporting_currency": "XQQ"}, "23503", "company_reporting_currency_fkey"),
        ({"location_country": "Atlantis"}, "QB400", "country_unknown"),
        ({"location_country": ""}, "QB400", "country_unknown"),
        ({"fund": " "}, "23514", "fund_name_not_blank"),
        ({"customer_type": ""}, "23514", "customer_type_not_blank"),
        ({"revenue_type": " x"}, "23514", "revenue_type_not_blank"),
        ({"equity_raised": -1}, "23514", "company_equity_raised_in_range"),
        ({"post_money_valuation": "NaN"}, "23514", "company_post_money_valuation_in_range"),
        ({"post_money_valuation": 1e15}, "23514", "company_post_money_valuation_in_range"),
        ({"amount_unit": "thousands"}, "23514", "company_amount_unit_known"),
        ({"burn_sign": "negative"}, "23514", "company_burn_sign_known"),
        ({"company_id": "a b"}, "23514", "company_id_is_a_plain_key"),
        ({"company_id": "a/b"}, "23514", "company_id_is_a_plain_key"),
        ({"company_id": ""}, "23514", "company_id_is_a_plain_key"),
        ({"company_id": "x" * 129}, "23514", "company_id_is_a_plain_key"),
        ({"equity_raised": "lots"}, "22P02", None),
        ({"year_end_date": "soon"}, "22007", None),
    ],
)
def test_refused_company_leaves_nothing_behind(
    books: Books, payload: dict[str, Any], sqlstate: str, constraint: str | None
) -> None:
    count = (
        "select (select count(*) from {}) + (select count(*) from {}) + (select count(*) from {})"
    )
    count = count.format("company.company", "fund.fund", "company.customer_type")
    before = books.value(count)
    with refused(books.conn, sqlstate, constraint):
        save(books, **{"fund": "New fund", "customer_type": "New type", **payload})
    assert books.value(count) == before


@pytest.mark.parametrize(
    "country", ["US", "us", "USA", "United States", " united states ", "United States of America"]
)
def test_country_is_known_by_code_and_name(books: Books, country: str) -> None:
    assert (
        save(books, location_country=country)["body"]["data"]["location_country"] == "United States"
    )
    assert books.value("select location_country from company.company") == "US"


def test_unknown_fund_becomes_a_fund_once(books: Books) -> None:
    first = save(books, fund="Fund IX")["body"]["data"]["fund_id"]
    second = save(books, company_id="other", fund="Fund IX")["body"]["data"]["fund_id"]
    assert first == second
    assert books.rows("select name from fund.fund") == [{"name": "Fund IX"}]


def test_own_stamps_cannot_be_sent(books: Books) -> None:
    data = save(
        books, created_by="Mallory", created_date="1999-01-01", row_version=99, last_updated_by=None
    )["body"]["data"]
    assert (data["created_by"], data["row_version"]) == ("Quarterbase", 1)
    assert not data["created_date"].startswith("1999")
