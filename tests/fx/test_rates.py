"""Rates of a day, a quarter's average and its closing rate, from few fixings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.company.books import Books, weekdays

EXACT = Decimal("1e-15")


def rate_on(books: Books, source: str, target: str, on: str) -> Decimal | None:
    value: Decimal | None = books.value("select fx.rate_on(%s, %s, %s)", source, target, on)
    return value


def closing(books: Books, source: str, target: str, on: str) -> Decimal | None:
    value: Decimal | None = books.value("select fx.closing_rate(%s, %s, %s)", source, target, on)
    return value


def average(books: Books, source: str, target: str, on: str) -> Decimal | None:
    value: Decimal | None = books.value("select fx.average_rate(%s, %s, %s)", source, target, on)
    return value


def test_cross_rate_goes_through_the_euro(books: Books) -> None:
    books.record([(date(2024, 5, 15), "USD", "1.25"), (date(2024, 5, 15), "CAD", "1.5")])
    assert rate_on(books, "EUR", "USD", "2024-05-15") == Decimal("1.25")
    assert rate_on(books, "USD", "EUR", "2024-05-15") == Decimal("0.8")
    assert rate_on(books, "USD", "CAD", "2024-05-15") == Decimal("1.2")
    assert rate_on(books, "CAD", "USD", "2024-05-15") == pytest.approx(Decimal(5) / 6, rel=EXACT)


def test_currency_to_itself_is_one_even_without_fixings(books: Books) -> None:
    assert rate_on(books, "USD", "USD", "2024-05-15") == 1
    assert closing(books, "USD", "USD", "2024-05-15") == 1
    assert average(books, "USD", "USD", "2024-06-30") == 1


def test_rate_of_a_day_needs_both_legs_on_that_day(books: Books) -> None:
    books.record([(date(2024, 5, 15), "USD", "1.25"), (date(2024, 5, 16), "CAD", "1.5")])
    assert rate_on(books, "USD", "CAD", "2024-05-15") is None
    assert rate_on(books, "USD", "CAD", "2024-05-16") is None
    assert closing(books, "USD", "CAD", "2024-05-16") is None
    assert rate_on(books, "EUR", "CAD", "2024-05-17") is None


@pytest.mark.parametrize(("age", "expected"), [(0, "1.25"), (1, "1.25"), (7, "1.25"), (8, None)])
def test_closing_rate_is_at_most_7_days_old(books: Books, age: int, expected: str | None) -> None:
    end = date(2024, 6, 30)
    books.record(
        [(end - timedelta(days=age), "USD", "1.25"), (end + timedelta(days=1), "USD", "9")]
    )
    assert closing(books, "EUR", "USD", str(end)) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("2024-03-31", "2024-01-01"),
        ("2024-02-29", "2023-12-01"),
        ("2023-02-28", "2022-12-01"),
        ("2024-02-28", "2023-11-29"),
        ("2024-05-31", "2024-03-01"),
        ("2024-05-30", "2024-03-01"),
        ("2025-05-30", "2025-03-01"),
        ("2022-07-02", "2022-04-03"),
        ("2022-10-01", "2022-07-02"),
        ("2022-12-31", "2022-10-01"),
        ("2025-01-31", "2024-11-01"),
        ("2025-09-27", "2025-06-28"),
        ("2025-11-28", "2025-08-29"),
        ("2025-01-03", "2024-10-04"),
    ],
)
def test_quarter_starts_with_a_month_or_the_day_after_three_months_earlier(
    books: Books, end: str, start: str
) -> None:
    assert books.value("select fx.quarter_start(%s::date)", end) == date.fromisoformat(start)


def test_average_is_the_mean_of_daily_cross_rates_and_not_the_cross_of_means(books: Books) -> None:
    days = list(weekdays(date(2024, 4, 1), date(2024, 6, 30)))
    legs = {day: (Decimal(100 + n) / 100, Decimal(300 - n) / 100) for n, day in enumerate(days)}
    books.record(
        (day, c, leg)
        for day, pair in legs.items()
        for c, leg in zip(("USD", "CAD"), pair, strict=True)
    )
    mean = sum(cad / usd for usd, cad in legs.values()) / len(legs)
    of_means = sum(cad for _, cad in legs.values()) / sum(usd for usd, _ in legs.values())
    assert average(books, "USD", "CAD", "2024-06-30") == pytest.approx(mean, rel=EXACT)
    assert mean != pytest.approx(of_means, rel=Decimal("1e-3"))


def test_average_counts_the_days_of_the_companys_own_quarter(books: Books) -> None:
    # A quarter of 3 April to 2 July: its neighbours' fixings are far off.
    books.fix(date(2022, 4, 3), date(2022, 7, 2), {"USD": "1.25"})
    books.record([(date(2022, 4, 1), "USD", "99"), (date(2022, 7, 4), "USD", "99")])
    assert average(books, "EUR", "USD", "2022-07-02") == Decimal("1.25")
    calendar = average(books, "EUR", "USD", "2022-06-30")
    assert calendar is not None
    assert calendar > Decimal("1.25")


@pytest.mark.parametrize(("fixings", "expected"), [(39, None), (40, Decimal("1.25"))])
def test_average_needs_40_fixings(books: Books, fixings: int, expected: Decimal | None) -> None:
    first = date(2024, 4, 1)
    books.record((first + timedelta(days=n), "USD", "1.25") for n in range(fixings))
    assert average(books, "EUR", "USD", "2024-06-30") == expected
    assert (closing(books, "EUR", "USD", "2024-05-12") is None) is (fixings < 35)


def test_preferred_source_wins_on_the_days_when_it_has_both_legs(books: Books) -> None:
    books.record(
        [(date(2024, 5, d), c, "2") for d in (15, 16) for c in ("USD", "CAD")], "ecb_bundled"
    )
    books.record([(date(2024, 5, 15), "USD", "4"), (date(2024, 5, 15), "CAD", "6")], "manual")
    books.record([(date(2024, 5, 16), "CAD", "6")], "manual")
    assert rate_on(books, "USD", "CAD", "2024-05-15") == Decimal("1.5")
    # Never one leg of each: 16 May has only one of them from the preferred source.
    assert rate_on(books, "USD", "CAD", "2024-05-16") == 1
    assert rate_on(books, "EUR", "CAD", "2024-05-16") == 6


def test_source_that_is_switched_off_is_not_used(books: Books) -> None:
    books.record([(date(2024, 5, 15), "USD", "2")], "ecb_bundled")
    books.record([(date(2024, 5, 15), "USD", "4")], "manual")
    books.rows("update fx.source set is_enabled = false where source_id = 'manual'")
    assert rate_on(books, "EUR", "USD", "2024-05-15") == 2
    books.rows("update fx.source set is_enabled = false")
    assert rate_on(books, "EUR", "USD", "2024-05-15") is None


def test_source_may_be_based_on_another_currency(books: Books) -> None:
    books.rows(
        "insert into fx.source (source_id, name, base_currency, priority)"
        " values ('fed', 'Federal Reserve', 'USD', 5)"
    )
    row = books.record([(date(2024, 5, 15), "CAD", "1.25"), (date(2024, 5, 15), "USD", "1")], "fed")
    assert (row["inserted"], row["quarantined"]) == (1, 1)
    assert rate_on(books, "USD", "CAD", "2024-05-15") == Decimal("1.25")
    assert rate_on(books, "CAD", "USD", "2024-05-15") == Decimal("0.8")
    assert rate_on(books, "EUR", "CAD", "2024-05-15") is None
