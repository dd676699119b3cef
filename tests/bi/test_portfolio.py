"""bi.portfolio_quarter and bi.fund: totals over a whole fund, and never over a part of it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.bi.conftest import FUND, Published, Rows
from tests.conftest import Connection

SUMMED = (
    "total_revenue", "recurring_revenue", "gross_profit", "sales_marketing_expense",
    "total_operating_expense", "ebitda", "net_income", "cash_burn", "cash_balance",
    "debt_outstanding", "arr", "monthly_cash_burn", "change_in_cash", "enterprise_value",
    "ltm_total_revenue", "ltm_ebitda", "employees", "customers",
)  # fmt: skip
Key = tuple[str | None, int, int, str]


@pytest.fixture
def companies(everything: Rows) -> dict[Key, list[dict[str, Any]]]:
    """The companies' rows, numbers and metrics side by side, by fund, quarter and currency."""
    rows = everything(
        "select f.*, m.arr, m.monthly_cash_burn, m.change_in_cash, m.enterprise_value,"
        " m.ltm_total_revenue, m.ltm_ebitda from bi.quarterly_financials as f"
        " join bi.quarterly_metrics as m using (company_quarter_currency_key)"
    )
    found = defaultdict(list)
    for row in rows:
        quarter = (row["calendar_year"], row["calendar_quarter"])
        found[row["fund_id"], *quarter, row["currency"]].append(row)
    return found


def quarters_back(key: Key, quarters: int) -> Key:
    fund, year, quarter, currency = key
    ordinal = year * 4 + quarter - 1 - quarters
    return fund, ordinal // 4, ordinal % 4 + 1, currency


def growth(now: list[dict[str, Any]], before: list[dict[str, Any]]) -> tuple[Any, Any, Any]:
    """Revenue now and then of companies that have both, and the growth between."""
    base = {row["company_id"]: row["total_revenue"] for row in before}
    pairs = [
        (row["total_revenue"], base[row["company_id"]])
        for row in now
        if row["total_revenue"] is not None and base.get(row["company_id"]) is not None
    ]
    if not pairs:
        return None, None, None
    ours, theirs = (sum(side, Decimal(0)) for side in zip(*pairs, strict=True))
    return ours, theirs, ours / theirs - 1 if theirs > 0 else None


def close(found: Decimal | None, expected: Decimal | None, cents: int) -> bool:
    """Equal but for the rounding of the companies' rows to cents before they were added here."""
    if found is None or expected is None:
        return found is expected
    return abs(found - expected) <= max(Decimal("0.01") * cents, abs(expected) * Decimal("1e-6"))


def test_totals_are_the_sums_of_the_companies(
    everything: Rows, companies: dict[Key, list[dict[str, Any]]]
) -> None:
    portfolio = everything("select * from bi.portfolio_quarter")
    assert len(portfolio) > 150
    for row in portfolio:
        key = (row["fund_id"], row["calendar_year"], row["calendar_quarter"], row["currency"])
        members = companies[key]
        assert row["reported_company_count"] - row["no_fx_rate_company_count"] == len(members)
        for column in SUMMED:
            values = [m[column] for m in members if m[column] is not None]
            name = f"total_{column}" if column in {"employees", "customers"} else column
            expected = sum(values, Decimal(0)) if values else None
            assert close(row[name], expected, len(values)), (key, column)
            if f"{column}_company_count" in row:
                assert row[f"{column}_company_count"] == len(values), (key, column)
        for back, ours, theirs, rate in (
            (1, "revenue_with_prior_quarter", "revenue_of_prior_quarter", "revenue_growth"),
            (4, "revenue_with_year_ago", "revenue_of_year_ago", "yoy_growth_revenue"),
        ):
            expected_growth = growth(members, companies[quarters_back(key, back)])
            for column, value in zip((ours, theirs, rate), expected_growth, strict=True):
                assert close(row[column], value, len(members)), (key, column)


def test_every_reported_quarter_is_in_a_total(
    everything: Rows, companies: dict[Key, list[dict[str, Any]]]
) -> None:
    rows = everything(
        "select sum(reported_company_count) as n, currency"
        " from bi.portfolio_quarter group by currency"
    )
    [inputs] = everything("select count(*) as n from bi.quarterly_input")
    assert {row["currency"]: row["n"] for row in rows} == {"USD": inputs["n"], "CAD": inputs["n"]}


def test_a_company_without_a_rate_is_counted_and_not_summed(everything: Rows) -> None:
    where = f"where fund = '{FUND}' and quarter_sort = 20253 and currency = 'USD'"
    [before] = everything(f"select * from bi.portfolio_quarter {where}")
    assert before["is_complete"]
    assert before["company_count"] == before["reported_company_count"] == 4
    everything(
        "delete from company.quarterly_reporting_financials where currency = 'USD'"
        " and (company_id, reporting_year, reporting_quarter) = ('alpenglow', 2025, 3)"
    )
    everything("select fund.rebuild_portfolio()")
    [after] = everything(f"select * from bi.portfolio_quarter {where}")
    assert not after["is_complete"]
    assert (after["reported_company_count"], after["no_fx_rate_company_count"]) == (4, 1)
    assert after["total_revenue_company_count"] == 3
    assert after["total_revenue"] < before["total_revenue"]


def test_a_late_company_makes_a_quarter_incomplete_and_an_archived_one_does_not(
    everything: Rows,
) -> None:
    where = f"where fund = '{FUND}' and quarter_sort = 20263 and currency = 'USD'"
    columns = "company_count, reported_company_count, is_complete"
    query = f"select {columns} from bi.portfolio_quarter {where}"
    [row] = everything(query)
    assert tuple(row.values()) == (4, 4, True)
    late = "where (company_id, reporting_year, reporting_quarter) = ('alpenglow', 2026, 3)"
    everything(f"delete from company.metrics_input {late}")
    everything("select fund.refresh_portfolio(60)")
    [row] = everything(query)
    assert tuple(row.values()) == (4, 3, False)
    everything("update company.company set is_archived = true where company_id = 'alpenglow'")
    everything("select fund.refresh_portfolio(60)")
    [row] = everything(query)
    assert tuple(row.values()) == (3, 3, True)
    [fund] = everything(f"select * from bi.fund where fund = '{FUND}'")
    assert (fund["company_count"], fund["archived_company_count"]) == (3, 1)


def test_companies_without_a_fund_are_a_row_of_their_own(everything: Rows) -> None:
    everything("update company.company set fund_id = null where company_id in ('crm', 'net')")
    everything("select fund.refresh_portfolio(60)")
    rows = everything(
        "select * from bi.portfolio_quarter where fund_id is null and currency = 'USD'"
        " and quarter_sort = 20251"
    )
    [row] = rows
    assert row["fund_quarter_currency_key"] == "none:2025-Q1:USD"
    assert (row["fund"], row["company_count"], row["reported_company_count"]) == (None, 2, 2)


def test_row_of_no_fund_and_part_of_a_fund_are_hidden_from_narrowed_readers(
    published: Published,
) -> None:
    """A reader of single companies sees their quarters, and no total that they are a part of."""
    with published.database.connect("postgres") as conn:
        conn.execute("update company.company set fund_id = null where company_id = 'crm'")
        conn.execute("select fund.refresh_portfolio(60)")
        conn.execute(
            "insert into security.user_company (company_id, user_id) select c, u.user_id"
            " from unnest(array['crm', 'ddog']) as c, security.database_login as l"
            " join security.app_user as u using (user_id) where l.login = %s",
            [published.login("viewer_scoped")],
        )
        conn.execute(f"set local session authorization {published.login('viewer_scoped')}".encode())
        assert funds_of(conn, "company") == {FUND, None}
        assert count(conn, "bi.quarterly_input where company_id in ('crm', 'ddog')") > 50
        assert funds_of(conn, "fund") == {FUND}
        assert funds_of(conn, "portfolio_quarter") == {FUND}
        assert count(conn, "fund.portfolio_quarter where fund_id is null") == 0
        conn.execute(f"set local session authorization {published.login('viewer')}".encode())
        assert funds_of(conn, "portfolio_quarter") == {"Fund III", "Fund IV", FUND, None}
        conn.rollback()


def funds_of(conn: Connection, view: str) -> set[str | None]:
    return {fund for (fund,) in conn.execute(f"select distinct fund from bi.{view}".encode())}


def count(conn: Connection, what: str) -> int:
    [(number,)] = conn.execute(f"select count(*) from {what}".encode())
    return int(number)


@pytest.mark.parametrize(
    ("role", "answer"),
    [("admin", True), ("editor", True), ("viewer", True), ("auditor", True),
     ("editor_scoped", False), ("viewer_scoped", False)],
)  # fmt: skip
def test_who_sees_all_companies_is_said(role: str, answer: bool, published: Published) -> None:
    with published.request(role) as conn:
        assert conn.execute("select security.is_unrestricted()").fetchone() == (answer,)


@pytest.mark.parametrize("role", ["submitter", "investor"])
def test_who_reads_no_totals_does_not_ask(role: str, published: Published) -> None:
    for query in ("select security.is_unrestricted()", "select from fund.portfolio_quarter"):
        with published.request(role) as conn, pytest.raises(psycopg.Error) as caught:
            conn.execute(query.encode())
        assert caught.value.sqlstate == "42501"
