"""In whatever order closes, calls and distributions come, all is as if it had been one close."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Connection, Database
from tests.fund.fund_life import FundLife

D = Decimal
Amounts = dict[str, Decimal]
History = list[tuple[str, Any]]
CODES = ("LP-1", "LP-10", "LP-2", "Lp-2", "lp-1", "Z")

cents = st.integers(1, 10**10).map(lambda n: D(n) / 100)
commitments = st.dictionaries(
    st.sampled_from(CODES), st.integers(10**4, 10**12).map(lambda n: D(n) / 100), min_size=1
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("close"), commitments),
        st.tuples(st.just("call"), cents),
        st.tuples(st.just("pay"), st.integers(0, 5)),
        st.tuples(st.just("distribute"), cents),
    ),
    max_size=9,
)
anything = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def conn(shared: Database) -> Iterator[Connection]:
    with shared.connect(options="-c role=qb_owner") as found:
        yield found
        found.rollback()


@contextmanager
def ground(conn: Connection) -> Iterator[FundLife]:
    """A fund without partners; afterwards it never was."""
    with conn.transaction(force_rollback=True):
        yield FundLife.begun(conn, commitments={})


class Story:
    """A fund to which the steps happen, a month apart; what does not fit is cut to what does."""

    def __init__(self, life: FundLife, first: Amounts) -> None:
        self.life = life
        self.month = 0
        self.committed: Amounts = {}
        self.subjects: list[tuple[str, D, Any]] = []
        self.closes: list[Any] = []
        self.close(first)

    def day(self) -> str:
        self.month += 1
        return f"{2024 + self.month // 12}-{1 + self.month % 12:02}-01"

    def close(self, amounts: Amounts) -> None:
        for code, amount in amounts.items():
            self.committed[code] = self.committed.get(code, D(0)) + amount
        self.closes.append(self.life.close_on(self.day(), amounts))

    def call(self, amount: D) -> None:
        # A cent of each partner's is left, so that no rounding asks for more than there is.
        rest = sum(self.life.unfunded().values(), D(0)) - len(self.committed) - 1
        if rest > 0:
            amount = min(amount, rest)
            self.subjects.append(("call", amount, self.life.issue(self.day(), amount)))

    def distribute(self, amount: D) -> None:
        amount = min(amount, self.life.balances().get("1000", D(0)))
        if amount > 0:
            event = self.life.distribute(self.day(), amount, recallable_amount=amount / 2 // 1)
            self.subjects.append(("distribution", amount, event))

    def pay(self, number: int) -> None:
        open_ones = sorted(self.life.open_amounts().items())
        if open_ones:
            code, amount = open_ones[number % len(open_ones)]
            self.life.pay(code, self.day(), amount)

    def run(self, history: History) -> None:
        for step, value in history:
            getattr(self, step)(value)

    def parts(self, kind: str, event: Any) -> Amounts:
        if kind == "call":
            return self.life.called(event)
        return self.life.by_code(
            "select investor_id, sum(amount) from fund.distribution_line"
            " where fund_id = %(fund_id)s and distribution_id = %(id)s group by 1",
            id=event["event_id"],
        )


@anything
@given(first=commitments, history=steps, last=commitments)
def test_parts_are_those_of_one_close_with_all_commitments(
    conn: Connection, first: Amounts, history: History, last: Amounts
) -> None:
    with ground(conn) as life:
        story = Story(life, first)
        story.run([*history, ("close", last)])
        assert life.offenders() == {}
        total = sum(story.committed.values(), D(0))
        found = []
        for kind, amount, event in story.subjects:
            parts = story.parts(kind, event)
            assert sum(parts.values()) == amount
            for code, part in parts.items():
                # Running totals are within a cent of what is exact before it and after it.
                assert abs(part - amount * story.committed[code] / total) < D("0.02")
            if kind == "call":
                found.append((amount, parts))

    with ground(conn) as at_once:
        at_once.close_on("2024-01-15", story.committed)
        for amount, parts in found:
            assert parts == at_once.called(at_once.issue("2024-02-01", amount))


@anything
@given(first=commitments, history=steps, last=commitments)
def test_close_moves_what_it_says_and_can_be_taken_back(
    conn: Connection, first: Amounts, history: History, last: Amounts
) -> None:
    with ground(conn) as life:
        story = Story(life, first)
        story.run(history)
        before = standing(life)
        story.close(last)
        moved = life.value(
            "select coalesce(sum(amount), 0) from fund.payment_line"
            " where fund_id = %(fund_id)s and event_id = %(close)s",
            close=story.closes[-1]["event_id"],
        )
        cash = life.balances().get("1000", D(0)) - before["balances"].get("1000", D(0))
        assert cash == moved
        interest = life.rows(
            "select sum(amount) as amount from fund.true_up_interest"
            " where fund_id = %(fund_id)s group by subject_id, event_id"
        )
        assert {row["amount"] for row in interest} <= {D(0)}
        assert min(life.open_amounts().values(), default=D(0)) >= 0
        assert life.offenders() == {}
        life.take_back(story.closes[-1])
        assert standing(life) == before
        assert life.offenders() == {}


@anything
@given(first=commitments, history=steps, last=commitments, random=st.randoms())
def test_order_of_investors_changes_nobodys_amount(
    conn: Connection, first: Amounts, history: History, last: Amounts, random: Random
) -> None:
    def shuffled(amounts: Amounts) -> Amounts:
        codes = sorted(amounts)
        random.shuffle(codes)
        return {code: amounts[code] for code in codes}

    found = []
    for _ in range(2):
        with ground(conn) as life:
            story = Story(life, shuffled(first))
            story.run([(s, shuffled(v) if s == "close" else v) for s, v in history])
            story.close(shuffled(last))
            found.append(standing(life))
    assert found[0] == found[1]


def standing(life: FundLife) -> dict[str, Any]:
    """What stands, by table and investor, and on every account; who has nothing is left out."""
    lines = {
        "commitment_line": "amount",
        "capital_call_line": "weight + 7 * exact_amount + 3 * capital_amount",
        "payment_line": "amount",
        "distribution_line": "weight + 7 * exact_amount + 3 * amount + recallable_amount",
        "true_up_interest": "amount",
    }
    found: dict[str, Any] = {
        table: life.by_code(
            f"select investor_id, sum({amount}) from fund.{table}"
            f" where fund_id = %(fund_id)s group by 1 having sum({amount}) <> 0"
        )
        for table, amount in lines.items()
    }
    found["balances"] = life.balances()
    return found
