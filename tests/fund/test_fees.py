"""The management fee: what each partner owes for which days, and how it stands in the books."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.conftest import Connection
from tests.fund.fee_words import (
    accrue,
    adjust,
    owed,
    record,
    refuses,
    segments,
)
from tests.fund.fund_life import FIRST_CLOSE, THREE, FundLife

Begin = Callable[..., FundLife]
GP = {"GP": 1_000_000, **THREE}
GENERAL = {"GP": "general_partner"}


@pytest.fixture
def two_percent(begin: Begin) -> FundLife:
    """Three partners, 100 million, 2 % of commitments from the first close on."""
    life = begin()
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    return life


def test_the_first_period_is_a_stub_from_the_first_close(two_percent: FundLife) -> None:
    first, second = accrue(two_percent), accrue(two_percent)
    run = record(two_percent, first)
    assert (run["from_on"], run["to_on"]) == (date(2024, 1, 15), date(2024, 4, 1))
    assert run["gross_amount"] == run["net_amount"] == Decimal("421917.81")  # 77 of 365 days
    assert record(two_percent, second)["gross_amount"] == Decimal("498630.14")  # 91 of 365


def test_an_accrual_is_an_expense_that_is_payable(two_percent: FundLife) -> None:
    accrue(two_percent)
    fee = Decimal("421917.81")
    assert two_percent.balances() == {"5000": fee, "2200": -fee}
    assert two_percent.balances("2024-01-14") == {}
    assert two_percent.balances("2024-01-15") == two_percent.balances()


@pytest.mark.parametrize(
    ("timing", "days"),
    [("advance", ["2024-01-15", "2024-04-01"]), ("arrears", ["2024-03-31", "2024-06-30"])],
)
def test_it_is_due_in_advance_or_in_arrears(begin: Begin, timing: str, days: list[str]) -> None:
    life = begin(fee_timing=timing)
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    events = [accrue(life), accrue(life)]
    assert [event["event"]["event_on"] for event in events] == days
    assert [event["event"]["journal_entries"][0]["entry_on"] for event in events] == days


@pytest.mark.parametrize(
    ("day_count", "stub", "quarter"),
    [
        # From 2024-01-15: 77 of 91 days, then the second quarter, 91 days.
        ("act/365", "421917.81", "498630.14"),
        ("act/360", "427777.78", "505555.56"),
        ("act/act", "420765.03", "497267.76"),
        ("30/360", "422222.22", "500000.00"),
        ("quarter", "423076.92", "500000.00"),
    ],
)
def test_the_day_count_is_that_of_the_terms(
    begin: Begin, day_count: str, stub: str, quarter: str
) -> None:
    life = begin(fee_day_count=day_count)
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    amounts = [record(life, accrue(life))["gross_amount"] for _ in range(2)]
    assert amounts == [Decimal(stub), Decimal(quarter)]


def test_classes_that_are_free_of_it_owe_nothing(begin: Begin) -> None:
    life = begin(commitments=GP, classes=GENERAL)
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    event = accrue(life)
    assert sorted(owed(life, event)) == ["LP-01", "LP-02", "LP-03"]
    assert record(life, event)["gross_amount"] == Decimal("421917.81")


def test_a_class_has_its_own_steps_before_those_of_all(begin: Begin) -> None:
    life = begin(classes={"LP-01": "anchor"})
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    life.set_fee("anchor", "2024-03-01", "0.01", "committed")
    event = accrue(life)
    assert segments(life, event, "LP-01") == [
        ("2024-01-15 2024-03-01", "committed", "0.02", Decimal(50_000_000)),
        ("2024-03-01 2024-04-01", "committed", "0.01", Decimal(50_000_000)),
    ]
    assert segments(life, event, "LP-02") == [
        ("2024-01-15 2024-04-01", "committed", "0.02", Decimal(30_000_000)),
    ]
    # A later step of all changes nothing for the class.
    life.set_fee("*", "2024-04-01", "0.03", "committed")
    event = accrue(life)
    rates = {code: segments(life, event, code)[0][2] for code in ("LP-01", "LP-02")}
    assert rates == {"LP-01": "0.01", "LP-02": "0.03"}


@pytest.mark.parametrize(
    ("asked", "sqlstate", "rule"),
    [
        ({"from_on": "2024-01-15"}, "QB409", "fee_period_is_free"),
        ({"from_on": "2024-03-31"}, "QB409", "fee_period_is_free"),
        ({"from_on": "2024-04-02"}, "QB409", "fee_periods_leave_no_gap"),
        ({"to_on": "2024-07-02"}, "QB400", "fee_period_within_terms"),
        ({"to_on": "2024-04-01"}, "QB400", "fee_period_within_terms"),
        ({"to_on": "June"}, "QB400", "day_is_readable"),
        ({"until": "2024-07-01"}, "QB400", "unknown_field"),
    ],
)
def test_periods_follow_each_other(
    two_percent: FundLife, asked: dict[str, object], sqlstate: str, rule: str
) -> None:
    accrue(two_percent)
    refuses(two_percent, "management_fee", asked, sqlstate, rule)


def test_there_is_no_fee_before_the_first_close(begin: Begin) -> None:
    life = begin(commitments={})
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    refuses(life, "management_fee", {}, "QB409", "fee_needs_a_close")
    life.close_on(FIRST_CLOSE, THREE)
    refuses(
        life, "management_fee", {"from_on": "2024-01-14"}, "QB400", "fee_begins_with_first_close"
    )


def test_no_day_is_without_terms_of_the_fee(begin: Begin) -> None:
    life = begin()
    refuses(life, "management_fee", {}, "QB409", "fee_steps_cover_the_day")
    life.set_fee("*", "2024-01-16", "0.02", "committed")
    refuses(life, "management_fee", {}, "QB409", "fee_steps_cover_the_day")
    life.rows("update fund.terms set valid_to = '2024-03-31' where fund_id = %(fund_id)s")
    refuses(life, "management_fee", {"from_on": "2024-01-16"}, "QB409", "terms_cover_the_day")


def test_no_class_of_partners_is_without_a_fee_by_oversight(begin: Begin) -> None:
    life = begin(classes={"LP-01": "anchor", "LP-02": "affiliate"})
    life.set_fee("anchor", "2020-01-01", "0.01", "committed")
    refuses(life, "management_fee", {}, "QB409", "fee_steps_cover_the_day")
    life.set_fee("standard", "2024-03-31", "0.02", "committed")
    refuses(life, "management_fee", {}, "QB409", "fee_steps_cover_the_day")
    # Nothing, when that is what is agreed; who is free of it needs no step.
    life.set_fee("*", "2020-01-01", "0", "committed")
    owing = {code: amount for code, amount in owed(life, accrue(life)).items() if amount}
    assert sorted(owing) == ["LP-01", "LP-03"]


def test_equal_partners_do_not_drift_from_accrual_to_accrual(begin: Begin) -> None:
    life = begin(commitments=dict.fromkeys(["LP-01", "LP-02", "LP-03"], 1_000), fee_period_months=1)
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    sums = dict.fromkeys(["LP-01", "LP-02", "LP-03"], Decimal())
    for _ in range(12):
        for code, amount in owed(life, accrue(life)).items():
            sums[code] += amount
        assert max(sums.values()) - min(sums.values()) <= Decimal("0.01")


def test_nobody_s_fee_depends_on_the_order_of_partners(begin: Begin) -> None:
    found = []
    for order in (["LP-01", "LP-02", "LP-03"], ["LP-03", "LP-01", "LP-02"]):
        life = begin(f"Fund of {order}", commitments=dict.fromkeys(order, 1_000))
        life.set_fee("*", "2020-01-01", "0.02", "committed")
        found.append(owed(life, accrue(life)))
    assert found[0] == found[1]


def test_a_fee_that_was_called_is_taken_back_after_the_call(two_percent: FundLife) -> None:
    fee = accrue(two_percent)
    call = two_percent.issue("2024-02-01", 0, fee_event_id=str(fee["event_id"]))
    assert two_percent.called(call, "fee_amount") == owed(two_percent, fee)
    asked = {"event_id": str(fee["event_id"])}
    refuses(two_percent, "reversal", asked, "QB409", "later_events_are_reversed_first")
    two_percent.take_back(call)
    two_percent.take_back(fee)
    assert two_percent.balances() == {}


def explained(life: FundLife, event: DictRow, code: str) -> list[tuple[str, Decimal, str]]:
    rows = life.rows(
        "select what, amount, explanation"
        " from fund.explain_fee_line(%(fund_id)s, %(event_id)s, %(investor_id)s) order by step",
        event_id=event["event_id"],
        investor_id=life.investor_id(code),
    )
    return [(row["what"], row["amount"], row["explanation"]) for row in rows]


def test_a_fee_explains_itself(begin: Begin) -> None:
    life = begin(commitments=dict.fromkeys(["LP-01", "LP-02", "LP-03"], 1_000))
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    life.set_fee("*", "2024-06-01", "0.01", "committed")
    adjust(life, "waiver", "2024-04-01", investor="LP-02", share="0.5", memo="Side letter")
    accrue(life)
    event = accrue(life)
    for code, gross in owed(life, event).items():
        told = explained(life, event, code)
        words = ["days", "days", "gross"] + ["waiver"] * (code == "LP-02") + ["net"]
        assert [what for what, _, _ in told] == words
        for _, amount, words_of_days in told[:2]:
            numbers = re.search(r"commitment of (\S+), x (\S+) a year, x (\S+) of", words_of_days)
            assert numbers
            base, rate, part = map(Decimal, numbers.groups())
            assert round(base * rate * part, 20) == amount
        numbers = re.search(r"that exactly (\S+) is .*, after (\S+) exactly and (\S+) ", told[2][2])
        assert numbers
        share, exact_before, rounded_before = map(Decimal, numbers.groups())
        assert told[2][1] == gross
        assert abs(exact_before + share - rounded_before - gross) < Decimal("0.01")
        assert sum(amount for _, amount, _ in told[2:-1]) == told[-1][1]
        assert ("Side letter" in told[3][2]) == (code == "LP-02")
    back = life.take_back(event)
    what = f"reversal of {back['event']['event_on']} (event {back['event_number']})"
    assert explained(life, event, "LP-03")[-1][:2] == (what, -gross)


def test_what_is_asked_once_with_a_key_is_accrued_once(two_percent: FundLife) -> None:
    query = "select * from fund.accrue_management_fee(%(fund_id)s, '{}', 'fee-1')"
    [first] = two_percent.rows(query)
    [second] = two_percent.rows(query)
    assert (first["is_repeat"], second["is_repeat"]) == (False, True)
    assert first["event_id"] == second["event_id"]


def test_a_preview_records_nothing(two_percent: FundLife) -> None:
    before = two_percent.everything()
    [shown] = two_percent.rows(
        "select * from fund.accrue_management_fee(%(fund_id)s, p_preview => true)"
    )
    assert two_percent.everything() == before
    assert shown["event"]["record"]["gross_amount"] == 421917.81
    assert record(two_percent, accrue(two_percent))["gross_amount"] == Decimal("421917.81")


def test_fees_are_for_editors_to_accrue(
    owner: Connection, as_role: Callable[..., Connection]
) -> None:
    kept = FundLife.begun(owner, commitments={})
    kept.set_fee("*", "2020-01-01", "0.02", "committed")
    kept.close_on(FIRST_CLOSE, THREE)
    calls = (
        "select * from fund.accrue_management_fee(%(fund_id)s)",
        "select * from fund.adjust_fee(%(fund_id)s, '{}')",
        "select * from fund.pay_management_fee(%(fund_id)s, '{}')",
    )
    for role in ("viewer", "auditor", "submitter"):
        reader = kept.on(as_role(role))
        for call in calls:
            with pytest.raises(psycopg.Error) as refusal, reader.conn.transaction():
                reader.rows(call)
            assert refusal.value.sqlstate == "42501"
    editor = kept.on(as_role("editor"))
    [row] = editor.rows(calls[0])
    assert row["event"]["record"]["gross_amount"] == 421917.81
    assert explained(editor, row, "LP-01")[1][:2] == ("gross", Decimal("210958.91"))
