"""Calls of the company room's API functions, as a test writes them."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import psycopg
import pytest

from tests.conftest import Connection


class Answer(NamedTuple):
    status: int
    etag: str | None
    data: Any


def call(conn: Connection, function: str, **arguments: Any) -> Answer:
    """`call(conn, "get_company", company_id="x")`; dictionaries are sent as jsonb."""
    named = ", ".join(f"p_{name} => %({name})s" for name in arguments)
    values = {
        name: json.dumps(value) if isinstance(value, dict) else value
        for name, value in arguments.items()
    }
    statement = f"select status, etag, body from company.{function}({named})"
    row = conn.execute(statement.encode(), values).fetchone()
    assert row
    return Answer(row[0], row[1], json.loads(row[2])["data"])


def refusal(conn: Connection, function: str, **arguments: Any) -> tuple[str | None, str | None]:
    """SQLSTATE and rule; the transaction goes on."""
    with pytest.raises(psycopg.Error) as refused, conn.transaction():
        call(conn, function, **arguments)
    return refused.value.sqlstate, refused.value.diag.constraint_name


def company(conn: Connection, company_id: str, **more: Any) -> Answer:
    body = {"company_id": company_id, "company_name": company_id, "reporting_currency": "USD"}
    return call(conn, "save_company", company=body | more)


def quarter(conn: Connection, company_id: str, day: str, **more: Any) -> Answer:
    return call(
        conn, "submit_metrics_input", company_id=company_id, fiscal_reporting_date=day, **more
    )
