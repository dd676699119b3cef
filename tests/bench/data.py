"""The data set of the benches: the same numbers every time, of any size."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from db.settings import UserError
from tests.bench.server import Connection

# Fixings of both kinds of legs, wandering a little, on every working day of the span and of the
# quarter before it.
RATES = """
    insert into fx.rate (currency, rate_on, source_id, rate)
    select c.currency, d.day::date, 'ecb', round((c.rate * (1 + 0.05 * sin(n / 90.0)))::numeric, 4)
    from (values ('USD', 1.12), ('CAD', 1.47), ('GBP', 0.87)) as c (currency, rate)
    cross join generate_series(
        %(first)s::date - interval '6 months', %(last)s::date, interval '1 day'
    ) with ordinality as d (day, n)
    where extract(isodow from d.day) < 6
"""

FUNDS = """
    insert into fund.fund (name)
    select format('Fund %%s', n) from generate_series(1, %(funds)s) as n
"""

# Keys in no order, as they come from outside: a fund's companies lie all over the tables.
COMPANIES = """
    insert into company.company (
        company_id, name, reporting_currency, fund_id, year_end_date,
        post_money_valuation, equity_raised, valuation_currency
    )
    select
        'rec' || substr(md5(n::text), 1, 14),
        format('Company %%s', n),
        k.currency,
        f.fund_id,
        '2024-12-31',
        10 + n %% 990,
        1 + n %% 99,
        k.currency
    from generate_series(1, %(companies)s) as n
    inner join fund.fund as f on f.name = format('Fund %%s', n %% %(funds)s + 1)
    cross join lateral (
        select (array['USD', 'USD', 'EUR', 'EUR', 'GBP'])[n / %(funds)s %% 5 + 1] as currency
    ) as k
"""

INPUTS = """
    insert into company.metrics_input (
        company_id, currency, total_revenue, recurring_revenue, gross_profit,
        sales_marketing_expense, total_operating_expense, ebitda, net_income, cash_burn,
        cash_balance, debt_outstanding, employees, customers, fiscal_reporting_date,
        fiscal_reporting_quarter, reporting_year, reporting_quarter
    )
    select
        s.company_id, s.reporting_currency, s.revenue, round(s.revenue * 0.8, 2),
        round(s.revenue * 0.65, 2), round(s.revenue * 0.3, 2), round(s.revenue * 0.9, 2),
        round(s.revenue * -0.25, 2), round(s.revenue * -0.27, 2), round(s.revenue * -0.26, 2),
        round(s.revenue * 3, 2), case when s.n %% 3 > 0 then round(s.revenue * 0.5, 2) end,
        20 + (s.revenue / 40000)::integer, (s.revenue / 9000)::integer, s.day,
        extract(quarter from s.day), extract(year from s.day), extract(quarter from s.day)
    from (
        select
            c.company_id, c.reporting_currency, n,
            (date_trunc('month', %(first)s::date + n * interval '3 months' + interval '1 month')
                - interval '1 day')::date as day,
            round((100000 + random() * 400000)::numeric * (1 + n * 0.04), 2) as revenue
        from (select * from company.company order by company_id) as c
        cross join generate_series(0, %(quarters)s - 1) as n
    ) as s
"""

QUARTER_RATES = """
    select fx.ensure_quarter_rates(array_agg(currency), array_agg(quarter_end), array_agg(currency))
    from (
        select distinct i.currency, i.fiscal_reporting_date as quarter_end
        from company.metrics_input as i
    ) as q
"""


RANGES = 25


@dataclass(frozen=True)
class Scale:
    """How much there is; the bars are about the default."""

    companies: int = 10_000
    quarters: int = 40
    funds: int = 20

    def values(self) -> dict[str, object]:
        year = 2025 - self.quarters // 4
        return {
            "companies": self.companies,
            "quarters": self.quarters,
            "funds": self.funds,
            "first": f"{year}-03-31",
            "last": "2024-12-31",
        }


Owner = Callable[[], Connection]
"""Opens a connection that works as qb_owner, every statement its own transaction."""


def fill(owner: Owner, scale: Scale, say: Callable[[str], None] = lambda line: None) -> None:
    """Fills an empty database; one that has a data set of this size stays as it is."""
    with owner() as conn:
        found = conn.execute("select count(*) from company.metrics_input").fetchone()
        if found == (scale.companies * scale.quarters,):
            return
        if found != (0,):
            raise UserError("The kept data set is of another size: keep this one elsewhere.")
        started = time.perf_counter()
        with conn.transaction():
            # Submitted with triggers off and derived by the rebuild: the same rows, sooner.
            conn.execute("alter table company.metrics_input disable trigger user")
            conn.execute("select setseed(0.5)")
            for statement in (RATES, FUNDS, COMPANIES, INPUTS):
                conn.execute(statement.encode(), scale.values())
            conn.execute("alter table company.metrics_input enable trigger user")
        conn.execute("analyze")
        say(f"{scale.companies:,} companies submitted in {time.perf_counter() - started:.0f} s")
        derive(owner)
        conn.execute("vacuum analyze")
        say(f"derived and vacuumed after {time.perf_counter() - started:.0f} s")


def derive(owner: Owner) -> None:
    """Ranges of companies, on as many connections as there are cores.

    First the rates of all quarters, for connections that add the same ones wait for each other.
    Then a few companies, so that the planner has seen the derived tables filled.
    """
    with owner() as conn:
        conn.execute(QUARTER_RATES)
        ranges = conn.execute(
            "select min(company_id), max(company_id) from ("
            " select company_id, ntile(%s) over (order by company_id) as part"
            " from company.company) as c group by part",
            [RANGES],
        ).fetchall()

    def rebuild(first: str, last: str) -> None:
        with owner() as conn:
            conn.execute("select company.rebuild_derived(%s, %s)", [first, last])

    rebuild(*ranges.pop())
    with owner() as conn:
        conn.execute("analyze")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda part: rebuild(*part), ranges))
