"""Short words for asking functions of the fund room that answer like the API."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from psycopg.types.json import Jsonb

from tests.conftest import Connection

Data = dict[str, Any]


def ask(conn: Connection, function: str, *values: Any) -> tuple[int, str | None, Any]:
    """Status, ETag and data of `fund.function`; objects and lists are sent as JSON."""
    given = [Jsonb(value) if isinstance(value, dict | list) else value for value in values]
    marks = ", ".join(["%s"] * len(given))
    with conn.transaction():
        row = conn.execute(f"select * from fund.{function}({marks})".encode(), given).fetchone()
    assert row
    return row[0], row[1], json.loads(row[2], parse_float=Decimal)["data"]


def data(conn: Connection, function: str, *values: Any) -> Any:
    return ask(conn, function, *values)[2]


def count(conn: Connection, query: str, *values: Any) -> int:
    row = conn.execute(f"select count(*) from {query}".encode(), values or None).fetchone()
    assert row
    return int(row[0])


def narrow(owner: Connection, fund_id: object, email: str) -> None:
    """Gives a narrowed user this fund too."""
    owner.execute(
        "insert into security.user_fund (fund_id, user_id)"
        " values (%s, security.user_id_by_email(%s))",
        [fund_id, email],
    )
