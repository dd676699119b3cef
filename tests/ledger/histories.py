"""Random histories of a fund's books, and a model of them.

A history runs in one transaction that is rolled back. The model holds the lines that were taken and
says of each step whether it is taken; after each, statements are compared and every check is empty.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from tests.ledger.fund_books import FIRST, SECOND, FundBooks, Row, entry

BEGIN = date(2024, 1, 1)
QUARTERS = [date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31)]
PARTNERS = {"1000": None, "1200": None, "4200": None, "1100": FIRST, "3000": SECOND}

days = st.integers(-1, 365).map(lambda n: BEGIN + timedelta(days=n))
cents = st.integers(1, 10**12).map(lambda n: Decimal(n) / 100)
accounts = st.sampled_from(sorted(PARTNERS))
currencies = st.sampled_from(["USD", "EUR"])
sides = st.sampled_from(["debit", "credit"])
parts = st.lists(st.tuples(accounts, currencies, sides, cents), min_size=1, max_size=4)
keys = st.sampled_from([None, None, None, None, "a", "b"])
Taken = tuple[date, str, str, Decimal]  # day, account, currency, debit less credit


def balanced(lines: list[tuple[str, str, str, Decimal]]) -> list[tuple[str, str, str, Decimal]]:
    """With a line per currency that makes up for the rest."""
    found = list(lines)
    for currency in sorted({one[1] for one in lines}):
        rest = sum(a if s == "debit" else -a for _, c, s, a in lines if c == currency)
        if rest:
            found.append(("1000", currency, "credit" if rest > 0 else "debit", abs(rest)))
    return found


class History(RuleBasedStateMachine):
    """Steps of accountants, each taken or refused by the rule that the model expects."""

    def __init__(self, books: FundBooks) -> None:
        super().__init__()
        self.all_books = books
        self.taken: list[Taken] = []
        self.posted: list[tuple[UUID, date, list[Taken], bool]] = []
        self.reversed: set[UUID] = set()
        self.by_key: dict[str, tuple[UUID, Row]] = {}
        self.closed_to = BEGIN - timedelta(days=1)

    @initialize()
    def begin(self) -> None:
        self.conn = self.all_books.conn
        self.conn.rollback()
        self.books = FundBooks.opened(self.conn)

    def attempt(self, expected: str | None, step: Any) -> Any:
        """What the step gave; None when it was refused, by the expected rule."""
        try:
            with self.conn.transaction():
                found = step()
        except psycopg.Error as error:
            assert error.diag.constraint_name == expected, error
            return None
        assert expected is None, f"should break {expected}"
        return found

    def refusal_of_day(self, day: date) -> str | None:
        if day < BEGIN:
            return "entry_not_before_books"
        return "entry_in_open_period" if day <= self.closed_to else None

    @rule(
        day=days,
        lines=parts,
        key=keys,
        spoiled=st.integers(0, 9),
        preview=st.sampled_from([False, False, True]),
    )
    def post(
        self, day: date, lines: list[Any], key: str | None, spoiled: int, preview: bool
    ) -> None:
        lines = balanced(lines)
        expected = self.refusal_of_day(day)
        if expected is None and len(lines) < 2:
            expected = "entry_has_two_lines"
        if spoiled == 0 and lines:
            account, currency, side, amount = lines[0]
            lines[0] = (account, currency, side, amount + Decimal("0.01"))
            expected = expected or "entry_balances_per_currency"
        sent = entry("correction", str(day))
        sent["lines"] = [
            {"account": a, "currency": c, s: str(amount)}
            | ({"partner_id": str(PARTNERS[a])} if PARTNERS[a] else {})
            for a, c, s, amount in lines
        ]
        if key in self.by_key:
            same = sent == self.by_key[key][1]
            expected = None if same else "entry_key_unique"
        found = self.attempt(expected, lambda: self.books.post(sent, key, preview=preview))
        if not found or found["is_repeat"] or preview:
            return
        effect = [(day, a, c, amount if s == "debit" else -amount) for a, c, s, amount in lines]
        self.posted.append((found["entry_id"], day, effect, False))
        self.taken += effect
        if key:
            self.by_key[key] = (found["entry_id"], sent)

    @rule(key=st.sampled_from(["a", "b"]))
    def repeat(self, key: str) -> None:
        if key in self.by_key:
            entry_id, sent = self.by_key[key]
            found = self.attempt(None, lambda: self.books.post(sent, key))
            assert (found["entry_id"], found["is_repeat"]) == (entry_id, True)

    @rule(data=st.data(), day=st.one_of(st.none(), days))
    def reverse(self, data: st.DataObject, day: date | None) -> None:
        if not self.posted:
            return
        entry_id, posted_on, effect, is_reversal = data.draw(st.sampled_from(self.posted))
        on = day or max(posted_on, self.closed_to + timedelta(days=1))
        expected = self.refusal_of_day(on)
        if expected is None and is_reversal:
            expected = "reversal_is_final"
        elif expected is None and on < posted_on:
            expected = "reversal_not_before_entry"
        elif expected is None and entry_id in self.reversed:
            expected = "entry_reversed_once"
        found = self.attempt(expected, lambda: self.books.reverse(entry_id, entry_on=day))
        if found:
            back = [(on, account, currency, -amount) for _, account, currency, amount in effect]
            self.posted.append((found["entry_id"], on, back, True))
            self.reversed.add(entry_id)
            self.taken += back

    @rule(number=st.integers(0, 3), plain=st.booleans())
    def close(self, number: int, plain: bool) -> None:
        last_on = QUARTERS[number]
        first_on = date(2024, number * 3 + 1, 1)
        if last_on <= self.closed_to:
            expected: str | None = "closed_period_stays_closed"
        elif first_on != self.closed_to + timedelta(days=1):
            expected = "periods_close_in_order"
        else:
            expected = None
        change = "update ledger.period set is_closed = true where last_on = %(on)s"
        there = self.books.rows("select from ledger.period where last_on = %(on)s", on=last_on)
        if plain and there:
            self.attempt(expected, lambda: self.books.rows(change, on=last_on))
        elif plain:
            return
        else:
            self.attempt(expected, lambda: self.books.close(str(last_on)))
        if expected is None:
            self.closed_to = last_on

    @invariant()
    def checks_are_empty(self) -> None:
        assert self.books.offenders() == {}

    @invariant()
    def statements_are_the_models(self) -> None:
        for as_of in (date(2024, 2, 10), self.closed_to, QUARTERS[2], date(2025, 6, 1)):
            expected: dict[tuple[str, str], Decimal] = {}
            for day, account, currency, amount in self.taken:
                if day <= as_of:
                    key = (account, currency)
                    expected[key] = expected.get(key, Decimal()) + amount
            found = {
                (row["account_number"], row["currency"]): row["total_debit"] - row["total_credit"]
                for row in self.books.call("trial_balance", as_of=as_of)
            }
            assert found == expected, as_of

    @invariant()
    def capital_is_what_is_left(self) -> None:
        left: dict[str, Decimal] = {}
        for row in self.books.call("balance_sheet", as_of=QUARTERS[3]):
            sign = {"asset": 1, "liability": -1, "equity": 0}[row["section"]]
            left[row["currency"]] = left.get(row["currency"], Decimal()) + sign * row["amount"]
        for row in self.books.call("partners_capital", as_of=QUARTERS[3]):
            left[row["currency"]] = left.get(row["currency"], Decimal()) - row["amount"]
        assert not any(left.values()), left
