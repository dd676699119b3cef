"""Every leg of a close, and every part of a transfer, says where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.company.books import refused
from tests.conftest import Connection
from tests.fund.fund_life import THREE, FundLife

D = Decimal


def explained(life: FundLife, event: Any, code: str) -> dict[str, D]:
    """Amount of each step by its name; steps are numbered from 1 on."""
    rows = life.rows(
        "select * from fund.explain_line(%(fund_id)s, %(event_id)s, %(investor_id)s)",
        event_id=event["event_id"],
        investor_id=life.investor_id(code),
    )
    assert [row["step"] for row in rows] == list(range(1, len(rows) + 1))
    assert all(row["explanation"] for row in rows)
    found = {row["what"]: row["amount"] for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.fixture
def lived(begin: Callable[..., FundLife]) -> FundLife:
    life = begin()
    life.issue("2024-02-01", "10000000.01")
    life.issue("2024-02-02", "0.01", due_on="2024-02-20")
    life.pay("LP-01", "2024-02-01", "5000000.01")
    life.distribute("2024-03-01", "1000.01", recallable_amount="500")
    life.run("nav", {"as_of": "2024-03-31", "fair_value": "777777.77"})
    return life


def test_every_leg_is_what_its_steps_say(lived: FundLife) -> None:
    close = lived.close_on("2024-04-01", {"LP-04": "33333333.33", "LP-01": "1"})
    lived.close_on("2024-05-01", {"LP-05": "10000000"})  # changes nothing of the explanation
    lines = close["event"]["lines"]
    numbers = {
        str(row["event_id"]): row["call_number"]
        for row in lived.rows("select event_id, call_number from fund.capital_call")
    }
    for code in (*THREE, "LP-04"):
        steps = explained(lived, close, code)
        for leg in lines["capital_call_line"]:
            if leg["investor_code"] == code:
                call = f"call {numbers[leg['call_id']]}: "
                assert steps[call + "leg"] == D(str(leg["capital_amount"]))
                assert steps[call + "amount"] - steps[call + "had"] == steps[call + "leg"]
                owed_less = steps.get(call + "owed less", D(0))
                paid = steps.get(call + "paid", D(0)) + steps.get(call + "paid back", D(0))
                assert owed_less + paid == steps[call + "leg"]
        interest = [line for line in lines["true_up_interest"] if line["investor_code"] == code]
        assert {name: amount for name, amount in steps.items() if "interest" in name} == {
            (f"interest, {line['charged_for']} " + str(numbers.get(line["subject_id"], 1))): D(
                str(line["amount"])
            )
            for line in interest
        }
        assert steps["distribution 1: leg"] != 0
        assert steps["result"] != 0


def test_newcomers_steps(lived: FundLife) -> None:
    close = lived.close_on("2024-04-01", {"LP-04": 100_000_000})
    steps = explained(lived, close, "LP-04")
    assert steps["commitment"] == 100_000_000
    assert steps["call 1: weight"] == 100_000_000
    assert steps["call 1: amount to share"] == D("10000000.01")
    assert steps["call 1: had"] == 0
    assert steps["call 1: paid"] == steps["call 1: leg"]


def test_partner_in_default_has_no_steps(lived: FundLife) -> None:
    lived.run("default", {"investor": "LP-03", "declared_on": "2024-03-31"})
    close = lived.close_on("2024-04-01", {"LP-04": 100_000_000})
    steps = explained(lived, close, "LP-01")
    assert steps["call 1: amount"] - steps["call 1: had"] == steps["call 1: leg"]
    assert not [step for step in explained(lived, close, "LP-03") if step.startswith("call")]


def test_fee_that_is_caught_up_is_a_step(life: FundLife) -> None:
    life.set_fee("*", "2020-01-01", D("0.02"), "committed")
    life.run("management_fee", {})
    close = life.close_on("2024-04-01", {"LP-04": 50_000_000})
    steps = explained(life, close, "LP-04")
    assert steps["management fee, caught up"] == D("210958.90")
    assert steps["interest, management fee since 2024-01-15"] == D("3560.29")


def test_transfer_tells_what_the_seller_had(lived: FundLife) -> None:
    lived.invite("LP-09")
    sent = {"seller": "LP-01", "buyer": "LP-09", "transferred_on": "2024-04-01", "fraction": "0.5"}
    event = lived.run("transfer", sent)
    bought, sold = explained(lived, event, "LP-09"), explained(lived, event, "LP-01")
    assert bought["commitment"] == 25_000_000
    assert bought["call 1: capital"] == bought["call 1: paid"] == 2_500_000
    assert bought["distribution 1: amount"] == 250
    assert sold == {step: -amount for step, amount in bought.items()}


def test_who_has_no_part_in_it_has_no_line(lived: FundLife) -> None:
    lived.invite("LP-09")
    sent = {"seller": "LP-01", "buyer": "LP-09", "transferred_on": "2024-04-01"}
    event = lived.run("transfer", sent)
    with refused(lived.conn, "QB404", "line_not_found"):
        explained(lived, event, "LP-02")


@pytest.mark.parametrize("function", ["explain_close", "explain_transfer", "explain_close_shares"])
@pytest.mark.parametrize("role", ["viewer", "auditor", "editor_scoped"])
def test_readers_ask_for_reasons(
    as_role: Callable[..., Connection], role: str, function: str
) -> None:
    nobody = "gen_random_uuid(), gen_random_uuid(), gen_random_uuid()"
    row = as_role(role).execute(f"select count(*) from fund.{function}({nobody})").fetchone()
    assert row == (0,)
