"""Who comes later pays for the time of the others' money: how much, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.fund.close_words import LATER, D, entries, legs, unfunded
from tests.fund.fund_life import FundLife


def test_published_interest_of_ninety_days(begin: Callable[..., FundLife]) -> None:
    """fundopshq.com, 2026-01-14: 4,000,000 x 8 % x 90/365 = 78,904.11."""
    life = begin(commitments={"LP-01": 10_000_000})
    life.issue("2024-02-01", 8_000_000, due_on="2024-02-15")
    life.pay_all("2024-02-10")
    close = life.close_on("2024-05-15", {"LP-02": 10_000_000})
    newcomer, earlier = life.rows(
        "select * from fund.true_up_interest where fund_id = %(fund_id)s order by amount desc"
    )
    assert (newcomer["principal"], newcomer["amount"]) == (4_000_000, D("78904.11"))
    assert newcomer["exact_amount"] == D("78904.109589041096")
    assert (str(newcomer["from_on"]), str(newcomer["to_on"])) == ("2024-02-15", "2024-05-15")
    assert (earlier["principal"], earlier["amount"]) == (-4_000_000, D("-78904.11"))
    # Outside the commitment, no contribution, no income: cash comes and goes.
    assert unfunded(life) == {"LP-01": 6_000_000, "LP-02": 6_000_000}
    assert life.balances() == {"1000": 8_000_000, "3000": -8_000_000}
    assert entries(close) == [
        ("catch_up", "2024-05-15", [("1000", 4_000_000), ("3000", -4_000_000)]),
        ("rebalancing", "2024-05-15", [("3000", 4_000_000), ("2100", -4_000_000)]),
        ("rebalancing", "2024-05-15", [("2100", 4_000_000), ("1000", -4_000_000)]),
        ("true_up_interest", "2024-05-15", [("1000", D("78904.11")), ("2100", D("-78904.11"))]),
        ("true_up_interest", "2024-05-15", [("2100", D("78904.11")), ("1000", D("-78904.11"))]),
    ]


def test_interest_goes_to_those_whose_money_was_used(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.pay("LP-01", "2024-02-01", 5_000_000)
    life.pay("LP-02", "2024-02-01", 2_000_000)
    close = life.close_on("2024-04-01", {"LP-04": 100_000_000})
    interest = D("65753.42")  # 5,000,000 x 8 % x 60/365
    assert dict(legs(close, "true_up_interest")) == {
        "LP-01": D("-54794.52"), "LP-02": D("-10958.90"), "LP-03": 0, "LP-04": interest,
    }  # fmt: skip


def test_interest_on_a_call_that_nobody_paid_follows_the_legs(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    close = life.close_on("2024-04-01", {"LP-04": 100_000_000})
    assert dict(legs(close, "true_up_interest")) == {
        "LP-01": D("-32876.71"), "LP-02": D("-19726.03"), "LP-03": D("-13150.68"),
        "LP-04": D("65753.42"),
    }  # fmt: skip


def test_call_that_is_not_due_yet_bears_no_interest(life: FundLife) -> None:
    life.issue("2024-03-20", 10_000_000, due_on="2024-04-05")
    close = life.close_on("2024-04-01", LATER)
    assert legs(close, "true_up_interest") == []
    assert dict(legs(close, "payment_line")) == {"LP-04": 2_500_000, "LP-05": 2_500_000}
    assert sum(life.open_amounts().values()) == 5_000_000


@pytest.mark.parametrize(
    ("recipient", "account"), [("fund", "4300"), ("manager", "2200"), ("earlier_partners", "2100")]
)
def test_terms_say_who_gets_the_interest(
    begin: Callable[..., FundLife], recipient: str, account: str
) -> None:
    life = begin(true_up_recipient=recipient)
    life.issue("2024-02-01", 10_000_000)
    life.pay_all("2024-02-01")
    close = life.close_on("2024-04-01", {"LP-04": 100_000_000})
    [first, *_] = [lines for kind, _, lines in entries(close) if kind == "true_up_interest"]
    assert sum(amount for number, amount in first if number == account) == D("-65753.42")
    assert life.balances().get(account, 0) == (D("-65753.42") if recipient == "fund" else 0)
    assert life.balances()["1000"] == 10_000_000 + (D("65753.42") if recipient == "fund" else 0)
    receivers = {code for code, amount in legs(close, "true_up_interest") if amount < 0}
    assert receivers == ({"LP-01", "LP-02", "LP-03"} if recipient == "earlier_partners" else set())


@pytest.mark.parametrize(
    ("terms", "interest"),
    [
        ({}, "802191.78"),
        ({"true_up_rate": 0}, "0"),
        ({"true_up_rate": D("0.05")}, "501369.86"),
        ({"true_up_day_count": "act/360"}, "813333.33"),
        ({"true_up_day_count": "30/360"}, "800000.00"),
        ({"true_up_day_count": "act/act"}, "800185.64"),
        ({"true_up_day_count": "30/360", "true_up_compounding": "annual"}, "800000.00"),
    ],
)
def test_terms_say_how_interest_is_reckoned(
    begin: Callable[..., FundLife], terms: dict[str, Any], interest: str
) -> None:
    """10,000,000 from 1 February 2024 to 1 February 2025: 366 days, 335 of them in a leap year."""
    life = begin(**terms)
    life.issue("2024-02-01", 20_000_000)
    life.pay_all("2024-02-01")
    close = life.close_on("2025-02-01", {"LP-04": 100_000_000})
    assert dict(legs(close, "true_up_interest"))["LP-04"] == D(interest)


def test_interest_compounds_once_a_year(life: FundLife) -> None:
    query = "select fund.interest(1000000, '2024-02-01', '2026-02-01', 0.08, '30/360', %(how)s)"
    assert life.value(query, how="simple") == 160_000
    assert life.value(query, how="annual") == 166_400
    half = query.replace("2026-02-01", "2024-08-01")
    assert round(life.value(half, how="annual"), 6) == D("39230.484541")
    assert life.value(query, how="weekly") is None
