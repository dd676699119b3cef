"""Short words for what a test of a fund's capital does: its partners, its events, what stands."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Self

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from tests.conftest import Connection
from tests.ledger.fund_books import OPENED, FundBooks, Row

FIRST_CLOSE = "2024-01-15"
THREE = {"LP-01": 50_000_000, "LP-02": 30_000_000, "LP-03": 20_000_000}

# What events write, in the order of the migrations.
TABLES = (
    "commitment", "event", "commitment_line", "close", "transfer", "capital_call",
    "capital_call_line", "payment", "payment_line", "late_interest", "partner_default",
    "true_up_interest", "fee_adjustment", "fee_run", "fee_line", "fee_segment",
    "fee_reduction", "fee_payment", "distribution", "distribution_line", "nav",
    "nav_line",
)  # fmt: skip


class FundLife(FundBooks):
    """One fund with its books, terms and partners. Partners are named by their codes."""

    @classmethod
    def begun(
        cls,
        conn: Connection,
        name: str = "Fund I",
        commitments: Mapping[str, object] = THREE,
        classes: Mapping[str, str] | None = None,
        books: Mapping[str, Any] | None = None,
        **terms: Any,
    ) -> Self:
        """A fund in USD with quarterly books from 2024 on, terms from 2020 on, and a first close.

        `terms` are columns of fund.terms other than their defaults; without `commitments` there
        is no close yet.
        """
        row = conn.execute(
            "insert into fund.fund (name, currency) values (%s, 'USD') returning fund_id", [name]
        ).fetchone()
        assert row
        life = cls(conn, row[0])
        life.call("open_books", **{"first_on": OPENED, **(books or {})})
        life.set_terms("2020-01-01", **terms)
        if commitments:
            life.close_on(FIRST_CLOSE, commitments, classes)
        return life

    def on(self, conn: Connection) -> Self:
        return type(self)(conn, self.fund_id)

    def set_terms(self, valid_from: str, **terms: Any) -> None:
        """A version of the terms from a day on; the one before ends there."""
        self.rows(
            "update fund.terms set valid_to = %(valid_from)s"
            " where fund_id = %(fund_id)s and valid_to is null",
            valid_from=valid_from,
        )
        columns = ["valid_from", *terms]
        self.rows(
            f"insert into fund.terms (fund_id, {', '.join(columns)})"
            f" values (%(fund_id)s, {', '.join(f'%({column})s' for column in columns)})",
            valid_from=valid_from,
            **terms,
        )

    def set_fee(self, investor_class: str, from_on: str, rate: object, base: str) -> None:
        """A step of the management fee in the newest version of the terms."""
        self.rows(
            "insert into fund.fee_step"
            " (fund_id, valid_from, investor_class, from_on, fee_rate, fee_base)"
            " select fund_id, max(valid_from), %(investor_class)s, %(from_on)s, %(rate)s, %(base)s"
            " from fund.terms where fund_id = %(fund_id)s group by fund_id",
            investor_class=investor_class,
            from_on=from_on,
            rate=rate,
            base=base,
        )

    def invite(self, *codes: str) -> None:
        """Investors of these codes, unless they are known: partners of nothing yet."""
        self.rows(
            "insert into fund.investor (investor_code, name)"
            " select c, 'Investor ' || c from unnest(%(codes)s::text[]) as c"
            " on conflict (investor_code) do nothing",
            codes=list(codes),
        )

    # What is done: each returns the row of fund.run_event.

    def run(
        self, kind: str, request: Row, key: str | None = None, *, preview: bool = False
    ) -> DictRow:
        [row] = self.rows(
            "select * from fund.run_event(%(fund_id)s, %(kind)s, %(request)s, %(key)s,"
            " %(preview)s)",
            kind=kind,
            request=Jsonb(request, dumps=_dumps),
            key=key,
            preview=preview,
        )
        return row

    def close_on(
        self,
        day: str,
        commitments: Mapping[str, object],
        classes: Mapping[str, str] | None = None,
        **more: Any,
    ) -> DictRow:
        """A close; investors who are not known yet are invited."""
        self.invite(*commitments)
        lines = [
            {"investor": code, "amount": amount}
            | ({"investor_class": classes[code]} if classes and code in classes else {})
            for code, amount in commitments.items()
        ]
        return self.run("close", {"closed_on": day, "commitments": lines, **more})

    def issue(self, day: str, capital: object, excused: Sequence[str] = (), **more: Any) -> DictRow:
        """A capital call, its notice on the day."""
        sent: Row = {"notice_on": day, "capital_amount": capital, **more}
        if excused:
            sent["excuses"] = [{"investor": code, "reason": "Side letter"} for code in excused]
        return self.run("capital_call", sent)

    def pay(self, code: str, day: str, amount: object, **more: Any) -> DictRow:
        return self.run("payment", {"investor": code, "received_on": day, "amount": amount, **more})

    def pay_all(self, day: str) -> None:
        """Every partner pays what is open of its calls."""
        for code, amount in self.open_amounts().items():
            self.pay(code, day, amount)

    def distribute(self, day: str, amount: object, **more: Any) -> DictRow:
        return self.run("distribution", {"declared_on": day, "amount": amount, **more})

    def take_back(self, event: DictRow, **more: Any) -> DictRow:
        return self.run("reversal", {"event_id": str(event["event_id"]), **more})

    # What stands.

    def investor_id(self, code: str) -> Any:
        return self.value(
            "select investor_id from fund.investor where investor_code = %(code)s", code=code
        )

    def by_code(self, query: str, **values: Any) -> dict[str, Any]:
        """The one other column of a query with investor_id, by the investor's code."""
        rows = self.rows(
            "select i.investor_code, q.* from"
            f" ({query}) as q join fund.investor as i using (investor_id) order by 1",
            **values,
        )
        found = {}
        for row in rows:
            code, _, *rest = row.values()
            found[code] = rest[0] if len(rest) == 1 else tuple(rest)
        return found

    def called(self, event: DictRow | None = None, column: str = "capital_amount") -> Row:
        """What stands as called of each partner: of one call, or of all."""
        return self.by_code(
            f"select investor_id, sum({column}) from fund.capital_call_line"
            " where fund_id = %(fund_id)s and (%(call_id)s::uuid is null or call_id = %(call_id)s)"
            " group by investor_id",
            call_id=event["event_id"] if event else None,
        )

    def open_amounts(self, event: DictRow | None = None) -> dict[str, Decimal]:
        """What each partner still owes: of one call, or of all; who owes nothing is left out."""
        return self.by_code(
            "select investor_id, sum(amount) from ("
            " select investor_id, call_id, capital_amount + fee_amount as amount"
            " from fund.capital_call_line where fund_id = %(fund_id)s"
            " union all"
            " select investor_id, call_id, -amount from fund.payment_line"
            " where fund_id = %(fund_id)s and applied_to = 'call') as x"
            " where %(call_id)s::uuid is null or call_id = %(call_id)s"
            " group by investor_id having sum(amount) <> 0",
            call_id=event["event_id"] if event else None,
        )

    def unfunded(self, as_of: str | None = None) -> dict[str, Decimal]:
        return self.by_code("select * from fund.unfunded(%(fund_id)s, %(as_of)s)", as_of=as_of)

    def partner_balances(self, code: str, as_of: str = "2199-12-31") -> dict[str, Decimal]:
        """Debit less credit of each account of one partner, of those that are not even."""
        rows = self.rows(
            "select account_number, sum(debit - credit) as amount from ledger.journal_line"
            " where fund_id = %(fund_id)s and entry_on <= %(as_of)s and partner_id ="
            " (select investor_id from fund.investor where investor_code = %(code)s)"
            " group by account_number having sum(debit - credit) <> 0 order by 1",
            code=code,
            as_of=as_of,
        )
        return {row["account_number"]: row["amount"] for row in rows}

    def everything(self) -> list[tuple[str, list[DictRow]]]:
        """All that is stored of the fund, to see that a refusal changed nothing."""
        query = "select t::text as row from fund.{} as t where fund_id = %(fund_id)s order by 1"
        return super().everything() + [(table, self.rows(query.format(table))) for table in TABLES]


def _dumps(sent: Row) -> str:
    """Amounts as text: no binary float on the way in."""
    return json.dumps(sent, default=str)
