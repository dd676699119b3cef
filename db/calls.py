"""One synchronous call of one SQL function, for the command line and the jobs.

The HTTP side has its own door, which is asynchronous and speaks for a user.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from db.settings import UserError

OWNER = "qb_owner"
# A table, column, function or schema that is not there.
_MISSING = frozenset({"42P01", "42703", "42883", "3F000"})

Connection = psycopg.Connection[tuple[Any, ...]]


@contextmanager
def transaction(dsn: str, *, owner: bool = False) -> Iterator[Connection]:
    """One connection, one transaction: committed at the end, rolled back by any error.

    `owner`: work as the owner of the platform, which the deploy login may become and no other can.
    """
    with connect(dsn) as connection:
        if owner:
            connection.execute(sql.SQL("set local role {}").format(sql.Identifier(OWNER)))
        yield connection


def call(connection: Connection, function: str, **arguments: Any) -> list[tuple[Any, ...]]:
    """Runs `schema.function` with named arguments and returns its rows.

    Dictionaries and lists become jsonb; decimals stay exact in them.
    """
    query = sql.SQL("select * from {}({})").format(
        sql.Identifier(*function.split(".")),
        sql.SQL(", ").join(
            sql.SQL("{} => {}").format(sql.Identifier(name), sql.Placeholder(name))
            for name in arguments
        ),
    )
    values = {name: _adapted(value) for name, value in arguments.items()}
    return connection.execute(query, values).fetchall()


def has_rows(connection: Connection, table: str) -> bool:
    """Whether `schema.table` holds anything."""
    query = sql.SQL("select exists (select from {})").format(sql.Identifier(*table.split(".")))
    row = connection.execute(query).fetchone()
    return bool(row and row[0])


def read_all(connection: Connection, relation: str) -> list[dict[str, Any]]:
    """Every row of the view or table `schema.relation`, each a dictionary of its columns."""
    query = sql.SQL("select * from {}").format(sql.Identifier(*relation.split(".")))
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query).fetchall()


def connect(dsn: str, *, autocommit: bool = False, timeout: int = 5) -> Connection:
    """A connection, or a UserError that says in one sentence why there is none."""
    try:
        given = conninfo_to_dict(dsn)
    except psycopg.Error:
        # Its own words could repeat a password.
        raise UserError("A connection string is not one that PostgreSQL understands.") from None
    given.setdefault("connect_timeout", timeout)
    given.setdefault("application_name", "quarterbase")
    try:
        return psycopg.connect(make_conninfo("", **given), autocommit=autocommit)
    except psycopg.OperationalError as error:
        where = f"{given.get('host', 'localhost')}:{given.get('port', 5432)}"
        raise UserError(f"PostgreSQL at {where} cannot be used: {_cause(error)}.") from None


def sentence(error: psycopg.Error) -> str:
    """What a database error says to a person: its message, detail and hint in one line."""
    diag = error.diag
    if diag.message_primary is None:
        return f"The database cannot be used: {_cause(error)}."
    if diag.sqlstate in _MISSING:
        return (
            "Quarterbase, or this version of it, is not deployed in this database:"
            " `quarterbase plan` says what is missing, `quarterbase apply` makes it."
        )
    words = (diag.message_primary, diag.message_detail, diag.message_hint)
    return " ".join(word.rstrip(".").replace("\n", " ") + "." for word in words if word)


def _cause(error: psycopg.Error) -> str:
    """The core of a connection error: "Connection refused", "password authentication failed …"."""
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    for mark in ("FATAL:  ", "failed: "):
        first = first.rpartition(mark)[2]
    return first.rstrip(".")


def _adapted(value: Any) -> Any:
    return Jsonb(value, dumps=_dumps) if isinstance(value, dict | list) else value


def _dumps(value: Any) -> str:
    return json.dumps(value, default=_text, ensure_ascii=False, separators=(",", ":"))


def _text(value: Any) -> str:
    """Decimals and dates travel as text; PostgreSQL casts them exactly."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)
