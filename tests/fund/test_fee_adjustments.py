"""What is taken off the gross management fee: waivers, rebates, and offsets that are carried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.fund.fee_words import accrue, adjust, owed, record, refuses
from tests.fund.fund_life import FundLife

Begin = Callable[..., FundLife]
CLOSE = "2024-01-15"


@pytest.fixture
def life(begin: Begin) -> FundLife:
    """2 % of 100 million a year in quarters: 500,000.00 each after the stub of 423,076.92."""
    life = begin(fee_day_count="quarter")
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    return life


def amounts(life: FundLife, *columns: str, runs: int = 1) -> list[tuple[Decimal, ...]]:
    """The columns of so many further accruals."""
    found = [record(life, accrue(life)) for _ in range(runs)]
    return [tuple(run[column] for column in columns) for run in found]


def D(*numbers: str | int) -> tuple[Decimal, ...]:  # noqa: N802
    return tuple(Decimal(number) for number in numbers)


def test_a_waived_share_is_of_the_gross_fee_of_its_days(life: FundLife) -> None:
    adjust(life, "waiver", "2024-04-01", to_on="2024-05-16", share="0.5")
    assert amounts(life, "gross_amount", "waived_amount", "net_amount", runs=3) == [
        D("423076.92", 0, "423076.92"),
        D(500_000, "123626.37", "376373.63"),  # half of 45 of 91 days
        D(500_000, 0, 500_000),
    ]


def test_a_fee_waived_whole_leaves_nothing_for_anybody(life: FundLife) -> None:
    adjust(life, "waiver", CLOSE, share="1")
    event = accrue(life)
    assert set(owed(life, event, "net_amount").values()) == {Decimal()}
    assert owed(life, event, "waived_amount") == owed(life, event)
    assert life.balances() == {}


def test_a_waived_amount_is_taken_once(life: FundLife) -> None:
    adjust(life, "waiver", CLOSE, amount="800000.00")
    assert amounts(life, "waived_amount", "net_amount", runs=3) == [
        D("423076.92", 0),
        D("376923.08", "123076.92"),
        D(0, 500_000),
    ]


def test_what_is_left_of_an_amount_ends_with_its_days(life: FundLife) -> None:
    adjust(life, "waiver", CLOSE, to_on="2024-04-01", amount="800000.00")
    assert amounts(life, "waived_amount", runs=2) == [D("423076.92"), D(0)]


def test_a_rebate_is_of_one_partner(life: FundLife) -> None:
    adjust(life, "rebate", CLOSE, investor="LP-01", share="0.25")
    event = accrue(life)
    assert owed(life, event, "rebated_amount") == {
        "LP-01": Decimal("52884.62"),
        "LP-02": Decimal(),
        "LP-03": Decimal(),
    }
    # What is rebated is no expense.
    assert life.balances() == {"5000": Decimal("370192.30"), "2200": Decimal("-370192.30")}


def test_more_than_everything_is_not_taken(life: FundLife) -> None:
    adjust(life, "waiver", CLOSE, to_on="2024-04-01", share="0.7")
    adjust(life, "waiver", CLOSE, to_on="2024-04-01", share="0.7")
    adjust(life, "rebate", CLOSE, amount="1.00")
    assert amounts(life, "waived_amount", "rebated_amount", "net_amount", runs=2) == [
        D("423076.92", 0, 0),
        D(0, 1, 499_999),  # the rebate waited
    ]


OFFSETS = [
    # fee_offset_share; then by period: added, used, carried forward. 1,000,000.00 received in
    # March, 100,000.00 in May.
    (
        "1",
        [
            D(1_000_000, "423076.92", "576923.08"),
            D(100_000, 500_000, "176923.08"),
            D(0, "176923.08", 0),
            D(0, 0, 0),
        ],
    ),
    (
        "0.8",
        [
            D(800_000, "423076.92", "376923.08"),
            D(80_000, "456923.08", 0),
            D(0, 0, 0),
            D(0, 0, 0),
        ],
    ),
]


@pytest.mark.parametrize(("share", "expected"), OFFSETS)
def test_an_offset_that_finds_no_fee_is_carried_forward(
    begin: Begin, share: str, expected: list[tuple[Decimal, ...]]
) -> None:
    life = begin(fee_day_count="quarter", fee_offset_share=share)
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    adjust(life, "offset", "2024-03-10", amount="1000000.00")
    adjust(life, "offset", "2024-05-31", amount="100000.00")
    columns = ("offset_added", "offset_amount", "offset_carried_forward")
    assert amounts(life, *columns, runs=4) == expected
    rows = life.rows(
        "select offset_brought_forward, offset_carried_forward from fund.fee_run"
        " where fund_id = %(fund_id)s order by from_on"
    )
    assert [row["offset_brought_forward"] for row in rows[1:]] == [
        row["offset_carried_forward"] for row in rows[:-1]
    ]


def test_an_offset_is_posted_against_what_is_payable(life: FundLife) -> None:
    adjust(life, "offset", "2024-03-10", amount="100000.00")
    accrue(life)
    assert life.balances() == {
        "5000": Decimal("423076.92"),
        "5050": Decimal(-100_000),
        "2200": Decimal("-323076.92"),
    }


def test_a_company_s_fee_of_a_day_before_is_offset_by_the_next_accrual(life: FundLife) -> None:
    accrue(life)
    adjust(life, "offset", "2024-02-10", amount="100000.00")
    assert amounts(life, "offset_added", "offset_amount") == [D(100_000, 100_000)]


def test_a_company_s_fee_of_a_later_day_waits(life: FundLife) -> None:
    adjust(life, "offset", "2024-04-01", amount="100000.00")
    assert amounts(life, "offset_amount", runs=2) == [D(0), D(100_000)]


def test_an_offset_is_shared_by_the_fee_after_waivers(life: FundLife) -> None:
    adjust(life, "waiver", CLOSE, investor="LP-01", share="1")
    adjust(life, "offset", CLOSE, amount="50000.00")
    event = accrue(life)
    assert owed(life, event, "offset_amount") == {
        "LP-01": Decimal(0),
        "LP-02": Decimal(30_000),
        "LP-03": Decimal(20_000),
    }


def test_a_rebate_of_one_does_not_move_the_offset_of_others(life: FundLife) -> None:
    adjust(life, "rebate", CLOSE, investor="LP-01", share="0.5")
    adjust(life, "offset", CLOSE, amount="50000.00")
    event = accrue(life)
    assert owed(life, event, "offset_amount") == {
        "LP-01": Decimal(25_000),
        "LP-02": Decimal(15_000),
        "LP-03": Decimal(10_000),
    }


def test_what_one_partner_cannot_take_of_an_offset_the_others_do(life: FundLife) -> None:
    adjust(life, "rebate", CLOSE, investor="LP-01", share="1")
    adjust(life, "offset", CLOSE, amount="50000.00")
    event = accrue(life)
    assert owed(life, event, "offset_amount") == {
        "LP-01": Decimal(0),
        "LP-02": Decimal(30_000),
        "LP-03": Decimal(20_000),
    }


def used(life: FundLife) -> list[Decimal]:
    rows = life.rows(
        "select x.amount from fund.fee_reduction as x"
        " join fund.event as e on x.fund_id = e.fund_id and x.adjustment_id = e.event_id"
        " where x.fund_id = %(fund_id)s order by x.event_id, e.event_on"
    )
    return [row["amount"] for row in rows]


def test_offsets_are_used_in_the_order_of_their_days(life: FundLife) -> None:
    adjust(life, "offset", "2024-03-20", amount="300000.00")
    adjust(life, "offset", "2024-03-10", amount="200000.00")
    event = accrue(life)
    assert used(life) == [Decimal(200_000), Decimal("223076.92")]
    lines = event["event"]["lines"]["fee_reduction"]
    assert sorted(line["amount"] for line in lines) == [200000, 223076.92]
    assert {line["kind"] for line in lines} == {"offset"}


def test_a_reversed_accrual_frees_its_days_and_its_offsets(life: FundLife) -> None:
    adjust(life, "waiver", CLOSE, amount="50000.00")
    adjust(life, "offset", CLOSE, amount="700000.00")
    first = accrue(life)
    second = accrue(life)
    expected = [record(life, event) for event in (first, second)]
    books = life.balances()
    refuses(
        life,
        "reversal",
        {"event_id": str(first["event_id"])},
        "QB409",
        "later_events_are_reversed_first",
    )
    life.take_back(second)
    life.take_back(first)
    assert life.balances() == {}
    again = [accrue(life), accrue(life)]
    assert [record(life, event) for event in again] == expected
    assert [owed(life, event, "net_amount") for event in again] == [
        owed(life, event, "net_amount") for event in (first, second)
    ]
    assert life.balances() == books


def test_an_adjustment_that_was_used_is_reversed_after_the_accrual(life: FundLife) -> None:
    waiver = adjust(life, "waiver", CLOSE, share="0.1")
    offset = adjust(life, "offset", CLOSE, amount="100.00")
    event = accrue(life)
    for adjustment in (waiver, offset):
        asked = {"event_id": str(adjustment["event_id"])}
        refuses(life, "reversal", asked, "QB409", "later_events_are_reversed_first")
    life.take_back(event)
    life.take_back(waiver)
    life.take_back(offset)
    assert amounts(life, "waived_amount", "offset_amount") == [D(0, 0)]


def test_an_offset_that_was_only_carried_can_be_reversed(life: FundLife) -> None:
    adjust(life, "waiver", CLOSE, to_on="2024-04-01", share="1")
    offset = adjust(life, "offset", CLOSE, amount="100.00")
    columns = ("offset_brought_forward", "offset_added", "offset_carried_forward")
    assert amounts(life, *columns) == [D(0, 100, 100)]
    life.take_back(offset)
    assert amounts(life, *columns) == [D(100, -100, 0)]


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": "gift", "amount": 5}, "QB400", "fee_adjustment_kind_known"),
    ({"amount": 5}, "QB400", "required"),
    ({"kind": "waiver"}, "QB400", "fee_adjustment_is_amount_or_share"),
    ({"kind": "waiver", "amount": 5, "share": "0.5"}, "QB400", "fee_adjustment_is_amount_or_share"),
    ({"kind": "offset", "share": "0.5"}, "QB400", "fee_adjustment_is_amount_or_share"),
    ({"kind": "waiver", "amount": 0}, "QB400", "fee_adjustment_to_the_cent"),
    ({"kind": "waiver", "amount": "0.001"}, "QB400", "amount_to_the_cent"),
    ({"kind": "waiver", "amount": -1}, "QB400", "amount_not_negative"),
    ({"kind": "waiver", "share": "1.01"}, "QB400", "share_is_readable"),
    ({"kind": "waiver", "share": 0}, "QB400", "share_is_readable"),
    ({"kind": "waiver", "share": "half"}, "QB400", "share_is_readable"),
    (
        {"kind": "waiver", "share": "0.5", "to_on": "2024-04-01"},
        "QB400",
        "fee_adjustment_ends_after_it_begins",
    ),
    (
        {"kind": "waiver", "share": "0.5", "from_on": "2024-03-31"},
        "QB409",
        "fee_adjustment_before_accrual",
    ),
    ({"kind": "rebate", "amount": 5, "investor": "LP-99"}, "QB400", "partner_unknown"),
    (
        {"kind": "offset", "amount": 5, "investor": "LP-01"},
        "QB400",
        "fee_offset_is_for_all_on_one_day",
    ),
    (
        {"kind": "offset", "amount": 5, "to_on": "2024-06-01"},
        "QB400",
        "fee_offset_is_for_all_on_one_day",
    ),
    ({"kind": "offset", "amount": 5, "from_on": "2019-12-31"}, "QB409", "terms_cover_the_day"),
    ({"kind": "waiver", "amount": 5, "until": "2024-06-01"}, "QB400", "unknown_field"),
    ({"kind": "waiver", "amount": 5, "from_on": None}, "QB400", "required"),
]


@pytest.mark.parametrize(("asked", "sqlstate", "rule"), REFUSED)
def test_an_adjustment_says_what_it_takes(
    life: FundLife, asked: dict[str, Any], sqlstate: str, rule: str
) -> None:
    accrue(life)
    refuses(life, "fee_adjustment", {"from_on": "2024-04-01", **asked}, sqlstate, rule)


def test_nobody_writes_fees_but_events(begin: Begin, life: FundLife) -> None:
    adjust(life, "waiver", CLOSE, amount="5.00")
    event = accrue(life)
    for table in ("fee_adjustment", "fee_run", "fee_line", "fee_segment", "fee_reduction"):
        for verb in (f"delete from fund.{table}", f"update fund.{table} set fund_id = fund_id"):
            with pytest.raises(psycopg.Error) as refusal, life.conn.transaction():
                life.rows(verb)
            assert refusal.value.sqlstate == "QB409"
            assert refusal.value.diag.constraint_name == "recorded_event_is_immutable"
    assert record(life, event)["from_on"] == date(2024, 1, 15)
