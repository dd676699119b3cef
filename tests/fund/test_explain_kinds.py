"""fund.explain_line of distributions, marks, payments, defaults, fees and reversals: each story
comes to what was recorded."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.company.books import refused
from tests.conftest import Connection, Database
from tests.fund.fee_words import accrue, adjust
from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import Row, cash_in, entry, line

Begin = Callable[..., FundLife]
Steps = list[tuple[str, Any, str]]
D = Decimal


def told(life: FundLife, event: Any, code: str) -> Steps:
    rows = life.rows(
        "select * from fund.explain_line(%(fund_id)s, %(event_id)s, %(investor_id)s)",
        event_id=event["event_id"],
        investor_id=life.investor_id(code),
    )
    assert [row["step"] for row in rows] == list(range(1, len(rows) + 1))
    assert all(row["explanation"] for row in rows), rows
    return [(row["what"], row["amount"], row["explanation"]) for row in rows]


def numbers(life: FundLife, event: Any, code: str) -> Row:
    steps = told(life, event, code)
    found = {what: amount for what, amount, _ in steps}
    assert len(found) == len(steps)
    return found


def mark(life: FundLife, as_of: str, fair_value: object) -> Any:
    return life.run("nav", {"as_of": as_of, "fair_value": fair_value})


@pytest.fixture
def equal(begin: Begin) -> FundLife:
    """Three equal partners and 1,000.00 in cash."""
    life = begin(commitments={"LP-01": 100, "LP-02": 100, "LP-03": 100})
    life.post(cash_in("2024-03-01", "1000.00"))
    return life


# Distributions.


def test_why_the_second_equal_partner_gets_the_cent_of_the_second_distribution(
    equal: FundLife,
) -> None:
    equal.distribute("2024-05-10", 100)
    event = equal.distribute("2024-05-11", 100, recallable_amount=30, paid_on="2024-06-01")
    equal.distribute("2024-05-12", 100)
    steps = told(equal, event, "LP-02")
    assert [(what, amount) for what, amount, _ in steps] == [
        ("distribution", 100),
        ("amount to share", 100),
        ("weight", 100),
        ("exact share", D("33.33333333333333333333")),
        ("exact shares before", D("33.33333333333333333333")),
        ("amounts before", D("33.33")),
        ("behind", D("33.336666666667")),
        ("whole cents", D("33.33")),
        ("cent left over", D("0.01")),
        ("amount", D("33.34")),
        ("recallable", 10),
        ("distributed", D("33.34")),
    ]
    assert "declared on 2024-05-11 and paid on 2024-06-01" in steps[0][2]
    assert "leave 2 cents" in steps[8][2]
    assert "place 2." in steps[8][2]
    assert "without end: 30 x 33.34 / 100," in steps[10][2]


def test_a_split_that_was_given_is_told_as_given(equal: FundLife) -> None:
    lines = [
        {"investor": "LP-02", "amount": 7, "recallable_amount": 2},
        {"investor": "LP-03", "amount": 1, "recallable_amount": 0},
    ]
    event = equal.distribute("2024-05-10", 8, recallable_amount=2, lines=lines)
    steps = told(equal, event, "LP-02")
    assert [step[:2] for step in steps] == [
        ("distribution", 8), ("amount", 7), ("recallable", 2), ("distributed", 7),
    ]  # fmt: skip
    assert steps[2][2].endswith("as its line was given.")
    with refused(equal.conn, "QB404", "line_not_found"):
        told(equal, event, "LP-01")


def test_what_later_events_made_of_a_distribution_is_told(equal: FundLife) -> None:
    event = equal.distribute("2024-05-10", 100, recallable_amount=30)
    equal.close_on("2024-06-01", {"LP-04": 100})
    equal.invite("LP-09")
    equal.run("transfer", {"seller": "LP-04", "buyer": "LP-09", "transferred_on": "2024-07-01"})
    steps = told(equal, event, "LP-01")
    later = next(step for step in steps if step[0].startswith("close of 2024-06-01"))
    assert later[1] == D("-8.34")
    assert later[2] == (
        "Changed the partner's part: rebalancing, -2.50 of it recallable."
        " The money counts on 2024-06-01."
    )
    assert steps[-1][:2] == ("distributed", 25)
    joined = numbers(equal, event, "LP-04")
    assert [*joined.values()][1:] == [25, -25, 0]
    assert [*numbers(equal, event, "LP-09").values()][1:] == [25, 25]


# Net asset values.


def test_a_share_of_the_result_is_told(equal: FundLife) -> None:
    mark(equal, "2024-03-31", "100.01")
    event = mark(equal, "2024-06-30", "0.02")
    equal.post(cash_in("2024-06-30", "77"))  # after the mark, of its day
    steps = told(equal, event, "LP-01")
    assert [step[:2] for step in steps] == [
        ("fair value", D("0.02")),
        ("net asset value", D("1000.02")),
        ("result of all partners", D("-99.99")),
        ("results before", D("1100.01")),
        ("fees", 0),
        ("amount to share", D("1000.02")),
        ("weight", 100),
        ("exact share", D("333.34")),
        ("whole cents", D("333.34")),
        ("cent left over", 0),
        ("amount", D("333.34")),
        ("own fees", 0),
        ("allocated before", D("-366.67")),
        ("result", D("-33.33")),
        ("Partners' capital, result", D("333.34")),
        ("capital account", D("333.34")),
    ]


def test_a_mark_tells_what_was_there_then(equal: FundLife) -> None:
    """Neither what was recorded before it of a later day, nor after it of its own."""
    equal.close_on("2024-07-01", {"LP-04": 700})
    event = mark(equal, "2024-06-30", 200)
    late = entry(
        "catch_up", "2024-06-30",
        line("1000 debit 6"), line("3000 credit 6", equal.investor_id("LP-01")),
    )  # fmt: skip
    equal.post(late)
    steps = numbers(equal, event, "LP-01")
    assert (steps["amount to share"], steps["weight"], steps["amount"]) == (1200, 100, 400)
    assert steps["result"] == steps["Partners' capital, result"] == steps["capital account"] == 400
    assert "Partners' capital, contributed" not in steps


def test_what_a_close_made_of_a_mark_is_told(equal: FundLife) -> None:
    event = mark(equal, "2024-03-31", 200)
    equal.close_on("2024-04-01", {"LP-04": 300})
    name, amount, _ = told(equal, event, "LP-01")[-1]
    assert (name, amount) == ("close of 2024-04-01 (event 3)", -200)
    assert told(equal, event, "LP-04")[0][:2] == ("close of 2024-04-01 (event 3)", 600)


# Payments and defaults.


@pytest.fixture
def late(begin: Begin) -> FundLife:
    """8 % a year from the due date on, with five days of grace."""
    return begin(late_interest_rate="0.08", late_grace_days=5)


def test_what_became_of_a_payment_is_told(late: FundLife) -> None:
    late.issue("2024-02-01", 1_000_000, due_on="2024-02-20")
    late.issue("2024-02-02", 500_000, due_on="2024-02-10")
    late.pay("LP-01", "2024-02-03", 100_000)
    event = late.pay("LP-01", "2024-03-31", 660_000, memo="Wire 7")
    steps = told(late, event, "LP-01")
    assert [step[:2] for step in steps] == [
        ("received", 660_000),
        ("call 2", 150_000),
        ("call 2: late", 150_000),
        ("call 2: days late", 50),
        ("call 2: part of a year", D("0.136986301369863013698630")),
        ("call 2: late interest", D("1643.84")),
        ("call 1", 500_000),
        ("call 1: late", 500_000),
        ("call 1: days late", 40),
        ("call 1: part of a year", D("0.109589041095890410958904")),
        ("call 1: late interest", D("4383.56")),
        ("paid of late interest", D("6027.40")),
        ("advance", D("3972.60")),
        ("accounted for", 660_000),
    ]
    explained = {what: explanation for what, _, explanation in steps}
    assert explained["received"] == "On 2024-03-31. Wire 7"
    assert explained["call 2"] == (
        "Due on 2024-02-10. Open of it: 250000.00 called less 100000.00 paid before."
        " The call due first is paid first."
    )
    assert "150000.00 x 0.08 a year" in explained["call 2: late interest"]
    assert "Charged so far 6027.40, paid before 0.00." in explained["paid of late interest"]


def test_money_that_was_there_before_is_told(late: FundLife) -> None:
    late.pay("LP-01", "2024-01-20", 30)
    call = late.issue("2024-02-01", 100, due_on="2024-02-10")
    late.pay("LP-02", "2024-01-20", 7)
    event = late.pay("LP-02", "2024-02-03", 25, call_id=str(call["event_id"]))
    steps = told(late, event, "LP-02")
    assert [step[:2] for step in steps] == [
        ("received", 25),
        ("advance before", 7),
        ("call 1", 30),
        ("advance", -5),
        ("accounted for", 25),
    ]
    assert "The payment names it." in steps[2][2]
    back = late.take_back(event)
    assert told(late, event, "LP-02")[-1][:2] == (
        f"reversal of 2024-02-03 (event {back['event_number']})",
        -25,
    )


def test_a_payment_tells_what_was_there_then(late: FundLife) -> None:
    """No advance of a later day, though recorded before it, and nothing that came later."""
    late.pay("LP-02", "2024-03-05", 7)
    late.issue("2024-02-01", 100)
    event = late.pay("LP-02", "2024-02-05", 20)
    late.pay("LP-02", "2024-03-05", 1)
    late.run("default", {"investor": "LP-02", "declared_on": "2024-04-01"})
    steps = told(late, event, "LP-02")
    assert [step[:2] for step in steps] == [
        ("received", 20), ("call 1", 20), ("accounted for", 20),
    ]  # fmt: skip
    assert "30.00 called less 0.00 paid before" in steps[1][2]


def test_what_a_default_took_back_is_told(life: FundLife) -> None:
    life.issue("2024-02-01", 1000, fee_amount=100)
    life.issue("2024-02-02", 10)
    life.pay("LP-02", "2024-02-10", 40)
    event = life.run("default", {"investor": "LP-02", "declared_on": "2024-04-01"})
    steps = told(life, event, "LP-02")
    assert [step[:2] for step in steps] == [
        ("call 1: called", 330),
        ("call 1: paid", 40),
        ("call 1: taken back", -290),
        ("call 2: called", 3),
        ("call 2: paid", 0),
        ("call 2: taken back", -3),
        ("taken back", -293),
    ]
    assert steps[2][2] == "What was open: capital 290.00, fee 0.00."
    life.take_back(event)
    assert told(life, event, "LP-02")[-1][1] == 293


# Fees.


@pytest.fixture
def charged(begin: Begin) -> FundLife:
    """2 % of 100 million a year in quarters: 500,000.00 each after the stub of 423,076.92."""
    life = begin(fee_day_count="quarter", fee_offset_share="0.8")
    life.set_fee("*", "2020-01-01", "0.02", "committed")
    life.post(cash_in("2024-01-20", "1000000.00"))
    return life


def test_what_an_offset_has_reduced_is_told(charged: FundLife) -> None:
    event = adjust(charged, "offset", "2024-01-20", amount="1000000", memo="Board fees")
    accrue(charged)
    taken_back = accrue(charged)
    charged.take_back(taken_back)
    steps = told(charged, event, "LP-03")
    assert [step[:2] for step in steps] == [
        ("received", 1_000_000),
        ("credited", 800_000),
        ("fee from 2024-01-15 to 2024-03-31 (event 3)", D("-423076.92")),
        ("left", D("376923.08")),
    ]
    assert steps[0][2] == (
        "By the manager on 2024-01-20, from a company, for all partners. Board fees"
    )
    assert "0.8 of it" in steps[1][2]
    assert "84615.38 of the partner" in steps[2][2]


def test_a_waiver_is_told_to_whom_it_is_for(charged: FundLife) -> None:
    event = adjust(charged, "waiver", "2024-01-15", share="0.5", investor="LP-01")
    accrue(charged)
    steps = told(charged, event, "LP-01")
    assert [step[1] for step in steps] == [D("0.5"), D("-105769.23")]
    assert steps[0][2] == "This part of the gross fee from 2024-01-15 on, of the partner."
    with refused(charged.conn, "QB404", "line_not_found"):
        told(charged, event, "LP-02")


def test_a_payment_of_fees_changes_nobodys_capital(charged: FundLife) -> None:
    accrue(charged)
    charged.run("fee_payment", {"paid_on": "2024-03-01", "amount": "23076.92"})
    event = charged.run("fee_payment", {"paid_on": "2024-03-01", "amount": 1000})
    later = accrue(charged)
    assert numbers(charged, event, "LP-03") == {
        "payable": 400_000,
        "paid": 1000,
        "left": 399_000,
        "own fees": D("84615.38"),
    }
    charged.take_back(later)
    charged.invite("LP-77")
    with refused(charged.conn, "QB404", "line_not_found"):
        told(charged, event, "LP-77")


# Reversals.


def test_a_reversal_tells_what_it_takes_back(late: FundLife) -> None:
    late.issue("2024-02-01", 100)
    payment = late.pay("LP-01", "2024-03-31", 60)
    event = late.take_back(payment)
    steps = told(late, event, "LP-01")
    assert steps[0] == (
        "takes back",
        payment["event_number"],
        f"Event {payment['event_number']}, the payment of 2024-03-31, whose story follows.",
    )
    own = told(late, payment, "LP-01")
    assert steps[1 : 1 + len(own)] == [
        (f"event {payment['event_number']}: {what}", amount, why) for what, amount, why in own
    ]
    assert [step[:2] for step in steps[1 + len(own) :]] == [
        ("taken back: late interest", D("-0.65")),
        ("taken back: payment line", -50),
        ("taken back: payment line", D("-0.65")),
        ("taken back: payment line", D("-9.35")),
    ]
    with refused(late.conn, "QB404", "line_not_found"):
        told(late, event, "LP-02")


# Whatever happened: every story comes to what was recorded.

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
