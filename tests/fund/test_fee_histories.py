"""Any fund's fees: as the oracle has them, to the cent, and with nothing lost on the way to net."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, getcontext
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.conftest import Connection, Database
from tests.fund.fee_oracle import DAY_COUNTS, Agreement, Step
from tests.fund.fee_words import accrue, adjust, bought, owed, record, sold
from tests.fund.fund_life import FundLife

getcontext().prec = 50
ZERO, CENT, HAIR = Decimal(), Decimal("0.01"), Decimal("1e-9")
CODES = [f"LP-0{n}" for n in range(1, 6)]
START = date(2024, 1, 1)


def money(least: str, most: str) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(least), Decimal(most), places=2)


def in_days(least: int, most: int) -> st.SearchStrategy[date]:
    """Days after the start; often the first of a month or the evening before."""
    firsts = [n for n in range(least, most + 1) if (START + timedelta(n)).day == 1]
    near = [n for first in firsts for n in (first - 1, first) if least <= n <= most]
    return (st.integers(least, most) | st.sampled_from(near)).map(lambda n: START + timedelta(n))


@dataclass
class Adjustment:
    kind: str
    from_on: date
    asked: dict[str, Any]


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    codes = CODES[: draw(st.integers(1, 5))]
    amounts = money("1.00", "90000000.00")
    closes = {draw(in_days(0, 100)): {code: draw(amounts) for code in codes}}
    for _ in range(draw(st.integers(0, 2))):
        day = max(closes) + timedelta(draw(st.integers(1, 120)))
        closes[day] = draw(st.dictionaries(st.sampled_from(CODES), amounts, min_size=1))
    rates = st.decimals("0", "0.05", places=4)
    bases = st.sampled_from(["committed", "net_invested"])
    steps = [Step("*", date(2020, 1, 1), draw(rates), draw(bases))]
    for name in ("*", "anchor"):
        for day in draw(st.sets(in_days(0, 600), max_size=2)):
            steps.append(Step(name, day, draw(rates), draw(bases)))
    cost, held = {}, ZERO
    for day in sorted(draw(st.sets(in_days(0, 600), max_size=5))):
        if held and draw(st.booleans()):
            cost[day] = -draw(money("0.01", str(held)))
        else:
            cost[day] = draw(money("0.01", "50000000.00"))
        held += cost[day]
    return Agreement(
        day_count=draw(st.sampled_from(DAY_COUNTS)),
        basis=draw(st.sampled_from(["opening", "daily"])),
        months=draw(st.sampled_from([1, 3, 6])),
        fee_from=draw(st.sampled_from(["first_close", "own_close"])),
        steps=steps,
        classes={
            code: draw(st.sampled_from(["standard", "anchor", "general_partner"])) for code in codes
        },
        closes=closes,
        cost=cost,
    )


@st.composite
def adjustments(draw: st.DrawFn) -> list[Adjustment]:
    found = []
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["waiver", "rebate", "offset", "offset"]))
        from_on = draw(in_days(0, 500))
        asked: dict[str, Any] = {"amount": draw(money("0.01", "2000000.00"))}
        if kind != "offset":
            if draw(st.booleans()):
                asked = {"share": draw(st.sampled_from(["0.1", "0.333333", "0.5", "1"]))}
            if draw(st.booleans()):
                asked["investor"] = CODES[0]
            if draw(st.booleans()):
                asked["to_on"] = str(from_on + timedelta(draw(st.integers(1, 200))))
        found.append(Adjustment(kind, from_on, asked))
    return found


@pytest.fixture
def conn(shared: Database) -> Iterator[Connection]:
    with shared.connect(options="-c role=qb_owner") as conn:
        yield conn
        conn.rollback()


def lived(conn: Connection, agreed: Agreement, **terms: Any) -> FundLife:
    """The fund of an agreement, before its first accrual, and no other."""
    conn.rollback()
    life = FundLife.begun(
        conn,
        commitments={},
        fee_day_count=agreed.day_count,
        fee_basis=agreed.basis,
        fee_period_months=agreed.months,
        fee_from=agreed.fee_from,
        **terms,
    )
    for step in agreed.steps:
        life.set_fee(step.investor_class, str(step.from_on), step.rate, step.base)
    for day, amounts in sorted(agreed.closes.items()):
        life.close_on(str(day), amounts, agreed.classes)
    for day, amount in agreed.cost.items():
        life.post(bought(str(day), amount) if amount > 0 else sold(str(day), -amount))
    return life


FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FEW
@given(agreements(), st.integers(1, 5))
def test_fees_are_those_of_the_oracle(conn: Connection, agreed: Agreement, runs: int) -> None:
    life = lived(conn, agreed)
    first = agreed.first_close
    exact_so_far = dict.fromkeys(CODES, ZERO)
    gross_so_far = dict.fromkeys(CODES, ZERO)
    for number in range(1, runs + 1):
        event = accrue(life)
        run, gross = record(life, event), owed(life, event)
        exact = owed(life, event, "exact_amount")
        last = agreed.period_end(first)
        assert (run["from_on"], run["to_on"]) == (first, last)
        fees = {code: agreed.fee(code, first, last) for code in CODES}
        note(f"{first} {last} {fees}")
        for code, fee in fees.items():
            assert abs(exact.get(code, ZERO) - fee) < HAIR
            exact_so_far[code] += fee
            gross_so_far[code] += gross.get(code, ZERO)
            # Each accrual rounds its sum once, and nobody drifts from his part of that.
            assert abs(gross_so_far[code] - exact_so_far[code]) < CENT + number * CENT / 2 + HAIR
        assert abs(run["gross_amount"] - sum(fees.values())) <= CENT / 2 + HAIR
        assert sum(gross.values()) == run["gross_amount"]
        assert min(gross.values(), default=ZERO) >= 0
        first = last


@FEW
@given(agreements(), adjustments(), st.sampled_from(["1", "0.8", "0.5", "0"]), st.integers(1, 5))
def test_from_gross_to_net_nothing_is_lost(
    conn: Connection, agreed: Agreement, adjusting: list[Adjustment], share: str, runs: int
) -> None:
    life = lived(conn, agreed, fee_offset_share=share)
    for adjustment in adjusting:
        adjust(life, adjustment.kind, str(adjustment.from_on), **adjustment.asked)
    carried, credited = ZERO, ZERO
    offsets = [a for a in adjusting if a.kind == "offset"]
    parts = ("gross_amount", "waived_amount", "rebated_amount", "offset_amount", "net_amount")
    sums = dict.fromkeys(parts, ZERO)
    for _ in range(runs):
        event = accrue(life)
        run = record(life, event)
        if run["waived_amount"] or run["offset_amount"]:
            # What was used is there again when the accrual is taken back.
            life.take_back(event)
            event = accrue(life)
            assert record(life, event) == run
        assert run["offset_brought_forward"] == carried
        received = sum(
            (
                (a.asked["amount"] * Decimal(share)).quantize(CENT, ROUND_HALF_UP)
                for a in offsets
                if a.from_on < run["to_on"]
            ),
            ZERO,
        )
        assert run["offset_added"] == received - credited
        carried, credited = run["offset_carried_forward"], received
        assert carried == 0 or run["net_amount"] == 0  # taken as soon as there is a fee
        for part in parts:
            lines = owed(life, event, part)
            assert sum(lines.values()) == run[part]
            assert min(lines.values(), default=ZERO) >= 0
            sums[part] += run[part]
    assert sums["offset_amount"] + carried == credited

    taken = life.rows(
        "select a.kind, a.amount, a.credited_amount, sum(x.amount) as taken"
        " from fund.fee_reduction as x join fund.fee_adjustment as a"
        " on x.fund_id = a.fund_id and x.adjustment_id = a.event_id"
        " where x.fund_id = %(fund_id)s and not exists (select from fund.event as r"
        " where r.fund_id = x.fund_id and r.reverses_event_id = x.event_id)"
        " group by a.fund_id, a.event_id"
    )
    for row in taken:
        assert row["amount"] is None or row["taken"] <= (row["credited_amount"] or row["amount"])
    for kind, part in (
        ("waiver", "waived_amount"),
        ("rebate", "rebated_amount"),
        ("offset", "offset_amount"),
    ):
        assert sum((row["taken"] for row in taken if row["kind"] == kind), ZERO) == sums[part]

    balances = life.balances()
    assert balances.get("5000", ZERO) == sums["net_amount"] + sums["offset_amount"]
    assert balances.get("5050", ZERO) == -sums["offset_amount"]
    assert balances.get("2200", ZERO) == -sums["net_amount"]
