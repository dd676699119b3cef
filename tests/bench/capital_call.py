"""A capital call of a large fund, shared, recorded and posted, against inserting its finished rows
with the same keys, constraints and triggers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

from psycopg.types.json import Jsonb

from tests.bench.data import Scale
from tests.bench.measure import Contest, Side
from tests.bench.row_security import UNHURRIED
from tests.bench.server import OWNER, Connection, Platform

BAR = 5
FUND = "Fund of the capital call's bench"
PARTNERS = 1000
CALLS = 10  # that were issued before

OPEN = (
    "with added as (insert into fund.fund (name, currency) values (%(fund)s, 'USD')"
    " returning fund_id), terms as (insert into fund.terms (fund_id, valid_from)"
    " select a.fund_id, '2015-01-01' from added as a)"
    " select ledger.open_books(a.fund_id, '2015-01-01') from added as a",
    "insert into fund.investor (investor_code, name)"
    " select 'CALLED-' || n, 'Investor ' || n from generate_series(1, %(partners)s) as n"
    " on conflict do nothing",
    "select fund.run_close(f.fund_id, jsonb_build_object('closed_on', '2015-01-01',"
    " 'commitments', (select jsonb_agg(jsonb_build_object('investor', 'CALLED-' || n,"
    " 'amount', 1000 * (100000 + 7919 * n %% 99991))) from generate_series(1, %(partners)s) as n)))"
    " from fund.fund as f where f.name = %(fund)s",
)
ISSUE = (
    "select r.event_id from fund.fund as f, fund.issue_capital_call(f.fund_id, %(call)s) as r"
    " where f.name = %(fund)s"
)
# In the order in which rows name each other.
ROWS = {
    "fund.event": "event_id = %(event_id)s",
    "fund.capital_call": "event_id = %(event_id)s",
    "fund.capital_call_line": "event_id = %(event_id)s",
    "ledger.journal_entry": "source_key = %(event_id)s::text",
    "ledger.journal_line": "entry_id in (select j.entry_id from ledger.journal_entry as j"
    " where j.source_key = %(event_id)s::text)",
}
FOUND = (
    "select count(*), sum(x.capital_amount), sum(x.exact_amount) from fund.capital_call_line as x"
    " inner join fund.fund as f on x.fund_id = f.fund_id"
    " where f.name = %(fund)s and x.event_on = %(day)s"
)
DAY = "2015-03-02"


def contests(platform: Platform, scale: Scale) -> Iterator[Contest]:
    partners = min(PARTNERS, scale.companies)
    with ExitStack() as stack:
        owner = stack.enter_context(platform.owner())
        fill(owner, partners)
        conn = stack.enter_context(
            platform.connect(options=f"{OWNER} {UNHURRIED}", autocommit=False)
        )
        finished = keep_finished_rows(conn)
        tidy = tidied(owner)
        yield Contest(
            f"capital call of {partners:,} partners",
            Side("issued", taken_back(conn, lambda: issue(conn)), tidy),
            Side("finished rows", taken_back(conn, lambda: insert(conn, finished)), tidy),
            BAR,
            finished,
        )


def fill(owner: Connection, partners: int) -> None:
    """Once, should the data be kept."""
    if owner.execute("select from fund.fund where name = %s", [FUND]).rowcount:
        return
    with owner.transaction():
        for statement in OPEN:
            owner.execute(statement.encode(), {"fund": FUND, "partners": partners})
        for number in range(CALLS):
            issue(owner, f"2015-02-{number + 1:02}")
    owner.execute(
        "vacuum analyze fund.event, fund.commitment, fund.commitment_line, fund.investor,"
        " fund.capital_call, fund.capital_call_line, ledger.journal_entry, ledger.journal_line,"
        " ledger.period_balance"
    )


def issue(conn: Connection, day: str = DAY) -> Any:
    call = {"notice_on": day, "capital_amount": "1234567.89", "purpose": "Bench"}
    row = conn.execute(ISSUE.encode(), {"fund": FUND, "call": Jsonb(call)}).fetchone()
    assert row
    return row[0]


def keep_finished_rows(conn: Connection) -> int:
    """What a call writes, in temporary tables; returns how many rows."""
    values = {"event_id": issue(conn)}
    kept = {}
    for table, condition in ROWS.items():
        text = f"select jsonb_agg(to_jsonb(x))::text from {table} as x where {condition}"
        row = conn.execute(text.encode(), values).fetchone()
        assert row
        kept[table] = row[0]
    conn.rollback()
    written = 0
    for table, rows in kept.items():
        text = (
            f"create temporary table {finished_of(table)} as"
            f" select * from jsonb_populate_recordset(null::{table}, %s::jsonb)"
        )
        written += conn.execute(text.encode(), [rows]).rowcount
        conn.execute(f"analyze {finished_of(table)}".encode())
    conn.commit()
    return written


def insert(conn: Connection, rows: int) -> None:
    written = 0
    for table in ROWS:
        text = f"insert into {table} select * from {finished_of(table)}"
        written += conn.execute(text.encode()).rowcount
    assert written == rows


def finished_of(table: str) -> str:
    return "finished_" + table.partition(".")[2]


def taken_back(conn: Connection, work: Callable[[], object]) -> Callable[[], object]:
    """All that a commit would check is checked; then both sides find things as they were."""

    def run() -> object:
        work()
        conn.execute("set constraints all immediate")
        found = conn.execute(FOUND.encode(), {"fund": FUND, "day": DAY}).fetchone()
        conn.rollback()
        return found

    return run


def tidied(owner: Connection) -> Callable[[], None]:
    """Rows of runs that were taken back are swept now and then, by nobody's clock."""
    runs = count()

    def before() -> None:
        if next(runs) % 20 == 0:
            owner.execute(
                "vacuum fund.event, fund.capital_call, fund.capital_call_line,"
                " ledger.journal_entry, ledger.journal_line, ledger.period_balance"
            )

    return before
