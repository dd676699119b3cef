"""fund.explain_line: every step from the call to the cent, and what came after."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.rows import DictRow

from tests.company.books import refused
from tests.conftest import Connection, Database
from tests.fund.fund_life import FundLife

Begin = Callable[..., FundLife]


def explain(life: FundLife, event: DictRow, code: str) -> dict[str, tuple[Any, str]]:
    """Steps by what they are: the number, and where it is from."""
    rows = life.rows(
        "select * from fund.explain_line(%(fund_id)s, %(event_id)s, %(investor)s)",
        event_id=event["event_id"],
        investor=life.investor_id(code),
    )
    assert [row["step"] for row in rows] == list(range(1, len(rows) + 1))
    return {row["what"]: (row["amount"], row["explanation"]) for row in rows}


def test_why_the_third_equal_partner_pays_the_cent_of_the_third_call(begin: Begin) -> None:
    life = begin(commitments={f"LP-{n}": 1000 for n in (1, 2, 3)})
    calls = [life.issue(f"2024-0{month}-01", 100) for month in (2, 3, 4)]
    told = explain(life, calls[2], "LP-3")
    assert {what: amount for what, (amount, _) in told.items()} == {
        "amount to share": 100,
        "weight": 1000,
        "exact share": Decimal("33.33333333333333333333"),
        "exact shares before": Decimal("66.66666666666666666666"),
        "amounts before": Decimal("66.66"),
        "behind": Decimal("33.34"),
        "whole cents": Decimal("33.34"),
        "cent left over": 0,
        "amount": Decimal("33.34"),
        "paid": 0,
        "open": Decimal("33.34"),
    }
    assert told["weight"][1] == "Of 3000, the weights of all who have a share."
    first = explain(life, calls[0], "LP-1")
    assert (first["whole cents"][0], first["cent left over"][0]) == (
        Decimal("33.33"), Decimal("0.01"),
    )  # fmt: skip
    assert "leave 1 cent " in first["cent left over"][1]
    assert "place 1." in first["cent left over"][1]
    other = explain(life, calls[0], "LP-2")
    assert (other["cent left over"][0], other["amount"][0]) == (0, Decimal("33.33"))
    assert "place 2." in other["cent left over"][1]


def test_what_came_after_is_told_too(life: FundLife) -> None:
    call = life.issue("2024-02-01", 1000, fee_amount=100)
    life.pay("LP-02", "2024-02-10", 40)
    life.run("default", {"investor": "LP-02", "declared_on": "2024-04-01"})
    told = explain(life, call, "LP-02")
    assert told["fee"][0] == 30
    assert told["default of 2024-04-01 (event 4)"][0] == -290
    assert (told["paid"][0], told["open"][0]) == (40, 0)


def test_an_excuse_is_the_explanation(life: FundLife) -> None:
    told = explain(life, life.issue("2024-02-01", 100, excused=["LP-02"]), "LP-02")
    assert (told["weight"][0], told["amount"][0]) == (0, 0)
    assert told["excuse"] == (0, "Side letter")


def test_nothing_written_is_nothing_to_explain(life: FundLife) -> None:
    payment = life.pay("LP-01", "2024-02-10", 60)
    with refused(life.conn, "QB404", "line_not_found"):
        explain(life, payment, "LP-02")
    with refused(life.conn, "QB404", "line_not_found"):
        explain(life, payment | {"event_id": UUID(int=1)}, "LP-01")


@given(
    commitments=st.lists(st.integers(1, 10**6), min_size=1, max_size=6),
    amounts=st.lists(st.tuples(st.integers(1, 999), st.integers(0, 5)), min_size=1, max_size=5),
    basis=st.sampled_from(["commitment", "unfunded"]),
)
@settings(max_examples=20, deadline=None)
def test_the_steps_come_to_what_was_recorded(
    shared: Database, commitments: list[int], amounts: list[tuple[int, int]], basis: str
) -> None:
    with shared.connect(options="-c role=qb_owner") as conn:
        life = FundLife.begun(
            conn,
            commitments={f"LP-{n}": amount for n, amount in enumerate(commitments)},
            allocation_basis=basis,
        )
        for day, (cents, excused) in enumerate(amounts, 1):
            codes = [f"LP-{excused}"] if 1 < len(commitments) > excused else []
            amount = min(Decimal(cents) / 100, *life.unfunded().values())
            if amount == 0:
                break
            call = life.issue(f"2024-02-{day:02}", amount, excused=codes)
            for code, called in life.called(call).items():
                told = explain(life, call, code)
                assert told.get("limit", told["amount"])[0] == called
                assert told["whole cents"][0] + told["cent left over"][0] == told["amount"][0]
        conn.rollback()


def test_an_investor_asks_somebody(as_role: Callable[..., Connection]) -> None:
    """The steps show what all partners weigh."""
    with refused(as_role("investor"), "42501", None):
        as_role("investor").execute(
            "select fund.explain_line(gen_random_uuid(), gen_random_uuid(), gen_random_uuid())"
        )
