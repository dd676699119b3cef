"""What a later close makes up besides capital: the management fee, and results."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.company.books import refused
from tests.fund.fee_words import accrue, adjust, bought, owed, record, segments
from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import cash_in

D = Decimal


def charging(begin: Callable[..., FundLife], rate: str = "0.02", **terms: Any) -> FundLife:
    """2 % of commitments a year, by quarters; two of them accrued: 15 January to 30 June."""
    life = begin(**terms)
    life.set_fee("*", "2020-01-01", D(rate), "committed")
    accrue(life)
    accrue(life)
    return life


def interest(life: FundLife) -> list[tuple[str, str, D, D]]:
    rows = life.rows(
        "select from_on, to_on, principal, amount from fund.true_up_interest"
        " where fund_id = %(fund_id)s and charged_for = 'management_fee' order by line_number"
    )
    return [(str(r["from_on"]), str(r["to_on"]), r["principal"], r["amount"]) for r in rows]


def test_newcomer_catches_up_the_fee_from_the_first_close(begin: Callable[..., FundLife]) -> None:
    life = charging(begin)
    before = life.balances()
    close = life.close_on("2024-05-01", {"LP-04": 50_000_000})
    assert record(life, close)["net_amount"] == D("460273.97")  # 50 m x 2 % x 168/365
    assert owed(life, close) == {"LP-04": D("460273.97")}
    assert life.called(close, "fee_amount") == {"LP-04": D("460273.97")}
    assert life.called(close) == {"LP-04": 0}
    assert life.open_amounts() == {}
    assert life.unfunded()["LP-04"] == 50_000_000 - D("460273.97")
    # 77 days from the first close, waited for since then; 91 days, due on 1 April.
    assert interest(life) == [
        ("2024-01-15", "2024-05-01", D("210958.90"), D("4947.42")),
        ("2024-04-01", "2024-05-01", D("249315.07"), D("1639.33")),
    ]
    moved = {a: amount - before.get(a, D(0)) for a, amount in life.balances().items()}
    assert {account: amount for account, amount in moved.items() if amount} == {
        "1000": D("460273.97"), "2200": D("-460273.97"),
        "3000": D("-460273.97"), "5000": D("460273.97"),
    }  # fmt: skip
    assert life.offenders() == {}


def test_next_accrual_charges_everybody_alike(begin: Callable[..., FundLife]) -> None:
    life = charging(begin)
    life.close_on("2024-05-01", {"LP-04": 50_000_000})
    fees = owed(life, accrue(life))
    assert fees["LP-04"] == fees["LP-01"]


def test_raised_commitment_catches_up_on_what_was_added(begin: Callable[..., FundLife]) -> None:
    life = charging(begin)
    close = life.close_on("2024-05-01", {"LP-01": 50_000_000})
    assert owed(life, close) == {"LP-01": D("460273.97")}


def test_fee_from_the_own_close_bears_no_interest(begin: Callable[..., FundLife]) -> None:
    life = charging(begin, fee_from="own_close")
    close = life.close_on("2024-05-01", {"LP-04": 50_000_000})
    assert owed(life, close) == {"LP-04": D("167123.29")}  # 50 m x 2 % x 61/365
    assert interest(life) == []


@pytest.mark.parametrize("order", ["close, accrual", "accrual, close"])
def test_fee_from_the_own_close_is_on_the_base_of_the_others(
    begin: Callable[..., FundLife], order: str
) -> None:
    life = begin(fee_from="own_close")
    life.set_fee("*", "2020-01-01", D("0.02"), "net_invested")
    life.post(bought("2024-01-16", 10_000_000))
    accrue(life)
    life.post(bought("2024-05-01", 90_000_000))
    for step in order.split(", "):
        last = (
            accrue(life)
            if step == "accrual"
            else life.close_on("2024-05-16", {"LP-04": 100_000_000})
        )
    # Its half of the 10 million that the quarter began with.
    assert segments(life, last, "LP-04") == [
        ("2024-05-16 2024-07-01", "net_invested", "0.02", D(5_000_000))
    ]


def test_offset_is_for_all_and_not_for_who_catches_up(begin: Callable[..., FundLife]) -> None:
    life = charging(begin)
    adjust(life, "offset", "2024-04-10", amount=30_000)
    close = record(life, life.close_on("2024-05-01", {"LP-04": 100_000_000}))
    assert (close["offset_amount"], close["net_amount"]) == (0, close["gross_amount"])
    assert (close["offset_added"], close["offset_carried_forward"]) == (0, 0)
    last = accrue(life)
    assert record(life, last)["offset_amount"] == 30_000
    assert owed(life, last, "offset_amount") == {
        "LP-01": 7_500, "LP-02": 4_500, "LP-03": 3_000, "LP-04": 15_000,
    }  # fmt: skip
    # What is carried passes by, too.
    adjust(life, "offset", "2024-07-10", amount=9_000_000)
    carried = record(life, accrue(life))["offset_carried_forward"]
    assert carried > 0
    close = record(life, life.close_on("2024-12-31", {"LP-05": 1_000_000}))
    assert (close["offset_brought_forward"], close["offset_carried_forward"]) == (carried, carried)
    assert close["offset_amount"] == 0
    assert life.offenders() == {}


def test_fee_in_arrears_was_due_after_its_period(begin: Callable[..., FundLife]) -> None:
    life = charging(begin, fee_timing="arrears")
    life.close_on("2024-05-01", {"LP-04": 50_000_000})
    assert [row[0] for row in interest(life)] == ["2024-04-01"]


def test_waived_fee_is_not_caught_up(begin: Callable[..., FundLife]) -> None:
    life = begin()
    life.set_fee("*", "2020-01-01", D("0.02"), "committed")
    life.close_on("2024-01-16", {"LP-04": 1_000_000})
    adjust(life, "waiver", "2024-01-15", investor="LP-04", share="0.5")
    accrue(life)
    accrue(life)
    close = life.close_on("2024-05-01", {"LP-04": 50_000_000})
    assert record(life, close)["gross_amount"] == D("460273.97")
    assert life.called(close, "fee_amount")["LP-04"] in (D("230136.98"), D("230136.99"))
    principal = [row[2] for row in interest(life) if row[1] == "2024-05-01"]
    assert sum(principal) == life.called(close, "fee_amount")["LP-04"]


def test_who_is_free_of_fees_catches_none_up(begin: Callable[..., FundLife]) -> None:
    life = charging(begin)
    close = life.close_on("2024-05-01", {"GP": 5_000_000}, {"GP": "general_partner"})
    assert "capital_call_line" not in close["event"]["lines"]
    assert close["event"]["journal_entries"] == []


def test_nothing_accrued_is_nothing_to_catch_up(begin: Callable[..., FundLife]) -> None:
    life = begin()
    life.set_fee("*", "2020-01-01", D("0.02"), "committed")
    close = life.close_on("2024-05-01", {"LP-04": 50_000_000})
    assert close["event"]["journal_entries"] == []


def test_fee_beyond_the_commitment_is_refused(begin: Callable[..., FundLife]) -> None:
    life = charging(begin, rate="1")  # 46 % of the commitment so far
    life.issue("2024-04-15", 90_000_000)
    with refused(life.conn, "QB409", "call_within_unfunded"):
        life.close_on("2024-05-01", {"LP-04": 50_000_000})


def test_interest_on_fees_is_the_managers_whoever_gets_the_other(
    begin: Callable[..., FundLife],
) -> None:
    life = charging(begin, true_up_recipient="fund")
    life.issue("2024-04-01", 15_000_000)
    life.pay_all("2024-04-01")
    life.close_on("2024-05-01", {"LP-04": 50_000_000})
    assert life.balances()["4300"] == D("-32876.71")  # 5,000,000 x 8 % x 30/365
    assert sum(row[3] for row in interest(life)) == D("6586.75")


def test_allocated_results_are_shared_with_newcomers(
    begin: Callable[..., FundLife],
) -> None:
    life = charging(begin)
    life.issue("2024-02-01", 10_000_000)
    life.pay_all("2024-02-01")
    life.run("nav", {"as_of": "2024-03-31", "fair_value": 6_000_000})
    life.close_on("2024-05-01", {"LP-04": 50_000_000})
    result = {code: -life.partner_balances(code)["3500"] for code in ("LP-01", "LP-02", "LP-04")}
    fees = life.by_code(
        "select investor_id, sum(net_amount) from fund.fee_line"
        " where fund_id = %(fund_id)s group by 1"
    )
    assert abs(fees["LP-04"] - fees["LP-01"]) <= D("0.01")
    # 6,000,000 by commitment, less the fees of each: of the others those up to the mark.
    first = {code: round(fees[code] * 77 / 168, 2) for code in fees}
    assert abs(result["LP-01"] - (2_000_000 - first["LP-01"])) <= D("0.01")
    assert abs(result["LP-02"] - (1_200_000 - first["LP-02"])) <= D("0.01")
    assert result["LP-04"] == 2_000_000 - fees["LP-04"]
    assert life.offenders() == {}
    life.run("nav", {"as_of": "2024-06-30", "fair_value": 6_000_000})
    assert -life.partner_balances("LP-01")["3500"] == 2_000_000 - fees["LP-01"]
    assert -life.partner_balances("LP-04")["3500"] == result["LP-04"]
    assert life.offenders() == {}


@pytest.mark.parametrize("order", ["mark, close", "close, mark"])
@pytest.mark.parametrize("day", ["2024-04-15", "2024-06-15"])
def test_results_are_allocated_once_when_marks_and_closes_cross(
    begin: Callable[..., FundLife], order: str, day: str
) -> None:
    """A quarter is marked weeks after its end, and a close is booked when it is signed."""
    life = charging(begin)
    life.issue("2024-01-20", 10_000_000)
    life.pay_all("2024-01-20")
    life.run("nav", {"as_of": "2024-03-31", "fair_value": 6_000_000})
    life.post(cash_in("2024-05-01", 1_000_000))

    def worth(as_of: str) -> tuple[D, D]:
        [found] = life.rows("select * from fund.measures(%(fund_id)s, %(day)s)", day=as_of)
        return found["nav_amount"], sum(life.by_code(
            "select investor_id, nav_amount from fund.positions(%(fund_id)s, %(day)s)", day=as_of
        ).values(), D(0))  # fmt: skip

    def net_assets(as_of: str) -> D:
        balances = life.balances(as_of)
        return sum((balances.get(a, D(0)) for a in ("1000", "1100", "1250", "2200")), D(0))

    start = worth("2024-04-10")
    assert start[0] == net_assets("2024-03-31")
    for step in order.split(", "):
        if step == "mark":
            life.run("nav", {"as_of": "2024-06-30", "fair_value": 7_000_000})
        else:
            life.close_on(day, {"LP-04": 50_000_000})
    caught_up = -life.value(
        "select sum(net_amount) from fund.fee_run"
        " where fund_id = %(fund_id)s and run_kind = 'catch_up'"
    )
    called = life.called(column="fee_amount").get("LP-04", D(0))
    assert worth(day) == (start[0] + called + caught_up,) * 2
    # What the books have on the evening of the mark, once.
    assert worth("2024-06-30") == (net_assets("2024-06-30"),) * 2
    assert worth("2024-07-15") == worth("2024-06-30")
    life.run("nav", {"as_of": "2024-09-30", "fair_value": 7_000_000})
    assert worth("2024-09-30") == (net_assets("2024-09-30"),) * 2
    assert life.balances().get("3590", D(0)) == -sum(
        life.partner_balances(code).get("3500", D(0))
        for code in ("LP-01", "LP-02", "LP-03", "LP-04")
    )
    assert life.offenders() == {}


def test_reversing_a_close_takes_fees_and_results_back(begin: Callable[..., FundLife]) -> None:
    life = charging(begin)
    life.issue("2024-02-01", 10_000_000)
    life.pay_all("2024-02-01")
    life.run("nav", {"as_of": "2024-03-31", "fair_value": 6_000_000})

    def standing() -> list[Any]:
        codes = ("LP-01", "LP-02", "LP-03", "LP-04")
        return [life.balances(), [life.partner_balances(code) for code in codes]]

    life.invite("LP-04")
    before = standing()
    close = life.close_on("2024-05-01", {"LP-04": 50_000_000})
    assert standing() != before
    life.take_back(close)
    assert standing() == before
    assert life.offenders() == {}


def test_close_is_not_taken_back_under_a_later_accrual(begin: Callable[..., FundLife]) -> None:
    life = charging(begin)
    close = life.close_on("2024-05-01", {"LP-04": 50_000_000})
    accrual = accrue(life)
    with refused(life.conn, "QB409", "later_events_are_reversed_first"):
        life.take_back(close)
    life.take_back(accrual)
    life.take_back(close)
    assert life.offenders() == {}


def test_fee_that_was_caught_up_is_not_called_again(begin: Callable[..., FundLife]) -> None:
    life = charging(begin)
    close = life.close_on("2024-05-01", {"LP-04": 50_000_000})
    with refused(life.conn, "QB409", "fee_accrual_is_called_once"):
        life.issue("2024-05-02", 0, fee_event_id=str(close["event_id"]))


def test_a_close_does_not_catch_up_the_fee_of_a_period_after_it(
    begin: Callable[..., FundLife],
) -> None:
    life = charging(begin)
    accrual = accrue(life)  # from 1 July on
    before = life.everything()
    with refused(life.conn, "QB409", "event_in_order_of_days"):
        life.close_on("2024-06-30", {"LP-04": 50_000_000})
    assert life.everything() == before
    life.take_back(accrual)
    life.close_on("2024-06-30", {"LP-04": 50_000_000})
    assert owed(life, accrue(life))["LP-04"] == D("252054.79")  # 50 m x 2 % x 92/365
    life.close_on("2024-07-01", {"LP-05": 50_000_000})
