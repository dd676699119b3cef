"""What the management fee is a share of, and from which day on."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.fund.fee_words import (
    accrue,
    bought,
    owed,
    record,
    segments,
    sold,
    written_off,
)
from tests.fund.fund_life import FundLife

Begin = Callable[..., FundLife]


def test_after_the_investment_period_rate_and_base_step_down(begin: Begin) -> None:
    life = begin(commitments={"LP-01": 60_000_000, "LP-02": 40_000_000})
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    life.set_fee("*", "2024-05-16", "0.015", "net_invested")
    life.post(bought("2024-02-01", 30_000_000))
    accrue(life)
    event = accrue(life)
    assert segments(life, event, "LP-01") == [
        ("2024-04-01 2024-05-16", "committed", "0.02", Decimal(60_000_000)),
        ("2024-05-16 2024-07-01", "net_invested", "0.015", Decimal(18_000_000)),
    ]
    # 100m x 2 % x 45/365 and 30m x 1.5 % x 46/365
    assert record(life, event)["gross_amount"] == Decimal("303287.67")
    assert owed(life, event) == {"LP-01": Decimal("181972.60"), "LP-02": Decimal("121315.07")}


def test_a_realisation_reduces_the_base_of_the_next_period(begin: Begin) -> None:
    """What a manager failed to do: SEC, Global Infrastructure Management (2021-12-20)."""
    life = begin()
    life.set_fee("*", "2020-01-01", "0.02", "net_invested")
    life.post_all([bought("2024-02-01", 40_000_000), sold("2024-05-16", 10_000_000)])
    assert record(life, accrue(life))["gross_amount"] == 0  # nothing yet at the first close
    assert record(life, accrue(life))["gross_amount"] == Decimal("199452.05")  # 40m x 91/365
    assert record(life, accrue(life))["gross_amount"] == Decimal("151232.88")  # 30m x 92/365


@pytest.mark.parametrize(("basis", "owed_for"), [("opening", 30), ("daily", 40)])
def test_the_base_is_that_of_the_evening_before_unless_it_is_daily(
    begin: Begin, basis: str, owed_for: int
) -> None:
    life = begin(fee_basis=basis, fee_day_count="quarter")
    life.set_fee("*", "2020-01-01", "0.02", "net_invested")
    life.post_all([bought("2024-03-31", 30_000_000), bought("2024-04-01", 10_000_000)])
    accrue(life)
    assert record(life, accrue(life))["gross_amount"] == owed_for * 5_000


def test_with_daily_bases_a_realisation_counts_from_its_day(begin: Begin) -> None:
    life = begin(fee_basis="daily")
    life.set_fee("*", "2020-01-01", "0.02", "net_invested")
    life.post_all(
        [
            bought("2024-02-01", 40_000_000),
            sold("2024-05-16", 10_000_000),
            written_off("2024-06-01", 5_000_000),
        ]
    )
    assert record(life, accrue(life))["gross_amount"] == Decimal("131506.85")  # 60 days
    event = accrue(life)
    assert segments(life, event, "LP-01") == [
        ("2024-04-01 2024-05-16", "net_invested", "0.02", Decimal(20_000_000)),
        ("2024-05-16 2024-06-01", "net_invested", "0.02", Decimal(15_000_000)),
        ("2024-06-01 2024-07-01", "net_invested", "0.02", Decimal(12_500_000)),
    ]
    # 2 % x (40m x 45 + 30m x 16 + 25m x 30)/365
    assert record(life, event)["gross_amount"] == Decimal("166027.40")


@pytest.mark.parametrize(
    ("basis", "seller", "buyer"),
    [
        ("opening", {"2024-04-01 2024-07-01": 50_000_000}, {}),
        (
            "daily",
            {"2024-04-01 2024-05-16": 50_000_000, "2024-05-16 2024-07-01": 30_000_000},
            {"2024-05-16 2024-07-01": 20_000_000},
        ),
    ],
)
def test_who_bought_an_interest_owes_the_fee_from_the_next_base_on(
    begin: Begin, basis: str, seller: dict[str, int], buyer: dict[str, int]
) -> None:
    life = begin(fee_basis=basis)
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    accrue(life)
    life.invite("LP-09")
    life.run(
        "transfer",
        {
            "seller": "LP-01",
            "buyer": "LP-09",
            "transferred_on": "2024-05-16",
            "commitment_amount": 20_000_000,
        },
    )
    event = accrue(life)
    for code, expected in (("LP-01", seller), ("LP-09", buyer)):
        found = {days: amount for days, _, _, amount in segments(life, event, code)}
        assert found == expected
    event = accrue(life)
    assert segments(life, event, "LP-09")[0][3] == 20_000_000


def test_a_base_of_contributions_is_what_was_called_and_due(begin: Begin) -> None:
    life = begin(fee_basis="daily")
    life.set_fee("*", "2020-01-01", "0.02", "contributed")
    life.issue("2024-02-01", 10_000_000, due_on="2024-02-15")
    assert segments(life, accrue(life), "LP-01") == [
        ("2024-02-15 2024-04-01", "contributed", "0.02", Decimal(5_000_000)),
    ]


def test_a_base_of_net_asset_value_is_the_last_one(begin: Begin) -> None:
    life = begin(fee_basis="daily")
    life.set_fee("*", "2020-01-01", "0.02", "nav")
    life.issue("2024-02-01", 10_000_000)
    life.pay_all("2024-02-15")
    life.post(bought("2024-02-20", 8_000_000))
    life.run("nav", {"as_of": "2024-03-31", "fair_value": 12_000_000})
    life.run("nav", {"as_of": "2024-06-30", "fair_value": 10_000_000})
    found = [accrue(life) for _ in range(3)]
    # From the day of each mark on: 14 million, of which half; then 12 million.
    assert [segments(life, event, "LP-01") for event in found[:2]] == [
        [("2024-03-31 2024-04-01", "nav", "0.02", Decimal(7_000_000))],
        [
            ("2024-04-01 2024-06-30", "nav", "0.02", Decimal(7_000_000)),
            ("2024-06-30 2024-07-01", "nav", "0.02", Decimal(6_000_000)),
        ],
    ]


@pytest.mark.parametrize("timing", ["advance", "arrears"])
@pytest.mark.parametrize(
    ("fee_from", "caught_up", "of_the_next"),
    [
        # Closed on 2024-05-16, 20 million: from 2024-01-15, or from then on.
        ("first_close", {"advance": "184109.59", "arrears": "84383.56"}, "99726.03"),
        ("own_close", {"advance": "50410.96", "arrears": None}, "50410.96"),
    ],
)
def test_a_partner_of_a_later_close_owes_what_the_terms_say(
    begin: Begin,
    timing: str,
    fee_from: str,
    caught_up: dict[str, str | None],
    of_the_next: str,
) -> None:
    life = begin(fee_timing=timing, fee_from=fee_from)
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    accrue(life)
    if timing == "advance":
        accrue(life)
    event = life.close_on("2024-05-16", {"LP-04": 20_000_000})
    # The close asks for accruals that there are; the accrual of its own quarter for itself.
    expected = caught_up[timing]
    assert owed(life, event) == ({"LP-04": Decimal(expected)} if expected else {})
    if timing == "arrears":
        assert owed(life, accrue(life))["LP-04"] == Decimal(of_the_next)
    # Of whole quarters the cents go to whoever is behind.
    assert abs(owed(life, accrue(life))["LP-04"] - Decimal("100821.92")) <= Decimal("0.01")
    assert segments(life, accrue(life), "LP-01")[0][3] == 50_000_000
