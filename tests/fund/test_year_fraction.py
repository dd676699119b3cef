"""Days as a part of a year, against published values, and against days counted one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, getcontext
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import DEPLOYED, Connection, TestServer, clone
from tests.fund.fee_oracle import DAY_COUNTS, counted

DAYS = st.dates(date(1999, 1, 1), date(2040, 12, 31))
HAIR = Decimal("1e-20")  # 24 decimals, a few times over

getcontext().prec = 50


@pytest.fixture(scope="module")
def conn(server: TestServer) -> Iterator[Connection]:
    with clone(server, DEPLOYED) as database, database.connect(options="-c role=qb_owner") as conn:
        yield conn


def fraction(conn: Connection, first: object, last: object, day_count: str) -> Any:
    row = conn.execute(
        "select fund.year_fraction(%s::date, %s::date, %s)", [first, last, day_count]
    ).fetchone()
    assert row
    return row[0]


# ISDA's sheet 30/360-2006 ISDA Defs (isda.org, 2008-12-22), column 30E/360: its days.
ISDA_30E_360 = [
    ("2007-01-15", "2007-01-30", 15),
    ("2007-01-15", "2007-02-15", 30),
    ("2007-01-15", "2007-07-15", 180),
    ("2007-09-30", "2008-03-31", 180),
    ("2007-09-30", "2007-10-31", 30),
    ("2007-01-15", "2007-01-31", 15),
    ("2007-01-31", "2007-02-28", 28),
    ("2007-02-28", "2007-03-31", 32),
    ("2006-08-31", "2007-02-28", 178),
    ("2007-02-28", "2007-08-31", 182),
    ("2007-02-26", "2008-02-29", 363),
    ("2008-02-29", "2009-02-28", 359),
    ("2008-02-29", "2008-03-31", 31),
]


@pytest.mark.parametrize(("first", "last", "days"), ISDA_30E_360)
def test_30_360_is_the_eurobond_convention(
    conn: Connection, first: str, last: str, days: int
) -> None:
    assert round(fraction(conn, first, last, "30/360") * 360, 18) == days


# ISDA, EMU and market conventions: recent developments (1998), and after it QuantLib's test suite.
ISDA_ACT_ACT = [
    ("2003-11-01", "2004-05-01", "0.497724380567"),
    ("1999-02-01", "1999-07-01", "0.410958904110"),
    ("1999-07-01", "2000-07-01", "1.001377348600"),
    ("2002-08-15", "2003-07-15", "0.915068493151"),
    ("2003-07-15", "2004-01-15", "0.504004790778"),
    ("1999-07-30", "2000-01-30", "0.503892506924"),
    ("2000-01-30", "2000-06-30", "0.415300546448"),
]


@pytest.mark.parametrize(("first", "last", "published"), ISDA_ACT_ACT)
def test_act_act_is_cut_at_year_ends(
    conn: Connection, first: str, last: str, published: str
) -> None:
    # QuantLib compares to 1e-10: some of the published digits are rounded.
    assert abs(fraction(conn, first, last, "act/act") - Decimal(published)) < Decimal("1e-10")


def test_a_whole_quarter_is_a_fourth(conn: Connection) -> None:
    for year in (2023, 2024):
        for first, last in (
            (date(year, 1, 1), date(year, 4, 1)),
            (date(year, 4, 1), date(year, 7, 1)),
            (date(year, 7, 1), date(year, 10, 1)),
            (date(year, 10, 1), date(year + 1, 1, 1)),
        ):
            assert fraction(conn, first, last, "quarter") == Decimal("0.25")
    assert fraction(conn, "2024-01-01", "2027-01-01", "quarter") == 3


@pytest.mark.parametrize(
    ("day_count", "amount"),
    [
        # 16 of the 366 days of 2024, or 16 of the 91 days of its first quarter; 2 % of 100 million.
        ("act/365", "87671.23"),
        ("act/360", "88888.89"),
        ("act/act", "87431.69"),
        ("30/360", "83333.33"),
        ("quarter", "87912.09"),
    ],
)
def test_a_stub_of_16_days_differs(conn: Connection, day_count: str, amount: str) -> None:
    part = fraction(conn, "2024-03-16", "2024-04-01", day_count)
    assert round(2_000_000 * part, 2) == Decimal(amount)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(DAYS, min_size=3, max_size=3).map(sorted), st.sampled_from(DAY_COUNTS))
def test_a_span_cut_in_two_has_the_fraction_of_the_whole(
    conn: Connection, days: list[date], day_count: str
) -> None:
    first, middle, last = days
    whole = fraction(conn, first, last, day_count)
    parts = [fraction(conn, *ends, day_count) for ends in ((first, middle), (middle, last))]
    assert abs(sum(parts) - whole) < HAIR
    if (last - first).days < 2000:
        assert abs(counted(first, last, day_count) - whole) < HAIR


def test_what_is_no_span_has_no_fraction(conn: Connection) -> None:
    assert fraction(conn, "2024-05-01", "2024-05-01", "act/365") == 0
    assert fraction(conn, "2024-05-01", "2024-05-01", "quarter") == 0
    assert fraction(conn, "2024-05-02", "2024-05-01", "act/act") is None
    assert fraction(conn, "2024-05-01", "2024-05-02", "bus/252") is None
    assert fraction(conn, None, "2024-05-02", "act/365") is None
