"""Valuation amounts: their unit and currency never change for one of the two alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.company.books import Books, Row, refused


def amounts(row: Row) -> tuple[Any, ...]:
    return (
        row["equity_raised"],
        row["post_money_valuation"],
        row["amount_unit"],
        row["valuation_currency"],
    )


def in_units(books: Books) -> tuple[Any, ...]:
    query = "select equity_raised_amount, post_money_valuation_amount from company.company"
    return tuple(books.row(query).values())


def test_amounts_without_a_unit_are_millions(books: Books) -> None:
    row = books.company(equity_raised=1.5, post_money_valuation=4)
    assert row["amount_unit"] == "millions"
    assert in_units(books) == (1_500_000, 4_000_000)


def test_amounts_in_units_stay_as_sent(books: Books) -> None:
    row = books.company(
        equity_raised=1_500_000, post_money_valuation=4_000_000, amount_unit="units"
    )
    assert amounts(row) == (1_500_000, 4_000_000, "units", "USD")
    assert in_units(books) == (1_500_000, 4_000_000)


def test_both_amounts_together_may_take_another_unit(books: Books) -> None:
    books.company(equity_raised=1_500_000, post_money_valuation=4_000_000, amount_unit="units")
    # As in the founding example, a payload without a unit means millions.
    assert amounts(books.company(equity_raised=2, post_money_valuation=5)) == (
        2,
        5,
        "millions",
        "USD",
    )
    assert in_units(books) == (2_000_000, 5_000_000)


@pytest.mark.parametrize(
    "payload",
    [
        {"amount_unit": "millions"},
        {"amount_unit": None},
        {"equity_raised": 2},
        {"post_money_valuation": 5},
        {"post_money_valuation": 5, "amount_unit": "millions"},
        {"post_money_valuation": None},
    ],
)
def test_unit_of_one_amount_alone_does_not_change(books: Books, payload: dict[str, Any]) -> None:
    before = books.company(
        equity_raised=1_500_000, post_money_valuation=4_000_000, amount_unit="units"
    )
    with refused(books.conn, "QB400", "valuation_restated_together"):
        books.company(**payload)
    assert amounts(books.company()) == amounts(before)


def test_one_amount_may_change_in_its_unit(books: Books) -> None:
    books.company(equity_raised=1_500_000, post_money_valuation=4_000_000, amount_unit="units")
    row = books.company(post_money_valuation=6_000_000, amount_unit="units")
    assert amounts(row) == (1_500_000, 6_000_000, "units", "USD")
    books.company(equity_raised=1.5, post_money_valuation=4)
    assert amounts(books.company(post_money_valuation=6)) == (1.5, 6, "millions", "USD")


def test_valuation_keeps_its_currency_when_the_company_changes_its_own(books: Books) -> None:
    books.company(equity_raised=2, post_money_valuation=5)
    assert amounts(books.company(reporting_currency="EUR")) == (2, 5, "millions", "USD")
    with refused(books.conn, "QB400", "valuation_restated_together"):
        books.company(equity_raised=3)
    assert amounts(books.company(equity_raised=3, post_money_valuation=6)) == (
        3,
        6,
        "millions",
        "EUR",
    )


def test_cleared_valuation_has_no_currency(books: Books) -> None:
    books.company(equity_raised=2, post_money_valuation=5)
    row = books.company(equity_raised=None, post_money_valuation=None)
    assert amounts(row) == (None, None, "millions", None)
    assert in_units(books) == (None, None)


def test_first_amount_takes_the_unit_it_comes_with(books: Books) -> None:
    books.company(amount_unit="units")
    assert amounts(books.company(equity_raised=7, amount_unit="units"))[2] == "units"
    assert amounts(books.company(equity_raised=7))[2] == "millions"
