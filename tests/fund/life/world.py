"""A fund whose life is watched: what stands, all that is stored, what no check may find.

Each is one statement, prepared once, so that looking after every step costs milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tests.conftest import Connection
from tests.fund.fund_life import TABLES, FundLife

Stands = dict[tuple[str, ...], Decimal]

LEDGER = "book", "account", "period", "journal_entry", "journal_line", "period_balance"
OWN = "fund", "terms", "fee_step", *TABLES

# Everything of one fund, as a fingerprint of each table.
STORED = " union all ".join(
    f"select '{schema}.{table}' as name, count(*) as rows,"
    f" md5(string_agg(t::text, '|' order by t::text)) as md5"
    f" from {schema}.{table} as t where t.fund_id = %(fund_id)s"
    for schema, tables in (("ledger", LEDGER), ("fund", OWN))
    for table in tables
)

# Balances of accounts and partners, commitments, and what could still be called.
STANDS = """
select coalesce(i.investor_code, '') as code, x.what, x.name, sum(x.amount) as amount
from (
    select partner_id as investor_id, 'account' as what, account_number as name,
        debit - credit as amount
    from ledger.journal_line where fund_id = %(fund_id)s
    union all
    select investor_id, 'commitment', '', amount
    from fund.commitment_line where fund_id = %(fund_id)s
    union all
    select investor_id, 'callable', '', amount
    from fund.commitment_line where fund_id = %(fund_id)s
    union all
    select investor_id, 'callable', '', -capital_amount - fee_amount
    from fund.capital_call_line where fund_id = %(fund_id)s
    union all
    select investor_id, 'callable', '', recallable_amount
    from fund.distribution_line where fund_id = %(fund_id)s
    union all
    select investor_id, 'open', call_id::text, capital_amount + fee_amount
    from fund.capital_call_line where fund_id = %(fund_id)s
    union all
    select investor_id, 'open', call_id::text, -amount
    from fund.payment_line where fund_id = %(fund_id)s and applied_to = 'call'
    union all
    select investor_id, 'open interest', '', amount
    from fund.late_interest where fund_id = %(fund_id)s
    union all
    select investor_id, 'open interest', '', -amount
    from fund.payment_line where fund_id = %(fund_id)s and applied_to = 'late_interest'
    union all
    select investor_id, 'fee', '', net_amount from fund.fee_line where fund_id = %(fund_id)s
) as x
left join fund.investor as i on x.investor_id = i.investor_id
group by 1, 2, 3
having sum(x.amount) <> 0
"""

# Net asset value less partners' capital, on some days.
LEFT = """
select d.as_of, s.amount - c.amount as amount
from unnest(%(days)s::date[]) as d (as_of)
cross join lateral (
    select coalesce(sum(case b.section when 'asset' then b.amount else -b.amount end), 0) as amount
    from ledger.balance_sheet(%(fund_id)s, d.as_of) as b
    where b.section in ('asset', 'liability')
) as s
cross join lateral (
    select coalesce(sum(p.amount), 0) as amount
    from ledger.partners_capital(%(fund_id)s, d.as_of) as p
) as c
where s.amount <> c.amount
"""

# Partners whose whole cents are a cent or more away from their exact shares.
DRIFTED = """
select x.what, i.investor_code, sum(x.exact), sum(x.amount)
from (
    select 'capital' as what, investor_id, exact_amount as exact, capital_amount as amount
    from fund.capital_call_line where fund_id = %(fund_id)s
    union all
    select 'fee', investor_id, exact_fee_amount, fee_amount
    from fund.capital_call_line where fund_id = %(fund_id)s
    union all
    select 'distribution', investor_id, exact_amount, amount
    from fund.distribution_line where fund_id = %(fund_id)s
) as x
join fund.investor as i on x.investor_id = i.investor_id
group by 1, 2
having abs(sum(x.exact) - sum(x.amount)) >= 0.01
"""

# The least that an account holds on a day and after it: debit less credit.
LEAST = """
select least(
    coalesce(sum(%(sign)s * (l.debit - l.credit)) filter (where l.entry_on <= %(day)s), 0),
    (
        select min(d.amount)
        from (
            select
                k.entry_on,
                sum(sum(%(sign)s * (k.debit - k.credit))) over (order by k.entry_on) as amount
            from ledger.journal_line as k
            where k.fund_id = %(fund_id)s and k.account_number = %(account)s
            group by k.entry_on
        ) as d
        where d.entry_on > %(day)s
    )
)
from ledger.journal_line as l
where l.fund_id = %(fund_id)s and l.account_number = %(account)s
"""

# What can still be called of each partner on each of some days, the least of it.
CALLABLE = """
select i.investor_code, min(u.unfunded_amount)
from unnest(%(days)s::date[]) as d (as_of)
cross join lateral fund.unfunded(%(fund_id)s, d.as_of) as u
join fund.investor as i on u.investor_id = i.investor_id
group by 1
"""


def check_statement(conn: Connection) -> str:
    """The names of the checks with offenders, of those that read funds, in one statement."""
    names = conn.execute(
        "select relname from pg_class where relnamespace = 'ops'::regnamespace"
        " and relkind = 'v' and relname like 'check\\_%'"
        " and pg_get_viewdef(oid) ~ '\\m(fund|ledger)\\.' order by 1"
    ).fetchall()
    assert names
    return " union all ".join(
        f"select '{name}' as name where exists (select from ops.{name})" for (name,) in names
    )


# Partners whose capital on a day is another than a net asset value says; null: what nobody has.
MARKED_OTHERWISE = """
select c.partner_id, c.amount, n.nav_amount
from (
    select partner_id, sum(amount) as amount
    from ledger.partners_capital(%(fund_id)s, %(day)s) group by 1
) as c
full join (
    select investor_id, nav_amount from fund.nav_line
    where fund_id = %(fund_id)s and nav_id = %(nav_id)s and event_id = nav_id
) as n on c.partner_id = n.investor_id
where coalesce(c.amount, 0) <> coalesce(n.nav_amount, 0)
"""


class WatchedLife(FundLife):
    """A fund's life on a connection of the owner."""

    checks: str = ""

    def fast(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.conn.execute(
            query.encode(), {"fund_id": self.fund_id, **values}, prepare=True
        ).fetchall()
        return found

    def stored(self) -> list[tuple[Any, ...]]:
        """A fingerprint of every table."""
        return self.fast(STORED)

    def stands(self) -> Stands:
        return {(code, what, name): amount for code, what, name, amount in self.fast(STANDS)}

    def offending(self) -> list[str]:
        if not self.checks:
            self.checks = check_statement(self.conn)
        return [name for (name,) in self.fast(self.checks)]

    def unequal(self, days: Iterable[Any]) -> list[tuple[Any, ...]]:
        """Days on which partners' capital is not the net asset value."""
        return self.fast(LEFT, days=list(days))

    def drifted(self) -> list[tuple[Any, ...]]:
        return self.fast(DRIFTED)

    def marked_otherwise(self, nav_id: Any, day: Any) -> list[tuple[Any, ...]]:
        return self.fast(MARKED_OTHERWISE, nav_id=nav_id, day=day)

    def least(self, account: str, day: Any, sign: int = 1) -> Decimal:
        """The least that an account holds on the day or any later one."""
        [(amount,)] = self.fast(LEAST, account=account, day=day, sign=sign)
        return Decimal(amount)

    def classes(self) -> dict[str, str]:
        """The class of every partner that there ever was."""
        return dict(
            self.fast(
                "select i.investor_code, c.investor_class from fund.commitment as c"
                " join fund.investor as i using (investor_id) where c.fund_id = %(fund_id)s"
            )
        )

    def callable_on(self, *days: Any) -> dict[str, Decimal]:
        """The least that can be called of each partner on any of the days."""
        return dict(self.fast(CALLABLE, days=list(days)))


def difference(after: Stands, before: Stands) -> Stands:
    keys = after.keys() | before.keys()
    found = {key: after.get(key, Decimal()) - before.get(key, Decimal()) for key in keys}
    return {key: amount for key, amount in found.items() if amount}
