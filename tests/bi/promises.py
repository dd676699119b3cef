"""published.csv: what other people's tools were promised, one line a column."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.conftest import Connection

FILE = Path(__file__).parent / "published.csv"
HEADER = ("view", "column", "type", "comment")
Promises = dict[tuple[str, str], tuple[str, str]]


def published_text(conn: Connection) -> str:
    """The text that published.csv must have: view comments have an empty column and type."""
    rows = conn.execute(
        """
        select c.relname, coalesce(a.attname, ''),
            coalesce(format_type(a.atttypid, a.atttypmod), ''),
            coalesce(col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class'))
        from pg_class as c
        left join lateral (
            select a.attname, a.atttypid, a.atttypmod, a.attnum
            from pg_attribute as a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            union all
            select null, null, null, 0
        ) as a on true
        where c.relnamespace = 'bi'::regnamespace
        order by c.relname, a.attnum
        """
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue()


def promises(text: str) -> Promises:
    """Type and comment of each column."""
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return {(view, column): (kind, comment) for view, column, kind, comment in rows if column}


def broken(old: Promises, new: Promises) -> list[str]:
    """Columns that went without having been deprecated for a release, or changed their type."""
    found = []
    for (view, column), (kind, comment) in old.items():
        now = new.get((view, column))
        if now is None and not comment.startswith("Deprecated: "):
            found.append(f"bi.{view}.{column} is gone, and was not deprecated")
        if now is not None and now[0] != kind:
            found.append(f"bi.{view}.{column} was {kind}, is {now[0]}")
    return found
