"""Positions: what a partner paid, got and has, and the ratios of that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.fund.fund_life import FundLife
from tests.fund.measure_words import AMOUNTS, TWO, mark, measures, positions
from tests.ledger.fund_books import cash_in


def test_a_position_is_what_was_paid_and_got_and_is_there(two: FundLife) -> None:
    two.pay_all("2024-02-20")
    two.distribute("2025-02-19", 200)
    mark(two, "2025-03-31", 400)
    found = positions(two, "2025-03-31")["LP-01"]
    assert {name: found[name] for name in AMOUNTS} == {
        "commitment_amount": 600,
        "called_amount": 300,
        "paid_in_amount": 300,
        "receivable_amount": 0,
        "distributed_amount": 120,
        "payable_amount": 0,
        "recallable_amount": 0,
        "unfunded_amount": 300,
        # 60 % of 300 in cash and 400 of investments.
        "nav_amount": 420,
        "residual_amount": 420,
    }
    assert found["dpi"] == Decimal("0.4")
    assert found["rvpi"] == Decimal("1.4")
    assert found["tvpi"] == Decimal("1.8")
    assert found["pic"] == Decimal("0.5")
    rate = float(found["net_irr"])
    days = [
        (date(2025, 2, 19) - date(2024, 2, 20)).days,
        (date(2025, 3, 31) - date(2024, 2, 20)).days,
    ]
    value = -300 + 120 / (1 + rate) ** (days[0] / 365) + 420 / (1 + rate) ** (days[1] / 365)
    assert abs(value) < 1e-6
    assert found["is_under_one_year"] is False


def test_what_is_called_and_not_paid_has_no_part_in_ratios(two: FundLife) -> None:
    two.pay("LP-01", "2024-02-20", 300)
    two.pay("LP-02", "2024-02-20", 50)
    mark(two, "2024-03-31", 0)
    found = positions(two, "2024-03-31")["LP-02"]
    assert (found["receivable_amount"], found["nav_amount"]) == (150, 200)
    assert (found["residual_amount"], found["rvpi"], found["tvpi"]) == (50, 1, 1)


def test_what_is_declared_and_not_paid_is_still_there(two: FundLife) -> None:
    two.pay_all("2024-02-20")
    two.distribute("2024-03-01", 100, paid_on="2024-04-10")
    mark(two, "2024-03-31", 0)
    found = positions(two, "2024-03-31")["LP-01"]
    assert (found["distributed_amount"], found["payable_amount"]) == (0, 60)
    assert (found["nav_amount"], found["residual_amount"], found["tvpi"]) == (240, 300, 1)
    found = positions(two, "2024-04-10")["LP-01"]
    assert (found["distributed_amount"], found["payable_amount"]) == (60, 0)
    assert (found["nav_amount"], found["residual_amount"], found["tvpi"]) == (240, 240, 1)


def test_the_value_is_the_last_mark_and_what_moved_since(two: FundLife) -> None:
    two.pay_all("2024-02-20")
    mark(two, "2024-03-31", 100)
    two.issue("2024-04-10", 100)
    two.distribute("2024-04-20", 50)
    assert positions(two, "2024-03-31")["LP-01"]["nav_amount"] == 360
    assert positions(two, "2024-04-15")["LP-01"]["nav_amount"] == 420
    assert positions(two, "2024-04-20")["LP-01"]["nav_amount"] == 390
    assert positions(two, "2024-03-30")["LP-01"]["nav_amount"] == 300


def test_under_a_year_the_return_is_no_annual_one(two: FundLife) -> None:
    two.pay_all("2024-02-20")
    mark(two, "2024-06-30", 50)
    found = positions(two, "2024-06-30")["LP-02"]
    assert found["is_under_one_year"] is True
    assert round(found["net_irr"], 12) == Decimal("0.1")
    mark(two, "2025-03-31", 50)
    found = positions(two, "2025-03-31")["LP-02"]
    assert found["is_under_one_year"] is False
    assert float(found["net_irr"]) == pytest.approx(1.1 ** (365 / 405) - 1, abs=1e-12)


def test_what_ended_under_a_year_returned_the_same_ever_after(
    begin: Callable[..., FundLife],
) -> None:
    life = begin(commitments={"LP-01": 1000})
    # Paid on 20 January, and taken back: the first flow is of 1 February.
    life.issue("2024-01-20", 100)
    life.take_back(life.pay("LP-01", "2024-01-20", 100))
    life.pay_all("2024-02-01")
    life.post(cash_in("2024-03-01", 10))
    life.distribute("2024-07-31", 110)
    mark(life, "2024-09-30", 0)
    for as_of in ("2024-09-30", "2024-12-31", "2026-06-30"):
        for found in (positions(life, as_of)["LP-01"], measures(life, as_of)):
            assert (found["residual_amount"], found["is_under_one_year"]) == (0, True)
            assert round(found["net_irr"], 12) == Decimal("0.1")


def test_who_has_paid_nothing_has_no_ratios(two: FundLife) -> None:
    found = positions(two)["LP-01"]
    assert [found[name] for name in ("dpi", "rvpi", "tvpi", "net_irr")] == [None] * 4
    assert (found["pic"], found["net_irr_reason"]) == (0, "no_sign_change")


def test_receivables_taken_off_equity_change_no_ratio(begin: Callable[..., FundLife]) -> None:
    found = []
    for shown_as in ("asset", "equity"):
        life = begin("Fund " + shown_as, TWO, books={"receivable_as": shown_as})
        life.issue("2024-02-01", 500)
        life.pay("LP-01", "2024-02-01", 200)
        mark(life, "2024-03-31", 100)
        found.append(positions(life, "2024-03-31"))
        for code, row in found[-1].items():
            [kept] = life.rows(
                "select sum(nav_amount) as nav from fund.nav_line where investor_id ="
                " (select investor_id from fund.investor where investor_code = %(code)s)"
                " and fund_id = %(fund_id)s",
                code=code,
            )
            assert row["nav_amount"] == kept["nav"]
    assert found[0]["LP-01"]["nav_amount"] - found[1]["LP-01"]["nav_amount"] == 100
    assert found[0]["LP-01"]["tvpi"] == found[1]["LP-01"]["tvpi"] == Decimal("1.3")


def test_a_partner_called_again_for_what_it_got_back(begin: Callable[..., FundLife]) -> None:
    """legalclarity.org: a commitment of 10m and 1m recallable: 1m more can be called."""
    life = begin(commitments={"LP-01": 10_000_000})
    life.issue("2024-02-01", 4_000_000)
    life.pay_all("2024-02-01")
    life.distribute("2024-03-01", 2_000_000, recallable_amount=1_000_000)
    found = positions(life)["LP-01"]
    assert (found["unfunded_amount"], found["recallable_amount"]) == (7_000_000, 1_000_000)
    life.issue("2024-04-01", 600_000)
    found = positions(life)["LP-01"]
    assert (found["unfunded_amount"], found["recallable_amount"]) == (6_400_000, 400_000)


THIRD = Decimal(1) / 3


@pytest.mark.parametrize(
    ("method", "distributed", "called_again"),
    [
        # ILPA: recallable distributions are distributions; called again, they are paid in again.
        ("all_in", ("0.5", "1.25", "0.4"), ("0.4", "1.2", "0.5")),
        # 25 of 50 distributed and of 100 paid in do not count, before and after they are called.
        ("excluded", (THIRD, 4 * THIRD, "0.3"), ("0.25", "1.25", "0.4")),
    ],
)
def test_recallable_distributions_count_as_the_terms_say(
    begin: Callable[..., FundLife], method: str, distributed: Any, called_again: Any
) -> None:
    life = begin(commitments={"LP-01": 250}, recallable_in_performance=method)
    life.issue("2024-02-01", 100)
    life.pay_all("2024-02-01")
    life.distribute("2024-03-01", 50, recallable_amount=25)
    mark(life, "2024-03-31", 25)

    def seen(as_of: str) -> list[Decimal]:
        found = positions(life, as_of)["LP-01"]
        assert found["recallable_in_performance"] == method
        return [round(found[name], 9) for name in ("dpi", "tvpi", "pic")]

    assert seen("2024-03-31") == [round(Decimal(x), 9) for x in distributed]
    life.issue("2024-05-01", 25)
    life.pay_all("2024-05-01")
    assert seen("2024-05-01") == [round(Decimal(x), 9) for x in called_again]


def test_what_lapses_unused_is_a_distribution_after_all(begin: Callable[..., FundLife]) -> None:
    life = begin(
        commitments={"LP-01": 250}, recallable_in_performance="excluded", recallable_expiry_days=30
    )
    life.issue("2024-02-01", 100)
    life.pay_all("2024-02-01")
    life.distribute("2024-03-01", 50, recallable_amount=25)
    found = positions(life, "2024-03-31")["LP-01"]
    assert (found["recallable_amount"], found["unfunded_amount"]) == (25, 175)
    assert round(found["dpi"], 9) == round(Decimal(25) / 75, 9)
    found = positions(life, "2024-04-01")["LP-01"]
    assert (found["recallable_amount"], found["unfunded_amount"]) == (0, 150)
    assert found["dpi"] == Decimal("0.5")
