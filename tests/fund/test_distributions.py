"""Distributions: who gets what, to the cent, out of cash that is there."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import Row, cash_in

DAY = "2024-05-10"
LATER = "2024-06-20"


@pytest.fixture
def rich(life: FundLife) -> FundLife:
    """The fund of three partners with a million in cash."""
    life.post(cash_in("2024-03-01", "1000000.00"))
    return life


def parts(life: FundLife, event: Any = None, column: str = "amount") -> dict[str, Decimal]:
    return life.by_code(
        f"select investor_id, sum({column}) from fund.distribution_line"
        " where fund_id = %(fund_id)s"
        " and (%(event_id)s::uuid is null or distribution_id = %(event_id)s) group by 1",
        event_id=event["event_id"] if event else None,
    )


def refused(life: FundLife, sent: Row) -> tuple[str | None, str | None]:
    """SQLSTATE and rule of a refused distribution, which has changed nothing."""
    before = life.everything()
    with pytest.raises(psycopg.Error) as refusal, life.conn.transaction():
        life.run("distribution", sent)
    assert life.everything() == before
    return refusal.value.sqlstate, refusal.value.diag.constraint_name


def test_a_distribution_is_shared_by_commitment(rich: FundLife) -> None:
    event = rich.distribute(DAY, "100000.01")
    assert parts(rich, event) == {
        "LP-01": Decimal("50000.01"),
        "LP-02": Decimal("30000.00"),
        "LP-03": Decimal("20000.00"),
    }


def test_who_joined_by_a_close_that_is_taken_back_gets_nothing(rich: FundLife) -> None:
    close = rich.close_on("2024-03-01", {"LP-04": 100_000_000})
    rich.take_back(close, reversed_on="2024-09-30")
    event = rich.distribute("2024-08-01", 1000)
    assert parts(rich, event) == {"LP-01": 500, "LP-02": 300, "LP-03": 200}


def test_equal_partners_never_drift_apart(begin: Callable[..., FundLife]) -> None:
    life = begin(commitments={"LP-01": 100, "LP-02": 100, "LP-03": 100})
    life.post(cash_in("2024-03-01", "1000.00"))
    for _ in range(3):
        life.distribute(DAY, "100.00")
    assert set(parts(life).values()) == {Decimal("100.00")}


def test_a_given_split_is_kept_and_does_not_move_the_next(rich: FundLife) -> None:
    rich.distribute(
        DAY,
        "10.00",
        lines=[{"investor": "LP-03", "amount": "9.99"}, {"investor": "LP-01", "amount": "0.01"}],
    )
    event = rich.distribute(DAY, "100.00")
    assert parts(rich, event) == {"LP-01": 50, "LP-02": 30, "LP-03": 20}
    assert parts(rich)["LP-03"] == Decimal("29.99")


def test_partners_are_named_by_id_too(rich: FundLife) -> None:
    lines = [{"investor": str(rich.investor_id("LP-02")), "amount": 7}]
    assert parts(rich, rich.distribute(DAY, 7, lines=lines)) == {"LP-02": 7}


def test_it_is_owed_when_declared_and_gone_when_paid(rich: FundLife) -> None:
    rich.distribute(DAY, "100000.00", paid_on=LATER)
    assert rich.balances("2024-05-09") == {"1000": 1000000, "4200": -1000000}
    assert rich.balances(DAY) == {
        "1000": 1000000,
        "2300": -100000,
        "3100": 100000,
        "4200": -1000000,
    }
    assert rich.partner_balances("LP-02", DAY) == {"2300": -30000, "3100": 30000}
    assert rich.balances(LATER) == {"1000": 900000, "3100": 100000, "4200": -1000000}
    kinds = [
        r["kind"] for r in rich.rows("select kind from ledger.journal_entry order by entry_on")
    ]
    assert kinds == ["income", "distribution", "distribution_payment"]


def test_the_recallable_part_is_in_proportion_to_what_each_gets(rich: FundLife) -> None:
    event = rich.distribute(DAY, "100.00", recallable_amount="10.01")
    assert parts(rich, event, "recallable_amount") == {
        "LP-01": Decimal("5.01"),
        "LP-02": Decimal("3.00"),
        "LP-03": Decimal("2.00"),
    }


def test_recallable_parts_are_given_by_partner(rich: FundLife) -> None:
    lines = [
        {"investor": "LP-01", "amount": 5, "recallable_amount": 5},
        {"investor": "LP-02", "amount": 5},
    ]
    event = rich.distribute(DAY, 10, lines=lines)
    assert parts(rich, event, "recallable_amount") == {"LP-01": 5, "LP-02": 0}
    assert event["event"]["record"]["recallable_amount"] == 5


@pytest.mark.parametrize(("days", "until"), [(None, None), (30, "2024-07-20")])
def test_what_is_recallable_expires_by_the_terms(
    begin: Callable[..., FundLife], days: int | None, until: str | None
) -> None:
    life = begin(recallable_expiry_days=days)
    life.post(cash_in("2024-03-01", 100))
    sent = {"paid_on": LATER, "recallable_amount": 10}
    event = life.distribute(DAY, 100, **sent, purpose="Exit of Alpha")
    assert event["event"]["record"] | sent | {"recallable_until": until} == event["event"]["record"]
    assert event["event"]["record"]["purpose"] == "Exit of Alpha"


LINE = {"investor": "LP-01", "amount": 60}
REFUSED: dict[str, tuple[Row, tuple[str, str]]] = {
    "more than the cash": ({"amount": "1000000.01"}, ("QB409", "distribution_within_cash")),
    "before the cash came": (
        {"amount": 1, "declared_on": "2024-02-28"},
        ("QB409", "distribution_within_cash"),
    ),
    "lines that are less": ({"lines": [LINE]}, ("QB400", "distribution_split_sums")),
    "lines that are none": ({"lines": []}, ("QB400", "distribution_split_sums")),
    "a partner twice": (
        {"lines": [LINE, {"investor": "LP-01", "amount": 40}]},
        ("QB400", "partner_named_once"),
    ),
    "somebody unknown": (
        {"lines": [{"investor": "LP-99", "amount": 100}]},
        ("QB400", "partner_unknown"),
    ),
    "nobody": ({"lines": [{"amount": 100}]}, ("QB400", "required")),
    "no lines": ({"lines": {"LP-01": 100}}, ("QB400", "lines_are_a_list")),
    "a line that is none": ({"lines": [100]}, ("QB400", "request_is_an_object")),
    "a negative line": (
        {"lines": [LINE | {"amount": 101}, {"investor": "LP-02", "amount": -1}]},
        ("QB400", "amount_not_negative"),
    ),
    "more recallable than distributed": (
        {"recallable_amount": "100.01"},
        ("QB400", "recallable_within_amount"),
    ),
    "more recallable than the line": (
        {"lines": [LINE | {"recallable_amount": 61}, {"investor": "LP-02", "amount": 40}]},
        ("QB400", "recallable_within_amount"),
    ),
    "recallable parts that are less": (
        {
            "recallable_amount": 5,
            "lines": [LINE | {"recallable_amount": 4}, {"investor": "LP-02", "amount": 40}],
        },
        ("QB400", "distribution_recallable_sums"),
    ),
    "nothing": ({"amount": 0}, ("QB400", "distribution_to_the_cent")),
    "half a cent": ({"amount": "1.005"}, ("QB400", "amount_to_the_cent")),
    "no amount": ({"amount": None}, ("QB400", "required")),
    "paid before it is declared": (
        {"paid_on": "2024-05-09"},
        ("QB400", "distribution_paid_after_declared"),
    ),
    "a typo": ({"recalable_amount": 1}, ("QB400", "unknown_field")),
    "before the terms": ({"declared_on": "2019-12-31"}, ("QB409", "event_in_order_of_days")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_and_changes_nothing(rich: FundLife, case: str) -> None:
    sent, rule = REFUSED[case]
    assert refused(rich, {"declared_on": DAY, "amount": 100} | sent) == rule


def test_cash_that_a_later_day_needs_is_not_distributed(rich: FundLife) -> None:
    rich.distribute(DAY, "999999.00", paid_on=LATER)
    assert refused(rich, {"declared_on": DAY, "amount": "1.01"}) == (
        "QB409",
        "distribution_within_cash",
    )
    rich.distribute(DAY, "1.00")
    assert "1000" not in rich.balances(LATER)


def test_cash_in_between_is_seen(rich: FundLife) -> None:
    """Cash is there on the day and at the end, and gone in between."""
    rich.distribute(DAY, 1_000_000, paid_on=LATER)
    rich.post(cash_in("2024-06-30", "500.00"))
    assert refused(rich, {"declared_on": DAY, "amount": 1}) == ("QB409", "distribution_within_cash")
    rich.distribute(DAY, 500, paid_on="2024-06-30")


def test_a_reversal_restores_and_the_next_is_shared_as_if_it_had_never_been(
    rich: FundLife,
) -> None:
    before = rich.balances()
    event = rich.distribute(DAY, "100.01", paid_on=LATER, recallable_amount=1)
    rich.take_back(event)
    assert rich.balances() == before
    assert set(parts(rich).values()) == set(parts(rich, column="exact_amount").values()) == {0}
    again = rich.distribute(DAY, "100.01", paid_on=LATER, recallable_amount=1)
    assert again["event"]["lines"]["distribution_line"] == [
        line | {"distribution_id": str(again["event_id"])}
        for line in event["event"]["lines"]["distribution_line"]
    ]


def test_a_preview_is_what_would_be_and_leaves_nothing(rich: FundLife) -> None:
    before = rich.everything()
    sent = {"declared_on": DAY, "amount": "100.01"}
    preview = rich.run("distribution", sent, preview=True)
    assert rich.everything() == before
    event = rich.run("distribution", sent)

    def shown(row: Any) -> list[Any]:
        return [
            {key: value for key, value in line.items() if key != "distribution_id"}
            for line in row["event"]["lines"]["distribution_line"]
        ]

    assert shown(preview) == shown(event)


def test_one_key_distributes_once(rich: FundLife) -> None:
    sent = {"declared_on": DAY, "amount": 10}
    first = rich.run("distribution", sent, "d-1")
    assert rich.run("distribution", sent, "d-1")["event_id"] == first["event_id"]
    assert sum(parts(rich).values()) == 10


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    weights=st.lists(st.integers(1, 10**9), min_size=1, max_size=8),
    amounts=st.lists(st.integers(1, 10**7), min_size=1, max_size=4),
    order=st.randoms(use_true_random=False),
)
def test_whatever_the_order_of_partners_every_cent_is_given_once(
    begin: Callable[..., FundLife], weights: list[int], amounts: list[int], order: Any
) -> None:
    commitments = {f"LP-{n:02}": weight for n, weight in enumerate(weights)}
    shuffled = list(commitments.items())
    order.shuffle(shuffled)
    found: list[Any] = []
    for partners in (commitments, dict(shuffled)):
        life = begin("Fund " + str(len(found)), partners)
        with life.conn.transaction(force_rollback=True):
            life.post(cash_in("2024-03-01", Decimal(sum(amounts)) / 100))
            for amount in amounts:
                life.distribute(DAY, Decimal(amount) / 100, recallable_amount="0.01")
            got = parts(life)
            assert sum(got.values()) == Decimal(sum(amounts)) / 100
            exact = parts(life, column="exact_amount")
            assert all(abs(got[code] - exact[code]) < Decimal("0.01") for code in got)
            found.append((got, parts(life, column="recallable_amount")))
        life.conn.rollback()
    assert found[0] == found[1]


def test_who_may_not_write_may_not_distribute(as_role: Callable[..., Any], kept: FundLife) -> None:
    kept.post(cash_in("2024-03-01", 100))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("viewer").execute(
            "select fund.issue_distribution(%s, %s)",
            [kept.fund_id, '{"declared_on": "2024-05-10", "amount": 1}'],
        )
    editor = as_role("editor")
    [row] = editor.execute(
        "select event_number from fund.issue_distribution(%s, %s)",
        [kept.fund_id, '{"declared_on": "2024-05-10", "amount": 1}'],
    ).fetchall()
    assert row == (2,)
