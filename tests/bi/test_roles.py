"""Each view with each role: everybody's rows for who sees all, the fund's own for who is narrowed.

Once as the API opens a request, once over the database logins that BI tools have.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import psycopg
import pytest

from tests.bi.conftest import FUND, LOGINS, Published
from tests.company.worlds import OWNER
from tests.conftest import Connection

UNRESTRICTED = ("admin", "editor", "viewer", "auditor")
NARROWED = ("editor_scoped", "viewer_scoped")
# Views about companies and funds, by the column that says whose a row is; the rest is everybody's.
OF_A_FUND = {
    "capital_account", "capital_call_line", "cash_flow", "commitment", "company",
    "distribution_line", "fund", "fund_measures", "journal_line", "portfolio_quarter",
    "quarterly_financials", "quarterly_input", "quarterly_metrics", "quarterly_metrics_tidy",
    "trial_balance",
}  # fmt: skip
# Investors belong to no fund: a narrowed reader meets the partners of his.
PARTNERS = (
    "select c.fund_id, count(distinct x.investor_id) from bi.investor as x"
    " inner join bi.commitment as c on x.investor_id = c.investor_id group by 1"
)


def rows_by_fund(conn: Connection, view: str) -> Counter[Any]:
    """How many rows of each fund, or of nobody's, the connection sees."""
    fund = "x.fund_id" if view in OF_A_FUND else "'everybody'"
    query = f"select {fund}, count(*) from bi.{view} as x group by 1"
    query = PARTNERS if view == "investor" else query
    return Counter(dict(conn.execute(query.encode()).fetchall()))


@pytest.fixture(scope="module")
def whole(published: Published) -> dict[str, Counter[Any]]:
    """What there is, as the owner counts it."""
    with published.database.connect(options=OWNER) as conn:
        return {view: rows_by_fund(conn, view) for view in published.views}


@pytest.fixture(scope="module")
def fund_id(published: Published) -> str:
    with published.database.connect(options=OWNER) as conn:
        row = conn.execute("select fund_id::text from fund.fund where name = %s", [FUND]).fetchone()
    assert row is not None
    return str(row[0])


def test_every_view_about_companies_is_counted_by_fund(published: Published) -> None:
    with published.database.connect(options=OWNER) as conn:
        found = conn.execute("select view_name from bi.dictionary where column_name = 'fund_id'")
        assert {view for (view,) in found} == OF_A_FUND


def expected(whole: Counter[Any], role: str, view: str, fund_id: str) -> Counter[Any]:
    narrow = role in NARROWED and (view in OF_A_FUND or view == "investor")
    return Counter({fund_id: whole[fund_id]}) if narrow else whole


@pytest.mark.parametrize("role", UNRESTRICTED + NARROWED)
def test_every_view_opens_in_a_request_of_every_role(
    role: str, published: Published, whole: dict[str, Counter[Any]], fund_id: str
) -> None:
    with published.request(role) as conn:
        for view in published.views:
            seen = rows_by_fund(conn, view)
            assert seen == expected(whole[view], role, view, fund_id), view
            assert seen.total() > 0, view


@pytest.mark.parametrize("role", LOGINS)
def test_every_view_opens_over_every_database_login(
    role: str, published: Published, whole: dict[str, Counter[Any]], fund_id: str
) -> None:
    with published.connect(role) as conn:
        for view in published.views:
            seen = rows_by_fund(conn, view)
            assert seen == expected(whole[view], role, view, fund_id), view
            assert seen.total() > 0, view


@pytest.mark.parametrize("role", ["submitter", "investor"])
def test_published_views_are_not_for_companies_and_investors(
    role: str, published: Published
) -> None:
    for view in published.views:
        with published.request(role) as conn, pytest.raises(psycopg.Error) as caught:
            conn.execute(f"select from bi.{view}".encode())
        assert caught.value.sqlstate == "42501"


def test_a_narrowed_login_asks_for_other_funds_in_vain(published: Published, fund_id: str) -> None:
    queries = [
        f"select from bi.{view} where fund_id <> '{fund_id}' or fund_id is null"
        for view in OF_A_FUND
    ]
    with published.connect() as conn:
        assert [conn.execute(query.encode()).fetchall() for query in queries] == [[]] * len(queries)
