"""Sums over a fund are for those who see all of it: a part shown as the whole would be a wrong
number, and the difference of two sums a company's."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import Connection
from tests.security.firm import COMPANIES, FUNDS, SCOPES, Firm, Scope

EVERYBODY = {*FUNDS, None}
SUMS = (
    "select fund, calendar_year, calendar_quarter, currency, reported_company_count, total_revenue"
    " from bi.portfolio_quarter"
)


def shown(conn: Connection, view: str = "bi.portfolio_quarter") -> set[str | None]:
    return {row[0] for row in conn.execute(f"select fund from {view}".encode())}


def sums_by_hand(firm: Firm, funds: frozenset[str]) -> dict[tuple[Any, ...], tuple[int, Decimal]]:
    """From the companies' own rows, of the whole table, by the funds that stand in the test."""
    totals: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    query = (
        "select company_id, reporting_year, reporting_quarter, currency, total_revenue"
        " from company.quarterly_reporting_financials where currency in ('USD', 'CAD')"
    )
    for company_id, year, quarter, currency, revenue in firm.owner.execute(query.encode()):
        if COMPANIES[company_id] in funds:
            totals[COMPANIES[company_id], year, quarter, currency].append(revenue)
    return {key: (len(found), sum(found, Decimal(0))) for key, found in totals.items()}


@pytest.mark.parametrize("name", SCOPES)
def test_a_narrowed_login_sees_sums_of_whole_funds_only(firm: Firm, name: str) -> None:
    scope = SCOPES[name]
    with firm.connect(name) as conn:
        assert shown(conn) == shown(conn, "bi.fund") == set(scope.funds)
        found = {row[:4]: (row[4], row[5]) for row in conn.execute(SUMS.encode())}
    expected = sums_by_hand(firm, scope.funds)
    assert found.keys() == expected.keys()
    for key, (count, total) in expected.items():
        assert found[key] == (count, total.quantize(Decimal("0.01"))), key


def test_all_companies_of_a_fund_one_by_one_are_not_the_fund(firm: Firm) -> None:
    """The next company that the fund buys would be in the sums, and not be given."""
    of_fund = {company for company, fund in COMPANIES.items() if fund == "Fund II"}
    assert of_fund <= SCOPES["companies"].visible
    with firm.connect("companies") as conn:
        assert shown(conn) == shown(conn, "bi.fund") == set()


def test_companies_of_no_fund_are_summed_for_those_who_see_every_company(firm: Firm) -> None:
    alone = [company for company, fund in COMPANIES.items() if fund is None]
    firm.add_login("alone", scope=Scope.of(*FUNDS, *alone))
    with firm.connect("alone") as conn:  # sees all there is, and might not tomorrow
        assert len(conn.execute("select from bi.company").fetchall()) == len(COMPANIES)
        assert shown(conn) == set(FUNDS)
    for role in ("viewer", "auditor"):
        firm.add_login("whole", role)
        with firm.connect("whole") as conn:
            assert shown(conn) == EVERYBODY
    for role in ("admin", "editor"):
        with firm.request(firm.user(role)) as conn:
            assert shown(conn) == EVERYBODY
    for role in ("editor_scoped", "viewer_scoped"):
        with firm.request(firm.user(role, SCOPES["mixed"])) as conn:
            assert shown(conn) == SCOPES["mixed"].funds


def test_sums_follow_scopes_at_once_and_companies_with_the_next_refresh(firm: Firm) -> None:
    firm.add_login("mover", scope=Scope.of("Fund I"))
    count = (
        "select max(company_count), sum(reported_company_count) from bi.portfolio_quarter"
        " where fund = 'Fund I' and currency = 'USD'"
    )
    [quarters] = firm.one("select count(*) from company.metrics_input where company_id = 'c-02'")
    with firm.connect("mover") as conn:
        [(companies, reported)] = conn.execute(count.encode()).fetchall()
        move = (
            "update company.company set fund_id = (select fund_id from fund.fund where name = %s)"
        )
        firm.owner.execute(f"{move} where company_id = 'c-02'".encode(), ["Fund I"])
        try:
            # Companies are counted now, what they add up to is kept.
            assert conn.execute(count.encode()).fetchall() == [(companies + 1, reported)]
            firm.owner.execute("select fund.refresh_portfolio(60)")
            refreshed = (companies + 1, reported + quarters)
            assert conn.execute(count.encode()).fetchall() == [refreshed]
            firm.rescope("mover", Scope.of("c-01", "c-02"))
            assert shown(conn) == set()
        finally:
            firm.owner.execute(f"{move} where company_id = 'c-02'".encode(), ["Fund II"])
            firm.owner.execute("select fund.refresh_portfolio(60)")


def test_sums_that_the_source_holds_are_no_other_door(firm: Firm) -> None:
    """fund.portfolio_quarter can be read too: it filters by the same rows."""
    with firm.connect("companies") as conn:
        assert conn.execute("select * from fund.portfolio_quarter").fetchall() == []
    query = "select count(distinct fund_id), count(*) filter (where fund_id is null)"
    with firm.connect("mixed") as conn:
        found = conn.execute(f"{query} from fund.portfolio_quarter".encode()).fetchall()
        assert found == [(len(SCOPES["mixed"].funds), 0)]
