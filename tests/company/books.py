"""A test's books: one transaction over a deployed database, rolled back when the test ends.

Everything is derived inside the transaction that changes it, so a rolled-back test sees all of it
and costs milliseconds instead of a database of its own.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import Jsonb

Row = dict[str, Any]
FLOWS = {
    "total_revenue": 1000,
    "recurring_revenue": 800,
    "gross_profit": 700,
    "sales_marketing_expense": 200,
    "total_operating_expense": 900,
    "ebitda": -200,
    "net_income": -250,
    "cash_burn": -300,
}
COUNTS = ("employees", "customers")
NUMBERS = {**FLOWS, "cash_balance": 5000, "debt_outstanding": 400, "employees": 10, "customers": 20}


def quarter_end(year: int, quarter: int) -> date:
    return date(year, quarter * 3, monthrange(year, quarter * 3)[1])


def weekdays(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


@contextmanager
def refused(conn: psycopg.Connection[Any], sqlstate: str, constraint: str | None) -> Iterator[None]:
    """The block must fail by this rule; the transaction goes on as it was before the block."""
    with pytest.raises(psycopg.Error) as caught, conn.transaction():
        yield
    assert (caught.value.sqlstate, caught.value.diag.constraint_name) == (sqlstate, constraint)


class Books:
    """Short words for what a test of derived numbers does, on a connection of the owner."""

    def __init__(self, conn: psycopg.Connection[Any]) -> None:
        self.conn: psycopg.Connection[DictRow] = conn
        self.conn.row_factory = dict_row

    def rows(self, query: str, *values: object) -> list[Row]:
        cursor = self.conn.execute(query.encode(), values)
        return cursor.fetchall() if cursor.description else []

    def row(self, query: str, *values: object) -> Row:
        [row] = self.rows(query, *values)
        return row

    def value(self, query: str, *values: object) -> Any:
        [value] = self.row(query, *values).values()
        return value

    def call(self, function: str, **arguments: object) -> Row:
        """The one row of a function; of an API function: status, etag and body (parsed)."""
        named = ", ".join(f"p_{name} => %({name})s" for name in arguments)
        cursor = self.conn.execute(f"select * from {function}({named})".encode(), arguments)
        [row] = cursor.fetchall()
        if isinstance(row.get("body"), str):
            row["body"] = json.loads(row["body"], parse_float=Decimal)
        return row

    def company(self, company_id: str = "acme", **payload: object) -> Row:
        """Creates or updates a company; a new one reports in USD by calendar years."""
        start = {"company_name": "Acme", "reporting_currency": "USD", "year_end_date": "2024-12-31"}
        known = self.rows("select 1 from company.company where company_id = %s", company_id)
        payload = {"company_id": company_id, **({} if known else start), **payload}
        data: Row = self.call("company.save_company", company=Jsonb(payload))["body"]["data"]
        return data

    def quarter(self, year: int, quarter: int, company_id: Any = "acme", **numbers: object) -> Row:
        """Submits a quarter; `on` is its last day when that is not the calendar quarter's."""
        on = numbers.pop("on", None) or quarter_end(year, quarter)
        arguments = {**NUMBERS, "company_id": company_id, "fiscal_reporting_date": on, **numbers}
        data: Row = self.call("company.submit_metrics_input", **arguments)["body"]["data"]
        return data

    def correct(self, year: int, quarter: int, company_id: str = "acme", **numbers: object) -> None:
        changes = ", ".join(f"{name} = %({name})s" for name in numbers)
        key = {"the_year": year, "the_quarter": quarter, "the_company": company_id}
        where = "(reporting_year, reporting_quarter, company_id) = "
        query = f"update company.metrics_input set {changes} where {where}"
        query += "(%(the_year)s, %(the_quarter)s, %(the_company)s)"
        assert self.conn.execute(query.encode(), {**numbers, **key}).rowcount == 1

    def remove(self, year: int, quarter: int, company_id: str = "acme") -> None:
        query = "delete from company.metrics_input where (reporting_year, reporting_quarter)"
        query += " = (%s, %s) and company_id = %s"
        assert self.conn.execute(query.encode(), (year, quarter, company_id)).rowcount == 1

    def derived(self, table: str, year: int, quarter: int, company_id: str) -> dict[str, Row]:
        rows = self.rows(
            f"select * from company.quarterly_reporting_{table}"
            " where company_id = %s and reporting_year = %s and reporting_quarter = %s",
            *(company_id, year, quarter),
        )
        return {row["currency"]: row for row in rows}

    def financials(self, year: int, quarter: int, company_id: str = "acme") -> dict[str, Row]:
        """The financials of a quarter, by currency."""
        return self.derived("financials", year, quarter, company_id)

    def metrics(self, year: int, quarter: int, company_id: str = "acme") -> dict[str, Row]:
        """The metrics of a quarter, by currency."""
        return self.derived("metrics", year, quarter, company_id)

    def record(self, fixings: Iterable[tuple[date, str, object]], source: str = "manual") -> Row:
        rates = [{"date": str(on), "currency": c, "rate": str(rate)} for on, c, rate in fixings]
        return self.call("fx.record_rates", source_id=source, rates=Jsonb(rates))

    def fix(self, first: date, last: date, rates: Mapping[str, object]) -> None:
        """The same fixings, units per euro, on every weekday from first to last."""
        days = weekdays(first, last)
        self.record((day, currency, rate) for day in days for currency, rate in rates.items())

    def fix_quarter(self, year: int, quarter: int, **rates: object) -> None:
        self.fix(date(year, quarter * 3 - 2, 1), quarter_end(year, quarter), rates)

    def set(self, setting: str, value: object) -> None:
        self.rows("update ops.setting set value = %s where setting = %s", Jsonb(value), setting)
