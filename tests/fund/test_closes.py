"""Later closes put everybody where they would be had all been there from the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fund.close_words import LATER, D, entries, legs, unfunded
from tests.fund.fund_life import THREE, FundLife


def test_first_close_only_admits(life: FundLife) -> None:
    [close] = life.rows("select * from fund.close where fund_id = %(fund_id)s")
    assert close["close_number"] == 1
    assert unfunded(life) == THREE
    assert life.balances() == {}


def test_published_drawdown_and_second_close(begin: Callable[..., FundLife]) -> None:
    """ibfundaccounting.com: 405 m called 50 m; 90 m more pay 2,020,202 / 3,030,303 / 4,040,404."""
    life = begin(commitments={f"LP{n}": 81_000_000 for n in range(1, 6)})
    call = life.issue("2024-02-01", 50_000_000)
    life.pay_all("2024-02-01")
    close = life.close_on("2024-02-01", {"LP8": 20_000_000, "LP9": 30_000_000, "LP10": 40_000_000})
    called = life.called(call)
    assert [called[code] for code in ("LP8", "LP9", "LP10")] == [
        D("2020202.02"), D("3030303.03"), D("4040404.04"),
    ]  # fmt: skip
    assert sum(called.values()) == 50_000_000
    assert sum(dict(legs(close, "payment_line")).values()) == 0
    assert life.balances()["1000"] == 50_000_000


def test_third_close_equalises_against_both_earlier_ones(begin: Callable[..., FundLife]) -> None:
    life = begin()
    calls = [life.issue("2024-02-01", "10000000.01"), life.issue("2024-03-01", 7_000_000)]
    life.pay_all("2024-03-01")
    life.close_on("2024-04-01", {"LP-04": 33_333_333})
    calls.append(life.issue("2024-05-01", "2999999.99"))
    life.pay_all("2024-05-01")
    close = life.close_on("2024-06-01", {"LP-05": 66_666_667, "LP-01": 1_000_000})
    at_once = begin(
        "Fund II",
        commitments=THREE | {"LP-01": 51_000_000, "LP-04": 33_333_333, "LP-05": 66_666_667},
    )
    for call, amount in zip(calls, ("10000000.01", 7_000_000, "2999999.99"), strict=True):
        assert life.called(call) == at_once.called(at_once.issue("2024-07-01", amount))
        got_back = {
            code
            for code, amount in life.by_code(
                "select investor_id, amount from fund.payment_line where fund_id = %(fund_id)s"
                " and event_id = %(close)s and call_id = %(call)s",
                close=close["event_id"],
                call=call["event_id"],
            ).items()
            if amount < 0
        }
        assert got_back == {"LP-01", "LP-02", "LP-03", "LP-04"}
    assert life.open_amounts() == {}


def test_refund_first_reduces_what_is_not_paid_yet(life: FundLife) -> None:
    call = life.issue("2024-02-01", 10_000_000)
    life.pay("LP-01", "2024-02-01", 5_000_000)
    life.pay("LP-02", "2024-02-01", 2_000_000)  # of 3,000,000
    close = life.close_on("2024-04-01", {"LP-04": 100_000_000})
    assert dict(legs(close)) == {
        "LP-01": -2_500_000, "LP-02": -1_500_000, "LP-03": -1_000_000, "LP-04": 5_000_000,
    }  # fmt: skip
    assert dict(legs(close, "payment_line")) == {
        "LP-01": -2_500_000, "LP-02": -500_000, "LP-04": 5_000_000,
    }  # fmt: skip
    assert life.open_amounts(call) == {"LP-03": 1_000_000}
    assert life.partner_balances("LP-02") == {"3000": -1_500_000}
    assert life.partner_balances("LP-03") == {"1100": 1_000_000, "3000": -1_000_000}
    assert life.balances()["1000"] == 9_000_000


def test_refunded_capital_can_be_called_again(life: FundLife) -> None:
    life.issue("2024-02-01", 100_000_000)
    life.pay_all("2024-02-01")
    assert unfunded(life) == {}
    life.close_on("2024-04-01", {"LP-04": 100_000_000})
    life.issue("2024-05-01", 100_000_000)
    assert unfunded(life) == {}


def test_newcomer_excused_from_a_call_has_no_part_of_it(life: FundLife) -> None:
    calls = [life.issue("2024-02-01", 10_000_000), life.issue("2024-03-01", 10_000_000)]
    life.pay_all("2024-03-01")
    life.close_on(
        "2024-04-01", LATER, excuses=[{"investor": "LP-05", "call": 2, "reason": "Side letter"}]
    )
    assert life.called(calls[0])["LP-05"] == 2_500_000
    assert life.called(calls[1]) == {
        "LP-01": D("3333333.34"), "LP-02": 2_000_000, "LP-03": D("1333333.33"),
        "LP-04": D("3333333.33"), "LP-05": 0,
    }  # fmt: skip
    # And stays excused when there is a third close, as others are that were when it was called.
    life.close_on("2024-05-01", {"LP-05": 10_000_000, "LP-06": 90_000_000})
    assert life.called(calls[1])["LP-05"] == 0
    assert sum(life.called(calls[1]).values()) == 10_000_000
    [excused] = life.rows(
        "select distinct memo from fund.capital_call_line"
        " where fund_id = %(fund_id)s and memo is not null"
    )
    assert excused["memo"] == "Side letter"


def test_excuse_is_taken_back_with_its_close(life: FundLife) -> None:
    calls = [life.issue("2024-02-01", 10_000_000), life.issue("2024-03-01", 20_000_000)]
    life.pay_all("2024-03-01")
    before = [life.called(call) for call in calls]
    excuses = [{"investor": "LP-04", "call": 2, "reason": "Tobacco"}]
    close = life.close_on("2024-04-01", {"LP-04": 100_000_000}, excuses=excuses)
    assert [life.called(call)["LP-04"] for call in calls] == [5_000_000, 0]
    life.take_back(close)
    assert [{k: a for k, a in life.called(call).items() if a} for call in calls] == before
    life.close_on("2024-04-01", {"LP-04": 100_000_000})
    assert [life.called(call)["LP-04"] for call in calls] == [5_000_000, 10_000_000]
    # And in what it sells.
    life.invite("LP-05")
    sale = {"seller": "LP-04", "buyer": "LP-05", "transferred_on": "2024-05-01", "fraction": "0.5"}
    life.run("transfer", sale)
    life.close_on("2024-06-01", {"LP-05": 200_000_000})
    assert life.called(calls[1])["LP-05"] == 12_500_000


def test_partner_excused_when_it_was_called_stays_excused(life: FundLife) -> None:
    call = life.issue("2024-02-01", 10_000_000, excused=["LP-03"])
    life.close_on("2024-04-01", {"LP-03": 30_000_000, "LP-04": 20_000_000})
    assert life.called(call) == {"LP-01": 5_000_000, "LP-02": 3_000_000, "LP-03": 0,
                                 "LP-04": 2_000_000}  # fmt: skip


def test_partner_in_default_keeps_what_it_paid(life: FundLife) -> None:
    call = life.issue("2024-02-01", 10_000_000)
    life.pay("LP-01", "2024-02-01", 5_000_000)
    life.pay("LP-02", "2024-02-01", 3_000_000)
    life.pay("LP-03", "2024-02-01", 500_000)
    life.run("default", {"investor": "LP-03", "declared_on": "2024-03-01"})
    close = life.close_on("2024-04-01", {"LP-04": 80_000_000})
    assert dict(legs(close)) == {"LP-01": -2_500_000, "LP-02": -1_500_000, "LP-04": 4_000_000}
    assert life.called(call)["LP-03"] == 500_000


def test_distributions_pass_to_newcomers_with_interest_the_other_way(life: FundLife) -> None:
    life.issue("2024-02-01", 40_000_000)
    life.pay_all("2024-02-01")
    life.distribute("2024-03-01", 10_000_000, recallable_amount=4_000_000)
    close = life.close_on("2024-04-01", {"LP-04": 100_000_000})
    assert dict(legs(close, "distribution_line")) == {
        "LP-01": -2_500_000, "LP-02": -1_500_000, "LP-03": -1_000_000, "LP-04": 5_000_000,
    }  # fmt: skip
    assert unfunded(life) == {
        "LP-01": 41_000_000, "LP-02": 24_600_000, "LP-03": 16_400_000, "LP-04": 82_000_000,
    }  # fmt: skip
    paid, got = life.rows(
        "select sum(amount) filter (where amount > 0) as paid,"
        " sum(amount) filter (where amount < 0) as got, charged_for"
        " from fund.true_up_interest where fund_id = %(fund_id)s group by charged_for order by 3"
    )
    assert (paid["charged_for"], paid["paid"], paid["got"]) == (
        "call",
        D("263013.70"),
        D("-263013.70"),
    )  # 20,000,000 x 8 % x 60/365
    assert (got["charged_for"], got["paid"], got["got"]) == (
        "distribution",
        D("33972.60"),
        D("-33972.60"),
    )  # 5,000,000 x 8 % x 31/365
    assert life.partner_balances("LP-04") == {"3000": -20_000_000, "3100": 5_000_000}
    assert life.balances()["1000"] == 30_000_000


def test_distribution_not_paid_yet_is_paid_to_newcomers_too(life: FundLife) -> None:
    life.issue("2024-02-01", 40_000_000)
    life.pay_all("2024-02-01")
    life.distribute("2024-03-20", 10_000_000, paid_on="2024-04-10")
    close = life.close_on("2024-04-01", {"LP-04": 100_000_000})
    assert life.partner_balances("LP-04", "2024-04-09") == {
        "2300": -5_000_000, "3000": -20_000_000, "3100": 5_000_000,
    }  # fmt: skip
    assert life.partner_balances("LP-04") == {"3000": -20_000_000, "3100": 5_000_000}
    assert life.partner_balances("LP-01") == {"3000": -10_000_000, "3100": 2_500_000}
    kinds = [(kind, day) for kind, day, _ in entries(close)]
    assert ("distribution_payment", "2024-04-10") in kinds
    rows = life.rows("select distinct charged_for from fund.true_up_interest")
    assert [row["charged_for"] for row in rows] == ["call"]


def test_split_that_was_given_stays_as_it_was_given(life: FundLife) -> None:
    life.issue("2024-02-01", 40_000_000)
    life.pay_all("2024-02-01")
    life.distribute("2024-03-01", 1_000_000, lines=[{"investor": "LP-02", "amount": 1_000_000}])
    close = life.close_on("2024-04-01", {"LP-04": 100_000_000})
    assert legs(close, "distribution_line") == []


def test_reversing_a_close_restores_every_balance(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.pay("LP-01", "2024-02-01", 5_000_000)
    life.distribute("2024-03-01", 1_000_000)
    before = state(life)
    close = life.close_on("2024-04-01", LATER)
    assert state(life) != before
    life.take_back(close)
    assert state(life) == before
    again = life.close_on("2024-04-01", LATER)
    [number] = {again["event"]["record"]["close_number"]}
    assert number == 2


def state(life: FundLife) -> dict[str, Any]:
    """What stands, partner by partner and account by account; who has nothing is left out."""
    lines = {
        "commitment_line": "amount",
        "capital_call_line": "weight + exact_amount + capital_amount",
        "payment_line": "amount",
        "distribution_line": "weight + exact_amount + amount + recallable_amount",
        "true_up_interest": "amount",
        "fee_line": "net_amount",
    }
    found: dict[str, Any] = {
        table: life.by_code(
            f"select investor_id, sum({amount}) from fund.{table}"
            f" where fund_id = %(fund_id)s group by 1 having sum({amount}) <> 0"
        )
        for table, amount in lines.items()
    }
    found["balances"] = life.balances()
    found["partners"] = {
        code: life.partner_balances(code)
        for code in ("LP-01", "LP-02", "LP-03", "LP-04", "LP-05")
        if life.partner_balances(code)
    }
    return found


def test_preview_shows_every_leg_and_records_nothing(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.invite(*LATER)
    before = life.everything()
    commitments = [{"investor": code, "amount": amount} for code, amount in LATER.items()]
    preview = life.run(
        "close", {"closed_on": "2024-04-01", "commitments": commitments}, preview=True
    )
    assert life.everything() == before
    close = life.close_on("2024-04-01", LATER)
    assert legs(preview) == legs(close)
    assert entries(preview) == entries(close)


def test_close_by_unfunded_commitment_is_as_if_all_had_been_there(
    begin: Callable[..., FundLife],
) -> None:
    life = begin(allocation_basis="unfunded")
    calls = [
        life.issue("2024-02-01", 10_000_000),
        life.issue("2024-03-01", 10_000_000, excused=["LP-01"]),
        life.issue("2024-03-02", 10_000_000),
    ]
    life.pay_all("2024-03-02")
    life.close_on("2024-04-01", LATER)
    other = begin("Fund II", commitments=THREE | LATER, allocation_basis="unfunded")
    same = [
        other.issue("2024-05-01", 10_000_000),
        other.issue("2024-05-01", 10_000_000, excused=["LP-01"]),
        other.issue("2024-05-02", 10_000_000),
    ]
    assert [life.called(call) for call in calls] == [other.called(call) for call in same]
    assert life.called(life.issue("2024-06-01", 999)) == other.called(
        other.issue("2024-06-01", 999)
    )
