"""Short words for what a test of a fund's books does, on any connection."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from psycopg.rows import DictRow, dict_row
from psycopg.types.json import Jsonb

from tests.conftest import Connection

Row = dict[str, Any]

FIRST, SECOND, GENERAL = (UUID(int=n) for n in (1, 2, 3))  # partners: two limited, one general
OPENED = "2024-01-01"


def line(words: str, partner: UUID | None = None, currency: str = "USD") -> Row:
    """`line("1000 debit 5.00")` as ledger.post_entry takes it."""
    account, side, amount = words.split()
    found: Row = {"account": account, "currency": currency, side: amount}
    return found | ({"partner_id": str(partner)} if partner else {})


def entry(kind: str, day: str, *lines: Row, **more: Any) -> Row:
    return {"kind": kind, "entry_on": day, "lines": list(lines), **more}


def cash_in(day: str, amount: object, **more: Any) -> Row:
    """The simplest entry of all."""
    lines = line(f"1000 debit {amount}"), line(f"4200 credit {amount}")
    return entry("income", day, *lines) | more


ADMIT = (
    "insert into fund.investor (investor_id, investor_code, name)"
    " select a.investor_id, 'P-' || a.number, 'Partner ' || a.number"
    " from unnest(%(partners)s) with ordinality as a (investor_id, number) on conflict do nothing",
    "insert into fund.commitment (fund_id, investor_id) select %(fund_id)s, unnest(%(partners)s)",
)


class FundBooks:
    """The books of one fund."""

    def __init__(self, conn: Connection, fund_id: UUID) -> None:
        self.conn: Any = conn
        self.fund_id = fund_id

    @classmethod
    def opened(cls, conn: Connection, name: str = "Fund I", **arguments: Any) -> Self:
        """By the owner: partners are admitted by events, which these tests do without."""
        row = conn.execute(
            "insert into fund.fund (name) values (%s) returning fund_id", [name]
        ).fetchone()
        assert row
        books = cls(conn, row[0])
        books.call("open_books", **{"first_on": OPENED, **arguments})
        for statement in ADMIT:
            books.rows(statement, partners=[FIRST, SECOND, GENERAL])
        return books

    def on(self, conn: Connection) -> Self:
        """The same books through another connection."""
        return type(self)(conn, self.fund_id)

    def rows(self, query: str, **values: Any) -> list[DictRow]:
        cursor = self.conn.cursor(row_factory=dict_row)
        cursor.execute(query.encode(), {"fund_id": self.fund_id, **values})
        found: list[DictRow] = cursor.fetchall() if cursor.description else []
        return found

    def value(self, query: str, **values: Any) -> Any:
        [row] = self.rows(query, **values)
        [value] = row.values()
        return value

    def call(self, function: str, **arguments: Any) -> list[DictRow]:
        named = ", ".join(f"p_{name} => %({name})s" for name in ("fund_id", *arguments))
        return self.rows(f"select * from ledger.{function}({named})", **arguments)

    def post(self, sent: Row, key: str | None = None, *, preview: bool = False) -> DictRow:
        [row] = self.call("post_entry", entry=Jsonb(sent), key=key, preview=preview)
        return row

    def post_all(self, entries: Iterable[Row]) -> None:
        for sent in entries:
            self.post(sent)

    def reverse(self, entry_id: UUID, **arguments: Any) -> DictRow:
        [row] = self.call("reverse_entry", entry_id=entry_id, **arguments)
        return row

    def close(self, last_on: str) -> None:
        self.call("close_period", last_on=last_on)

    def balances(self, as_of: str = "2199-12-31") -> dict[str, Decimal]:
        """Debit less credit of each account, of those that are not even, in all currencies."""
        found: dict[str, Decimal] = {}
        for row in self.call("trial_balance", as_of=as_of):
            amount = row["debit_balance"] - row["credit_balance"]
            found[row["account_number"]] = found.get(row["account_number"], Decimal()) + amount
        return {account: amount for account, amount in found.items() if amount}

    def everything(self) -> list[tuple[str, list[DictRow]]]:
        """All that is stored of the books, to see that a refusal changed nothing."""
        tables = "book", "account", "period", "journal_entry", "journal_line", "period_balance"
        query = "select t::text as row from ledger.{} as t where fund_id = %(fund_id)s order by 1"
        return [(table, self.rows(query.format(table))) for table in tables]

    def offenders(self) -> dict[str, int]:
        """The checks with rows; the connection is the owner's."""
        rows = self.rows("select * from ops.run_checks() where offenders > 0")
        return {row["check_name"]: row["offenders"] for row in rows}
