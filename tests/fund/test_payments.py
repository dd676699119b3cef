"""fund.record_payment: what money is for, what is kept in advance, what being late costs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from tests.company.books import refused
from tests.conftest import Connection
from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import Row

Begin = Callable[..., FundLife]


def parts(event: DictRow) -> list[tuple[str, float]]:
    """What the money was for, in order."""
    return [(one["applied_to"], one["amount"]) for one in event["event"]["lines"]["payment_line"]]


@pytest.fixture
def late(begin: Begin) -> FundLife:
    """8 % a year from the due date on, with five days of grace."""
    return begin(late_interest_rate="0.08", late_grace_days=5)


def test_an_exact_payment_closes_the_call(life: FundLife) -> None:
    call = life.issue("2024-02-01", 100, due_on="2024-02-15")
    event = life.pay("LP-01", "2024-02-15", 50, memo="Wire 4711")
    assert parts(event) == [("call", 50)]
    assert life.open_amounts(call) == {"LP-02": 30, "LP-03": 20}
    assert life.partner_balances("LP-01") == {"3000": -50}
    assert life.balances()["1000"] == 50
    [entry] = event["event"]["journal_entries"]
    assert (entry["kind"], entry["memo"]) == ("cash_receipt", "Wire 4711")
    assert life.offenders() == {}


def test_a_short_payment_leaves_the_rest_open(life: FundLife) -> None:
    call = life.issue("2024-02-01", 100)
    life.pay("LP-01", "2024-02-10", "49.99")
    assert life.open_amounts(call)["LP-01"] == Decimal("0.01")
    assert parts(life.pay("LP-01", "2024-02-11", "0.01")) == [("call", 0.01)]
    assert "LP-01" not in life.open_amounts(call)


def test_what_is_too_much_is_an_advance(life: FundLife) -> None:
    life.issue("2024-02-01", 100)
    assert parts(life.pay("LP-01", "2024-02-10", 75)) == [("call", 50), ("advance", 25)]
    assert life.partner_balances("LP-01") == {"2000": -25, "3000": -50}
    assert parts(life.pay("LP-01", "2024-02-11", 5)) == [("advance", 5)]


def test_the_call_due_first_is_paid_first(life: FundLife) -> None:
    second = life.issue("2024-02-01", 100, due_on="2024-03-15")
    first = life.issue("2024-02-02", 100, due_on="2024-02-15")
    life.pay("LP-01", "2024-02-10", 60)
    assert life.open_amounts(second)["LP-01"] == 40
    assert "LP-01" not in life.open_amounts(first)


def test_a_named_call_is_paid_before_others(life: FundLife) -> None:
    first = life.issue("2024-02-01", 100)
    second = life.issue("2024-03-01", 100)
    event = life.pay("LP-01", "2024-03-10", 10, call_id=str(second["event_id"]).upper())
    assert parts(event) == [("call", 10)]
    event = life.pay("LP-01", "2024-03-10", 50, call_id=second["event_id"].hex)
    assert parts(event) == [("call", 40), ("call", 10)]
    assert "LP-01" not in life.open_amounts(second)
    assert life.open_amounts(first)["LP-01"] == 40


def test_no_interest_without_a_rate(life: FundLife) -> None:
    life.issue("2024-02-01", 100)
    assert parts(life.pay("LP-01", "2025-02-01", 51)) == [("call", 50), ("advance", 1)]


def test_late_interest_is_simple_from_the_due_date(begin: Begin) -> None:
    """4,000,000 at 8 % for 90 days are 78,904.11 (fundopshq.com, 2026-01-14)."""
    life = begin(commitments={"LP-1": 4_000_000}, late_interest_rate="0.08")
    life.issue("2024-02-01", 4_000_000)
    event = life.pay("LP-1", "2024-05-01", 4_000_000)
    [charged] = event["event"]["lines"]["late_interest"]
    assert (charged["amount"], charged["from_on"], charged["to_on"]) == (
        78904.11, "2024-02-01", "2024-05-01",
    )  # fmt: skip
    assert str(charged["exact_amount"]).startswith("78904.1095")
    assert life.balances() == {
        "1000": 4_000_000,
        "1120": Decimal("78904.11"),
        "3000": -4_000_000,
        "4300": Decimal("-78904.11"),
    }
    # It is no contribution: nothing of the commitment is used by it.
    assert life.unfunded() == {"LP-1": 0}
    assert parts(life.pay("LP-1", "2024-05-02", 80_000)) == [
        ("late_interest", 78904.11), ("advance", 1095.89),
    ]  # fmt: skip
    assert life.offenders() == {}


def test_interest_is_paid_after_calls(late: FundLife) -> None:
    late.issue("2024-02-01", 36_500)
    late.issue("2024-02-05", 100, due_on="2024-12-31")
    # 18,250 for 10 days: 40.00.
    event = late.pay("LP-01", "2024-02-11", 18_250 + 50 + 15)
    assert parts(event) == [("call", 18_250), ("call", 50), ("late_interest", 15)]
    assert late.partner_balances("LP-01") == {"1120": 25, "3000": -18_300}


@pytest.mark.parametrize(("day", "owed"), [("2024-02-06", 0), ("2024-02-07", 24)])
def test_within_the_days_of_grace_nothing_is_late(late: FundLife, day: str, owed: int) -> None:
    late.issue("2024-02-01", 36_500)
    late.pay("LP-01", day, 18_250)
    assert late.partner_balances("LP-01").get("1120", 0) == owed


def test_each_late_part_costs_its_own_days(late: FundLife) -> None:
    late.issue("2024-02-01", 36_500)
    late.pay("LP-01", "2024-02-03", 9_125)
    late.pay("LP-01", "2024-02-11", 4_562.5)
    late.pay("LP-01", "2024-02-21", 4_562.5)
    assert late.partner_balances("LP-01")["1120"] == 10 + 20


def test_terms_of_the_day_of_receipt_hold(late: FundLife) -> None:
    late.set_terms("2024-02-10", late_interest_rate="0.16", late_interest_day_count="act/360")
    late.issue("2024-02-01", 36_000)
    late.pay("LP-01", "2024-02-11", 18_000)
    assert late.partner_balances("LP-01")["1120"] == 80


def test_an_advance_that_was_there_is_not_late(late: FundLife) -> None:
    late.pay("LP-01", "2024-02-05", 10_000)
    late.issue("2024-02-01", 36_500)
    late.pay("LP-01", "2024-02-11", 8_250)
    # Of 18,250 the payment brought 8,250: 10 days at 8 %.
    assert late.partner_balances("LP-01") == {"1120": Decimal("18.08"), "3000": -18_250}


def test_money_before_the_notice_is_kept_in_advance(life: FundLife) -> None:
    call = life.issue("2024-02-01", 100)
    event = life.pay("LP-01", "2024-01-31", 50)
    assert parts(event) == [("advance", 50)]
    with refused(life.conn, "QB400", "payment_not_before_call"):
        life.pay("LP-01", "2024-01-31", 50, call_id=str(call["event_id"]))


def test_a_payment_is_taken_back_whole(late: FundLife) -> None:
    call = late.issue("2024-02-01", 36_500)
    before = late.balances(), late.open_amounts()
    event = late.pay("LP-01", "2024-02-11", 20_000)
    late.take_back(event)
    assert (late.balances(), late.open_amounts()) == before
    assert late.open_amounts(call)["LP-01"] == 18_250
    assert late.offenders() == {}
    assert late.pay("LP-01", "2024-02-11", 20_000)["event"]["lines"]["late_interest"]


def test_a_payment_whose_advance_was_used_is_not_taken_back(life: FundLife) -> None:
    event = life.pay("LP-01", "2024-01-31", 70)
    call = life.issue("2024-02-01", 100)
    with refused(life.conn, "QB409", "later_events_are_reversed_first"):
        life.take_back(event)
    life.take_back(call)
    life.take_back(event)
    assert life.balances() == {}
    assert life.offenders() == {}


def test_an_advance_that_made_less_late_is_not_taken_back(late: FundLife) -> None:
    first = late.pay("LP-01", "2024-02-05", 10_000)
    late.issue("2024-02-01", 36_500)
    # Of 18,250 the advance was there: 8,250 are late. It is still there afterwards.
    second = late.pay("LP-01", "2024-02-11", 18_300)
    assert [x["amount"] for x in second["event"]["lines"]["late_interest"]] == [18.08]
    with refused(late.conn, "QB409", "later_events_are_reversed_first"):
        late.take_back(first)
    late.take_back(second)
    late.take_back(first)
    late.pay("LP-01", "2024-02-11", 18_250)
    assert late.partner_balances("LP-01") == {"1120": 40, "3000": -18_250}


def test_late_interest_that_was_paid_is_not_taken_back(late: FundLife) -> None:
    late.issue("2024-02-01", 36_500)
    charged = late.pay("LP-01", "2024-02-11", 18_250)
    paid = late.pay("LP-01", "2024-02-12", 40)
    with refused(late.conn, "QB409", "later_events_are_reversed_first"):
        late.take_back(charged)
    late.take_back(paid)
    late.take_back(charged)
    assert late.partner_balances("LP-01") == {"1100": 18_250, "3000": -18_250}
    assert late.offenders() == {}


def test_payments_need_not_come_in_order(life: FundLife) -> None:
    life.issue("2024-02-01", 100)
    life.pay("LP-01", "2024-03-01", 10)
    life.pay("LP-01", "2024-02-10", 10)
    assert life.partner_balances("LP-01", "2024-02-10") == {"1100": 40, "3000": -50}


def test_a_preview_changes_nothing_and_the_same_key_pays_once(late: FundLife) -> None:
    late.issue("2024-02-01", 36_500)
    before = late.everything()
    sent = {"investor": "LP-01", "received_on": "2024-02-11", "amount": 20_000}
    shown = late.run("payment", sent, "K", preview=True)
    assert late.everything() == before
    done = late.run("payment", sent, "K")
    assert parts(shown) == parts(done)
    assert late.run("payment", sent, "K")["is_repeat"]
    assert late.balances()["1000"] == 20_000


GOOD: Row = {"investor": "LP-01", "received_on": "2024-02-10", "amount": 5}
REFUSED: dict[str, tuple[Row, str, str]] = {
    "nothing": ({"amount": 0}, "QB400", "payment_has_an_amount"),
    "no amount": ({"amount": None}, "QB400", "required"),
    "negative": ({"amount": -5}, "QB400", "amount_not_negative"),
    "half a cent": ({"amount": "1.005"}, "QB400", "amount_to_the_cent"),
    "of nobody": ({"investor": None}, "QB400", "required"),
    "of a stranger": ({"investor": "LP-09"}, "QB400", "partner_unknown"),
    "no day": ({"received_on": "yesterday"}, "QB400", "day_is_readable"),
    "a typo": ({"investro": "LP-01"}, "QB400", "unknown_field"),
    "no call": ({"call_id": "call 1"}, "QB400", "call_unknown"),
    "an unknown call": (
        {"call_id": "00000000-0000-0000-0000-000000000001"}, "QB400", "call_unknown",
    ),
    "before the books": ({"received_on": "2023-12-31"}, "QB400", "entry_not_before_books"),
    "before the terms": ({"received_on": "2019-12-31"}, "QB409", "terms_cover_the_day"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_bad_input_is_refused_and_changes_nothing(life: FundLife, what: str) -> None:
    sent, status, rule = REFUSED[what]
    before = life.everything()
    for preview in (False, True):
        with refused(life.conn, status, rule):
            life.run("payment", GOOD | sent, preview=preview)
        assert life.everything() == before


def test_a_call_that_is_paid_is_not_named(life: FundLife) -> None:
    call = life.issue("2024-02-01", 100)
    life.pay("LP-01", "2024-02-10", 50)
    with refused(life.conn, "QB409", "call_is_open"):
        life.pay("LP-01", "2024-02-11", 50, call_id=str(call["event_id"]))


def test_an_id_is_nobody_elses_code(life: FundLife) -> None:
    named = str(life.investor_id("LP-02"))
    life.invite(named, named.upper())
    life.rows(
        "insert into fund.commitment (fund_id, investor_id)"
        " select %(fund_id)s, investor_id from fund.investor where lower(investor_code) = %(code)s",
        code=named,
    )
    for written in (named, named.upper()):
        event = life.pay(written, "2024-02-10", 5)
        assert event["event"]["record"]["investor_id"] == named
    assert life.partner_balances("LP-02") == {"2000": -10}


@pytest.mark.parametrize("write", [str, lambda found: str(found).upper()])
def test_partners_are_found_by_an_id_however_it_is_written(
    life: FundLife, write: Callable[[object], str]
) -> None:
    paid = life.pay("LP-02", "2024-02-10", 5)
    named = write(life.investor_id("LP-02"))
    for function in ("fund.list_records(%(fund_id)s, 'payments', p_investor => %(named)s)",
                     "ledger.list_journal(%(fund_id)s, p_investor => %(named)s)"):  # fmt: skip
        [row] = life.rows(f"select body::json -> 'data' as data from {function}", named=named)
        assert len(row["data"]) == 1
    [row] = life.rows(
        "select body::json -> 'data' as data"
        " from fund.get_explanation(%(fund_id)s, %(event)s, %(named)s)",
        event=paid["event_id"],
        named=named,
    )
    assert row["data"]["investor_code"] == "LP-02"


def test_another_fund_has_no_such_partner(begin: Begin, life: FundLife) -> None:
    other = begin("Fund II", commitments={"LP-77": 100})
    with refused(life.conn, "QB400", "partner_unknown"):
        life.pay("LP-77", "2024-02-11", 50)
    assert parts(other.pay("LP-77", "2024-02-11", 50)) == [("advance", 50)]


def test_the_public_name_records(kept: FundLife, as_role: Callable[..., Connection]) -> None:
    editor = kept.on(as_role("editor"))
    [row] = editor.rows(
        "select * from fund.record_payment(%(fund_id)s, %(sent)s)", sent=Jsonb(GOOD)
    )
    assert parts(row) == [("advance", 5)]


@pytest.mark.parametrize("role", ["viewer", "auditor", "investor", "submitter"])
def test_only_editors_record(as_role: Callable[..., Connection], role: str) -> None:
    with refused(as_role(role), "42501", None):
        as_role(role).execute("select fund.record_payment(gen_random_uuid(), %s)", [Jsonb(GOOD)])
