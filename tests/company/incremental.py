"""Random histories of a portfolio: every kind of change that derived numbers depend on.

A history runs in one transaction that is rolled back, so that it leaves nothing behind. After each
change, what the triggers kept is compared with what the rules say from scratch.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from psycopg.types.json import Jsonb

from tests.company.books import COUNTS, FLOWS, NUMBERS, Books, quarter_end, weekdays
from tests.company.rebuild import differences, rebuilt_differences

COMPANIES = {"a": "USD", "b": "EUR", "c": "GBP"}
QUARTERS = 12  # from 2023 Q1 on
# Amounts so large that six decimals of them are many digits.
LARGE = {name: value * (1 if name in COUNTS else 10_000) for name, value in NUMBERS.items()}
FIRST, LAST = date(2022, 12, 1), date(2026, 1, 5)

companies = st.sampled_from(sorted(COMPANIES))
quarters = st.integers(0, QUARTERS - 1)
# The last day of a quarter, or near it: 52/53-week years, and quarters that end a month earlier.
offsets = st.sampled_from([0, 0, 0, 2, -3, -30])
currencies = st.sampled_from(["USD", "EUR", "GBP", "CAD"])
fixed = st.sampled_from(["USD", "GBP", "CAD"])
amounts = st.one_of(st.none(), st.just(0), st.integers(10_000, 10**9))
signed = st.one_of(amounts, st.integers(-(10**9), -10_000))
counts = st.one_of(st.none(), st.integers(0, 500))
KINDS = dict.fromkeys(FLOWS, signed) | {
    "total_revenue": amounts, "recurring_revenue": amounts, "sales_marketing_expense": amounts,
    "cash_balance": amounts, "debt_outstanding": amounts, "employees": counts, "customers": counts,
}  # fmt: skip
numbers = st.fixed_dictionaries({}, optional=KINDS)
# Every day of the history, and more often those on which quarters begin and end.
days = st.one_of(
    st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(days=n)),
    st.builds(lambda n, offset: day(n, offset), quarters, st.sampled_from([0, 1, -2, -30])),
)
spans = st.sampled_from([0, 1, 6, 40, 100])
rates = st.integers(2000, 30_000).map(lambda n: Decimal(n) / 10_000)
sources = st.sampled_from(["ecb_bundled", "manual"])


def rows_of(picked: list[tuple[str, int]], offset: int, numbers: dict[str, Any]) -> Jsonb:
    return Jsonb(
        [
            {
                **LARGE,
                **numbers,
                "company_id": company_id,
                "fiscal_reporting_date": str(day(n, offset)),
            }
            for company_id, n in picked
        ]
    )


def day(quarter: int, offset: int) -> date:
    return quarter_end(2023 + quarter // 4, quarter % 4 + 1) + timedelta(days=offset)


def prepare(books: Books) -> None:
    """Three companies and fixings of every weekday; of the pound barely enough in a quarter."""
    for company_id, currency in COMPANIES.items():
        books.company(company_id, reporting_currency=currency, year_end_date=None)
    fixings = []
    for n, on in enumerate(weekdays(FIRST, LAST)):
        for currency, start in {"USD": 11_000, "CAD": 15_000, "GBP": 8_000}.items():
            if currency != "GBP" or n % 13 < 9:
                fixings.append((on, currency, Decimal(start + n * 37 % 500) / 10_000))
    books.record(fixings, "ecb_bundled")
    books.record([(on, currency, rate * 2) for on, currency, rate in fixings[::7]])
    for company_id, currency in {"a": "GBP", "b": "USD"}.items():
        books.rows(
            "insert into company.valuation_round (company_id, round_on, post_money_valuation,"
            " equity_raised, currency) values (%s, '2023-11-11', 70, 30, %s)",
            *(company_id, currency),
        )


class History(RuleBasedStateMachine):
    """Changes, in any order; each is done, or refused by a rule that it names."""

    def __init__(self, books: Books) -> None:
        super().__init__()
        self.books = books
        self.failed = False

    @contextmanager
    def change(self, *may_break: str) -> Iterator[None]:
        try:
            with self.books.conn.transaction():
                yield
        except psycopg.Error as error:
            if error.diag.constraint_name not in may_break:
                self.failed = True
                raise

    @initialize(holes=st.sets(st.tuples(companies, quarters), max_size=8), offset=offsets)
    def past(self, holes: set[tuple[str, int]], offset: int) -> None:
        whole = [(company_id, n) for company_id in COMPANIES for n in range(QUARTERS)]
        picked = [key for key in whole if key not in holes]
        self.books.call("company.import_metrics_inputs", rows=rows_of(picked, offset, {}))

    @rule(
        company_id=companies,
        n=quarters,
        offset=offsets,
        currency=st.none() | currencies,
        numbers=numbers,
    )
    def submit(self, company_id: str, n: int, offset: int, currency: Any, numbers: Any) -> None:
        with self.change("metrics_input_one_per_quarter"):
            on = day(n, offset)
            values = {**LARGE, **numbers, "currency": currency}
            self.books.quarter(0, 0, company_id, on=on, **values)

    @rule(
        picked=st.lists(st.tuples(companies, quarters), min_size=1, max_size=8),
        numbers=numbers,
        offset=offsets,
    )
    def submit_many(self, picked: list[tuple[str, int]], numbers: Any, offset: int) -> None:
        self.books.call("company.import_metrics_inputs", rows=rows_of(picked, offset, numbers))

    @rule(
        ids=st.lists(companies, min_size=1, unique=True),
        n=quarters,
        m=quarters,
        numbers=numbers,
        currency=st.none() | currencies,
    )
    def correct(self, ids: list[str], n: int, m: int, numbers: Any, currency: Any) -> None:
        changes = {**numbers, **({"currency": currency} if currency else {})} or {"ebitda": 5}
        text = ", ".join(f"{name} = %({name})s" for name in changes)
        self.books.conn.execute(
            f"update company.metrics_input set {text} where company_id = any(%(ids)s)"
            " and quarter_ordinal between 8092 + %(n)s and 8092 + %(m)s".encode(),
            {**changes, "ids": ids, "n": min(n, m), "m": max(n, m)},
        )

    @rule(company_id=companies, n=quarters, to=quarters, offset=offsets, whose=companies)
    def move(self, company_id: str, n: int, to: int, offset: int, whose: str) -> None:
        with self.change("metrics_input_one_per_quarter"):
            self.books.rows(
                "update company.metrics_input set fiscal_reporting_date = %s, company_id = %s,"
                " reporting_year = null, reporting_quarter = null"
                " where company_id = %s and quarter_ordinal = 8092 + %s",
                *(day(to, offset), whose, company_id, n),
            )

    @rule(ids=st.lists(companies, min_size=1, unique=True), n=quarters, m=quarters)
    def remove(self, ids: list[str], n: int, m: int) -> None:
        self.books.rows(
            "delete from company.metrics_input where company_id = any(%s)"
            " and quarter_ordinal between 8092 + %s and 8092 + %s",
            *(ids, min(n, m), max(n, m)),
        )

    @invariant()
    def stored_is_what_the_rules_say(self) -> None:
        if not self.failed:
            wrong = differences(self.books, "financials", "metrics")
            self.failed = bool(wrong)
            assert not wrong, wrong

    def teardown(self) -> None:
        try:
            if not self.failed:
                wrong = rebuilt_differences(self.books)
                assert not wrong, wrong
        finally:
            self.books.conn.rollback()
