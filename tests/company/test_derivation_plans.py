"""How the derivation reads, as the server itself tells: nothing here depends on a clock.

A test's tables are filled in its own transaction, so the planner knows nothing of them but their
size: the state of every database at its first load.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from db.settings import SUPERUSER
from tests.company.books import Books
from tests.conftest import Database

COMPANIES, QUARTERS = 600, 12
LARGE = {"metrics_input", "quarterly_reporting_financials", "quarterly_reporting_metrics"}

FIXINGS = """
    insert into fx.rate (currency, rate_on, source_id, rate)
    select c.currency, d.day::date, 'ecb', c.rate
    from (values ('USD', 1.12), ('CAD', 1.47), ('GBP', 0.87)) as c (currency, rate)
    cross join generate_series('2019-06-01'::date, '2022-12-31', interval '1 day') as d (day)
    where extract(isodow from d.day) < 6
    on conflict do nothing
"""
FIRMS = """
    insert into company.company (
        company_id, name, reporting_currency, post_money_valuation, equity_raised,
        valuation_currency
    )
    select 'plan' || md5(n::text), 'Plan', 'EUR', 10, 1, (array['EUR', 'GBP'])[n %% 10 / 9 + 1]
    from generate_series(1, %s::integer) as n
"""
QUARTERS_OF = """
    insert into company.metrics_input (
        company_id, currency, total_revenue, employees, fiscal_reporting_date,
        fiscal_reporting_quarter, reporting_year, reporting_quarter
    )
    select c.company_id, 'EUR', 1000 + n, n, q.day, extract(quarter from q.day),
        extract(year from q.day), extract(quarter from q.day)
    from company.company as c
    cross join generate_series(%s::integer, %s::integer) as n
    cross join lateral (
        select (date '2020-01-01' + n * interval '3 months' - interval '1 day')::date as day
    ) as q
    where c.company_id like %s
"""

CORRECTION = """
    update fx.rate set rate = 1.13 where currency = 'USD' and rate_on = '2021-03-31'
"""

Plan = dict[str, Any]


@contextmanager
def plans(books: Books) -> Iterator[list[Plan]]:
    """Every node of every plan that ran inside the block, the triggers' statements included."""
    found: list[Plan] = []

    def keep(diagnostic: Any) -> None:
        text = diagnostic.message_primary
        if "plan:" in text:
            found.extend(nodes(json.loads(text[text.index("{") :])["Plan"]))

    def nodes(plan: Plan) -> Iterator[Plan]:
        yield plan
        for inner in plan.get("Plans", ()):
            yield from nodes(inner)

    books.rows("load 'auto_explain'")
    for name, value in {
        "auto_explain.log_min_duration": "0",
        "auto_explain.log_analyze": "on",
        "auto_explain.log_timing": "off",
        "auto_explain.log_nested_statements": "on",
        "auto_explain.log_format": "json",
        "auto_explain.log_level": "notice",
        "auto_explain.log_parameter_max_length": "0",
    }.items():
        books.rows("select set_config(%s, %s, true)", name, value)
    books.conn.add_notice_handler(keep)
    yield found
    books.conn.remove_notice_handler(keep)
    books.rows("set local auto_explain.log_min_duration = -1")


def read_again_and_again(found: list[Plan]) -> list[Plan]:
    """Nodes that looked at far more rows than there are derived ones, all their turns together.

    Not the rates of quarters: for valuations in another currency the few pages of them are read
    for each, by the index or whole as the planner likes.
    """
    most = 2 * COMPANIES * QUARTERS * 3
    return [p for p in found if read(p) > most and p.get("Relation Name") != "quarter_rate"]


def read(plan: Plan) -> float:
    removed = sum(plan.get(f"Rows Removed by {by}", 0) for by in ("Filter", "Join Filter"))
    return float((plan["Actual Rows"] + removed) * plan["Actual Loops"])


@pytest.fixture
def filled(shared: Database) -> Iterator[Books]:
    """A superuser's, for only he may load the module that tells plans."""
    with shared.connect(SUPERUSER) as conn:
        books = Books(conn)
        books.rows(FIXINGS)
        books.rows(FIRMS, COMPANIES)
        yield books
        conn.rollback()


def test_bulk_load_into_a_new_database_reads_rows_a_few_times(filled: Books) -> None:
    with plans(filled) as found:
        filled.rows(QUARTERS_OF, 1, QUARTERS, "plan%")
    rows = COMPANIES * QUARTERS * 3
    assert filled.value("select count(*) from company.quarterly_reporting_metrics") == rows
    assert any(plan["Node Type"] == "WindowAgg" for plan in found)
    assert read_again_and_again(found) == []


def test_tables_that_count_as_empty_are_not_read_again_and_again(filled: Books) -> None:
    """A table that is analyzed while its first rows are on their way has pages, and no rows."""
    filled.rows(
        "update pg_class set relpages = 1000, reltuples = 0 where oid = any (%s::regclass[])",
        [f"company.{table}" for table in sorted(LARGE)],
    )
    with plans(filled) as found:
        filled.rows(QUARTERS_OF, 1, QUARTERS, "plan%")
    assert any(plan["Node Type"] == "WindowAgg" for plan in found)
    assert read_again_and_again(found) == []


def test_one_quarter_of_one_company_is_found_by_key(filled: Books) -> None:
    filled.rows(QUARTERS_OF, 1, QUARTERS - 1, "plan%")
    company = filled.value("select min(company_id) from company.company")
    with plans(filled) as found:
        filled.rows(QUARTERS_OF, QUARTERS, QUARTERS, company)
    assert any(plan["Node Type"] == "WindowAgg" for plan in found)
    scanned = [plan for plan in found if plan["Node Type"] == "Seq Scan"]
    assert [plan for plan in scanned if plan.get("Relation Name") in LARGE] == []


def test_changed_rate_reads_its_own_quarters(filled: Books) -> None:
    filled.rows(QUARTERS_OF, 1, QUARTERS, "plan%")
    with plans(filled) as found:
        filled.rows(CORRECTION)
    assert any(plan["Node Type"] == "WindowAgg" for plan in found)
    assert read_again_and_again(found) == []
