"""The rest of the random histories: fixings, sources, settings, companies and their rounds."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.company.incremental import (
    History,
    companies,
    currencies,
    days,
    fixed,
    rates,
    sources,
    spans,
)

# Never so small that six decimals of them are few digits.
money = st.integers(0, 500).map(lambda n: n * 10_000)
values = st.none() | money
units = st.sampled_from(["millions", "units"])


class FullHistory(History):
    """Everything that a derived number can depend on changes."""

    @rule(currency=fixed, on=days, span=spans, rate=rates, source=sources)
    def record_fixings(
        self, currency: str, on: date, span: int, rate: Decimal, source: str
    ) -> None:
        fixings = [(on + timedelta(days=n), currency, rate) for n in range(span + 1)]
        self.books.record(fixings, source)

    @rule(currency=fixed, on=days, span=spans, source=sources)
    def remove_fixings(self, currency: str, on: date, span: int, source: str) -> None:
        self.books.rows(
            "delete from fx.rate where currency = %s and source_id = %s"
            " and rate_on between %s and %s",
            *(currency, source, on, on + timedelta(days=span)),
        )

    @rule(currency=fixed, other=fixed, on=days, span=spans)
    def swap_fixings_to_another_currency(
        self, currency: str, other: str, on: date, span: int
    ) -> None:
        with self.change("rate_pkey"):
            self.books.rows(
                "update fx.rate set currency = %s where currency = %s"
                " and source_id = 'manual' and rate_on between %s and %s",
                *(other, currency, on, on + timedelta(days=span)),
            )

    @rule(source=sources, priority=st.integers(1, 100), is_enabled=st.booleans())
    def reorder_sources(self, source: str, priority: int, is_enabled: bool) -> None:
        with self.change("source_priority_unique"):
            self.books.rows(
                "update fx.source set priority = %s, is_enabled = %s where source_id = %s",
                *(priority, is_enabled, source),
            )

    @rule(value=st.sampled_from(["average", "closing"]))
    def choose_flow_rate(self, value: str) -> None:
        self.books.set("fx_flow_rate", value)

    @rule(value=st.lists(currencies, unique=True, max_size=4))
    def choose_presentation(self, value: list[str]) -> None:
        self.books.set("presentation_currencies", value)

    @rule(company_id=companies, on=days, post_money=money, equity=values,
          unit=units, currency=currencies)  # fmt: skip
    def add_round(
        self, company_id: str, on: date, post_money: int, equity: Any, unit: str, currency: str
    ) -> None:
        with self.change("valuation_round_one_per_day"):
            self.books.rows(
                "insert into company.valuation_round (company_id, round_on, post_money_valuation,"
                " equity_raised, amount_unit, currency) values (%s, %s, %s, %s, %s, %s)",
                *(company_id, on, post_money, equity, unit, currency),
            )

    @rule(company_id=companies, days_later=st.integers(-400, 400), currency=currencies,
          whose=companies)  # fmt: skip
    def change_rounds(self, company_id: str, days_later: int, currency: str, whose: str) -> None:
        with self.change("valuation_round_one_per_day"):
            self.books.rows(
                "update company.valuation_round set round_on = round_on + %s, currency = %s,"
                " company_id = %s, post_money_valuation = post_money_valuation + 7"
                " where company_id = %s",
                *(days_later, currency, whose, company_id),
            )

    @rule(company_id=companies, before=days)
    def remove_rounds(self, company_id: str, before: date) -> None:
        self.books.rows(
            "delete from company.valuation_round where company_id = %s and round_on < %s",
            *(company_id, before),
        )

    @rule(company_id=companies, post_money=values, equity=values, unit=units)
    def revalue(self, company_id: str, post_money: Any, equity: Any, unit: str) -> None:
        with self.change("valuation_by_rounds"):
            self.books.company(
                company_id, post_money_valuation=post_money, equity_raised=equity, amount_unit=unit
            )

    @rule(
        company_id=companies,
        burn_sign=st.sampled_from(["outflow_negative", "positive_is_burn"]),
        currency=currencies,
        archived=st.booleans(),
    )
    def change_company(
        self, company_id: str, burn_sign: str, currency: str, archived: bool
    ) -> None:
        self.books.company(
            company_id, burn_sign=burn_sign, reporting_currency=currency, archived=archived
        )

    @rule(burn_sign=st.sampled_from(["outflow_negative", "positive_is_burn"]))
    def change_all_companies(self, burn_sign: str) -> None:
        self.books.rows("update company.company set burn_sign = %s", burn_sign)
