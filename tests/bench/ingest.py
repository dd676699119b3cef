"""Quarters in bulk: COPY with all triggers on against COPY of the finished rows and against Polars,
the rebuild on as many connections as there are cores, growth, and a corrected fixing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.bench.data import COMPANIES, FUNDS, INPUTS, RATES, Scale
from tests.bench.measure import Contest, Side
from tests.bench.peers import finished_rows, polars_client
from tests.bench.server import Connection, Platform, platform

# A quarter of the data set: 100,000 quarters of the default one.
SHARE = 4
INPUT = "company.metrics_input"
KEPT = ("id", "created_date", "created_by", "last_update_date", "last_updated_by", "row_version")
FINANCIALS, METRICS = finished_rows.STORED.values()

# A correction of one quarter reaches the financials of it and the metrics of it and seven more, in
# one currency; a submitted quarter is a row in each of two tables for each of three currencies.
CORRECTED_ROWS = 9
SUBMITTED_ROWS = 2 * 3

BARE_INPUTS = f"""
    alter table {INPUT} disable trigger user;
    truncate {INPUT}, {FINANCIALS}, {METRICS};
    alter table {INPUT} enable trigger user;
"""
# Three currencies for every company: its own, USD and CAD.
LOCAL_CURRENCIES = """
    update company.company set reporting_currency = 'EUR', valuation_currency = 'EUR'
    where reporting_currency = 'USD'
"""
CORRECT = """
    update fx.rate set rate = rate * %s
    where currency = 'USD' and rate_on = (
        select max(r.rate_on) from fx.rate as r where r.rate_on <= %s::date
    )
"""


def contests(_: Platform, scale: Scale) -> Iterator[Contest]:
    """On a server of its own, for it empties the tables between the runs."""
    part = Scale(companies=scale.companies // SHARE, quarters=scale.quarters)
    with platform(None) as own, own.owner() as conn:
        yield from Bulk(own, conn, part).contests()


class Bulk:
    """One database, its inputs and finished rows as COPY texts."""

    def __init__(self, own: Platform, conn: Connection, scale: Scale) -> None:
        self.own, self.conn, self.scale = own, conn, scale
        # A quarter with a year and more on both sides of it.
        year, quarter = divmod(scale.quarters * 3 // 4, 4)
        self.corrected = f"{2025 - scale.quarters // 4 + year}-{quarter * 3 + 3}-30"
        finished_rows.make_tables(conn)
        self.columns = {
            table: finished_rows.columns(conn, table) for table in (INPUT, FINANCIALS, METRICS)
        }
        # What people submit; the rest the table fills itself.
        self.columns[INPUT] = [name for name in self.columns[INPUT] if name not in KEPT]
        with conn.transaction():
            conn.execute(f"alter table {INPUT} disable trigger user".encode())
            conn.execute("select setseed(0.5)")
            for statement in (RATES, FUNDS, COMPANIES, LOCAL_CURRENCIES, INPUTS):
                conn.execute(statement.encode(), scale.values())
            conn.execute(f"alter table {INPUT} enable trigger user".encode())
        order = "company_id, reporting_year, reporting_quarter"
        text = finished_rows.dump(conn, INPUT, self.columns[INPUT], order)
        self.inputs = text.splitlines(keepends=True)
        self.bare()
        # The first load is not measured: it makes the rates of the quarters, and the finished rows.
        self.submit()
        self.finished = {
            name: finished_rows.dump(conn, table, self.columns[table])
            for name, table in finished_rows.STORED.items()
        }
        self.rows = sum(text.count(b"\n") for text in self.finished.values())

    def contests(self) -> Iterator[Contest]:
        work = f"{len(self.inputs):,} quarters by COPY"
        submit = Side("triggers on", self.submit, self.bare)
        finished = Side("COPY of the finished rows", self.copy_finished, self.bare_copies)
        polars = Side("Polars", self.derive_outside, self.bare_copies)
        yield Contest(work, submit, finished, 1.5, self.rows, 3)
        yield Contest(work, submit, polars, 1.0, self.rows, 3)
        self.agree()

        fourth = Side("a fourth of them", lambda: self.submit(4) or 0, self.bare)
        whole = Side("triggers on", lambda: self.submit() and 0, self.bare)
        yield Contest(work, whole, fourth, 4.4, self.rows, 3)

        self.bare()
        self.submit()
        rebuild = Side("rebuild", self.rebuild, self.bare_derived)
        yield Contest("rebuild on all cores", rebuild, finished, 1.0, self.rows, 3)

        self.bare()
        self.submit()
        self.conn.execute("vacuum analyze")
        correct = Side("corrected", self.correct)
        share = max(1, SUBMITTED_ROWS * self.scale.quarters // CORRECTED_ROWS)
        again = Side("as many rows by COPY", lambda: self.submit(share) or 0,
                     lambda: self.withdraw(share))  # fmt: skip
        rows = self.scale.companies * CORRECTED_ROWS
        yield Contest("a corrected fixing, its quarter", correct, again, 1.5, rows, 5)

    def bare(self) -> None:
        self.conn.execute(BARE_INPUTS.encode())

    def bare_derived(self) -> None:
        self.conn.execute(f"truncate {FINANCIALS}, {METRICS}".encode())

    def bare_copies(self) -> None:
        self.conn.execute("truncate bench.metrics_input, bench.financials, bench.metrics")

    def submit(self, share: int = 1) -> int:
        """The first companies, or all, in one transaction; how many rows that made."""
        lines = self.inputs[: self.lines(share)]
        with self.conn.transaction():
            finished_rows.load(self.conn, INPUT, self.columns[INPUT], b"".join(lines))
        return self.stored(METRICS) if share == 1 else 0

    def lines(self, share: int) -> int:
        return max(1, self.scale.companies // share) * self.scale.quarters

    def withdraw(self, share: int) -> None:
        last = self.inputs[self.lines(share) - 1].split(b"\t")[0].decode()
        self.conn.execute(f"delete from {INPUT} where company_id <= %s".encode(), [last])

    def correct(self) -> int:
        self.factor = "1.0001" if getattr(self, "factor", "") != "1.0001" else "0.9999"
        self.conn.execute(CORRECT, [self.factor, self.corrected])
        return 0

    def copy_finished(self) -> int:
        with self.conn.transaction():
            for name, table in finished_rows.STORED.items():
                text = self.finished[name]
                finished_rows.load(self.conn, f"bench.{name}", self.columns[table], text)
        return self.stored("bench.metrics")

    def derive_outside(self) -> int:
        with self.conn.transaction():
            text = b"".join(self.inputs)
            finished_rows.load(self.conn, "bench.metrics_input", self.columns[INPUT], text)
            polars_client.derive(self.conn, self.columns[FINANCIALS], self.columns[METRICS])
        return self.stored("bench.metrics")

    def agree(self) -> None:
        """A peer that gives other numbers is no peer."""
        for name, table in finished_rows.STORED.items():
            numbers = [
                column
                for (column,) in self.conn.execute(
                    "select attname from pg_attribute where attrelid = %s::regclass"
                    " and attnum > 0 and atttypid = 'numeric'::regtype order by attnum",
                    [table],
                )
            ]
            same = " and ".join(
                f"coalesce(abs(p.{n} - t.{n}) <= 1e-9 * abs(t.{n}) + 1e-5, p.{n} is null and t.{n}"
                " is null)" for n in numbers
            )  # fmt: skip
            row = self.conn.execute(
                f"select count(*), count(*) filter (where {same}) from {table} as t"
                f" join bench.{name} as p using ({finished_rows.KEY})".encode()
            ).fetchone()
            assert row is not None
            if row[0] != row[1] or row[0] != self.stored(table):
                raise AssertionError(f"Polars derives other {name}: {row} of {self.stored(table)}")

    def rebuild(self) -> int:
        """Ranges of companies, a connection for each."""
        ranges = self.conn.execute(
            "select min(company_id), max(company_id) from ("
            " select company_id, ntile(%s) over (order by company_id) as part"
            " from company.company) as c group by part",
            [os.cpu_count()],
        ).fetchall()

        def work(first: str, last: str) -> None:
            with self.own.owner() as conn:
                conn.execute("select company.rebuild_derived(%s, %s)", [first, last])

        with ThreadPoolExecutor(len(ranges)) as pool:
            list(pool.map(lambda ends: work(*ends), ranges))
        return self.stored(METRICS)

    def stored(self, table: str) -> int:
        row = self.conn.execute(f"select count(*) from {table}".encode()).fetchone()
        assert row is not None
        return int(row[0])
