"""Cash flows: what moved between a partner and the fund, and when."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.fund.fund_life import FundLife
from tests.fund.measure_words import TWO, measures, positions


def flows(life: FundLife, columns: str = "kind, amount, paid_in_amount") -> list[tuple[Any, ...]]:
    """Flows of LP-01 in the order of recording."""
    rows = life.rows(
        f"select flow_on::text, {columns} from fund.cash_flow as f"
        " join (select event_id, event_number from fund.event) as e using (event_id)"
        " where fund_id = %(fund_id)s and investor_id = %(investor_id)s"
        " order by event_number, line_number",
        investor_id=life.investor_id("LP-01"),
    )
    return [tuple(row.values()) for row in rows]


def test_a_payment_is_a_contribution_on_its_receipt(two: FundLife) -> None:
    two.pay("LP-01", "2024-02-15", 300)
    assert flows(two) == [("2024-02-15", "contribution", -300, 300)]


def test_an_advance_is_paid_in_when_a_call_uses_it(two: FundLife) -> None:
    two.pay("LP-01", "2024-02-15", 310)
    assert flows(two)[1:] == [("2024-02-15", "advance", -10, 0)]
    two.issue("2024-03-01", 10)
    assert sorted(flows(two)[2:]) == [
        ("2024-03-01", "advance", 6, 0),
        ("2024-03-01", "contribution", -6, 6),
    ]
    assert positions(two)["LP-01"]["paid_in_amount"] == 306


def test_late_interest_is_no_contribution(two: FundLife) -> None:
    two.pay("LP-01", "2024-03-21", 310)
    kinds = {kind: (amount, paid_in) for _, kind, amount, paid_in in flows(two)}
    # 300 at 10 % for 30 days.
    assert kinds["late_interest"] == (Decimal("-2.47"), 0)
    assert kinds["contribution"] == (-300, 300)
    assert positions(two)["LP-01"]["paid_in_amount"] == 300


def test_a_distribution_flows_on_the_day_it_is_paid(two: FundLife) -> None:
    two.pay_all("2024-02-20")
    two.distribute("2024-03-01", 100, paid_on="2024-03-10", recallable_amount=10)
    assert flows(two, "kind, amount, distributed_amount, recallable_amount")[1:] == [
        ("2024-03-10", "distribution", 60, 60, 6)
    ]


def test_what_is_taken_back_is_taken_back_on_its_own_day(two: FundLife) -> None:
    event = two.pay("LP-01", "2024-02-15", 300)
    two.take_back(event, reversed_on="2024-05-05")
    assert flows(two) == [
        ("2024-02-15", "contribution", -300, 300),
        ("2024-02-15", "contribution", 300, -300),
    ]
    assert positions(two, "2024-05-04")["LP-01"]["paid_in_amount"] == 300
    assert positions(two, "2024-05-05")["LP-01"]["paid_in_amount"] == 0


def test_the_terms_may_date_contributions_by_the_due_date(begin: Callable[..., FundLife]) -> None:
    life = begin(commitments=TWO, paid_in_dated_by="due")
    life.issue("2024-02-01", 500, due_on="2024-02-20")
    life.pay("LP-01", "2024-02-15", 100)
    life.pay("LP-01", "2024-03-15", 250)
    life.issue("2024-04-01", 50, due_on="2024-04-20")
    assert flows(life) == [
        ("2024-02-20", "contribution", -100, 100),
        ("2024-02-20", "contribution", -200, 200),
        ("2024-03-15", "advance", -50, 0),
        ("2024-04-01", "advance", 30, 0),
        ("2024-04-20", "contribution", -30, 30),
    ]
    # Received, though its day has not come.
    assert positions(life, "2024-02-16")["LP-01"]["paid_in_amount"] == 100
    assert measures(life, "2024-02-16")["paid_in_amount"] == 100
