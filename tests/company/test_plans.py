"""What row security adds to a query, seen in its plan: nothing for those who see everything; for
narrowed users and submitters an array that is made once, and an index that is searched with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.bench.data import Scale, fill
from tests.bench.row_security import FINANCIALS, FUND, METRICS, QUERIES, Query, Values, example
from tests.company.worlds import OWNER
from tests.conftest import DEPLOYED, Connection, Database, TestServer, clone

UNRESTRICTED = ("admin", "editor", "viewer", "auditor")
NARROWED = ("viewer_scoped", "editor_scoped", "submitter")
LARGE = {METRICS, FINANCIALS, "company.metrics_input"}

INPUTS = Query("totals of inputs", "company.metrics_input", "count(*), sum(t.total_revenue)")
# A submitter has no rights on published views.
TABLES = (INPUTS, *(query for query in QUERIES if query.relation in LARGE))

Plan = dict[str, Any]


@pytest.fixture(scope="module")
def world(server: TestServer) -> Iterator[Database]:
    """Companies enough for a planner to prefer an index; a user of each role."""
    with clone(server, DEPLOYED) as database:
        fill(lambda: database.connect(autocommit=True, options=OWNER), Scale(400, 8))
        with database.connect(options=OWNER) as owner:
            for role in (*UNRESTRICTED, *NARROWED):
                owner.execute("select security.add_user(%s, %s)", [f"{role}@example.com", role])
            owner.execute(
                "insert into security.user_fund (user_id, fund_id) select u.user_id, f.fund_id"
                " from security.app_user as u, fund.fund as f"
                " where u.group_role in ('qb_viewer_scoped', 'qb_editor_scoped') and f.name = %s",
                [FUND],
            )
            owner.execute(
                "insert into security.user_company (user_id, company_id)"
                " select u.user_id, %s from security.app_user as u"
                " where u.group_role = 'qb_submitter'",
                [example(owner)["company"]],
            )
        yield database


@pytest.fixture(scope="module")
def values(world: Database) -> Values:
    with world.connect(options=OWNER) as owner:
        return example(owner)


@contextmanager
def request_of(world: Database, role: str) -> Iterator[Connection]:
    with world.connect(options=OWNER) as owner:
        user = owner.execute(
            "select security.user_id_by_email(%s)", [f"{role}@example.com"]
        ).fetchone()
    with world.connect("qb_api") as conn:
        conn.execute("select security.begin_request(%s)", user)
        yield conn


def explain(conn: Connection, query: Query, values: Values) -> Plan:
    """The plan as it was carried out."""
    statement = f"explain (analyze, costs off, timing off, format json) {query.sql()}"
    row = conn.execute(statement.encode(), values).fetchone()
    assert row is not None
    plan: Plan = row[0][0]["Plan"]
    return plan


def nodes(plan: Plan) -> Iterator[Plan]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def outline(plan: Plan) -> list[object]:
    """What is done and how, without what was counted."""
    told = ("Node Type", "Relation Name", "Index Name", "Index Cond", "Filter", "Hash Cond")
    return [{key: node.get(key) for key in told} for node in nodes(plan)]


@pytest.mark.parametrize("role", UNRESTRICTED)
def test_roles_that_see_everything_have_the_plans_of_the_owner(
    world: Database, values: Values, role: str
) -> None:
    with world.connect(options=OWNER) as owner, request_of(world, role) as conn:
        for query in (*QUERIES, INPUTS):
            expected = outline(explain(owner, query, values))
            assert outline(explain(conn, query, values)) == expected, query.name


@pytest.mark.parametrize("role", NARROWED)
def test_narrowed_rows_are_found_by_index_with_an_array_that_is_made_once(
    world: Database, values: Values, role: str
) -> None:
    with request_of(world, role) as conn:
        for query in TABLES if role == "submitter" else (*QUERIES, INPUTS):
            plan = list(nodes(explain(conn, query, values)))
            # `(select f())` is an InitPlan; a function or a sub-plan of a row would be a filter's.
            made = [node for node in plan if node.get("Parent Relationship") == "InitPlan"]
            assert made, query.name
            assert max(node["Actual Loops"] for node in made) == 1, query.name
            assert not [node for node in plan if node.get("Parent Relationship") == "SubPlan"]
            assert not [node for node in plan if "security." in str(node.get("Filter"))]
            large = [n for n in plan if f"company.{n.get('Relation Name')}" in LARGE]
            assert large, query.name
            for node in large:
                assert node["Node Type"] in ("Index Scan", "Bitmap Heap Scan"), (query.name, node)
                keys = [str(below.get("Index Cond")) for below in nodes(node)]
                assert "company_id = ANY ((InitPlan" in " ".join(keys), query.name
                # As a filter the array is searched from its start for every row.
                assert "InitPlan" not in str(node.get("Filter")), query.name


@pytest.mark.parametrize("role", NARROWED)
def test_one_company_is_found_by_its_key(world: Database, values: Values, role: str) -> None:
    [query] = [query for query in QUERIES if query.name == f"one company of {METRICS}"]
    with request_of(world, role) as conn:
        keys = [node.get("Index Cond", "") for node in nodes(explain(conn, query, values))]
    assert [key for key in keys if f"company_id = '{values['company']}'" in key]


def test_companies_of_a_fund_are_read_from_the_index_alone(world: Database, values: Values) -> None:
    query = Query(
        "ids", "company.company", "t.company_id", "t.fund_id = any(array[%(fund)s]::uuid[])"
    )
    with world.connect(options=OWNER) as owner:
        plan = explain(owner, query, values)
    assert plan["Node Type"] == "Index Only Scan"


@pytest.mark.parametrize("role", ["viewer_scoped", "editor_scoped"])
def test_narrowed_queries_may_use_all_cores(world: Database, values: Values, role: str) -> None:
    """And workers, who are asked on behalf of the session, find the rows that it finds alone."""
    query = QUERIES[0]
    with request_of(world, role) as conn:
        alone = conn.execute(query.sql().encode(), values).fetchall()
        conn.execute("set local debug_parallel_query = on")
        plan = explain(conn, query, values)
        together = conn.execute(query.sql().encode(), values).fetchall()
    assert "Gather" in [node["Node Type"] for node in nodes(plan)]
    assert together == alone
