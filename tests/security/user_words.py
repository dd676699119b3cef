"""Words of the tests of users."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.conftest import Connection

NIL = "00000000-0000-0000-0000-000000000000"


def ask(conn: Connection, function: str, *values: Any) -> tuple[int, str | None, Any]:
    """Status, ETag and data of an API function, in a savepoint of its own."""
    given = [Jsonb(value) if isinstance(value, dict) else value for value in values]
    marks = ", ".join(["%s"] * len(given))
    with conn.transaction():
        row = conn.execute(f"select * from security.{function}({marks})".encode(), given).fetchone()
    assert row
    return row[0], row[1], json.loads(row[2])["data"]


def create(conn: Connection, email: str, role: str, **more: Any) -> dict[str, Any]:
    status, _, user = ask(conn, "create_user", {"email": email, "role": role, **more})
    assert status == 201
    return dict(user)


def refusal(conn: Connection, function: str, *values: Any) -> tuple[str | None, str | None]:
    with pytest.raises(psycopg.Error) as caught:
        ask(conn, function, *values)
    return caught.value.sqlstate, caught.value.diag.constraint_name
