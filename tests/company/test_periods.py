"""Reporting and fiscal quarters: derived from the date when absent, refused when contradicting."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.company.books import Books, refused

REPORTING = [
    # last day, the quarter that holds it, the quarter whose end is nearest
    ("2024-12-31", (2024, 4), (2024, 4)),
    ("2025-01-01", (2024, 4), (2024, 4)),
    ("2025-01-07", (2024, 4), (2024, 4)),
    ("2025-01-08", (2025, 1), (2024, 4)),
    ("2025-01-31", (2025, 1), (2024, 4)),
    ("2025-02-13", (2025, 1), (2024, 4)),
    ("2025-02-15", (2025, 1), (2025, 1)),
    ("2024-02-28", (2024, 1), (2024, 1)),
    ("2024-02-29", (2024, 1), (2024, 1)),
    ("2023-02-28", (2023, 1), (2023, 1)),
    ("2025-03-31", (2025, 1), (2025, 1)),
    ("2022-07-01", (2022, 2), (2022, 2)),
    ("2022-07-02", (2022, 2), (2022, 2)),
    ("2022-07-08", (2022, 3), (2022, 2)),
    ("2025-04-30", (2025, 2), (2025, 1)),
    ("2025-07-31", (2025, 3), (2025, 2)),
    ("2025-08-31", (2025, 3), (2025, 3)),
    ("2025-09-27", (2025, 3), (2025, 3)),
    ("2025-10-03", (2025, 3), (2025, 3)),
    ("2025-11-28", (2025, 4), (2025, 4)),
]
FISCAL = [
    # last day, a year end of the company, fiscal quarter (None: no whole number of quarters)
    ("2024-03-31", "2024-12-31", 1),
    ("2024-06-30", "2019-12-31", 2),
    ("2024-12-31", "2024-12-31", 4),
    ("2025-01-31", "2024-01-31", 4),
    ("2024-04-30", "2025-01-31", 1),
    ("2024-03-31", "2026-03-31", 4),
    ("2024-06-30", "2026-03-31", 1),
    ("2024-02-29", "2025-02-28", 4),
    ("2025-02-28", "2024-02-29", 4),
    ("2025-11-30", "2025-02-28", 3),
    ("2022-07-02", "2022-12-31", 2),
    ("2022-04-02", "2022-12-31", 1),
    ("2023-01-01", "2022-12-31", 4),
    ("2022-12-31", "2023-01-01", 4),
    ("2022-10-01", "2023-01-01", 3),
    ("2025-02-28", "2025-11-28", 1),
    ("2025-08-29", "2025-11-28", 3),
    ("2024-06-29", "2025-09-27", 3),
    ("2024-12-28", "2025-09-27", 1),
    ("2024-02-28", "2024-12-31", None),
    ("2024-01-08", "2024-12-31", None),
    ("2024-04-30", "2024-12-31", None),
]


@pytest.mark.parametrize(("on", "expected", "_nearest"), REPORTING)
def test_reporting_quarter_is_the_one_that_holds_the_date(
    books: Books, on: str, expected: tuple[int, int], _nearest: object
) -> None:
    books.company(year_end_date=None)
    row = books.quarter(0, 0, on=on)
    assert (row["reporting_year"], row["reporting_quarter"]) == expected
    assert row["fiscal_reporting_quarter"] is None


@pytest.mark.parametrize(("on", "holding", "nearest"), REPORTING)
@pytest.mark.parametrize("offset", [-2, -1, 0, 1, 2])
def test_named_quarter_is_the_holding_or_the_nearest_or_refused(
    books: Books, on: str, holding: tuple[int, int], nearest: tuple[int, int], offset: int
) -> None:
    year, quarter = divmod(holding[0] * 4 + holding[1] - 1 + offset, 4)
    named = {"reporting_year": year, "reporting_quarter": quarter + 1}
    books.company(year_end_date=None)
    if (year, quarter + 1) in (holding, nearest):
        row = books.quarter(0, 0, on=on, **named)
        assert {name: row[name] for name in named} == named
    else:
        with refused(books.conn, "QB400", "reporting_quarter_matches_date"):
            books.quarter(0, 0, on=on, **named)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"reporting_quarter": 4}, (2024, 4)),
        ({"reporting_quarter": 1}, (2025, 1)),
        ({"reporting_year": 2024}, (2024, 4)),
        ({"reporting_year": 2025}, (2025, 1)),
    ],
)
def test_half_a_quarter_is_completed_to_one_that_fits(
    books: Books, named: dict[str, int], expected: tuple[int, int]
) -> None:
    books.company(year_end_date=None)
    row = books.quarter(0, 0, on="2025-01-31", **named)
    assert (row["reporting_year"], row["reporting_quarter"]) == expected


@pytest.mark.parametrize(("on", "year_end", "expected"), FISCAL)
def test_fiscal_quarter_counts_the_months_to_the_year_end(
    books: Books, on: str, year_end: str, expected: int | None
) -> None:
    books.company(year_end_date=year_end)
    if expected:
        assert books.quarter(0, 0, on=on)["fiscal_reporting_quarter"] == expected
        return
    for sent in (None, 1):
        with refused(books.conn, "QB400", "fiscal_date_matches_year_end"):
            books.quarter(0, 0, on=on, fiscal_reporting_quarter=sent)


@pytest.mark.parametrize("sent", [1, 2, 3])
def test_fiscal_quarter_against_the_year_end_is_refused(books: Books, sent: int) -> None:
    books.company()
    with refused(books.conn, "QB400", "fiscal_quarter_matches_year_end"):
        books.quarter(2024, 4, fiscal_reporting_quarter=sent)


@pytest.mark.parametrize("sent", [0, 5, -1])
def test_quarter_outside_the_year_is_refused(books: Books, sent: int) -> None:
    books.company(year_end_date=None)
    with refused(books.conn, "23514", "fiscal_quarter_in_year"):
        books.quarter(2024, 4, fiscal_reporting_quarter=sent)
    with refused(books.conn, "23514", "reporting_quarter_in_year"):
        books.quarter(2024, 4, reporting_quarter=sent)


def test_fiscal_quarter_is_kept_as_sent_when_no_year_end_is_known(books: Books) -> None:
    books.company(year_end_date=None)
    assert books.quarter(2024, 4, fiscal_reporting_quarter=2)["fiscal_reporting_quarter"] == 2


def test_second_row_of_a_quarter_is_refused(books: Books) -> None:
    books.company(year_end_date=None)
    books.quarter(2024, 4)
    with refused(books.conn, "23505", "metrics_input_one_per_quarter"):
        books.quarter(2024, 4, on=date(2025, 1, 3))


def test_history_survives_a_change_of_the_year_end(books: Books) -> None:
    books.company()
    books.quarter(2024, 4)
    books.company(year_end_date="2025-01-31")
    books.correct(2024, 4, total_revenue=5)
    with refused(books.conn, "QB400", "fiscal_date_matches_year_end"):
        books.correct(2024, 4, fiscal_reporting_quarter=1)


@pytest.mark.parametrize("on", ["1969-12-31", "2200-01-01", "4000-01-01"])
def test_date_out_of_range_is_refused(books: Books, on: Any) -> None:
    books.company(year_end_date=None)
    with refused(books.conn, "23514", "fiscal_reporting_date_in_range"):
        books.quarter(0, 0, on=on)
