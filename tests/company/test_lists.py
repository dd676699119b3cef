"""The lists: every filter, every order, and the latest quarter of each company and currency."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.company.calls import call, company, quarter, refusal
from tests.conftest import Connection

Role = Callable[..., Connection]
LISTS = ("companies", "metrics_inputs", "financials", "metrics", "latest_metrics")


@pytest.fixture
def conn(as_role: Role) -> Connection:
    """Three companies: one with two quarters, one with an older one, one that never reported."""
    found = as_role("editor")
    company(found, "a", fund="Fund I")
    company(found, "b", fund="Fund II", reporting_currency="CAD")
    company(found, "c", fund="Fund I", company_name="zed")
    quarter(found, "a", "2023-12-31", total_revenue=5)
    quarter(found, "a", "2024-03-31", total_revenue=1)
    quarter(found, "b", "2023-12-31")
    return found


def listed(conn: Connection, what: str, **filters: Any) -> list[str]:
    """company_id and, where there is one, the last day of the quarter, of the local currency."""
    rows = call(conn, f"list_{what}", **filters).data
    local = {"a": "USD", "b": "CAD", "c": "USD"}
    return [
        " ".join(filter(None, (row["company_id"], row.get("fiscal_reporting_date"))))
        for row in rows
        if row.get("currency", local[row["company_id"]]) == local[row["company_id"]]
    ]


def test_filters_act_on_every_list(conn: Connection) -> None:
    filters: dict[str, dict[str, Any]] = {
        "company": {"company_id": "a"},
        "currency": {"currency": "CAD"},
        "fund": {"fund": "Fund II"},
        "from": {"start_reporting_date": "2024-01-01"},
        "until": {"end_reporting_date": "2023-12-31"},
        "year": {"reporting_year": 2024},
        "quarter": {"reporting_quarter": 4},
    }
    expected = {
        "company": (["a"], ["a 2023-12-31", "a 2024-03-31"], ["a 2024-03-31"]),
        "currency": (["b"], ["b 2023-12-31"], ["b 2023-12-31"]),
        "fund": (["b"], ["b 2023-12-31"], ["b 2023-12-31"]),
        "from": (["a"], ["a 2024-03-31"], ["a 2024-03-31"]),
        "until": (["a", "b"], ["a 2023-12-31", "b 2023-12-31"], ["a 2023-12-31", "b 2023-12-31"]),
        "year": (["a"], ["a 2024-03-31"], ["a 2024-03-31"]),
        "quarter": (["a", "b"], ["a 2023-12-31", "b 2023-12-31"], ["a 2023-12-31", "b 2023-12-31"]),
    }
    for name, arguments in filters.items():
        companies, quarters, latest = expected[name]
        assert listed(conn, "companies", **arguments) == companies, name
        for what in ("metrics_inputs", "financials", "metrics"):
            assert listed(conn, what, **arguments) == quarters, (what, name)
        assert listed(conn, "latest_metrics", **arguments) == latest, name


def test_a_period_is_one_quarter_of_the_company(conn: Connection) -> None:
    """Not one quarter that began in time and another that ended in it."""
    between = {"start_reporting_date": "2024-01-01", "end_reporting_date": "2024-02-01"}
    assert listed(conn, "companies", **between) == []
    assert listed(conn, "companies", reporting_year=2024, reporting_quarter=4) == []


def test_the_latest_is_by_company_and_currency(conn: Connection) -> None:
    quarter(conn, "c", "2024-03-31", currency="EUR", total_revenue=2)
    rows = call(conn, "list_latest_metrics").data
    keys = [(row["company_id"], row["currency"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert {row["fiscal_reporting_date"] for row in rows if row["company_id"] == "a"} == {
        "2024-03-31"
    }


def test_lists_are_sorted_by_what_is_asked(conn: Connection) -> None:
    assert listed(conn, "companies", sort="-company_id") == ["c", "b", "a"]
    assert listed(conn, "companies", sort="-fund,-company_name") == ["b", "c", "a"]
    by_day = listed(conn, "metrics_inputs", sort="-fiscal_reporting_date,company_id")
    assert by_day == ["a 2024-03-31", "a 2023-12-31", "b 2023-12-31"]
    for sort, first in (("total_revenue", "a 2024-03-31"), ("-total_revenue", "a 2023-12-31")):
        rows = listed(conn, "metrics_inputs", sort=sort)
        assert (rows[0], rows[-1]) == (first, "b 2023-12-31")  # missing stands last either way


def test_pages_of_a_sorted_list_neither_repeat_nor_skip(conn: Connection) -> None:
    for number in range(7):
        company(conn, f"p{number}", fund="Paged")
    seen = [
        call(conn, "list_companies", fund="Paged", sort="-fund", limit=2, offset=offset).data
        for offset in range(0, 8, 2)
    ]
    assert [row["company_id"] for page in seen for row in page] == [f"p{n}" for n in range(7)]


def test_a_list_is_sorted_by_its_own_columns_only(conn: Connection, as_role: Role) -> None:
    for what in LISTS:
        refused = refusal(conn, f"list_{what}", sort="quarter_ordinal")
        assert refused == ("QB400", "sort_unknown")
    conn.commit()
    for what in LISTS:
        assert call(as_role("viewer"), f"list_{what}", sort="-company_id").data
        assert refusal(as_role("investor"), f"list_{what}")[0] == "42501"
