"""fund.explain_line of distributions and of marks: shares to the cent, and what came after."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.company.books import refused
from tests.fund.explain_words import D, numbers, told
from tests.fund.fund_life import FundLife
from tests.fund.measure_words import mark
from tests.ledger.fund_books import cash_in, entry, line

Begin = Callable[..., FundLife]


@pytest.fixture
def equal(begin: Begin) -> FundLife:
    """Three equal partners and 1,000.00 in cash."""
    life = begin(commitments={"LP-01": 100, "LP-02": 100, "LP-03": 100})
    life.post(cash_in("2024-03-01", "1000.00"))
    return life


def test_why_the_second_equal_partner_gets_the_cent_of_the_second_distribution(
    equal: FundLife,
) -> None:
    equal.distribute("2024-05-10", 100)
    event = equal.distribute("2024-05-11", 100, recallable_amount=30, paid_on="2024-06-01")
    equal.distribute("2024-05-12", 100)
    steps = told(equal, event, "LP-02")
    assert [(what, amount) for what, amount, _ in steps] == [
        ("distribution", 100),
        ("amount to share", 100),
        ("weight", 100),
        ("exact share", D("33.33333333333333333333")),
        ("exact shares before", D("33.33333333333333333333")),
        ("amounts before", D("33.33")),
        ("behind", D("33.336666666667")),
        ("whole cents", D("33.33")),
        ("cent left over", D("0.01")),
        ("amount", D("33.34")),
        ("recallable", 10),
        ("distributed", D("33.34")),
    ]
    assert "declared on 2024-05-11 and paid on 2024-06-01" in steps[0][2]
    assert "leave 2 cents" in steps[8][2]
    assert "place 2." in steps[8][2]
    assert "without end: 30 x 33.34 / 100," in steps[10][2]


def test_a_split_that_was_given_is_told_as_given(equal: FundLife) -> None:
    lines = [
        {"investor": "LP-02", "amount": 7, "recallable_amount": 2},
        {"investor": "LP-03", "amount": 1, "recallable_amount": 0},
    ]
    event = equal.distribute("2024-05-10", 8, recallable_amount=2, lines=lines)
    steps = told(equal, event, "LP-02")
    assert [step[:2] for step in steps] == [
        ("distribution", 8), ("amount", 7), ("recallable", 2), ("distributed", 7),
    ]  # fmt: skip
    assert steps[2][2].endswith("as its line was given.")
    with refused(equal.conn, "QB404", "line_not_found"):
        told(equal, event, "LP-01")


def test_what_later_events_made_of_a_distribution_is_told(equal: FundLife) -> None:
    event = equal.distribute("2024-05-10", 100, recallable_amount=30)
    equal.close_on("2024-06-01", {"LP-04": 100})
    equal.invite("LP-09")
    equal.run("transfer", {"seller": "LP-04", "buyer": "LP-09", "transferred_on": "2024-07-01"})
    steps = told(equal, event, "LP-01")
    later = next(step for step in steps if step[0].startswith("close of 2024-06-01"))
    assert later[1] == D("-8.34")
    assert later[2] == (
        "Changed the partner's part: rebalancing, -2.50 of it recallable."
        " The money counts on 2024-06-01."
    )
    assert steps[-1][:2] == ("distributed", 25)
    joined = numbers(equal, event, "LP-04")
    assert [*joined.values()][1:] == [25, -25, 0]
    assert [*numbers(equal, event, "LP-09").values()][1:] == [25, 25]


# Net asset values.


def test_a_share_of_the_result_is_told(equal: FundLife) -> None:
    mark(equal, "2024-03-31", "100.01")
    event = mark(equal, "2024-06-30", "0.02")
    equal.post(cash_in("2024-06-30", "77"))  # after the mark, of its day
    steps = told(equal, event, "LP-01")
    assert [step[:2] for step in steps] == [
        ("fair value", D("0.02")),
        ("net asset value", D("1000.02")),
        ("result of all partners", D("-99.99")),
        ("results before", D("1100.01")),
        ("fees", 0),
        ("amount to share", D("1000.02")),
        ("weight", 100),
        ("exact share", D("333.34")),
        ("whole cents", D("333.34")),
        ("cent left over", 0),
        ("amount", D("333.34")),
        ("own fees", 0),
        ("allocated before", D("-366.67")),
        ("result", D("-33.33")),
        ("Partners' capital, result", D("333.34")),
        ("capital account", D("333.34")),
    ]


def test_a_mark_tells_what_was_there_then(equal: FundLife) -> None:
    """Neither what was recorded before it of a later day, nor after it of its own."""
    equal.close_on("2024-07-01", {"LP-04": 700})
    event = mark(equal, "2024-06-30", 200)
    late = entry(
        "catch_up", "2024-06-30",
        line("1000 debit 6"), line("3000 credit 6", equal.investor_id("LP-01")),
    )  # fmt: skip
    equal.post(late)
    steps = numbers(equal, event, "LP-01")
    assert (steps["amount to share"], steps["weight"], steps["amount"]) == (1200, 100, 400)
    assert steps["result"] == steps["Partners' capital, result"] == steps["capital account"] == 400
    assert "Partners' capital, contributed" not in steps


def test_what_a_close_made_of_a_mark_is_told(equal: FundLife) -> None:
    event = mark(equal, "2024-03-31", 200)
    equal.close_on("2024-04-01", {"LP-04": 300})
    name, amount, _ = told(equal, event, "LP-01")[-1]
    assert (name, amount) == ("close of 2024-04-01 (event 3)", -200)
    assert told(equal, event, "LP-04")[0][:2] == ("close of 2024-04-01 (event 3)", 600)
