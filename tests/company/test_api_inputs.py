"""company.submit_metrics_input: what comes in, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.company.books import NUMBERS, Books, refused

RequestAs = Callable[[str], Books]
SIGNED = ("gross_profit", "total_operating_expense", "ebitda", "net_income", "cash_burn")
UNSIGNED = (
    "total_revenue", "recurring_revenue", "sales_marketing_expense", "cash_balance",
    "debt_outstanding",
)  # fmt: skip
COUNTS = ("employees", "customers")
STORED = "select count(*) from company.metrics_input"


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_editor_submits_a_quarter_and_reads_what_is_derived(
    request_as: RequestAs, role: str
) -> None:
    books = request_as(role)
    books.company()
    answer = books.call(
        "company.submit_metrics_input",
        company_id="acme",
        fiscal_reporting_date="2024-03-31",
        **NUMBERS,
    )
    assert (answer["status"], answer["etag"], answer["body"]["code"]) == (201, '"1"', 201)
    data = answer["body"]["data"]
    assert {name: data[name] for name in NUMBERS} == NUMBERS
    assert (data["created_by"], data["currency"], data["fiscal_reporting_quarter"]) == (
        role,
        "USD",
        1,
    )
    assert books.metrics(2024, 1)["USD"]["arr"] == 3200
    assert books.metrics(2024, 1)["USD"]["created_by"] == books.value("select security.author_id()")


@pytest.mark.parametrize("role", ["viewer", "auditor", "investor", "viewer_scoped"])
def test_other_roles_may_not_submit(request_as: RequestAs, role: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        request_as(role).quarter(2024, 1)


def test_quarter_of_an_unknown_company_is_refused(books: Books) -> None:
    with refused(books.conn, "QB400", "company_unknown"):
        books.quarter(2024, 1, "nobody")


def test_quarter_without_company_or_date_is_refused(books: Books) -> None:
    books.company()
    with refused(books.conn, "QB400", "company_id_required"):
        books.call("company.submit_metrics_input", fiscal_reporting_date="2024-03-31")
    with refused(books.conn, "QB400", "fiscal_reporting_date_required"):
        books.call("company.submit_metrics_input", company_id="acme")


@pytest.mark.parametrize("name", SIGNED)
def test_result_may_be_negative(books: Books, name: str) -> None:
    books.company()
    assert books.quarter(2024, 1, **{name: Decimal("-12.34")})[name] == Decimal("-12.34")


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, -1) for name in UNSIGNED]
    + [(name, value) for name in (*UNSIGNED, *SIGNED) for value in (10**15, "NaN", "Infinity")]
    + [(name, value) for name in SIGNED for value in (-(10**15), "-Infinity")],
)
def test_amount_out_of_range_is_refused(books: Books, name: str, value: Any) -> None:
    books.company()
    with refused(books.conn, "23514", f"{name}_in_range"):
        books.quarter(2024, 1, **{name: value})
    assert books.value(STORED) == 0
    assert books.metrics(2024, 1) == {}


@pytest.mark.parametrize("name", COUNTS)
def test_negative_count_is_refused(books: Books, name: str) -> None:
    books.company()
    with refused(books.conn, "23514", f"{name}_not_negative"):
        books.quarter(2024, 1, **{name: -1})


def test_unknown_currency_is_refused(books: Books) -> None:
    books.company()
    with refused(books.conn, "23503", "metrics_input_currency_fkey"):
        books.quarter(2024, 1, currency="XQQ")


def test_amounts_are_kept_to_the_last_digit(books: Books) -> None:
    books.company()
    amount = Decimal("123456789012345.123456789")
    stored = books.quarter(2024, 1, total_revenue=amount)
    assert stored["total_revenue"] == amount


def test_quarter_of_nulls_is_accepted_and_derives_nulls(books: Books) -> None:
    books.company()
    books.quarter(2024, 1, **dict.fromkeys(NUMBERS))
    row = books.metrics(2024, 1)["USD"]
    known = {name for name, value in row.items() if value is not None}
    assert known == {
        "company_id", "currency", "assumed_zero_debt", "fiscal_reporting_date", "reporting_year",
        "fiscal_reporting_quarter", "reporting_quarter", "created_date", "created_by",
    }  # fmt: skip
