"""A changed fixing reaches the quarters that hold its day, what is derived from them, no other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.company.books import Books, quarter_end

TABLES = (
    "fx.quarter_rate",
    "company.quarterly_reporting_financials",
    "company.quarterly_reporting_metrics",
)


@pytest.fixture
def year(books: Books) -> Books:
    """A company in euro and one in pounds with the four quarters of 2024."""
    for quarter in (1, 2, 3, 4):
        books.fix_quarter(2024, quarter, USD="1.25", CAD="1.5", GBP="0.8")
    books.company("euro", reporting_currency="EUR")
    books.company("pound", reporting_currency="GBP")
    for quarter in (1, 2, 3, 4):
        books.quarter(2024, quarter, "euro")
        books.quarter(2024, quarter, "pound")
    return books


Key = tuple[Any, ...]


def places(books: Books) -> dict[str, dict[Key, str]]:
    """Where each row version stands, by its key."""
    result = {}
    for table in TABLES:
        key = (
            "from_currency, quarter_end_on, to_currency"
            if "quarter_rate" in table
            else "company_id, reporting_quarter, currency"
        )
        rows = books.rows(f"select {key}, ctid::text from {table}")
        result[table] = {tuple(row.values())[:-1]: row["ctid"] for row in rows}
    return result


def rewritten(before: dict[str, dict[Key, str]], books: Books) -> list[set[Key]]:
    after = places(books)
    return [{k for k in after[t] if after[t][k] != before[t].get(k)} for t in TABLES]


def test_corrected_fixing_reaches_one_quarter_of_the_companies_that_use_it(year: Books) -> None:
    before = places(year)
    year.record([(date(2024, 5, 15), "CAD", "1.7")])
    rates, financials, metrics = rewritten(before, year)
    end = quarter_end(2024, 2)
    assert rates == {("EUR", end, "CAD"), ("GBP", end, "CAD")}
    assert financials == {("euro", 2, "CAD"), ("pound", 2, "CAD")}
    # Metrics look back: growth of the third quarter and the last twelve months.
    assert metrics == {(c, q, "CAD") for c in ("euro", "pound") for q in (2, 3, 4)}


def test_fixing_of_a_companys_own_currency_reaches_only_its_companies(year: Books) -> None:
    before = places(year)
    year.record([(date(2024, 11, 15), "GBP", "0.9")])
    rates, financials, metrics = rewritten(before, year)
    end = quarter_end(2024, 4)
    assert rates == {("GBP", end, "USD"), ("GBP", end, "CAD")}
    assert financials == {("pound", 4, "USD"), ("pound", 4, "CAD")}
    assert metrics == financials


@pytest.mark.parametrize("day", [date(2024, 4, 1), date(2024, 6, 28), date(2024, 6, 30)])
def test_first_and_last_day_belong_to_the_quarter(year: Books, day: date) -> None:
    before = places(year)
    year.record([(day, "CAD", "1.7"), (day, "GBP", "0.8")])
    _, financials, _ = rewritten(before, year)
    assert financials == {("euro", 2, "CAD"), ("pound", 2, "CAD")}


def test_fixing_of_the_currency_of_a_valuation_reaches_the_company_it_values(year: Books) -> None:
    year.fix_quarter(2024, 3, CHF="0.95")
    year.rows(
        "insert into company.valuation_round (company_id, round_on, post_money_valuation, currency)"
        " values ('euro', '2023-05-05', 19, 'CHF')"
    )
    assert year.metrics(2024, 3, "euro")["EUR"]["enterprise_value"] == 20_000_400
    before = places(year)
    year.record([(date(2024, 9, 30), "CHF", "0.5")])
    _, financials, metrics = rewritten(before, year)
    assert financials == set()
    assert metrics == {("euro", 3, currency) for currency in ("EUR", "USD", "CAD")}
    assert year.metrics(2024, 3, "euro")["EUR"]["enterprise_value"] == 38_000_400


def test_fixing_moved_to_another_currency_reaches_the_users_of_both(year: Books) -> None:
    before = places(year)
    year.rows("delete from fx.rate where currency = 'CAD' and rate_on = '2024-05-15'")
    year.rows(
        "update fx.rate set currency = 'CAD' where currency = 'USD' and rate_on = '2024-05-15'"
    )
    rates, _, _ = rewritten(before, year)
    end = quarter_end(2024, 2)
    assert rates == {(local, end, shown) for local in ("EUR", "GBP") for shown in ("USD", "CAD")}
    assert year.financials(2024, 2, "pound")["USD"]["exchange_rate_used"] == Decimal("1.5625")


@pytest.mark.parametrize("day", [date(2023, 12, 29), date(2025, 1, 1)])
def test_fixing_outside_the_quarters_in_use_reaches_nothing(year: Books, day: date) -> None:
    before = places(year)
    year.record([(day, currency, "3") for currency in ("USD", "CAD", "GBP")])
    assert rewritten(before, year) == [set(), set(), set()]


def test_fixing_of_a_currency_nobody_uses_reaches_nothing(year: Books) -> None:
    before = places(year)
    year.record([(date(2024, 5, 15), "JPY", "160")])
    assert rewritten(before, year) == [set(), set(), set()]


def test_same_fixing_again_reaches_nothing(year: Books) -> None:
    before = places(year)
    year.fix_quarter(2024, 2, CAD="1.5")
    assert rewritten(before, year) == [set(), set(), set()]


def test_removed_fixings_withhold_the_rows_and_new_ones_bring_them_back(year: Books) -> None:
    stored = year.financials(2024, 2, "euro")
    where = "currency = 'CAD' and rate_on between '2024-04-01' and '2024-06-30'"
    year.rows(f"delete from fx.rate where {where}")
    assert set(year.financials(2024, 2, "euro")) == {"EUR", "USD"}
    assert set(year.financials(2024, 3, "euro")) == {"EUR", "USD", "CAD"}
    assert year.metrics(2024, 3, "euro")["CAD"]["revenue_growth"] is None
    year.fix_quarter(2024, 2, CAD="1.5")
    assert year.financials(2024, 2, "euro") == stored


def test_source_that_becomes_preferred_acts_on_every_quarter_it_has(year: Books) -> None:
    year.record(((date(2024, 3, d), "USD", "2") for d in range(1, 30)), "ecb_bundled")
    assert year.financials(2024, 1, "euro")["USD"]["closing_rate_used"] == 1.25
    year.rows("update fx.source set priority = 1 where source_id = 'ecb_bundled'")
    assert year.financials(2024, 1, "euro")["USD"]["closing_rate_used"] == 2
    assert year.financials(2024, 2, "euro")["USD"]["closing_rate_used"] == 1.25
    year.rows("update fx.source set is_enabled = false where source_id = 'ecb_bundled'")
    assert year.financials(2024, 1, "euro")["USD"]["closing_rate_used"] == 1.25
