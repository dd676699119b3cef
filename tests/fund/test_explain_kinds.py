"""fund.explain_line of every kind of event: each story comes to what was recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.company.books import refused
from tests.conftest import Connection, Database
from tests.fund.explain_words import D, numbers, told
from tests.fund.fund_life import FundLife
from tests.fund.measure_words import mark
from tests.ledger.fund_books import Row, cash_in

CODES = ("LP-1", "LP-2", "LP-3", "LP-4")
cents = st.integers(1, 3 * 10**6).map(lambda n: D(n) / 100)
happenings = st.lists(
    st.one_of(
        st.tuples(st.just("close"), st.sampled_from(CODES), cents),
        st.tuples(st.just("call"), cents, cents),
        st.tuples(st.just("pay"), st.sampled_from(CODES), cents),
        st.tuples(st.just("distribute"), cents, st.integers(0, 100)),
        st.tuples(st.just("mark"), cents, st.none()),
        st.tuples(st.just("fee"), st.none(), st.none()),
        st.tuples(st.just("default"), st.sampled_from(CODES), st.none()),
        st.tuples(st.just("transfer"), st.sampled_from(CODES), st.sampled_from(CODES)),
        st.tuples(st.just("take back"), st.none(), st.none()),
    ),
    min_size=3,
    max_size=9,
)


class Lived:
    """A fund to which things happen, a quarter apart."""

    def __init__(self, life: FundLife) -> None:
        self.life = life
        self.quarter = 0
        self.events: list[Any] = []
        self.reversals: list[Any] = []
        life.set_fee("*", "2020-01-01", D("0.02"), "committed")
        life.post(cash_in("2024-01-15", "1000000.00"))

    def happen(self, kind: str, first: Any, second: Any) -> None:
        life, day = self.life, f"{2024 + self.quarter // 4}-{3 * (self.quarter % 4) + 2:02}-01"
        self.quarter += 1
        if kind == "close":
            event = life.close_on(day, {first: second})
        elif kind == "call":
            event = life.issue(day, first, fee_amount=second.quantize(D(1)))
        elif kind == "pay":
            event = life.pay(first, day, second)
        elif kind == "distribute":
            recallable = (first * second).quantize(D(1)) / 100
            event = life.distribute(day, first, recallable_amount=recallable)
        elif kind == "mark":
            quarter_end = (
                f"{day[:5]}" + ("03-31", "06-30", "09-30", "12-31")[(self.quarter - 1) % 4]
            )
            event = mark(life, quarter_end, first)
        elif kind == "fee":
            event = life.run("management_fee", {})
        elif kind == "default":
            event = life.run("default", {"investor": first, "declared_on": day})
        elif kind == "transfer":
            life.invite(second)
            sent = {"seller": first, "buyer": second, "transferred_on": day, "fraction": "0.3"}
            event = life.run("transfer", sent)
        else:
            event = life.take_back(self.events[-1])
            self.events.pop()
            self.reversals.append(event)
            return
        self.events.append(event)

    def check(self, event: Any) -> None:
        lines = event["event"]["lines"]
        codes = {line["investor_code"] for rows in lines.values() for line in rows
                 if "investor_code" in line}  # fmt: skip
        for code in codes:
            own = {
                table: [line for line in rows if line.get("investor_code") == code]
                for table, rows in lines.items()
            }
            getattr(self, "check_" + event["event"]["kind"])(event, code, own)

    def stands(self, table: str, column: str, subject: str, event: Any, code: str) -> D:
        found = self.life.value(
            f"select coalesce(sum({column}), 0) from fund.{table} where fund_id = %(fund_id)s"
            f" and {subject} = %(event_id)s and investor_id = %(investor_id)s",
            event_id=event["event_id"],
            investor_id=self.life.investor_id(code),
        )
        assert isinstance(found, D)
        return found

    def check_capital_call(self, event: Any, code: str, own: Row) -> None:
        steps = numbers(self.life, event, code)
        [line] = own["capital_call_line"]
        assert steps.get("limit", steps["amount"]) == D(str(line["capital_amount"]))
        assert steps.get("fee", 0) == D(str(line["fee_amount"]))
        called = self.stands("capital_call_line", "capital_amount + fee_amount", "call_id", event,
                             code)  # fmt: skip
        assert [*steps.values()][-1] == steps["open"] == called - steps["paid"]

    def check_distribution(self, event: Any, code: str, own: Row) -> None:
        steps = numbers(self.life, event, code)
        [line] = own["distribution_line"]
        assert steps["amount"] == D(str(line["amount"]))
        assert steps["whole cents"] + steps["cent left over"] == steps["amount"]
        assert steps.get("recallable", 0) == D(str(line["recallable_amount"]))
        later = sum((amount for what, amount in steps.items() if "(event" in what), D())
        last = [*steps.values()][-1]
        assert last == steps["amount"] + later
        assert last == self.stands("distribution_line", "amount", "distribution_id", event, code)

    def check_nav(self, event: Any, code: str, own: Row) -> None:
        steps = numbers(self.life, event, code)
        [line] = own["nav_line"]
        assert steps["result"] == D(str(line["result_amount"]))
        assert steps["result"] == (steps["amount"] + steps["own fees"] + steps["allocated before"])
        assert steps["amount to share"] == (
            steps["result of all partners"] + steps["results before"] + steps["fees"]
        )
        accounts = sum((a for what, a in steps.items() if what.startswith("Partners'")), D())
        assert accounts == steps["capital account"] == D(str(line["nav_amount"]))

    def check_payment(self, event: Any, code: str, own: Row) -> None:
        steps = numbers(self.life, event, code)
        assert steps["accounted for"] == steps["received"]
        used = [amount for what, amount in steps.items()
                if (what[:5] == "call " and ":" not in what)
                or what in ("paid of late interest", "advance")]  # fmt: skip
        assert used == [D(str(line["amount"])) for line in own["payment_line"]]
        interest = [amount for what, amount in steps.items() if what.endswith(": late interest")]
        assert interest == [D(str(line["amount"])) for line in own.get("late_interest", [])]
        for what, amount in steps.items():
            if what.endswith(": late interest"):
                call = what.partition(":")[0]
                exact = steps[call + ": late"] * steps[call + ": part of a year"] * D("0.08")
                assert abs(exact - amount) <= D("0.005")

    def check_close(self, event: Any, code: str, own: Row) -> None:
        steps = numbers(self.life, event, code)
        legs = [amount for what, amount in steps.items() if what.endswith(": leg")]
        assert sorted(legs) == sorted(
            D(str(line["capital_amount"] if "capital_amount" in line else line["amount"]))
            for table in ("capital_call_line", "distribution_line")
            for line in own.get(table, [])
            if line["reason"] == "rebalancing"
        )

    def check_transfer(self, event: Any, code: str, own: Row) -> None:
        assert numbers(self.life, event, code)

    def check_default(self, event: Any, code: str, own: Row) -> None:
        steps = numbers(self.life, event, code)
        taken = [amount for what, amount in steps.items() if what.endswith(": taken back")]
        assert taken == [
            D(str(line["capital_amount"])) + D(str(line["fee_amount"]))
            for line in own["capital_call_line"]
        ]
        assert steps["taken back"] == sum(taken)
        for what, amount in steps.items():
            if what.endswith(": called"):
                call = what.partition(":")[0]
                assert steps[call + ": paid"] - amount == steps[call + ": taken back"]

    def check_management_fee(self, event: Any, code: str, own: Row) -> None:
        [line] = own["fee_line"]
        steps = told(self.life, event, code)
        net = next(amount for what, amount, _ in steps if what == "net")
        assert net == D(str(line["net_amount"]))
        later = sum((amount for what, amount, _ in steps if "(event" in what), D())
        assert net + later == self.stands("fee_line", "net_amount", "fee_id", event, code)

    def check_reversal(self, event: Any, code: str, own: Row) -> None:
        steps = told(self.life, event, code)
        back = [step for step in steps if step[0].startswith("taken back: ")]
        assert len(back) == sum(len(rows) for rows in own.values()) > 0
        assert steps[-len(back) :] == back


@given(happenings=happenings)
@settings(max_examples=20, deadline=None)
def test_every_story_comes_to_what_was_recorded(
    shared: Database, happenings: list[tuple[str, Any, Any]]
) -> None:
    with shared.connect(options="-c role=qb_owner") as conn:
        life = FundLife.begun(
            conn, commitments={"LP-1": 100_000, "LP-2": 100_000}, late_interest_rate="0.08"
        )
        lived = Lived(life)
        for happening in happenings:
            if happening[0] == "take back" and not lived.events:
                continue
            try:
                with conn.transaction():
                    lived.happen(*happening)
            except psycopg.DatabaseError as refusal:
                # What is refused does not happen.
                assert (refusal.sqlstate or "").startswith("QB4"), refusal
        for event in lived.events + lived.reversals:
            lived.check(event)
        conn.rollback()


NEW = (
    "explain_distribution_line", "explain_nav_line", "marked_capital", "explain_payment",
    "explain_late_interest", "explain_default", "explain_fee_adjustment", "explain_fee_payment",
    "explain_reversal",
)  # fmt: skip


@pytest.mark.parametrize("function", NEW)
@pytest.mark.parametrize("role", ["viewer", "auditor", "editor_scoped"])
def test_readers_ask_for_reasons(
    as_role: Callable[..., Connection], role: str, function: str
) -> None:
    nobody = "gen_random_uuid(), gen_random_uuid(), gen_random_uuid()"
    row = as_role(role).execute(f"select count(*) from fund.{function}({nobody})").fetchone()
    assert row == (0,)


@pytest.mark.parametrize("function", NEW)
def test_an_investor_asks_somebody(as_role: Callable[..., Connection], function: str) -> None:
    nobody = "gen_random_uuid(), gen_random_uuid(), gen_random_uuid()"
    with refused(as_role("investor"), "42501", None):
        as_role("investor").execute(f"select fund.{function}({nobody})")
