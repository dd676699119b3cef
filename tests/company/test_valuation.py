"""Enterprise value and its multiples; dated rounds against the company's own valuation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.company.books import Books, Row, refused


def round_on(books: Books, day: str, post_money: Any, equity: Any = None, **other: Any) -> None:
    row = {"company_id": "acme", "round_on": day, "post_money_valuation": post_money,
           "equity_raised": equity, "currency": "USD", **other}  # fmt: skip
    names = ", ".join(row)
    values = ", ".join(f"%({name})s" for name in row)
    books.conn.execute(
        f"insert into company.valuation_round ({names}) values ({values})".encode(), row
    )


def usd(books: Books, quarter: int) -> Row:
    return books.metrics(2024, quarter)["USD"]


@pytest.fixture
def acme(books: Books) -> Books:
    books.company(post_money_valuation=50, equity_raised=20)
    for quarter in (1, 2, 3, 4):
        books.quarter(2024, quarter, total_revenue=1_000_000, debt_outstanding=2_000_000)
    return books


def test_own_valuation_holds_for_every_quarter(acme: Books) -> None:
    assert {usd(acme, quarter)["enterprise_value"] for quarter in (1, 2, 3, 4)} == {52_000_000}
    row = usd(acme, 4)
    assert row["enterprise_value_net"] == 52_000_000 - 5000
    assert row["ev_by_equity_raised_plus_debt"] == pytest.approx(Decimal(52) / 22)
    assert row["valuation_to_revenue"] == Decimal("12.5")
    assert row["valuation_to_ltm_revenue"] == Decimal("12.5")
    assert row["assumed_zero_debt"] is False


def test_missing_debt_counts_as_zero_and_says_so(acme: Books) -> None:
    acme.correct(2024, 2, debt_outstanding=None)
    row = usd(acme, 2)
    assert row["enterprise_value"] == 50_000_000
    assert row["ev_by_equity_raised_plus_debt"] == Decimal("2.5")
    assert row["assumed_zero_debt"] is True


@pytest.mark.parametrize("revenue", [0, None])
def test_multiple_of_no_revenue_is_null(acme: Books, revenue: Any) -> None:
    acme.correct(2024, 4, total_revenue=revenue)
    assert usd(acme, 4)["valuation_to_revenue"] is None
    expected = None if revenue is None else pytest.approx(Decimal(50) / 3)
    assert usd(acme, 4)["valuation_to_ltm_revenue"] == expected


def test_multiple_of_nothing_raised_and_no_debt_is_null(acme: Books) -> None:
    acme.correct(2024, 4, debt_outstanding=0)
    acme.company(equity_raised=0, post_money_valuation=50)
    assert usd(acme, 4)["ev_by_equity_raised_plus_debt"] is None
    acme.company(equity_raised=None, post_money_valuation=50)
    assert usd(acme, 3)["ev_by_equity_raised_plus_debt"] is None


def test_company_without_a_valuation_has_no_enterprise_value(books: Books) -> None:
    books.company()
    books.quarter(2024, 1)
    row = usd(books, 1)
    names = ("enterprise_value", "enterprise_value_net", "valuation_to_revenue")
    assert [row[name] for name in names] == [None, None, None]


def test_amounts_in_units_are_not_multiplied(acme: Books) -> None:
    acme.company(post_money_valuation=50_000_000, equity_raised=20_000_000, amount_unit="units")
    assert usd(acme, 1)["enterprise_value"] == 52_000_000


def test_round_holds_from_its_day_on(acme: Books) -> None:
    round_on(acme, "2024-06-30", 80, 30)
    round_on(acme, "2024-10-01", 100, 45)
    assert [usd(acme, q)["enterprise_value"] for q in (1, 2, 3, 4)] == [
        None, 82_000_000, 82_000_000, 102_000_000,
    ]  # fmt: skip
    assert usd(acme, 1)["ev_by_equity_raised_plus_debt"] is None
    assert usd(acme, 2)["ev_by_equity_raised_plus_debt"] == pytest.approx(Decimal(82) / 32)
    assert usd(acme, 4)["ev_by_equity_raised_plus_debt"] == pytest.approx(Decimal(102) / 47)


def test_later_round_does_not_change_history(acme: Books) -> None:
    round_on(acme, "2024-01-15", 80)
    before = [usd(acme, q) for q in (1, 2, 3)]
    round_on(acme, "2024-11-01", 500)
    assert [usd(acme, q) for q in (1, 2, 3)] == before
    assert usd(acme, 4)["enterprise_value"] == 502_000_000


def test_corrected_and_removed_rounds_act_on_every_quarter(acme: Books) -> None:
    round_on(acme, "2024-01-15", 80)
    acme.rows("update company.valuation_round set post_money_valuation = 90")
    assert usd(acme, 1)["enterprise_value"] == 92_000_000
    acme.rows("update company.valuation_round set round_on = '2024-05-01'")
    assert usd(acme, 1)["enterprise_value"] is None
    acme.rows("delete from company.valuation_round")
    assert usd(acme, 1)["enterprise_value"] == 52_000_000


def test_own_valuation_is_refused_while_there_are_rounds(acme: Books) -> None:
    round_on(acme, "2024-01-15", 80)
    with refused(acme.conn, "QB409", "valuation_by_rounds"):
        acme.company(post_money_valuation=60, equity_raised=20)
    acme.company(post_money_valuation=50, equity_raised=20, reporting_status="Exited")
    acme.rows("delete from company.valuation_round")
    acme.company(post_money_valuation=60, equity_raised=20)
    assert usd(acme, 1)["enterprise_value"] == 62_000_000


def test_second_round_of_a_day_is_refused(acme: Books) -> None:
    round_on(acme, "2024-01-15", 80)
    with refused(acme.conn, "23505", "valuation_round_one_per_day"):
        round_on(acme, "2024-01-15", 90)


@pytest.mark.parametrize("valued_in", ["EUR", "USD", "CAD", "GBP"])
def test_multiples_of_equity_are_the_same_in_every_currency(books: Books, valued_in: str) -> None:
    books.fix_quarter(2024, 1, USD="1.25", CAD="1.60", GBP="0.80")
    books.company(reporting_currency="EUR")
    round_on(books, "2024-01-15", 80, 30, currency=valued_in)
    books.quarter(2024, 1, debt_outstanding=2_000_000)
    rows = books.metrics(2024, 1)
    assert set(rows) == {"EUR", "USD", "CAD"}
    first, *others = (row["ev_by_equity_raised_plus_debt"] for row in rows.values())
    assert first is not None
    assert others == [pytest.approx(first, rel=Decimal("1e-9"))] * 2


def test_valuation_in_a_foreign_currency_survives_changes_of_settings(books: Books) -> None:
    books.fix_quarter(2024, 1, USD="1.25", GBP="0.80")
    books.company(reporting_currency="EUR")
    round_on(books, "2024-01-15", 80, 30, currency="GBP")
    books.quarter(2024, 1, debt_outstanding=None)
    for currencies in (["USD"], ["GBP", "USD"], ["CAD"], []):
        books.set("presentation_currencies", currencies)
        assert books.metrics(2024, 1)["EUR"]["enterprise_value"] == 100_000_000
    books.set("fx_flow_rate", "closing")
    books.record([(d, "GBP", "0.50") for d in ["2024-03-29"]])  # type: ignore[misc]
    assert books.metrics(2024, 1)["EUR"]["enterprise_value"] == 160_000_000
