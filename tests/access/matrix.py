"""The access matrix: every object in our schemas, every role, and what the role may do."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.conftest import Connection

FILE = Path(__file__).parent / "matrix.csv"
QUERY = Path(__file__).parent / "privileges.sql"
ROLES = (
    "qb_admin",
    "qb_editor",
    "qb_viewer",
    "qb_auditor",
    "qb_submitter",
    "qb_investor",
    "qb_editor_scoped",
    "qb_viewer_scoped",
    "qb_api",
    "qb_jobs",
)


def matrix(conn: Connection) -> str:
    """The text that matrix.csv must have for this database.

    One row an object; a cell holds privileges such as `select insert(company_id name)`. A role
    that is not one of ours, or `public`, gets a column of its own, which no checked-in file has.
    """
    cells: dict[tuple[str, str, str], dict[str, str]] = {}
    for room, name, kind, role, privileges in conn.execute(QUERY.read_bytes()):
        row = cells.setdefault((room, name, kind), {})
        if role is not None:
            row[role] = privileges
    strangers = sorted({role for row in cells.values() for role in row} - set(ROLES))
    roles = [*ROLES, *strangers]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["schema", "object", "kind", *roles])
    for key, row in cells.items():
        writer.writerow([*key, *(row.get(role, "") for role in roles)])
    return out.getvalue()
