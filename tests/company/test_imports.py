"""The imports: they add what is missing, overwrite nothing, and come in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.company.books import Books, refused

RequestAs = Callable[[str], Books]
GOOD: dict[str, dict[str, Any]] = {
    "companies": {"company_id": "b", "company_name": "B", "reporting_currency": "USD"},
    "metrics_inputs": {"company_id": "acme", "fiscal_reporting_date": "2024-03-31"},
    "valuation_rounds": {
        "company_id": "acme", "round_on": "2024-01-15", "post_money_valuation": 5,
    },
}  # fmt: skip


def imported(books: Books, function: str, *rows: dict[str, Any]) -> tuple[int, ...]:
    """inserted, skipped"""
    return tuple(books.call(f"company.import_{function}", rows=Jsonb(rows)).values())


def test_import_adds_what_is_missing_and_overwrites_nothing(books: Books) -> None:
    company = {"company_id": "acme", "company_name": "Acme", "reporting_currency": "USD"}
    assert imported(books, "companies", company) == (1, 0)
    assert imported(
        books, "companies", {**company, "company_name": "X"}, {**company, "company_id": "b"}
    ) == (1, 1)
    assert books.value("select name from company.company where company_id = 'acme'") == "Acme"

    first = {"company_id": "acme", "fiscal_reporting_date": "2024-03-31", "total_revenue": "100"}
    second = {**first, "fiscal_reporting_date": "2024-06-30", "total_revenue": 150}
    assert imported(books, "metrics_inputs", first) == (1, 0)
    assert imported(books, "metrics_inputs", {**first, "total_revenue": 7}, second) == (1, 1)
    assert books.metrics(2024, 2)["USD"]["revenue_growth"] == Decimal("0.5")

    a_round = {"company_id": "acme", "round_on": "2024-01-15", "post_money_valuation": 5}
    assert imported(books, "valuation_rounds", a_round) == (1, 0)
    assert imported(books, "valuation_rounds", {**a_round, "post_money_valuation": 9}) == (0, 1)
    assert books.metrics(2024, 1)["USD"]["enterprise_value"] == 5_000_000


@pytest.mark.parametrize(
    ("function", "sqlstate", "constraint", "row"),
    [
        ("companies", "QB400", "country_unknown", {"location_country": "Atlantis"}),
        ("metrics_inputs", "QB400", "reporting_quarter_matches_date", {"reporting_quarter": 3}),
        (
            "metrics_inputs",
            "QB400",
            "fiscal_quarter_matches_year_end",
            {"fiscal_reporting_quarter": 3},
        ),
        (
            "metrics_inputs",
            "23503",
            "metrics_input_company_id_fkey",
            {"company_id": "nobody", "currency": "USD"},
        ),
        (
            "valuation_rounds",
            "23503",
            "valuation_round_company_id_fkey",
            {"company_id": "nobody", "currency": "USD"},
        ),
        (
            "valuation_rounds",
            "23514",
            "round_post_money_valuation_in_range",
            {"post_money_valuation": -1},
        ),
        ("valuation_rounds", "23514", "round_amount_unit_known", {"amount_unit": "dozens"}),
        ("valuation_rounds", "23514", "round_on_in_range", {"round_on": "1900-01-01"}),
    ],
)
def test_import_is_refused_as_a_whole(
    books: Books, function: str, sqlstate: str, constraint: str, row: dict[str, Any]
) -> None:
    books.company()
    good = GOOD[function]
    bad = {**good, "company_id": "acme" if function != "companies" else "c", **row}
    if function == "metrics_inputs":
        bad["fiscal_reporting_date"] = "2024-06-30"
        bad.setdefault("reporting_year", 2024)
    with refused(books.conn, sqlstate, constraint):
        imported(books, function, good, bad)


@pytest.mark.parametrize("function", ["companies", "metrics_inputs", "valuation_rounds"])
@pytest.mark.parametrize("role", ["viewer", "auditor"])
def test_readers_may_not_import(request_as: RequestAs, role: str, function: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        imported(request_as(role), function)
