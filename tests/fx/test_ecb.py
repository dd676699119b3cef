"""The European Central Bank's history as shipped: complete, and equal to a second calculation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from jobs.fx.ecb_bundled import ARCHIVE, SOURCE, read_rates
from tests.company.books import Books
from tests.company.oracle_rates import Rates

PAIRS = [
    ("EUR", "USD"),
    ("EUR", "CAD"),
    ("GBP", "USD"),
    ("GBP", "CAD"),
    ("CAD", "USD"),
    ("USD", "CAD"),
    ("JPY", "GBP"),
]
ENDS = [
    "2008-12-31",
    "2015-01-31",
    "2016-02-29",
    "2022-07-02",
    "2022-12-31",
    "2024-06-30",
    "2025-09-27",
]


@pytest.fixture(scope="module")
def archive() -> list[dict[str, str]]:
    return list(read_rates((files("currency_converter") / ARCHIVE).read_bytes()))


@pytest.fixture(scope="module")
def rates(archive: list[dict[str, str]]) -> Rates:
    return Rates(
        [[(date.fromisoformat(r["date"]), r["currency"], Decimal(r["rate"])) for r in archive]]
    )


def near(expected: Decimal | None) -> Any:
    return None if expected is None else pytest.approx(expected, rel=Decimal("1e-14"))


def test_whole_history_is_there(history_books: Books, archive: list[dict[str, str]]) -> None:
    assert len(archive) == 221_702
    row = history_books.row(
        "select count(*), min(rate_on), count(distinct currency) as currencies,"
        " (select count(*) from fx.quarantine) as refused from fx.rate"
    )
    assert row == {"count": 221_702, "min": date(1999, 1, 4), "currencies": 41, "refused": 0}


def test_loading_it_again_changes_nothing(
    history_books: Books, archive: list[dict[str, str]]
) -> None:
    part = archive[::10]
    row = history_books.call("fx.record_rates", source_id=SOURCE, rates=Jsonb(part))
    assert list(row.values()) == [len(part), 0, 0, len(part), 0]


@pytest.mark.parametrize(
    ("on", "currency", "rate"),
    [
        ("1999-01-04", "USD", "1.1789"),
        ("2008-07-15", "USD", "1.5990"),
        ("2015-01-15", "CHF", "1.0280"),
        ("2022-12-30", "USD", "1.0666"),
        ("2022-12-30", "CAD", "1.4440"),
    ],
)
def test_published_fixings(history_books: Books, on: str, currency: str, rate: str) -> None:
    assert history_books.value("select fx.rate_on('EUR', %s, %s)", currency, on) == Decimal(rate)


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_rates_equal_a_second_calculation(
    history_books: Books, rates: Rates, source: str, target: str
) -> None:
    for end in ENDS:
        on = date.fromisoformat(end)
        stored = history_books.row(
            "select fx.rate_on(t.a, t.b, t.on_day) as day,"
            " fx.average_rate(t.a, t.b, t.on_day) as average,"
            " fx.closing_rate(t.a, t.b, t.on_day) as closing"
            " from (select %s::text, %s::text, %s::date) as t (a, b, on_day)",
            *(source, target, on),
        )
        assert stored == {
            "day": near(rates.cross(source, target, on)),
            "average": near(rates.average(source, target, on)),
            "closing": near(rates.closing(source, target, on)),
        }


def test_weekend_has_no_rate_of_the_day_and_closes_at_fridays(history_books: Books) -> None:
    friday = history_books.value("select fx.rate_on('EUR', 'USD', '2024-03-28')")
    row = history_books.row(
        "select fx.rate_on('EUR', 'USD', '2024-03-31'), fx.closing_rate('EUR', 'USD', '2024-03-31')"
    )
    assert row == {"rate_on": None, "closing_rate": friday}


def test_currency_that_ended_has_no_rate_afterwards(history_books: Books) -> None:
    assert history_books.value("select fx.closing_rate('EUR', 'HRK', '2022-12-31')") is not None
    assert history_books.value("select fx.closing_rate('EUR', 'HRK', '2023-03-31')") is None
    assert history_books.value("select fx.average_rate('EUR', 'HRK', '2023-03-31')") is None


def test_kept_quarter_rates_equal_a_second_calculation(history_books: Books, rates: Rates) -> None:
    kept = history_books.rows("select * from fx.quarter_rate where from_currency <> to_currency")
    assert len(kept) > 200
    for row in kept:
        key = row["from_currency"], row["to_currency"], row["quarter_end_on"]
        assert (row["average_rate"], row["closing_rate"]) == (
            near(rates.average(*key)),
            near(rates.closing(*key)),
        ), key
