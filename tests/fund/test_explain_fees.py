"""fund.explain_line of what is received, waived and paid of fees."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.company.books import refused
from tests.fund.explain_words import D, numbers, told
from tests.fund.fee_words import accrue, adjust
from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import cash_in

Begin = Callable[..., FundLife]


@pytest.fixture
def charged(begin: Begin) -> FundLife:
    """2 % of 100 million a year in quarters: 500,000.00 each after the stub of 423,076.92."""
    life = begin(fee_day_count="quarter", fee_offset_share="0.8")
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    life.post(cash_in("2024-01-20", "1000000.00"))
    return life


def test_what_an_offset_has_reduced_is_told(charged: FundLife) -> None:
    event = adjust(charged, "offset", "2024-01-20", amount="1000000", memo="Board fees")
    accrue(charged)
    taken_back = accrue(charged)
    charged.take_back(taken_back)
    steps = told(charged, event, "LP-03")
    assert [step[:2] for step in steps] == [
        ("received", 1_000_000),
        ("credited", 800_000),
        ("fee from 2024-01-15 to 2024-03-31 (event 3)", D("-423076.92")),
        ("left", D("376923.08")),
    ]
    assert steps[0][2] == (
        "By the manager on 2024-01-20, from a company, for all partners. Board fees"
    )
    assert "0.8 of it" in steps[1][2]
    assert "84615.38 of the partner" in steps[2][2]


def test_a_waiver_is_told_to_whom_it_is_for(charged: FundLife) -> None:
    event = adjust(charged, "waiver", "2024-01-15", share="0.5", investor="LP-01")
    accrue(charged)
    steps = told(charged, event, "LP-01")
    assert [step[1] for step in steps] == [D("0.5"), D("-105769.23")]
    assert steps[0][2] == "This part of the gross fee from 2024-01-15 on, of the partner."
    with refused(charged.conn, "QB404", "line_not_found"):
        told(charged, event, "LP-02")


def test_a_payment_of_fees_changes_nobodys_capital(charged: FundLife) -> None:
    accrue(charged)
    charged.run("fee_payment", {"paid_on": "2024-03-01", "amount": "23076.92"})
    event = charged.run("fee_payment", {"paid_on": "2024-03-01", "amount": 1000})
    later = accrue(charged)
    assert numbers(charged, event, "LP-03") == {
        "payable": 400_000,
        "paid": 1000,
        "left": 399_000,
        "own fees": D("84615.38"),
    }
    charged.take_back(later)
    charged.invite("LP-77")
    with refused(charged.conn, "QB404", "line_not_found"):
        told(charged, event, "LP-77")
