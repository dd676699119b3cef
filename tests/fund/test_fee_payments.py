"""The management fee is paid out of what is accrued and of cash that is there."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.fund.fee_words import accrue, refuses
from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import cash_in

Begin = Callable[..., FundLife]


@pytest.fixture
def life(begin: Begin) -> FundLife:
    """423,076.92 payable from 2024-01-15 on, 500,000.00 from 2024-04-01; 600,000 in cash."""
    life = begin(fee_day_count="quarter")
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    life.post(cash_in("2024-02-01", 600_000))
    accrue(life)
    accrue(life)
    return life


def test_a_payment_reduces_what_is_payable(life: FundLife) -> None:
    event = life.run("fee_payment", {"paid_on": "2024-03-31", "amount": "423076.92"})
    assert life.balances("2024-03-31").get("2200") is None
    assert life.balances()["2200"] == Decimal(-500_000)
    assert life.balances()["1000"] == Decimal("176923.08")
    life.take_back(event)
    assert life.balances()["2200"] == Decimal("-923076.92")


@pytest.mark.parametrize(
    ("day", "amount", "sqlstate", "rule"),
    [
        ("2024-03-31", "423076.93", "QB409", "fee_payment_within_payable"),
        ("2024-01-14", "0.01", "QB409", "fee_payment_within_payable"),
        ("2024-04-01", "600000.01", "QB409", "fee_payment_within_cash"),
        ("2024-01-31", "0.01", "QB409", "fee_payment_within_cash"),
        ("2024-04-01", "0", "QB400", "fee_payment_to_the_cent"),
        ("2024-04-01", "-5", "QB400", "amount_not_negative"),
        ("2024-04-01", "5.001", "QB400", "amount_to_the_cent"),
        ("2023-12-31", "5", "QB409", "fee_payment_within_payable"),
    ],
)
def test_no_more_is_paid_than_is_payable_and_there(
    life: FundLife, day: str, amount: str, sqlstate: str, rule: str
) -> None:
    refuses(life, "fee_payment", {"paid_on": day, "amount": amount}, sqlstate, rule)


def test_what_a_later_payment_needs_is_not_there(life: FundLife) -> None:
    life.run("fee_payment", {"paid_on": "2024-05-01", "amount": "600000.00"})
    refuses(
        life,
        "fee_payment",
        {"paid_on": "2024-03-01", "amount": "323076.93"},
        "QB409",
        "fee_payment_within_payable",
    )
    refuses(
        life,
        "fee_payment",
        {"paid_on": "2024-03-01", "amount": "0.01"},
        "QB409",
        "fee_payment_within_cash",
    )


def test_a_fee_paid_for_days_that_are_taken_back_is_owed_less_later(begin: Begin) -> None:
    life = begin(fee_day_count="quarter")
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    life.post(cash_in("2024-02-01", 600_000))
    event = accrue(life)
    life.run("fee_payment", {"paid_on": "2024-02-01", "amount": "423076.92"})
    life.take_back(event, reversed_on="2024-03-01")
    assert life.balances()["2200"] == Decimal("423076.92")
    refuses(
        life,
        "fee_payment",
        {"paid_on": "2024-03-01", "amount": "0.01"},
        "QB409",
        "fee_payment_within_payable",
    )
    accrue(life)
    assert "2200" not in life.balances()


def test_a_closed_period_takes_no_payment(life: FundLife) -> None:
    life.close("2024-03-31")
    refuses(
        life,
        "fee_payment",
        {"paid_on": "2024-03-31", "amount": "5.00"},
        "QB409",
        "entry_in_open_period",
    )


def test_a_fee_of_closed_books_is_accrued_on_the_first_open_day(life: FundLife) -> None:
    for last_on in ("2024-03-31", "2024-06-30", "2024-09-30"):
        life.close(last_on)
    event = accrue(life)
    assert event["event"]["event_on"] == "2024-10-01"
    assert event["event"]["record"]["from_on"] == "2024-07-01"
