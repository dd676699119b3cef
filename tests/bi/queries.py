"""What every test of published views asks the same way."""

from __future__ import annotations

from tests.conftest import Connection

# Enough of what has a row for every day: the rest is more of the same.
SOME = {
    "calendar": "calendar_date between '2023-12-25' and '2024-01-10'",
    "fx_rate": "rate_date >= '2026-07-01'",
}


def views_of(conn: Connection) -> dict[str, str]:
    """Every published view, by the column that names its rows."""
    rows = conn.execute("select d.view_name, d.column_name from bi.dictionary d where is_row_key")
    return dict(sorted(rows.fetchall()))


def query_of(view: str, key: str) -> str:
    """The view's rows in the order of their key, byte by byte."""
    where = f" where {SOME[view]}" if view in SOME else ""
    order = f'{key}::text collate "C"'
    return f"select * from bi.{view}{where} order by {order}"
