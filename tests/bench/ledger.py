"""A fund's trial balance on any day, over as many lines as a large fund posts in ten years."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from tests.bench.data import Scale
from tests.bench.measure import Limit, Side
from tests.bench.row_security import UNHURRIED, begin
from tests.bench.server import Connection, Platform

ANSWER_MS = 300
FUND = "Fund of the ledger's bench"
LINES = 100  # of an entry: two for each of 50 of the 200 partners

OPEN = (
    "with added as (insert into fund.fund (name) values (%s) returning fund_id)"
    " select ledger.open_books(a.fund_id, '2015-01-01') from added as a"
)
ADMIT = (
    "with partner as ("
    "  insert into fund.investor (investor_id, investor_code, name)"
    "  select md5(n::text)::uuid, 'BENCH-' || n, 'Partner ' || n from generate_series(0, 199) as n"
    "  returning investor_id"
    ") insert into fund.commitment (fund_id, investor_id) select f.fund_id, p.investor_id"
    " from fund.fund as f, partner as p where f.name = %(fund)s"
)
ENTRIES = (
    "insert into ledger.journal_entry (fund_id, entry_id, entry_on, kind, line_count)"
    " select f.fund_id, md5(n::text)::uuid, date '2015-01-01' + n * 3650 / %(entries)s,"
    " 'capital_call', %(lines)s"
    " from fund.fund as f, generate_series(0, %(entries)s - 1) as n where f.name = %(fund)s"
)
ROWS = (
    "insert into ledger.journal_line (fund_id, entry_on, entry_id, line_number, account_number,"
    " partner_id, currency, debit, credit)"
    " select e.fund_id, e.entry_on, e.entry_id, k,"
    " (array['1100', '3000', '3200', '3500', '2300'])[1 + (e.entry_number + k / 51) %% 5],"
    " md5(((e.entry_number * 7 + k) %% 200)::text)::uuid, 'USD',"
    " case when k <= %(lines)s / 2 then 1.01 else 0 end,"
    " case when k <= %(lines)s / 2 then 0 else 1.01 end"
    " from ledger.journal_entry as e join fund.fund as f on e.fund_id = f.fund_id,"
    " generate_series(1, %(lines)s) as k where f.name = %(fund)s"
)


def contests(platform: Platform, scale: Scale) -> Iterator[Limit]:
    entries = max(1, scale.companies * scale.quarters // 40)
    with ExitStack() as stack:
        owner = stack.enter_context(platform.owner())
        fill(owner, entries)
        api = stack.enter_context(platform.connect("qb_api", options=UNHURRIED))
        begin(owner, api)
        query = (
            "select t.* from fund.fund as f, ledger.trial_balance(f.fund_id, '2024-08-15') as t"
            " where f.name = %s"
        )
        work = Side("as a viewer", lambda: api.execute(query.encode(), [FUND]).fetchall())
        yield Limit(
            "trial balance in the middle of a quarter", work, ANSWER_MS, 0.95, entries * LINES
        )


def fill(owner: Connection, entries: int) -> None:
    """Once, should the data be kept."""
    if owner.execute("select from fund.fund where name = %s", [FUND]).rowcount:
        return
    with owner.transaction():
        owner.execute(OPEN.encode(), [FUND])
        for statement in (ADMIT, ENTRIES, ROWS):
            values = {"fund": FUND, "entries": entries, "lines": LINES}
            owner.execute(statement.encode(), values)
    owner.execute("vacuum analyze ledger.journal_line, ledger.period_balance")
