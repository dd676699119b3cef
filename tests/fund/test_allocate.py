"""fund.allocate against an oracle that deals out cent by cent, in fractions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.company.books import refused
from tests.conftest import Connection, Database
from tests.fund.fund_life import FundLife

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Partner:
    """What one key brings to an allocation; amounts in cents."""

    key: str
    weight: int
    is_excused: bool = False
    exact: Fraction = Fraction()
    allocated: int = 0
    most: int | None = None

    @property
    def has_share(self) -> bool:
        return self.weight > 0 and not self.is_excused


def oracle(cents: int, partners: list[Partner]) -> dict[str, int]:
    """Each cent to whoever is furthest behind its running exact share, ties to the lowest key."""
    if cents < 0:
        mirrored = [replace(p, exact=-p.exact, allocated=-p.allocated) for p in partners]
        return {key: -amount for key, amount in oracle(-cents, mirrored).items()}
    weight = sum(p.weight for p in partners if p.has_share)
    found = {p.key: 0 for p in partners}
    behind = {
        p.key: p.exact - p.allocated + Fraction(cents * p.weight, weight)
        for p in partners
        if p.has_share
    }
    for _ in range(cents):
        free = [p.key for p in partners if p.has_share and found[p.key] != p.most]
        key = min(free, key=lambda key: (-behind[key], key))
        behind[key] -= 1
        found[key] += 1
    return found


def decimal(cents: Fraction | int) -> Decimal:
    """Currency units with as many decimals as are kept."""
    return Decimal(round(Fraction(cents) * 10**18)) / 10**20


class Allocator:
    """fund.allocate over a connection."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn

    def rows(self, amount: Decimal, *arrays: list[Any] | None) -> list[tuple[Any, ...]]:
        given = (*arrays, *[None] * (6 - len(arrays)))
        return self.conn.execute(
            "select key, exact, amount from fund.allocate(%s, %s::text[], %s::numeric[],"
            " %s::numeric[], %s::numeric[], %s::boolean[], %s::numeric[])",
            [amount, *given],
        ).fetchall()

    def divide(self, cents: int, partners: list[Partner]) -> dict[str, int]:
        rows = self.rows(
            decimal(cents),
            [p.key for p in partners],
            [p.weight for p in partners],
            [decimal(p.exact) for p in partners],
            [decimal(p.allocated) for p in partners],
            [p.is_excused for p in partners],
            [None if p.most is None else decimal(p.most) for p in partners],
        )
        assert [row[0] for row in rows] == [p.key for p in partners]
        assert all(amount.as_tuple().exponent == -2 for _, _, amount in rows)
        return {key: int(amount * 100) for key, _, amount in rows}


@pytest.fixture(scope="module")
def allocator(shared: Database) -> Iterator[Allocator]:
    with shared.connect(autocommit=True, options="-c role=qb_owner") as conn:
        yield Allocator(conn)


KEYS = [f"LP-{n:02}" for n in range(1, 10)] + ["LP-10", "a", "B", "LP-1"]
weights = st.one_of(st.integers(0, 7), st.integers(1, 1000))


@st.composite
def groups(draw: st.DrawFn, least: int = 1) -> list[Partner]:
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=least, max_size=7, unique=True))
    partners = [Partner(key, draw(weights), draw(st.booleans())) for key in keys]
    if not any(p.has_share for p in partners):
        partners[0] = replace(partners[0], weight=1, is_excused=False)
    return partners


@given(partners=groups(), amounts=st.lists(st.integers(-300, 300), max_size=6), data=st.data())
@settings(max_examples=150, deadline=None)
def test_it_is_the_dealing_out_of_cents(
    allocator: Allocator, partners: list[Partner], amounts: list[int], data: st.DataObject
) -> None:
    """Time after time, others excused each time, whoever stands first."""
    for cents in amounts:
        found = allocator.divide(cents, data.draw(st.permutations(partners)))
        assert found == oracle(cents, partners)
        assert sum(found.values()) == cents
        assert all(amount * cents >= 0 for amount in found.values())
        assert all(found[p.key] == 0 for p in partners if not p.has_share)
        partners = after(cents, partners, found)
        excused = data.draw(st.lists(st.booleans(), min_size=7, max_size=7))
        others = [replace(p, is_excused=e) for p, e in zip(partners, excused, strict=False)]
        if any(p.has_share for p in others):
            partners = others


@given(
    partners=groups(),
    history=st.lists(
        st.tuples(
            st.integers(-500, 500), st.integers(-5, 5), st.one_of(st.none(), st.integers(0, 60))
        ),
        min_size=7,
    ),
    cents=st.integers(-300, 300),
)
@settings(max_examples=100, deadline=None)
def test_whatever_went_before_it_adds_up(
    allocator: Allocator,
    partners: list[Partner],
    history: list[tuple[int, int, int | None]],
    cents: int,
) -> None:
    """Also after a past that no allocation leaves behind, and with limits."""
    partners = [
        replace(p, exact=Fraction(exact, 7), allocated=allocated, most=most)
        for p, (exact, allocated, most) in zip(partners, history, strict=False)
    ]
    if abs(cents) > sum(abs(cents) if p.most is None else p.most for p in partners if p.has_share):
        with refused(allocator.conn, "QB409", "allocation_within_limits"):
            allocator.divide(cents, partners)
        return
    assert allocator.divide(cents, partners) == oracle(cents, partners)


@given(partners=groups(2), amounts=st.lists(st.integers(0, 10**17 - 1), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_nobody_is_a_cent_away_from_its_running_share(
    allocator: Allocator, partners: list[Partner], amounts: list[int]
) -> None:
    for cents in amounts:
        found = allocator.divide(cents, partners)
        assert sum(found.values()) == cents
        partners = after(cents, partners, found)
        assert all(abs(p.exact - p.allocated) < 1 for p in partners)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_with_excuses_a_cent_is_exceeded_only_where_it_must_be(
    allocator: Allocator, data: st.DataObject
) -> None:
    """A way to stay within a cent is taken: floors and ceilings of running shares, none below 0."""
    partners = data.draw(groups(2))
    for cents in data.draw(st.lists(st.integers(0, 500), max_size=8)):
        found = allocator.divide(cents, partners)
        able = [p for p in partners if p.has_share]
        least = most = 0
        for p, exact in zip(able, shares(cents, partners), strict=True):
            least += max(p.allocated, ceil(exact) - 1 if exact.denominator > 1 else int(exact))
            most += max(p.allocated, floor(exact) + 1 if exact.denominator > 1 else int(exact))
        partners = after(cents, partners, found)
        if least <= sum(p.allocated for p in partners if p.has_share) <= most:
            assert all(
                abs(p.exact - p.allocated) < 1 or found[p.key] == 0 for p in partners if p.has_share
            )
        excused = data.draw(st.lists(st.booleans(), min_size=7, max_size=7))
        others = [replace(p, is_excused=e) for p, e in zip(partners, excused, strict=False)]
        if any(p.has_share for p in others):
            partners = others


def shares(cents: int, partners: list[Partner]) -> list[Fraction]:
    """Running exact shares of those who have one, this time included."""
    weight = sum(p.weight for p in partners if p.has_share)
    return [p.exact + Fraction(cents * p.weight, weight) for p in partners if p.has_share]


def after(cents: int, partners: list[Partner], found: dict[str, int]) -> list[Partner]:
    exact = iter(shares(cents, partners))
    return [
        replace(
            p,
            exact=next(exact) if p.has_share else p.exact,
            allocated=p.allocated + found[p.key],
        )
        for p in partners
    ]


def test_equals_do_not_drift_over_three_calls(allocator: Allocator) -> None:
    """By itself each call of 100.00 is 33.34, 33.33, 33.33: after three, 100.02, 99.99, 99.99."""
    partners = [Partner(f"LP-{n}", 1) for n in (1, 2, 3)]
    each = []
    for _ in range(3):
        found = allocator.divide(10_000, partners)
        each.append(tuple(found.values()))
        partners = after(10_000, partners, found)
    assert each == [(3334, 3333, 3333), (3333, 3334, 3333), (3333, 3333, 3334)]


@pytest.mark.parametrize(
    ("amount", "expected"), [("0.01", [CENT, 0]), ("-0.01", [-CENT, 0]), ("0", [0, 0])]
)
def test_a_lonely_cent_goes_to_the_lowest_key(
    allocator: Allocator, amount: str, expected: list[Decimal]
) -> None:
    """By code point, whatever the language of the database: B before a."""
    rows = allocator.rows(Decimal(amount), ["a", "B"], [1, 1])
    assert [row[2] for row in rows] == expected[::-1]


def test_the_exact_share_has_twenty_decimals(allocator: Allocator) -> None:
    [row, _] = allocator.rows(Decimal(1), ["x", "y"], [1, 2])
    assert row[:2] == ("x", Decimal("0.33333333333333333333"))


def test_large_amounts_are_exact(allocator: Allocator) -> None:
    amount = Decimal("999999999999999.99")
    rows = allocator.rows(amount, [str(n) for n in range(7)], [10**15] * 6 + [1])
    assert sum(row[2] for row in rows) == amount
    assert rows[6][2] in (Decimal("0.16"), Decimal("0.17"))
    assert all(abs(exact - given) < CENT for _, exact, given in rows)


@pytest.mark.parametrize(
    ("amount", "arrays", "status", "rule"),
    [
        (Decimal("0.001"), (["a"], [1]), "QB400", "amount_to_the_cent"),
        (None, (["a"], [1]), "QB400", "amount_to_the_cent"),
        (Decimal("NaN"), (["a"], [1]), "QB400", "allocation_in_range"),
        (CENT, (["a"], [1, 2]), "QB400", "allocation_is_complete"),
        (CENT, (["a"], [None]), "QB400", "allocation_is_complete"),
        (CENT, (["a"], [1], [1, 2]), "QB400", "allocation_is_complete"),
        (CENT, (["a", "a"], [1, 2]), "QB400", "allocation_keys_are_unique"),
        (CENT, (["a", "b"], [1, -1]), "QB400", "allocation_in_range"),
        (CENT, (["a", "b"], [Decimal(1), Decimal("NaN")]), "QB400", "allocation_in_range"),
        (CENT, (["a", "b"], [0, 0]), "QB409", "allocation_has_a_share"),
        (CENT, (["a"], [1], [0], [0], [True]), "QB409", "allocation_has_a_share"),
        (CENT, ([], []), "QB409", "allocation_has_a_share"),
        (CENT, (["a"], [1], [0], [0], [False], [0]), "QB409", "allocation_within_limits"),
        (CENT, (["a"], [1], [0], [0], [False], [0, 1]), "QB400", "allocation_is_complete"),
    ],
)
def test_what_cannot_be_divided_is_refused(
    allocator: Allocator, amount: Any, arrays: tuple[Any, ...], status: str, rule: str
) -> None:
    with refused(allocator.conn, status, rule):
        allocator.rows(amount, *arrays)


def test_nothing_is_divided_among_nobody(allocator: Allocator) -> None:
    assert allocator.rows(Decimal(0), [], []) == []
    assert allocator.rows(Decimal(0), ["a"], [0]) == [("a", 0, 0)]


def test_an_investor_divides_nothing(as_role: Callable[..., Connection]) -> None:
    with refused(as_role("investor"), "42501", None):
        Allocator(as_role("investor")).rows(CENT, ["a"], [1])


def test_a_close_makes_partners(life: FundLife) -> None:
    assert life.by_code(
        "select investor_id, sum(amount) from fund.commitment_line"
        " where fund_id = %(fund_id)s group by 1"
    ) == {"LP-01": 50_000_000, "LP-02": 30_000_000, "LP-03": 20_000_000}
    assert life.offenders() == {}
