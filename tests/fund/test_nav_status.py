"""A net asset value that was struck, and what is posted and recorded after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.company.books import refused
from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import cash_in, entry, line

Q1, Q2, Q3 = "2024-03-31", "2024-06-30", "2024-09-30"


def navs(life: FundLife) -> list[tuple[Any, ...]]:
    """Of each mark its day, amount, result and status, in the order of recording."""
    return [
        (str(row["as_of"]), row["nav_amount"], row["result_amount"], row["status"])
        for row in life.rows(
            "select n.* from fund.nav_record as n inner join fund.event as e"
            " on e.fund_id = n.fund_id and e.event_id = n.nav_id"
            " where n.fund_id = %(fund_id)s order by e.event_number"
        )
    ]


@pytest.fixture
def marked(life: FundLife) -> FundLife:
    life.issue("2024-01-20", 1_000_000)
    life.pay_all("2024-01-20")
    life.run("nav", {"as_of": Q1, "fair_value": 500})
    life.run("nav", {"as_of": Q2, "fair_value": 700})
    return life


def test_what_is_posted_for_days_before_makes_it_stale_until_its_day_is_marked_again(
    marked: FundLife,
) -> None:
    assert navs(marked) == [(Q1, 1_000_500, 500, "current"), (Q2, 1_000_700, 200, "current")]
    marked.post(cash_in("2024-04-01", 30))
    assert [row[3] for row in navs(marked)] == ["current", "stale"]
    marked.run("nav", {"as_of": Q2, "fair_value": 700})
    assert navs(marked) == [
        (Q1, 1_000_500, 500, "current"),
        (Q2, 1_000_700, 200, "superseded"),
        (Q2, 1_000_730, 230, "current"),
    ]


def test_what_changes_nothing_of_its_day_leaves_it_current(marked: FundLife) -> None:
    posted = marked.post(cash_in("2024-06-30", 30))
    marked.reverse(posted["entry_id"])
    marked.post(cash_in("2024-07-01", 30))
    marked.run("nav", {"as_of": Q3, "fair_value": 700})
    assert [row[3] for row in navs(marked)] == ["current"] * 3


def test_money_that_was_owed_leaves_it_current(life: FundLife) -> None:
    life.issue("2024-01-20", 1_000_000)
    life.run("nav", {"as_of": Q1, "fair_value": 0})
    life.pay_all("2024-01-20")
    life.pay("LP-01", "2024-02-20", 5)
    assert [row[3] for row in navs(life)] == ["current"]
    life.close(Q1)


def test_what_the_investments_stand_at_is_a_part_of_it(marked: FundLife) -> None:
    lines = line("1200 debit 4000"), line("1000 credit 4000")
    marked.post(entry("investment_purchase", "2024-05-01", *lines))
    assert [row[3] for row in navs(marked)] == ["current", "stale"]


def test_what_moves_between_partners_makes_it_stale(marked: FundLife) -> None:
    one, other = (marked.investor_id(code) for code in ("LP-01", "LP-02"))
    lines = line("3500 debit 10", one), line("3500 credit 10", other)
    marked.post(entry("transfer", Q2, *lines))
    assert [row[3] for row in navs(marked)] == ["current", "stale"]


def test_a_period_is_not_closed_over_a_stale_one(marked: FundLife) -> None:
    marked.post(cash_in("2024-04-01", 30))
    marked.close(Q1)
    before = marked.everything()
    with refused(marked.conn, "QB409", "nav_is_current"):
        marked.close(Q2)
    assert marked.everything() == before
    marked.run("nav", {"as_of": Q2, "fair_value": 700})
    marked.close(Q2)


def test_one_that_was_taken_back_counts_for_nothing(begin: Callable[..., FundLife]) -> None:
    life = begin()
    life.post(cash_in("2024-02-01", 100))
    life.run("nav", {"as_of": Q1, "fair_value": 0})
    wrong = life.run("nav", {"as_of": Q2, "fair_value": 5})
    life.take_back(wrong)
    life.run("nav", {"as_of": Q2, "fair_value": 4})
    assert navs(life) == [
        (Q1, 100, 100, "current"),
        (Q2, 0, 0, "reversed"),
        (Q2, 104, 4, "current"),
    ]


def test_amount_before_flows_and_result_are_the_amount(marked: FundLife) -> None:
    """Also of a partner, and over a close that shares earlier results anew."""
    marked.close_on("2024-08-01", {"LP-04": 100_000_000})
    marked.distribute("2024-08-15", 50_000)
    marked.run("nav", {"as_of": Q3, "fair_value": 900})
    [first, second, third] = navs(marked)
    assert second[1:] == (1_000_700, 200, "current")
    assert third[1:] == (1_000_700 - 50_000 + 200, 200, "current")
    by_partner = marked.by_code(
        "select l.investor_id, sum(l.result_amount) from fund.nav_line as l"
        " where l.fund_id = %(fund_id)s and l.event_on <= %(day)s group by 1",
        day=Q2,
    )
    assert sum(by_partner.values()) == first[2] + second[2]


def test_books_with_net_assets_in_another_currency_are_not_marked(marked: FundLife) -> None:
    cash, income = line("1000 debit 100", currency="EUR"), line("4200 credit 100", currency="EUR")
    posted = marked.post(entry("income", "2024-07-10", cash, income))
    before = marked.everything()
    with refused(marked.conn, "QB409", "nav_in_one_currency"):
        marked.run("nav", {"as_of": Q3, "fair_value": 900})
    assert marked.everything() == before
    marked.reverse(posted["entry_id"])
    marked.run("nav", {"as_of": Q3, "fair_value": 900})
