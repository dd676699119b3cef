"""`ops.sort_clause`: what a list is ordered by."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.conftest import Connection

CLAUSE = "select ops.sort_clause('company.company_record', %s, array['company_id'])"
CLAUSES = {
    None: "order by r.company_id",
    "company_name": "order by r.company_name asc nulls last, r.company_id",
    "-company_id": "order by r.company_id desc nulls last",
    "-fund,company_id,fund_id": "order by r.fund desc nulls last, r.company_id asc nulls last, "
    "r.fund_id asc nulls last",
}
UNKNOWN = ["name", "xmin", "--fund", "fund desc", "fund;", "1", "fund,", "Fund", " fund", "r.fund"]


def test_columns_of_the_record_and_then_its_key(as_role: Callable[..., Connection]) -> None:
    conn = as_role("viewer")
    for given, clause in CLAUSES.items():
        assert conn.execute(CLAUSE, [given]).fetchone() == (clause,)


def test_anything_else_is_refused(as_role: Callable[..., Connection]) -> None:
    conn = as_role("viewer")
    for given in UNKNOWN:
        with pytest.raises(psycopg.Error) as refused, conn.transaction():
            conn.execute(CLAUSE, [given])
        diag = refused.value.diag
        assert (diag.sqlstate, diag.constraint_name) == ("QB400", "sort_unknown"), given
        assert diag.column_name == "sort"


def test_a_login_without_a_role_sorts_nothing(database: object, owner: Connection) -> None:
    with database.connect("qb_api") as conn, pytest.raises(psycopg.Error) as refused:  # type: ignore[attr-defined]
        conn.execute(CLAUSE, [None])
    assert refused.value.sqlstate == "42501"
