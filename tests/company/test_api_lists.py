"""The list functions: filters, exact totals, pages and links, and who sees what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.company.books import Books, Row
from tests.company.worlds import ROLES

RequestAs = Callable[[str], Books]
LISTS = ("list_companies", "list_metrics_inputs", "list_financials", "list_metrics")
QUARTERS = LISTS[1:]


@pytest.fixture
def firm(request_as: RequestAs) -> Books:
    """Two funds; b reports 2023 Q1 to 2024 Q4, c 2024 Q1 and Q2, each shown in USD alone."""
    books = request_as("admin")
    for company_id, fund in {"b": "Fund I", "c": "Fund II", "d": None}.items():
        books.company(company_id, fund=fund)
    for n in range(8):
        books.quarter(2023 + n // 4, n % 4 + 1, "b")
    books.quarter(2024, 1, "c")
    books.quarter(2024, 2, "c")
    return books


def listed(books: Books, function: str, **filters: Any) -> Row:
    answer = books.call(f"company.{function}", **filters)
    assert (answer["status"], answer["etag"], answer["body"]["status"]) == (200, None, "success")
    body: Row = answer["body"]
    return body


def total(books: Books, function: str, **filters: Any) -> int:
    body = listed(books, function, **filters)
    assert len(body["data"]) == body["meta"]["total_records"]
    return len(body["data"])


@pytest.mark.parametrize("function", QUARTERS)
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, 10),
        ({"company_id": "b"}, 8),
        ({"company_id": "nobody"}, 0),
        ({"currency": "USD"}, 10),
        ({"currency": "EUR"}, 0),
        ({"fund": "Fund II"}, 2),
        ({"fund": "fund ii"}, 0),
        ({"start_reporting_date": "2024-03-31"}, 6),
        ({"start_reporting_date": "2024-04-01"}, 4),
        ({"end_reporting_date": "2023-06-30"}, 2),
        ({"start_reporting_date": "2023-12-31", "end_reporting_date": "2024-03-31"}, 3),
        ({"reporting_year": 2024}, 6),
        ({"reporting_quarter": 1}, 3),
        ({"company_id": "b", "reporting_year": 2024, "reporting_quarter": 2}, 1),
        ({"fund": "Fund I", "reporting_year": 2022}, 0),
    ],
)
def test_quarters_are_filtered(
    firm: Books, function: str, filters: dict[str, Any], expected: int
) -> None:
    assert total(firm, function, **filters) == expected


def test_companies_are_filtered(firm: Books) -> None:
    assert total(firm, "list_companies") == 3
    assert total(firm, "list_companies", company_id="b") == 1
    assert total(firm, "list_companies", currency="EUR") == 0
    assert total(firm, "list_companies", fund="Fund II") == 1


@pytest.mark.parametrize("function", LISTS)
def test_fund_is_found_by_its_id_too(firm: Books, function: str) -> None:
    fund_id = firm.value("select fund_id::text from fund.fund where name = 'Fund I'")
    assert total(firm, function, fund=fund_id) == total(firm, function, fund="Fund I") > 0


@pytest.mark.parametrize("function", QUARTERS)
def test_rows_come_by_company_and_quarter(firm: Books, function: str) -> None:
    rows = listed(firm, function)["data"]
    keys = [
        (r["company_id"], r["reporting_year"], r["reporting_quarter"], r["currency"]) for r in rows
    ]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("offset", "rows", "page", "following", "previous", "links"),
    [
        (0, 4, 1, 2, None, (4, None)),
        (4, 4, 2, 3, 1, (8, 0)),
        (8, 2, 3, None, 2, (None, 4)),
        (12, 0, 4, None, 3, (None, 8)),
        # A page that starts in the middle of another counts the begun one before it.
        (2, 4, 2, 3, 1, (6, 0)),
        (6, 4, 3, None, 2, (None, 2)),
        # Far beyond the end, back means to the last page.
        (40, 0, 11, None, 3, (None, 36)),
    ],
)
def test_pages_and_their_neighbours(
    firm: Books, offset: int, rows: int, page: int, following: Any, previous: Any, links: Any
) -> None:
    body = listed(firm, "list_metrics", limit=4, offset=offset, link="/v1/metrics/?fund=x&")
    assert len(body["data"]) == rows
    assert body["meta"] == {
        "total_records": 10, "current_page": page, "next_page": following,
        "previous_page": previous, "limit": 4, "offset": offset,
    }  # fmt: skip
    address = "/v1/metrics/?fund=x&limit=4&offset="
    assert body["links"] == {
        "self": f"{address}{offset}",
        "next": None if links[0] is None else f"{address}{links[0]}",
        "previous": None if links[1] is None else f"{address}{links[1]}",
    }


def test_pages_together_are_the_whole_list(firm: Books) -> None:
    whole = listed(firm, "list_financials")["data"]
    pages = [listed(firm, "list_financials", limit=3, offset=n)["data"] for n in range(0, 12, 3)]
    assert [row for page in pages for row in page] == whole


@pytest.mark.parametrize("function", LISTS)
def test_empty_list_is_a_list(books: Books, function: str) -> None:
    body = listed(books, function)
    assert (body["data"], body["meta"]["total_records"], body["meta"]["next_page"]) == ([], 0, None)


@pytest.mark.parametrize("role", sorted({*ROLES} - {"investor"}))
@pytest.mark.parametrize("function", LISTS)
def test_everybody_reads_but_investors(request_as: RequestAs, role: str, function: str) -> None:
    assert listed(request_as(role), function)["data"] == []


@pytest.mark.parametrize("function", LISTS)
def test_investors_do_not(request_as: RequestAs, function: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        request_as("investor").call(f"company.{function}")


@pytest.mark.parametrize(
    "value", ["' or true --", "b' union select 1 --", '";drop table x', "%", "_"]
)
@pytest.mark.parametrize("name", ["company_id", "currency", "fund"])
def test_filter_is_a_value_and_never_sql(firm: Books, name: str, value: str) -> None:
    assert total(firm, "list_metrics", **{name: value}) == 0
