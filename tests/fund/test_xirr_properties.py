"""What holds of every internal rate of return, whatever the flows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import DEPLOYED, Connection, TestServer, clone
from tests.fund.flows import Detail, detail, xirr

Series = list[tuple[Decimal, date]]

START = date(2000, 2, 29)
CENTS = st.integers(-(10**9), 10**9).map(lambda cents: Decimal(cents) / 100)
SERIES = st.lists(
    st.tuples(CENTS, st.integers(0, 9000).map(lambda days: START + timedelta(days))), max_size=30
)


@st.composite
def investments(draw: st.DrawFn, first_back: int = 1000) -> Series:
    """Money in for 1,500 days, money out for as long from first_back on, and a last value."""
    days = st.integers(0, 1500).map(lambda days: START + timedelta(days))
    paid = draw(st.lists(st.tuples(CENTS, days), min_size=1, max_size=12))
    back = draw(st.lists(st.tuples(CENTS, days), max_size=12))
    last = draw(CENTS.filter(lambda amount: amount != 0))
    return [
        *((-abs(amount), day) for amount, day in paid),
        *((abs(amount), day + timedelta(first_back)) for amount, day in back),
        (abs(last), START + timedelta(first_back + 1600)),
    ]


@pytest.fixture(scope="module")
def viewer(server: TestServer) -> Iterator[Connection]:
    with clone(server, DEPLOYED) as database, database.connect("postgres", autocommit=True) as conn:
        conn.execute("set role qb_viewer")
        yield conn


def present_values(series: Series, rate: Decimal) -> list[float]:
    first = min(day for amount, day in series if amount)
    growth = math.log1p(float(rate)) if rate > Decimal("-0.9") else math.log(float(1 + rate))
    return [
        float(amount) * math.exp(max(-700.0, -growth * (day - first).days / 365))
        for amount, day in series
        if amount
    ]


def is_zero_at(series: Series, rate: Decimal) -> bool:
    """Whether what is paid in is worth what is paid out, as far as floating point tells."""
    values = present_values(series, rate)
    return abs(math.fsum(values)) <= 1e-11 * math.fsum(map(abs, values))


def assert_same(one: Detail, other: Detail) -> None:
    """The same answer: rates agree to ten digits, reasons to the letter."""
    assert (one.reason, one.root_count) == (other.reason, other.root_count)
    for mine, yours in zip(one.roots, other.roots, strict=True):
        assert math.log(1 + mine) == pytest.approx(math.log(1 + yours), rel=1e-7, abs=1e-9)


@settings(max_examples=300, deadline=None)
@given(series=st.one_of(SERIES, investments()))
def test_net_present_value_is_zero_at_every_rate(viewer: Connection, series: Series) -> None:
    found = detail(viewer, series)
    assert xirr(viewer, series) == found.rate
    assert (found.rate is None) == (found.reason is not None)
    assert found.root_count == len(found.roots)
    assert found.multiple_roots == (found.root_count > 1)
    assert found.roots == sorted(found.roots)
    if found.rate is not None:
        assert found.rate == min(found.roots, key=lambda root: abs(math.log(1 + root)))
        assert found.residual is not None
        assert found.residual < 1e-5
        assert found.multiple_roots or all(is_zero_at(series, root) for root in found.roots)


@settings(max_examples=200, deadline=None)
@given(series=investments(first_back=1501))
def test_investment_that_pays_in_before_it_pays_out_has_one_rate(
    viewer: Connection, series: Series
) -> None:
    found = detail(viewer, series)
    paid = sum(amount for amount, _ in series if amount < 0)
    if paid:
        assert found.root_count == 1 or found.reason in {"out_of_range", "not_converged"}
    else:
        assert found.reason == "no_sign_change"
    if found.rate is not None:
        total = sum(amount for amount, _ in series)
        assert (found.rate > 0) == (total > 0)
        assert (found.rate < 0) == (total < 0)


@settings(max_examples=150, deadline=None)
@given(
    series=st.one_of(SERIES, investments()),
    factor=st.sampled_from(["0.000001", "0.37", "3", "1000000000", "-1"]),
    shift=st.integers(-3000, 3000),
    data=st.data(),
)
def test_scale_order_and_calendar_do_not_matter(
    viewer: Connection, series: Series, factor: str, shift: int, data: st.DataObject
) -> None:
    found = detail(viewer, series)
    scaled = [(amount * Decimal(factor), day) for amount, day in series]
    assert_same(detail(viewer, scaled), found)
    moved = [(amount, day + timedelta(shift)) for amount, day in series]
    assert_same(detail(viewer, moved), found)
    mixed = data.draw(st.permutations(series))
    assert detail(viewer, mixed) == found
    split = [(amount - 1, day) for amount, day in mixed] + [(Decimal(1), day) for _, day in mixed]
    assert detail(viewer, split).roots == found.roots


@settings(max_examples=300, deadline=None)
@given(series=st.one_of(SERIES, investments()))
def test_rate_that_pyxirr_finds_is_one_of_ours(viewer: Connection, series: Series) -> None:
    try:
        theirs = pyxirr.xirr([day for _, day in series], [float(amount) for amount, _ in series])
    except pyxirr.InvalidPaymentsError:
        theirs = None
    if theirs is None or theirs <= -1 or theirs > 1e50:
        return
    values = present_values(series, Decimal(theirs))
    gross = math.fsum(abs(float(amount)) for amount, _ in series)
    # It also gives rates at which present values are beyond all digits, and some that are none.
    if math.fsum(map(abs, values)) > 1e8 * gross or not is_zero_at(series, Decimal(theirs)):
        return
    found = detail(viewer, series)
    assert any(
        math.log(1 + root) == pytest.approx(math.log1p(theirs), rel=1e-6, abs=1e-6)
        for root in found.roots
    )
    if found.root_count == 1:
        assert float(found.roots[0]) == pytest.approx(theirs, rel=1e-7, abs=1e-9)
