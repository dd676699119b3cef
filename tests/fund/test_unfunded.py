"""fund.unfunded and fund.recalled: what can be called, again too, until it lapses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.company.books import refused
from tests.conftest import Connection, Database
from tests.fund.fund_life import FundLife

Begin = Callable[..., FundLife]
_numbers = count(1)


def recallable(life: FundLife, day: str, until: str | None, **amounts: object) -> str:
    """A distribution, all of it recallable, as rows: LP_01=100."""
    number = next(_numbers)
    values = {"day": day, "until": until, "number": number, "total": sum(amounts.values())}  # type: ignore[arg-type]
    event_id = life.value(
        "insert into fund.event (fund_id, event_number, kind, event_on, request, recorded_at,"
        " recorded_by) select fund_id, 1 + max(event_number), 'distribution', %(day)s, '{}',"
        " now(), gen_random_uuid() from fund.event where fund_id = %(fund_id)s group by fund_id"
        " returning event_id",
        **values,
    )
    values["event_id"] = event_id
    life.rows(
        "insert into fund.distribution (fund_id, event_id, distribution_number, declared_on,"
        " paid_on, amount, recallable_amount, recallable_until) select %(fund_id)s, %(event_id)s,"
        " %(number)s, %(day)s, %(day)s, %(total)s, %(total)s, %(until)s",
        **values,
    )
    for line, (name, amount) in enumerate(amounts.items(), 1):
        life.rows(
            "insert into fund.distribution_line (fund_id, event_id, event_on, line_number,"
            " distribution_id, investor_id, reason, weight, exact_amount, amount,"
            " recallable_amount) select %(fund_id)s, %(event_id)s, %(day)s, %(line)s,"
            " %(event_id)s, %(investor)s, 'given', 0, %(amount)s, %(amount)s, %(amount)s",
            line=line,
            investor=life.investor_id(name.replace("_", "-")),
            **(values | {"amount": amount}),
        )
    return str(event_id)


def test_a_recallable_distribution_can_be_called_again(begin: Begin) -> None:
    """10m committed and 1m recallable: 1m more can be called (legalclarity.org)."""
    life = begin(commitments={"LP-1": 10_000_000})
    recallable(life, "2024-03-01", None, LP_1=1_000_000)
    assert life.unfunded("2024-02-29") == {"LP-1": 10_000_000}
    assert life.unfunded("2024-03-01") == life.unfunded() == {"LP-1": 11_000_000}
    life.issue("2024-04-01", 11_000_000)
    assert life.unfunded() == {"LP-1": 0}


def test_what_lapses_unused_is_gone(begin: Begin) -> None:
    life = begin(commitments={"LP-1": 100})
    life.issue("2024-02-01", 100)
    recallable(life, "2024-03-01", "2024-05-31", LP_1=30)
    assert life.unfunded("2024-05-31") == {"LP-1": 30}
    assert life.unfunded("2024-06-01") == {"LP-1": 0}
    with refused(life.conn, "QB409", "call_within_unfunded"):
        life.issue("2024-06-01", "0.01")
    life.issue("2024-05-31", 30)


def test_a_call_uses_what_can_be_called_again_before_the_rest(begin: Begin) -> None:
    """So that after it lapsed, 20 of 100 and not 10 are left."""
    life = begin(commitments={"LP-1": 100})
    life.issue("2024-02-01", 80)
    recallable(life, "2024-03-01", "2024-05-31", LP_1=10)
    life.issue("2024-04-01", 10)
    assert life.unfunded("2024-04-01") == {"LP-1": 20}
    assert life.unfunded("2024-06-01") == {"LP-1": 20}


def test_what_lapses_first_is_used_first(begin: Begin) -> None:
    life = begin(commitments={"LP-1": 100})
    life.issue("2024-02-01", 100)
    never = recallable(life, "2024-02-10", None, LP_1=5)
    late = recallable(life, "2024-02-20", "2024-12-31", LP_1=20)
    soon = recallable(life, "2024-03-01", "2024-05-31", LP_1=30)
    call = life.issue("2024-04-01", 40)
    used = life.rows("select * from fund.recalled(%(fund_id)s) order by amount")
    assert [(str(row["distribution_id"]), row["amount"]) for row in used] == [
        (late, 10), (soon, 30),
    ]  # fmt: skip
    assert {row["call_id"] for row in used} == {call["event_id"]}
    assert life.unfunded("2024-06-01") == {"LP-1": 15}
    assert life.unfunded("2025-01-01") == {"LP-1": 5}
    assert never


def test_a_call_that_is_taken_back_uses_nothing(begin: Begin) -> None:
    life = begin(commitments={"LP-1": 100})
    life.issue("2024-02-01", 100)
    recallable(life, "2024-03-01", "2024-05-31", LP_1=30)
    life.take_back(life.issue("2024-04-01", 30))
    assert life.unfunded("2024-05-31") == {"LP-1": 30}
    assert life.unfunded("2024-06-01") == {"LP-1": 0}


def test_calls_before_a_distribution_do_not_use_it(begin: Begin) -> None:
    life = begin(commitments={"LP-1": 100})
    life.issue("2024-02-01", 60)
    recallable(life, "2024-02-02", "2024-05-31", LP_1=30)
    assert life.unfunded("2024-06-01") == {"LP-1": 40}


def test_each_partner_has_its_own(life: FundLife) -> None:
    recallable(life, "2024-03-01", "2024-05-31", LP_01=30, LP_03=50)
    life.issue("2024-04-01", 100)
    assert life.unfunded("2024-05-31") == {
        "LP-01": 50_000_000 - 20, "LP-02": 30_000_000 - 30, "LP-03": 20_000_000 + 30,
    }  # fmt: skip
    assert life.unfunded("2024-06-01") == {
        "LP-01": 50_000_000 - 20, "LP-02": 30_000_000 - 30, "LP-03": 20_000_000,
    }  # fmt: skip


def test_an_investor_sees_its_own(kept: FundLife, as_role: Callable[..., Connection]) -> None:
    recallable(kept, "2024-03-01", "2024-05-31", LP_01=30, LP_03=50)
    kept.issue("2024-04-01", 100)
    investor = as_role("investor")
    kept.rows(
        "insert into security.user_investor (investor_id, user_id)"
        " select %(id)s, security.user_id_by_email('investor@example.com')",
        id=kept.investor_id("LP-03"),
    )
    seen = kept.on(investor).rows("select * from fund.unfunded(%(fund_id)s, '2024-06-01')")
    assert [tuple(row.values()) for row in seen] == [(kept.investor_id("LP-03"), 20_000_000)]


def test_a_submitter_has_no_business_here(as_role: Callable[..., Connection]) -> None:
    for name in ("unfunded", "recalled"):
        with refused(as_role("submitter"), "42501", None):
            as_role("submitter").execute(f"select fund.{name}(gen_random_uuid())".encode())


BEGIN = date(2024, 2, 1)
days = st.integers(0, 60).map(lambda n: BEGIN + timedelta(days=n))
amounts = st.integers(1, 40)


@pytest.fixture(scope="module")
def one_partner(shared: Database) -> Iterator[FundLife]:
    with shared.connect(options="-c role=qb_owner") as conn:
        yield FundLife.begun(conn, commitments={"LP-1": 10_000})
        conn.rollback()


@given(
    happened=st.lists(st.tuples(days, st.none() | st.integers(0, 30), amounts), max_size=7),
    calls=st.lists(st.tuples(days, amounts), max_size=5),
)
@settings(max_examples=40, deadline=None)
def test_it_is_what_a_bookkeeper_finds_day_by_day(
    one_partner: FundLife,
    happened: list[tuple[date, int | None, int]],
    calls: list[tuple[date, int]],
) -> None:
    """Each day: what is distributed comes in, calls use what lapses first, then it lapses."""
    life = one_partner
    conn = life.conn
    conn.execute("savepoint history")
    given = [
        (day, None if lasts is None else day + timedelta(days=lasts), amount)
        for day, lasts, amount in sorted(happened, key=lambda one: one[0])
    ]
    plan: list[tuple[date, int, date | None, int]] = [
        *((day, 0, until, amount) for day, until, amount in given),
        *((day, 1, None, amount) for day, amount in calls),
    ]
    for day, is_call, until, amount in sorted(plan, key=lambda one: one[:2]):
        if is_call:
            life.issue(str(day), amount)
        else:
            recallable(life, str(day), str(until) if until else None, LP_1=amount)

    left = Decimal(10_000)
    again: list[tuple[date, int]] = []
    for day in (BEGIN + timedelta(days=n) for n in range(95)):
        again += [(until or date.max, amount) for on, until, amount in given if on == day]
        asked = sum(amount for on, amount in calls if on == day)
        again.sort()
        rest = []
        for until, amount in again:
            used = min(asked, amount)
            asked -= used
            if amount > used:
                rest.append((until, amount - used))
        left -= asked
        assert life.unfunded(str(day)) == {"LP-1": left + sum(amount for _, amount in rest)}
        again = [(until, amount) for until, amount in rest if until > day]
    conn.execute("rollback to savepoint history")
