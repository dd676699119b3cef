"""Net asset values: what the fund is worth, and whose it is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import Row, cash_in, entry, line

Q1, Q2, Q3 = "2024-03-31", "2024-06-30", "2024-09-30"


def mark(life: FundLife, as_of: str, fair_value: object, **more: Any) -> Any:
    return life.run("nav", {"as_of": as_of, "fair_value": fair_value, **more})


def results(life: FundLife, column: str = "result_amount") -> dict[str, Decimal]:
    return life.by_code(
        f"select investor_id, sum({column}) from fund.nav_line"
        " where fund_id = %(fund_id)s group by 1"
    )


def net_assets(life: FundLife, as_of: str) -> Decimal:
    """Assets less liabilities, from the balance sheet."""
    return sum(
        (
            row["amount"] if row["section"] == "asset" else -row["amount"]
            for row in life.call("balance_sheet", as_of=as_of)
            if row["section"] != "equity"
        ),
        Decimal(),
    )


def refused(life: FundLife, sent: Row) -> tuple[str | None, str | None]:
    before = life.everything()
    with pytest.raises(psycopg.Error) as refusal, life.conn.transaction():
        life.run("nav", sent)
    assert life.everything() == before
    return refusal.value.sqlstate, refusal.value.diag.constraint_name


@pytest.fixture
def invested(life: FundLife) -> FundLife:
    """A million of contributed capital, 400,000 of it invested, 1,000.01 of income."""
    partners = {code: life.investor_id(code) for code in ("LP-01", "LP-02", "LP-03")}
    life.post(
        entry(
            "catch_up",
            "2024-02-01",
            line("1000 debit 1000000"),
            line("3000 credit 500000", partners["LP-01"]),
            line("3000 credit 300000", partners["LP-02"]),
            line("3000 credit 200000", partners["LP-03"]),
        )
    )
    life.post(
        entry(
            "investment_purchase",
            "2024-02-05",
            line("1200 debit 400000"),
            line("1000 credit 400000"),
        )
    )
    life.post(cash_in("2024-02-20", "1000.01"))
    return life


def test_a_mark_books_the_change_of_fair_value_and_shares_the_result(invested: FundLife) -> None:
    event = mark(invested, Q1, "450000.00", memo="Round B of Alpha")
    assert invested.balances(Q1) == {
        "1000": Decimal("601000.01"),
        "1200": 400000,
        "1250": 50000,
        "3000": -1000000,
        "3500": Decimal("-51000.01"),
        "3590": Decimal("51000.01"),
        "4100": -50000,
        "4200": Decimal("-1000.01"),
    }
    assert results(invested) == {
        "LP-01": Decimal("25500.01"),
        "LP-02": Decimal("15300.00"),
        "LP-03": Decimal("10200.00"),
    }
    assert results(invested, "nav_amount") == {
        "LP-01": Decimal("525500.01"),
        "LP-02": Decimal("315300.00"),
        "LP-03": Decimal("210200.00"),
    }
    record = event["event"]["record"]
    assert Decimal(str(record["nav_amount"])) == net_assets(invested, Q1) == Decimal("1051000.01")
    assert record["memo"] == "Round B of Alpha"


def test_a_later_mark_books_what_changed(invested: FundLife) -> None:
    mark(invested, Q1, 450000)
    mark(invested, Q2, 380000)
    assert invested.balances(Q2)["1250"] == -20000
    assert invested.balances(Q1)["1250"] == 50000
    assert sum(results(invested).values()) == Decimal("-18999.99")


def test_a_day_is_marked_again_by_the_difference(invested: FundLife) -> None:
    mark(invested, Q1, 450000)
    mark(invested, Q1, 460000)
    assert sum(results(invested).values()) == Decimal("61000.01")
    assert invested.balances(Q1)["1250"] == 60000


def test_a_mark_that_changes_nothing_posts_nothing(invested: FundLife) -> None:
    mark(invested, Q1, 450000)
    event = mark(invested, Q2, 450000)
    assert event["event"]["journal_entries"] == []
    assert Decimal(str(event["event"]["record"]["nav_amount"])) == Decimal("1051000.01")


def test_partners_of_a_later_close_have_their_part_of_what_came_before(
    invested: FundLife,
) -> None:
    mark(invested, Q1, 450000)
    invested.close_on("2024-04-15", {"LP-04": 100_000_000})
    mark(invested, Q2, 450000)
    assert results(invested) == {
        "LP-01": Decimal("12750.00"),
        "LP-02": Decimal("7650.00"),
        "LP-03": Decimal("5100.00"),
        "LP-04": Decimal("25500.01"),
    }


def test_a_reversal_restores(invested: FundLife) -> None:
    mark(invested, Q1, 450000)
    before, shares = invested.balances(), results(invested)
    event = mark(invested, Q2, 390000)
    invested.take_back(event)
    assert invested.balances() == before
    assert results(invested) == shares
    again = mark(invested, Q2, 390000)
    assert again["event"]["record"]["nav_amount"] == event["event"]["record"]["nav_amount"]


REFUSED: dict[str, tuple[Row, tuple[str, str]]] = {
    "not the end of a quarter": ({"as_of": "2024-05-31"}, ("QB400", "nav_at_quarter_end")),
    "not the end of a month": ({"as_of": "2024-06-29"}, ("QB400", "nav_at_quarter_end")),
    "before the books": ({"as_of": "2023-12-31"}, ("QB400", "nav_at_quarter_end")),
    "before the last mark": ({"as_of": Q1}, ("QB409", "nav_in_order_of_days")),
    "a negative value": ({"fair_value": -1}, ("QB400", "amount_not_negative")),
    "half a cent": ({"fair_value": "0.001"}, ("QB400", "amount_to_the_cent")),
    "no value": ({"fair_value": None}, ("QB400", "required")),
    "no day": ({"as_of": None}, ("QB400", "required")),
    "a typo": ({"fairvalue": 1}, ("QB400", "unknown_field")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_and_changes_nothing(invested: FundLife, case: str) -> None:
    mark(invested, Q2, 400000)
    sent, rule = REFUSED[case]
    assert refused(invested, {"as_of": Q3, "fair_value": 1} | sent) == rule


def test_quarters_are_those_of_the_fund_s_own_year(begin: Callable[..., FundLife]) -> None:
    life = begin(books={"first_on": "2024-02-01", "period_months": 1}, commitments=None)
    life.close_on("2024-02-01", {"LP-01": 1})
    assert refused(life, {"as_of": Q1, "fair_value": 0}) == ("QB400", "nav_at_quarter_end")
    mark(life, "2024-04-30", 0)
    mark(life, "2025-01-31", 0)


def test_a_result_nobody_has_a_share_of_is_refused(begin: Callable[..., FundLife]) -> None:
    life = begin(commitments=None)
    life.post(cash_in("2024-02-20", 5))
    assert refused(life, {"as_of": Q1, "fair_value": 0}) == ("QB409", "allocation_has_a_share")


def test_a_fund_without_partners_or_result_is_worth_nothing(
    begin: Callable[..., FundLife],
) -> None:
    event = mark(begin(commitments=None), Q1, 0)
    assert event["event"]["record"]["nav_amount"] == 0


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    weights=st.lists(st.integers(1, 10**9), min_size=1, max_size=7),
    values=st.lists(st.integers(0, 10**8), min_size=1, max_size=4),
    order=st.randoms(use_true_random=False),
)
def test_results_add_up_whatever_the_order_of_partners(
    begin: Callable[..., FundLife], weights: list[int], values: list[int], order: Any
) -> None:
    commitments = {f"LP-{n:02}": weight for n, weight in enumerate(weights)}
    shuffled = list(commitments.items())
    order.shuffle(shuffled)
    found: list[Any] = []
    for partners in (commitments, dict(shuffled)):
        life = begin("Fund " + str(len(found)), partners)
        life.post(
            entry("income", "2024-02-01", line("1200 debit 777.77"), line("4200 credit 777.77"))
        )
        for number, value in enumerate(values):
            as_of = (Q1, Q2, Q3, "2024-12-31")[number]
            event = mark(life, as_of, Decimal(value) / 100)
            nav = Decimal(str(event["event"]["record"]["nav_amount"]))
            assert nav == net_assets(life, as_of) == sum(results(life).values())
        total, share = sum(weights), results(life)
        for code, weight in commitments.items():
            assert abs(share[code] - nav * weight / total) < Decimal("0.01")
        found.append(share)
        life.conn.rollback()
    assert found[0] == found[1]


def test_who_may_not_write_may_not_mark(as_role: Callable[..., Any], kept: FundLife) -> None:
    sent = [kept.fund_id, '{"as_of": "2024-03-31", "fair_value": 0}']
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("viewer").execute("select fund.mark_nav(%s, %s)", sent)
    [row] = (
        as_role("editor").execute("select event_number from fund.mark_nav(%s, %s)", sent).fetchall()
    )
    assert row == (2,)
