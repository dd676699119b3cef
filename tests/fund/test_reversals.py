"""What is taken back, in which order, and on which day."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.company.books import refused
from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import cash_in


def receivable(life: FundLife, as_of: str) -> object:
    return life.balances(as_of).get("1100", 0)


def test_a_call_is_not_taken_back_before_its_payments_were(life: FundLife) -> None:
    call = life.issue("2024-02-01", 100)
    payment = life.pay("LP-01", "2024-02-10", 20)
    life.take_back(payment, reversed_on="2024-03-20")
    before = life.everything()
    for day in ("2024-02-01", "2024-03-19"):
        with refused(life.conn, "QB409", "reversal_in_order_of_days"):
            life.take_back(call, reversed_on=day)
    assert life.everything() == before
    life.take_back(call)
    assert [receivable(life, day) for day in ("2024-03-19", "2024-03-20")] == [80, 0]
    assert life.offenders() == {}


def test_what_nobody_built_on_is_taken_back_on_its_own_day(life: FundLife) -> None:
    first = life.issue("2024-02-01", 100)
    wrong = life.pay("LP-01", "2024-02-10", 20)
    other = life.pay("LP-02", "2024-02-11", 20)
    life.take_back(wrong, reversed_on="2024-03-20")
    assert life.take_back(other)["event"]["event_on"] == "2024-02-11"
    with refused(life.conn, "QB409", "reversal_in_order_of_days"):
        life.take_back(life.issue("2024-03-01", 5), reversed_on="2024-02-29")
    assert receivable(life, "2024-02-12") == 80
    assert first["event"]["event_on"] == "2024-02-01"


def test_a_call_is_taken_back_on_its_own_day_when_its_payments_were_on_theirs(
    life: FundLife,
) -> None:
    call = life.issue("2024-02-01", 100)
    life.take_back(life.pay("LP-01", "2024-02-10", 20))
    assert life.take_back(call)["event"]["event_on"] == "2024-02-01"
    assert receivable(life, "2024-02-05") == 0


def test_all_that_has_to_go_first_is_told_at_once(life: FundLife) -> None:
    life.invite("LP-09")
    life.issue("2024-02-01", 100)
    payment = life.pay("LP-01", "2024-02-10", 50)
    sale = {"seller": "LP-02", "buyer": "LP-09", "transferred_on": "2024-03-01", "fraction": "0.5"}
    built = [
        life.run("transfer", sale),
        life.run("nav", {"as_of": "2024-03-31", "fair_value": 0}),
        life.run("nav", {"as_of": "2024-06-30", "fair_value": 0}),
    ]
    with pytest.raises(psycopg.Error) as refusal, life.conn.transaction():
        life.take_back(payment)
    told = refusal.value.diag.message_detail or ""
    numbers = [event["event_number"] for event in reversed(built)]
    places = [told.lower().find(f"event {number}, ") for number in numbers]
    assert places == sorted(places) and places[0] == 0
    for event in reversed(built):
        life.take_back(event)
    life.take_back(payment)
    assert life.offenders() == {}


def test_rules_of_the_tables_have_words(life: FundLife) -> None:
    """What a declared constraint refuses is told in its words, and never with the row."""
    call = life.issue("2024-02-01", 100)
    life.take_back(call)
    backwards = {"declared_on": "2024-03-10", "paid_on": "2024-03-01", "amount": 1}
    life.post(cash_in("2024-02-01", 5))
    attempts: dict[str, Callable[[], object]] = {
        "event_reversed_once": lambda: life.take_back(call),
        "distribution_paid_after_declared": lambda: life.run("distribution", backwards),
    }
    for rule, again in attempts.items():
        with pytest.raises(psycopg.Error) as refusal, life.conn.transaction():
            again()
        told = refusal.value.diag
        assert told.constraint_name == rule
        assert rule not in (told.message_primary or "")
        assert "row contains" not in (told.message_detail or "")
