"""Each check view is empty on good data, and has a row after what it guards was broken by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import psycopg
import pytest

from tests.conftest import DEPLOYED, Connection, TestServer, clone
from tests.ledger.fund_books import FundBooks, cash_in

# Events of a fund and their lines, as no function writes them.
EVENT = (
    "insert into fund.event (fund_id, event_id, event_number, kind, event_on, reverses_event_id,"
    " request, recorded_at, recorded_by)"
    " select b.fund_id, {id}, {number}, '{kind}', '2024-02-10', {reverses}, '{{}}', now(),"
    " gen_random_uuid() from ledger.book as b;"
)
LINE = (
    "insert into fund.{table} (fund_id, event_id, event_on, line_number, investor_id, {columns})"
    " select b.fund_id, {id}, '2024-02-10', 1, c.investor_id, {values}"
    " from ledger.book as b join fund.commitment as c on b.fund_id = c.fund_id limit 1"
)
ONE, TWO = "'00000000-0000-0000-0000-000000000001'", "'00000000-0000-0000-0000-000000000002'"


def event(kind: str, number: int = 1, id: str = ONE, reverses: str = "null") -> str:
    return EVENT.format(kind=kind, number=number, id=id, reverses=reverses)


def line(table: str, columns: str, values: str, id: str = ONE) -> str:
    return LINE.format(table=table, columns=columns, values=values, id=id)


# check view → what breaks its invariant, past every function and trigger.
BROKEN = {
    "check_authors_are_known": "update fund.fund set created_by = gen_random_uuid()",
    "check_call_lines_sum_to_the_call": event("capital_call")
    + "insert into fund.capital_call (fund_id, event_id, call_number, notice_on, due_on,"
    " capital_amount, fee_amount) select fund_id, event_id, 1, event_on, event_on, 5, 0"
    " from fund.event",
    "check_change_in_cash_splits": "update company.quarterly_reporting_metrics"
    " set change_in_cash_fx_effect = change_in_cash_fx_effect + 1 where change_in_cash is not null",
    "check_commitments_hold": event("transfer") + line("commitment_line", "amount", "-1"),
    "check_distribution_lines_sum": event("distribution")
    + "insert into fund.distribution (fund_id, event_id, distribution_number, declared_on, paid_on,"
    " amount, recallable_amount) select fund_id, event_id, 1, event_on, event_on, 5, 0"
    " from fund.event",
    "check_entries_balance": "update ledger.journal_line set debit = debit + 1 where debit > 0",
    "check_entry_numbers_have_no_gap": "delete from ledger.journal_entry where entry_number = 1",
    "check_event_numbers_have_no_gap": event("nav", 2),
    "check_events_are_posted": event("payment")
    + line("payment_line", "applied_to, amount", "'advance', 5"),
    "check_every_input_is_shown": "delete from company.quarterly_reporting_financials"
    " where is_reporting_currency and reporting_quarter = 3",
    "check_fee_lines_sum_to_the_run": event("management_fee")
    + "insert into fund.fee_run select fund_id, event_id, 'period', event_on, event_on + 1,"
    " 9, 0, 0, 0, 0, 0, 0, 9 from fund.event",
    "check_financials_are_derived": "update company.quarterly_reporting_financials"
    " set customers = 8 where reporting_quarter = 1",
    "check_local_financials_equal_inputs": "update company.quarterly_reporting_financials"
    " set cash_burn = -cash_burn where is_reporting_currency",
    "check_ltm_is_four_quarters": "update company.quarterly_reporting_metrics"
    " set ltm_ebitda = ltm_ebitda + 1 where ltm_ebitda is not null",
    "check_metrics_are_derived": "update company.quarterly_reporting_metrics"
    " set fiscal_reporting_quarter = null",
    "check_quarter_counts_are_right": "update company.quarter_count set quarters = quarters + 1",
    "check_metrics_follow_financials": "delete from company.quarterly_reporting_metrics"
    " where reporting_quarter = 2",
    "check_nav_is_the_books": event("nav")
    + "insert into fund.nav (fund_id, event_id, as_of, fair_value, nav_amount, last_entry_number)"
    " select fund_id, event_id, event_on, 0, 5, 0 from fund.event",
    "check_numbers_are_finite": "update company.quarterly_reporting_metrics"
    " set arr = 'NaN' where reporting_quarter = 4",
    "check_partner_accounts_follow_lines": event("payment")
    + line("payment_line", "applied_to, amount", "'advance', 5"),
    "check_partners_owe_nothing_negative": event("payment")
    + line("payment_line", "applied_to, amount", "'late_interest', 5"),
    "check_period_balances_are_right": "update ledger.period_balance set debit = debit + 1",
    "check_periods_are_in_order": "delete from ledger.period where first_on = '2024-01-01'",
    "check_portfolio_is_current": "update fund.portfolio_quarter_total set total_customers = 7",
    "check_quarter_rates_are_complete": "delete from fx.quarter_rate where to_currency = 'CAD'",
    "check_quarter_rates_are_derived": "update fx.quarter_rate set average_rate = 2"
    " where to_currency = 'CAD'",
    "check_ratios_agree_across_currencies": "update company.quarterly_reporting_metrics"
    " set gross_profit_margin = 9 where currency = 'CAD'",
    "check_reversed_events_leave_nothing": event("payment")
    + event("reversal", 2, TWO, ONE)
    + line("payment_line", "applied_to, amount", "'advance', 5"),
    "check_reversals_mirror_entries": "update ledger.journal_line set account_number = '1010'"
    " where account_number = '1000' and debit > 0",
    "check_reporting_quarters_match_dates": "update company.metrics_input"
    " set reporting_year = 2020 where reporting_quarter = 3",
    "check_shared_again_sums_to_zero": event("close")
    + line(
        "capital_call_line",
        "call_id, reason, weight, exact_amount, capital_amount",
        f"{ONE}, 'rebalancing', 0, 0, 5",
    ),
    "check_terms_do_not_overlap": "insert into fund.terms (fund_id, valid_from)"
    " select fund_id, day::date from ledger.book, unnest('{2024-01-01,2025-01-01}'::text[]) as day",
}


@pytest.fixture(scope="module")
def reported(server: TestServer) -> Iterator[Connection]:
    """One company's five quarters in EUR, with rates for USD and CAD, on the owner's connection."""
    first = date(2023, 10, 1)
    days = [first + timedelta(days=n) for n in range(457)]
    rates = [
        {"date": str(day), "currency": currency, "rate": f"{1 + n % 7 / 100}"}
        for n, day in enumerate(days)
        for currency in ("USD", "CAD")
        if day.weekday() < 5
    ]
    company = {
        "company_id": "acme", "company_name": "Acme", "reporting_currency": "EUR",
        "fund": "Fund I", "equity_raised": 5, "post_money_valuation": 20,
        "year_end_date": "2024-12-31",
    }  # fmt: skip
    inputs = [
        {
            "company_id": "acme", "fiscal_reporting_date": end, "total_revenue": 1000 + n * 100,
            "recurring_revenue": 800, "gross_profit": 600, "ebitda": -50, "net_income": -70,
            "sales_marketing_expense": 300, "total_operating_expense": 650, "cash_burn": -60,
            "cash_balance": 900 - n * 60, "employees": 10 + n, "customers": 5,
        }
        for n, end in enumerate(
            ["2023-12-31", "2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]
        )
    ]  # fmt: skip
    with (
        clone(server, DEPLOYED) as database,
        database.connect("postgres", autocommit=True, options="-c role=qb_owner") as conn,
    ):
        conn.execute("select fx.record_rates('ecb_bundled', %s)", [json.dumps(rates)])
        conn.execute("select company.save_company(%s)", [json.dumps(company)])
        conn.execute("select company.import_metrics_inputs(%s)", [json.dumps(inputs)])
        conn.execute("select fund.refresh_portfolio(60)")
        books = FundBooks.opened(conn, "Fund II")
        books.reverse(books.post(cash_in("2024-02-10", 5))["entry_id"])
        books.post(cash_in("2024-07-10", 5))
        yield conn


def offenders(conn: Connection) -> dict[str, int]:
    return dict(conn.execute("select check_name, offenders from ops.run_checks()").fetchall())


def test_good_data_has_no_offenders(reported: Connection) -> None:
    assert offenders(reported) == dict.fromkeys(BROKEN, 0)


@pytest.mark.parametrize("check", BROKEN)
def test_a_check_finds_what_was_broken_by_hand(check: str, reported: Connection) -> None:
    with reported.transaction(force_rollback=True):
        # Only a superuser may switch triggers off, as nobody in the platform can.
        reported.execute("set local role none")
        reported.execute("set local session_replication_role = replica")
        reported.execute(BROKEN[check].encode())
        assert offenders(reported)[check] > 0


@pytest.mark.parametrize("table", ["financials", "metrics"])
def test_the_named_cure_heals_derived_rows(table: str, reported: Connection) -> None:
    with reported.transaction(force_rollback=True):
        reported.execute(f"delete from company.quarterly_reporting_{table}".encode())
        assert sum(offenders(reported).values()) > 0
        reported.execute("select company.rebuild_derived()")
        assert sum(offenders(reported).values()) == 0


def test_the_named_cure_heals_kept_balances(reported: Connection) -> None:
    with reported.transaction(force_rollback=True):
        reported.execute("update ledger.period_balance set debit = debit + 1 where debit > 0")
        reported.execute(
            "insert into ledger.period_balance"
            " select fund_id, '2030-01-01', '1000', 'USD', null, 5, 5 from ledger.book"
        )
        assert sum(offenders(reported).values()) > 0
        reported.execute("select ledger.rebuild_balances()")
        assert sum(offenders(reported).values()) == 0


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_an_overseer_may_run_the_checks(role: str, as_role: Callable[..., Connection]) -> None:
    assert offenders(as_role(role)).keys() == BROKEN.keys()


@pytest.mark.parametrize("role", ["editor", "viewer", "investor"])
def test_others_may_not_run_the_checks(role: str, as_role: Callable[..., Connection]) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        offenders(as_role(role))


def test_the_named_cure_heals_counts(reported: Connection) -> None:
    with reported.transaction(force_rollback=True):
        reported.execute("update company.quarter_count set quarters = quarters + 1")
        reported.execute("insert into company.quarter_count values (7, 'gone', 'USD')")
        assert sum(offenders(reported).values()) > 0
        reported.execute("select company.recount_quarters()")
        assert sum(offenders(reported).values()) == 0
