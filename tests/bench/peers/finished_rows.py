"""COPY of rows that are derived already, into tables and indexes like the platform's: what the
disk and the server ask for the rows themselves. No way of deriving them can be quicker."""

from __future__ import annotations

from tests.bench.server import Connection

STORED = {
    "financials": "company.quarterly_reporting_financials",
    "metrics": "company.quarterly_reporting_metrics",
}
KEY = "company_id, reporting_year, reporting_quarter, currency"


def columns(conn: Connection, table: str) -> list[str]:
    """Those that a COPY fills."""
    query = """
        select a.attname from pg_attribute as a
        where a.attrelid = %s::regclass and a.attnum > 0
            and not a.attisdropped and a.attgenerated = ''
        order by a.attnum
    """
    return [name for (name,) in conn.execute(query, [table])]


def make_tables(conn: Connection) -> None:
    conn.execute("create schema bench")
    for name, stored in (*STORED.items(), ("metrics_input", "company.metrics_input")):
        conn.execute(f"create table bench.{name} (like {stored} including all)".encode())
    for column, table in (("company_id", "company.company"), ("currency", "fx.currency")):
        key = f"foreign key ({column}) references {table}"
        conn.execute(f"alter table bench.metrics_input add {key}".encode())


def dump(conn: Connection, table: str, names: list[str], order: str = KEY) -> bytes:
    query = f"copy (select {', '.join(names)} from {table} order by {order}) to stdout"
    with conn.cursor().copy(query.encode()) as lines:
        return b"".join(lines)


def load(conn: Connection, table: str, names: list[str], rows: bytes) -> None:
    with conn.cursor().copy(f"copy {table} ({', '.join(names)}) from stdin".encode()) as lines:
        lines.write(rows)
