"""fund.explain_line of payments, of defaults and of what is taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.company.books import refused
from tests.fund.explain_words import D, told
from tests.fund.fund_life import FundLife

Begin = Callable[..., FundLife]


@pytest.fixture
def late(begin: Begin) -> FundLife:
    """8 % a year from the due date on, with five days of grace."""
    return begin(late_interest_rate="0.08", late_grace_days=5)


def test_what_became_of_a_payment_is_told(late: FundLife) -> None:
    late.issue("2024-02-01", 1_000_000, due_on="2024-02-20")
    late.issue("2024-02-02", 500_000, due_on="2024-02-10")
    late.pay("LP-01", "2024-02-03", 100_000)
    event = late.pay("LP-01", "2024-03-31", 660_000, memo="Wire 7")
    steps = told(late, event, "LP-01")
    assert [step[:2] for step in steps] == [
        ("received", 660_000),
        ("call 2", 150_000),
        ("call 2: late", 150_000),
        ("call 2: days late", 50),
        ("call 2: part of a year", D("0.136986301369863013698630")),
        ("call 2: late interest", D("1643.84")),
        ("call 1", 500_000),
        ("call 1: late", 500_000),
        ("call 1: days late", 40),
        ("call 1: part of a year", D("0.109589041095890410958904")),
        ("call 1: late interest", D("4383.56")),
        ("paid of late interest", D("6027.40")),
        ("advance", D("3972.60")),
        ("accounted for", 660_000),
    ]
    explained = {what: explanation for what, _, explanation in steps}
    assert explained["received"] == "On 2024-03-31. Wire 7"
    assert explained["call 2"] == (
        "Due on 2024-02-10. Open of it: 250000.00 called less 100000.00 paid before."
        " The call due first is paid first."
    )
    assert "150000.00 x 0.08 a year" in explained["call 2: late interest"]
    assert "Charged so far 6027.40, paid before 0.00." in explained["paid of late interest"]


def test_money_that_was_there_before_is_told(late: FundLife) -> None:
    late.pay("LP-01", "2024-01-20", 30)
    call = late.issue("2024-02-01", 100, due_on="2024-02-10")
    late.pay("LP-02", "2024-01-20", 7)
    event = late.pay("LP-02", "2024-02-03", 25, call_id=call["event_id"].hex)
    steps = told(late, event, "LP-02")
    assert [step[:2] for step in steps] == [
        ("received", 25),
        ("advance before", 7),
        ("call 1", 30),
        ("advance", -5),
        ("accounted for", 25),
    ]
    assert "The payment names it." in steps[2][2]
    back = late.take_back(event)
    assert told(late, event, "LP-02")[-1][:2] == (
        f"reversal of 2024-02-03 (event {back['event_number']})",
        -25,
    )


def test_a_payment_tells_what_was_there_then(late: FundLife) -> None:
    """No advance of a later day, though recorded before it, and nothing that came later."""
    late.pay("LP-02", "2024-03-05", 7)
    late.issue("2024-02-01", 100)
    event = late.pay("LP-02", "2024-02-05", 20)
    late.pay("LP-02", "2024-03-05", 1)
    late.run("default", {"investor": "LP-02", "declared_on": "2024-04-01"})
    steps = told(late, event, "LP-02")
    assert [step[:2] for step in steps] == [
        ("received", 20), ("call 1", 20), ("accounted for", 20),
    ]  # fmt: skip
    assert "30.00 called less 0.00 paid before" in steps[1][2]


def test_what_a_default_took_back_is_told(life: FundLife) -> None:
    life.issue("2024-02-01", 1000, fee_amount=100)
    life.issue("2024-02-02", 10)
    life.pay("LP-02", "2024-02-10", 40)
    event = life.run("default", {"investor": "LP-02", "declared_on": "2024-04-01"})
    steps = told(life, event, "LP-02")
    assert [step[:2] for step in steps] == [
        ("call 1: called", 330),
        ("call 1: paid", 40),
        ("call 1: taken back", -290),
        ("call 2: called", 3),
        ("call 2: paid", 0),
        ("call 2: taken back", -3),
        ("taken back", -293),
    ]
    assert steps[2][2] == "What was open: capital 290.00, fee 0.00."
    life.take_back(event)
    assert told(life, event, "LP-02")[-1][1] == 293


def test_a_reversal_tells_what_it_takes_back(late: FundLife) -> None:
    late.issue("2024-02-01", 100)
    payment = late.pay("LP-01", "2024-03-31", 60)
    event = late.take_back(payment)
    steps = told(late, event, "LP-01")
    assert steps[0] == (
        "takes back",
        payment["event_number"],
        f"Event {payment['event_number']}, the payment of 2024-03-31, whose story follows.",
    )
    own = told(late, payment, "LP-01")
    assert steps[1 : 1 + len(own)] == [
        (f"event {payment['event_number']}: {what}", amount, why) for what, amount, why in own
    ]
    assert [step[:2] for step in steps[1 + len(own) :]] == [
        ("taken back: late interest", D("-0.65")),
        ("taken back: payment line", -50),
        ("taken back: payment line", D("-0.65")),
        ("taken back: payment line", D("-9.35")),
    ]
    with refused(late.conn, "QB404", "line_not_found"):
        told(late, event, "LP-02")
