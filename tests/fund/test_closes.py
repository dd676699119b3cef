"""Later closes put everybody where they would be had all been there from the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.company.books import refused
from tests.conftest import DEPLOYED, Connection, TestServer, clone
from tests.fund.fund_life import THREE, FundLife

D = Decimal
LATER = {"LP-04": 50_000_000, "LP-05": 50_000_000}


def legs(event: dict[str, Any], table: str = "capital_call_line") -> list[tuple[Any, ...]]:
    """Investor and amount of the rows of a close in one table."""
    amount = "capital_amount" if table == "capital_call_line" else "amount"
    lines = event["event"]["lines"].get(table, [])
    return [(line["investor_code"], D(str(line[amount]))) for line in lines]


def entries(event: dict[str, Any]) -> list[tuple[str, str, list[tuple[str, D]]]]:
    """Kind, day and (account, debit less credit) of the entries of an event."""
    return [
        (
            entry["kind"],
            entry["entry_on"],
            [
                (line["account"], D(str(line["debit"])) - D(str(line["credit"])))
                for line in entry["lines"]
            ],
        )
        for entry in event["event"]["journal_entries"]
    ]


def unfunded(life: FundLife) -> dict[str, D]:
    """Of each partner; who has nothing left is left out."""
    return {code: amount for code, amount in life.unfunded().items() if amount}


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


def test_published_interest_of_ninety_days(begin: Callable[..., FundLife]) -> None:
    """fundopshq.com, 2026-01-14: 4,000,000 x 8 % x 90/365 = 78,904.11."""
    life = begin(commitments={"LP-01": 10_000_000})
    life.issue("2024-02-01", 8_000_000, due_on="2024-02-15")
    life.pay_all("2024-02-10")
    close = life.close_on("2024-05-15", {"LP-02": 10_000_000})
    newcomer, earlier = life.rows(
        "select * from fund.true_up_interest where fund_id = %(fund_id)s order by amount desc"
    )
    assert (newcomer["principal"], newcomer["amount"]) == (4_000_000, D("78904.11"))
    assert newcomer["exact_amount"] == D("78904.109589041096")
    assert (str(newcomer["from_on"]), str(newcomer["to_on"])) == ("2024-02-15", "2024-05-15")
    assert (earlier["principal"], earlier["amount"]) == (-4_000_000, D("-78904.11"))
    # Outside the commitment, no contribution, no income: cash comes and goes.
    assert unfunded(life) == {"LP-01": 6_000_000, "LP-02": 6_000_000}
    assert life.balances() == {"1000": 8_000_000, "3000": -8_000_000}
    assert entries(close) == [
        ("catch_up", "2024-05-15", [("1000", 4_000_000), ("3000", -4_000_000)]),
        ("rebalancing", "2024-05-15", [("3000", 4_000_000), ("2100", -4_000_000)]),
        ("rebalancing", "2024-05-15", [("2100", 4_000_000), ("1000", -4_000_000)]),
        ("true_up_interest", "2024-05-15", [("1000", D("78904.11")), ("2100", D("-78904.11"))]),
        ("true_up_interest", "2024-05-15", [("2100", D("78904.11")), ("1000", D("-78904.11"))]),
    ]


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


def test_interest_goes_to_those_whose_money_was_used(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.pay("LP-01", "2024-02-01", 5_000_000)
    life.pay("LP-02", "2024-02-01", 2_000_000)
    close = life.close_on("2024-04-01", {"LP-04": 100_000_000})
    interest = D("65753.42")  # 5,000,000 x 8 % x 60/365
    assert dict(legs(close, "true_up_interest")) == {
        "LP-01": D("-54794.52"), "LP-02": D("-10958.90"), "LP-03": 0, "LP-04": interest,
    }  # fmt: skip


def test_interest_on_a_call_that_nobody_paid_follows_the_legs(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    close = life.close_on("2024-04-01", {"LP-04": 100_000_000})
    assert dict(legs(close, "true_up_interest")) == {
        "LP-01": D("-32876.71"), "LP-02": D("-19726.03"), "LP-03": D("-13150.68"),
        "LP-04": D("65753.42"),
    }  # fmt: skip


def test_call_that_is_not_due_yet_bears_no_interest(life: FundLife) -> None:
    life.issue("2024-03-20", 10_000_000, due_on="2024-04-05")
    close = life.close_on("2024-04-01", LATER)
    assert legs(close, "true_up_interest") == []
    assert dict(legs(close, "payment_line")) == {"LP-04": 2_500_000, "LP-05": 2_500_000}
    assert sum(life.open_amounts().values()) == 5_000_000


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


@pytest.mark.parametrize(
    ("recipient", "account"), [("fund", "4300"), ("manager", "2200"), ("earlier_partners", "2100")]
)
def test_terms_say_who_gets_the_interest(
    begin: Callable[..., FundLife], recipient: str, account: str
) -> None:
    life = begin(true_up_recipient=recipient)
    life.issue("2024-02-01", 10_000_000)
    life.pay_all("2024-02-01")
    close = life.close_on("2024-04-01", {"LP-04": 100_000_000})
    [first, *_] = [lines for kind, _, lines in entries(close) if kind == "true_up_interest"]
    assert sum(amount for number, amount in first if number == account) == D("-65753.42")
    assert life.balances().get(account, 0) == (D("-65753.42") if recipient == "fund" else 0)
    assert life.balances()["1000"] == 10_000_000 + (D("65753.42") if recipient == "fund" else 0)
    receivers = {code for code, amount in legs(close, "true_up_interest") if amount < 0}
    assert receivers == ({"LP-01", "LP-02", "LP-03"} if recipient == "earlier_partners" else set())


@pytest.mark.parametrize(
    ("terms", "interest"),
    [
        ({}, "802191.78"),
        ({"true_up_rate": 0}, "0"),
        ({"true_up_rate": D("0.05")}, "501369.86"),
        ({"true_up_day_count": "act/360"}, "813333.33"),
        ({"true_up_day_count": "30/360"}, "800000.00"),
        ({"true_up_day_count": "act/act"}, "800185.64"),
        ({"true_up_day_count": "30/360", "true_up_compounding": "annual"}, "800000.00"),
    ],
)
def test_terms_say_how_interest_is_reckoned(
    begin: Callable[..., FundLife], terms: dict[str, Any], interest: str
) -> None:
    """10,000,000 from 1 February 2024 to 1 February 2025: 366 days, 335 of them in a leap year."""
    life = begin(**terms)
    life.issue("2024-02-01", 20_000_000)
    life.pay_all("2024-02-01")
    close = life.close_on("2025-02-01", {"LP-04": 100_000_000})
    assert dict(legs(close, "true_up_interest"))["LP-04"] == D(interest)


def test_interest_compounds_once_a_year(life: FundLife) -> None:
    query = "select fund.interest(1000000, '2024-02-01', '2026-02-01', 0.08, '30/360', %(how)s)"
    assert life.value(query, how="simple") == 160_000
    assert life.value(query, how="annual") == 166_400
    half = query.replace("2026-02-01", "2024-08-01")
    assert round(life.value(half, how="annual"), 6) == D("39230.484541")
    assert life.value(query, how="weekly") is None


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


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "nobody": ({"commitments": []}, "QB400", "close_admits_somebody"),
    "no list": ({"commitments": {"LP-01": 1}}, "QB400", "close_admits_somebody"),
    "typo": ({"commitment": 5}, "QB400", "unknown_field"),
    "unknown": ({"commitments": [{"investor": "LP-99", "amount": 1}]}, "QB400", "investor_unknown"),
    "unnamed": ({"commitments": [{"amount": 1}]}, "QB400", "required"),
    "nothing": ({"commitments": [{"investor": "LP-04", "amount": 0}]}, "QB400",
                "commitment_above_zero"),
    "negative": ({"commitments": [{"investor": "LP-04", "amount": -5}]}, "QB400",
                 "amount_not_negative"),
    "fine": ({"commitments": [{"investor": "LP-04", "amount": 0.001}]}, "QB400",
             "amount_to_the_cent"),
    "twice": ({"commitments": [{"investor": "LP-04", "amount": 1}] * 2}, "QB400",
              "investor_named_once"),
    "class": ({"commitments": [{"investor": "LP-01", "amount": 1, "investor_class": "affiliate"}]},
              "QB409", "investor_class_stands"),
    "word": ({"commitments": [{"investor": "LP-04", "amount": 1, "investor_class": "A!"}]},
             "QB400", "investor_class_is_a_word"),
    "early": ({"closed_on": "2024-01-31"}, "QB409", "event_in_order_of_days"),
    "excuses": ({"excuses": {"LP-04": 1}}, "QB400", "excuses_are_a_list"),
    "excused": ({"excuses": [{"investor": "LP-01", "call": 1}]}, "QB400", "excused_is_admitted"),
    "call": ({"excuses": [{"investor": "LP-04", "call": 7}]}, "QB400", "call_unknown"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_close_is_refused_and_changes_nothing(life: FundLife, case: str) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.invite("LP-04")
    before = life.everything()
    more, sqlstate, rule = BAD[case]
    request = {
        "closed_on": "2024-04-01", "commitments": [{"investor": "LP-04", "amount": 5}], **more
    }  # fmt: skip
    with refused(life.conn, sqlstate, rule):
        life.run("close", request)
    assert life.everything() == before


def test_class_is_put_right_when_the_close_is_taken_back(life: FundLife) -> None:
    wrong = life.close_on("2024-02-01", {"GP": 1_000_000})
    life.take_back(wrong)
    life.close_on("2024-02-01", {"GP": 1_000_000}, {"GP": "general_partner"})
    assert life.rows("select investor_class from fund.positions(%(fund_id)s)")[0] == {
        "investor_class": "general_partner"
    }
    # From here on it stands; and what is not said is what it was.
    with refused(life.conn, "QB409", "investor_class_stands"):
        life.close_on("2024-03-01", {"GP": 1}, {"GP": "standard"})
    life.take_back(life.close_on("2024-03-01", {"GP": 1}))
    with refused(life.conn, "QB409", "investor_class_stands"):
        life.close_on("2024-03-01", {"GP": 1}, {"GP": "standard"})
    for change in (
        "update fund.commitment set investor_id = gen_random_uuid()",
        "update fund.commitment set created_date = now()",
        "delete from fund.commitment",
    ):
        with refused(life.conn, "QB409", "recorded_event_is_immutable"):
            life.rows(f"{change} where fund_id = %(fund_id)s")


def test_money_is_not_given_back_before_it_came(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    late = life.pay("LP-01", "2024-03-10", 5_000_000)
    before = life.everything()
    with refused(life.conn, "QB409", "event_in_order_of_days"):
        life.close_on("2024-03-09", {"LP-02": 50_000_000})
    assert life.everything() == before
    life.take_back(late)
    life.close_on("2024-03-09", {"LP-02": 50_000_000})
    life.pay("LP-01", "2024-03-10", life.open_amounts()["LP-01"])
    assert all(
        row["paid_in_amount"] >= 0
        for day in ("2024-03-09", "2024-03-10")
        for row in life.rows("select * from fund.positions(%(fund_id)s, %(day)s)", day=day)
    )


def test_partner_in_default_raises_no_commitment(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.run("default", {"investor": "LP-03", "declared_on": "2024-03-01"})
    with refused(life.conn, "QB409", "partner_in_default"):
        life.close_on("2024-04-01", {"LP-03": 5})


@pytest.fixture(scope="module")
def world(server: TestServer) -> Iterator[tuple[FundLife, FundLife]]:
    """A fund that a narrowed editor sees, and one that he does not; committed."""
    with (
        clone(server, DEPLOYED) as database,
        database.connect(autocommit=True, options="-c role=qb_owner") as conn,
    ):
        own = FundLife.begun(conn)
        hidden = FundLife.begun(conn, "Hidden fund", commitments={"HIDDEN": 5})
        yield own, hidden


def request_as(owner: FundLife, role: str) -> Connection:
    email = f"{role}@example.com"
    [user_id] = owner.conn.execute(
        "select coalesce(security.user_id_by_email(%(email)s),"
        " security.add_user(%(email)s, %(role)s, %(email)s, null))",
        {"email": email, "role": role},
    ).fetchone()
    if role.endswith("_scoped"):
        owner.conn.execute(
            "insert into security.user_fund (fund_id, user_id) values (%s, %s)"
            " on conflict do nothing",
            [owner.fund_id, user_id],
        )
    conn = psycopg.connect(TestServer.current().dsn("qb_api", owner.conn.info.dbname))
    conn.execute("select security.begin_request(%s)", [user_id])
    return conn


def run_close(life: FundLife, conn: Connection, investor: str) -> None:
    life.on(conn).rows(
        "select * from fund.run_close(%(fund_id)s, %(close)s::jsonb)",
        close='{"closed_on": "2024-04-01", "commitments":'
        f' [{{"investor": "{investor}", "amount": 5}}]}}',
    )


@pytest.mark.parametrize("role", ["admin", "editor", "editor_scoped"])
def test_editors_run_closes(world: tuple[FundLife, FundLife], role: str) -> None:
    with request_as(world[0], role) as conn:
        run_close(world[0], conn, "LP-01")
        conn.rollback()


@pytest.mark.parametrize("role", ["viewer", "auditor", "investor"])
def test_readers_run_no_close(world: tuple[FundLife, FundLife], role: str) -> None:
    with request_as(world[0], role) as conn, refused(conn, "42501", None):
        run_close(world[0], conn, "LP-01")


def test_narrowed_editor_admits_nobody_whom_he_does_not_meet(
    world: tuple[FundLife, FundLife],
) -> None:
    own, hidden = world
    with request_as(own, "editor_scoped") as conn:
        with refused(conn, "QB400", "investor_unknown"):
            run_close(own, conn, "HIDDEN")
        with refused(conn, "QB404", "fund_not_found"):
            run_close(hidden, conn, "LP-01")
        conn.rollback()
    with request_as(own, "editor") as conn:
        run_close(own, conn, "HIDDEN")
        conn.rollback()
