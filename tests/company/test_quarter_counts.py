"""Totals of lists: the stored number of quarters is what is there, for everybody who asks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.company.calls import call, company, quarter
from tests.conftest import Connection

Role = Callable[..., Connection]
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"company_id": "a"},
    {"currency": "CAD"},
    {"fund": "Fund II"},
    {"fund": "Fund I", "currency": "USD"},
    {"reporting_year": 2024},
    {"reporting_quarter": 4, "currency": "USD"},
    {"end_reporting_date": "2023-12-31"},
    {"start_reporting_date": "2024-01-01", "company_id": "a"},
    {"company_id": "nobody"},
)


@pytest.fixture
def conn(as_role: Role) -> Connection:
    found = as_role("editor")
    company(found, "a", fund="Fund I")
    company(found, "b", fund="Fund II", reporting_currency="CAD")
    company(found, "c", fund="Fund I")
    for day in ("2023-12-31", "2024-03-31", "2024-06-30"):
        quarter(found, "a", day, total_revenue=5)
    quarter(found, "b", "2023-12-31")
    return found


def page(conn: Connection, what: str, **arguments: Any) -> tuple[int, list[Any]]:
    named = ", ".join(f"p_{name} => %({name})s" for name in arguments)
    row = conn.execute(f"select body from company.list_{what}({named})".encode(), arguments)
    body = json.loads(row.fetchone()[0])  # type: ignore[index]
    return body["meta"]["total_records"], body["data"]


def totals_are_exact(conn: Connection) -> None:
    for filters in FILTERS:
        for what in ("metrics_inputs", "financials", "metrics", "latest_metrics"):
            total, rows = page(conn, what, **filters)
            assert total == len(rows), (what, filters)
            one = [page(conn, what, limit=1, offset=n, **filters) for n in range(total + 1)]
            assert [row for _, rows_ in one for row in rows_] == rows
            assert {found for found, _ in one} == {total}


def test_totals_are_what_pages_hold(conn: Connection) -> None:
    totals_are_exact(conn)


def test_totals_follow_quarters_that_go(conn: Connection) -> None:
    inputs = call(conn, "list_metrics_inputs", company_id="a").data
    call(conn, "delete_input", id=inputs[0]["id"])
    totals_are_exact(conn)
    for row in inputs[1:]:
        call(conn, "delete_input", id=row["id"])
    totals_are_exact(conn)
    assert page(conn, "metrics", company_id="a") == (0, [])


def test_a_narrowed_users_totals_are_of_what_it_sees(
    conn: Connection, as_role: Role, owner: Connection
) -> None:
    conn.commit()
    narrowed = as_role("viewer_scoped")
    assert page(narrowed, "metrics") == (0, [])
    owner.execute(
        "insert into security.user_fund (user_id, fund_id)"
        " select u.user_id, f.fund_id from security.app_user as u, fund.fund as f"
        " where u.group_role = 'qb_viewer_scoped' and f.name = 'Fund II'"
    )
    totals_are_exact(narrowed)
    total, rows = page(narrowed, "metrics")
    assert total > 0
    assert {row["company_id"] for row in rows} == {"b"}


def test_counts_are_nobodys_to_write(conn: Connection) -> None:
    for statement in (
        "update company.quarter_count set quarters = 0",
        "select company.recount_quarters()",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
            conn.execute(statement.encode())
