"""Quarters to submit: the last ones of some companies, taken back before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle
from typing import Any, Self

from tests.bench.server import Platform

MOST = 1000

LAST = """
    select row_to_json(q) from (
        select i.company_id, i.currency, i.total_revenue, i.recurring_revenue, i.gross_profit,
            i.sales_marketing_expense, i.total_operating_expense, i.ebitda, i.net_income,
            i.cash_burn, i.cash_balance, i.debt_outstanding, i.employees, i.customers,
            i.fiscal_reporting_date, i.fiscal_reporting_quarter, i.reporting_year,
            i.reporting_quarter
        from company.metrics_input as i
        where i.reporting_year = 2024 and i.reporting_quarter = 4 and i.currency = 'EUR'
            and i.company_id ~ %s
        order by md5(i.company_id) limit %s
    ) as q
"""
NEW_COMPANIES = """
    insert into company.company (
        company_id, name, reporting_currency, year_end_date, post_money_valuation, equity_raised,
        valuation_currency
    )
    select 'bench' || n, 'Bench ' || n, 'EUR', '2024-12-31', 10 + n, 1 + n, 'EUR'
    from generate_series(1, %s) as n
"""
NEW_QUARTERS = """
    insert into company.metrics_input (
        company_id, currency, total_revenue, recurring_revenue, gross_profit,
        sales_marketing_expense, total_operating_expense, ebitda, net_income, cash_burn,
        cash_balance, employees, customers, fiscal_reporting_date
    )
    select 'bench' || c, 'EUR', 1000 * c, 800 * c, 650 * c, 300 * c, 900 * c, -250 * c, -270 * c,
        -260 * c, 3000 * c, c, c,
        (date_trunc('month', date '2024-12-31') - (q * interval '3 months') + interval '1 month'
            - interval '1 day')::date
    from generate_series(1, %s) as c cross join generate_series(0, %s - 1) as q
"""
TAKEN_BACK = """
    delete from company.metrics_input
    where company_id = any(%s) and reporting_year = 2024 and reporting_quarter = 4
"""


class Submissions:
    """`next()` is a quarter that is not there, of some company of the data set; with `few`, of
    companies made for this that have no more quarters than that.

    At the end what is missing is put back, and companies made for this are gone.
    """

    def __init__(self, platform: Platform, *, most: int, few: int | None = None) -> None:
        self._platform = platform
        self._most = min(most, MOST)
        self._few = few
        self._waiting: list[dict[str, Any]] = []
        self._all: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        with self._platform.owner() as conn:
            if self._few:
                conn.execute(NEW_COMPANIES, [self._most])
                conn.execute(NEW_QUARTERS, [self._most, self._few])
            pattern = "^bench" if self._few else "^rec"
            self._all = [row[0] for row in conn.execute(LAST, [pattern, self._most])]
            self._take_back()
            conn.execute("vacuum analyze company.metrics_input")
        return self

    def __exit__(self, *_: object) -> None:
        with self._platform.owner() as conn:
            if self._few:
                conn.execute("delete from company.metrics_input where company_id ~ '^bench'")
                conn.execute("delete from company.company where company_id ~ '^bench'")
                return
            conn.execute(
                "select company.import_metrics_inputs(%s::jsonb)", [json.dumps(self._waiting)]
            )

    def next(self) -> dict[str, Any]:
        if not self._waiting:
            self._take_back()
        return self._waiting.pop()

    def again(self) -> Iterator[dict[str, Any]]:
        """The same quarters for a table of its own, with years of the past once they are used."""
        for round_, quarter in enumerate(cycle(self._all)):
            yield {**quarter, "reporting_year": 2024 - round_ // len(self._all)}

    def _take_back(self) -> None:
        with self._platform.owner() as conn:
            conn.execute(TAKEN_BACK, [[quarter["company_id"] for quarter in self._all]])
        self._waiting = list(self._all)
