"""fund.declare_default: what is no longer expected of a partner, and what stays."""

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
CENT = Decimal("0.01")


def default(life: FundLife, code: str, day: str, **more: object) -> DictRow:
    return life.run("default", {"investor": code, "declared_on": day, **more})


def test_what_is_open_is_taken_back(life: FundLife) -> None:
    first = life.issue("2024-02-01", 100)
    life.pay("LP-02", "2024-02-10", 20)
    second = life.issue("2024-03-01", 1000, due_on="2024-06-30")
    event = default(life, "LP-02", "2024-04-01", memo="Notice of 1 March unanswered")
    assert life.called(first) == {"LP-01": 50, "LP-02": 20, "LP-03": 20}
    assert life.called(second) == {"LP-01": 500, "LP-02": 0, "LP-03": 200}
    assert "LP-02" not in life.open_amounts()
    assert life.partner_balances("LP-02") == {"3000": -20}
    assert life.unfunded()["LP-02"] == 30_000_000 - 20
    [entry] = event["event"]["journal_entries"]
    assert (entry["kind"], len(entry["lines"])) == ("default", 4)
    assert life.offenders() == {}


def test_what_was_paid_counts_for_the_fee_first(life: FundLife) -> None:
    call = life.issue("2024-02-01", 1000, fee_amount=100)
    life.pay("LP-02", "2024-02-10", 40)
    life.pay("LP-03", "2024-02-10", 10)
    default(life, "LP-02", "2024-04-01")
    default(life, "LP-03", "2024-04-01")
    assert life.called(call) == {"LP-01": 500, "LP-02": 10, "LP-03": 0}
    assert life.called(call, "fee_amount") == {"LP-01": 50, "LP-02": 30, "LP-03": 10}


def test_the_others_are_not_asked_for_it(life: FundLife) -> None:
    call = life.issue("2024-02-01", 100)
    default(life, "LP-02", "2024-04-01")
    assert life.open_amounts(call) == {"LP-01": 50, "LP-03": 20}


def test_cents_owed_to_others_stay_as_they_were(begin: Begin) -> None:
    """LP-1 is ahead by two thirds of a cent: LP-3 gets the next cent, not LP-1 again."""
    life = begin(commitments={f"LP-{n}": 100 for n in (1, 2, 3)})
    life.issue("2024-02-01", "0.01")
    life.issue("2024-02-02", "0.01")
    assert life.called() == {"LP-1": CENT, "LP-2": CENT, "LP-3": 0}
    default(life, "LP-2", "2024-03-01")
    assert life.called(life.issue("2024-04-01", "0.01")) == {"LP-1": 0, "LP-3": CENT}


def test_late_interest_stays_owed(begin: Begin) -> None:
    life = begin(late_interest_rate="0.08")
    life.issue("2024-02-01", 36_500)
    life.pay("LP-01", "2024-02-11", 10_000)
    owed = life.partner_balances("LP-01")["1120"]
    default(life, "LP-01", "2024-04-01")
    assert life.partner_balances("LP-01") == {"1120": owed, "3000": -10_000}


def test_a_default_is_taken_back(life: FundLife) -> None:
    call = life.issue("2024-02-01", 100)
    before = life.balances(), life.called(call)
    event = default(life, "LP-02", "2024-04-01")
    life.take_back(event)
    assert (life.balances(), life.called(call)) == before
    assert life.called(life.issue("2024-05-01", 100))["LP-02"] == 30
    default(life, "LP-02", "2024-06-01")
    assert life.offenders() == {}


def test_later_calls_are_taken_back_first(life: FundLife) -> None:
    life.issue("2024-02-01", 100)
    event = default(life, "LP-02", "2024-04-01")
    call = life.issue("2024-05-01", 100)
    with refused(life.conn, "QB409", "later_events_are_reversed_first"):
        life.take_back(event)
    life.take_back(call)
    life.take_back(event)
    assert life.offenders() == {}


def test_money_of_a_partner_in_default_is_an_advance(life: FundLife) -> None:
    life.issue("2024-02-01", 100)
    default(life, "LP-02", "2024-04-01")
    life.pay("LP-02", "2024-04-02", 30)
    assert life.partner_balances("LP-02") == {"2000": -30}


def test_who_owes_nothing_that_was_due_is_in_no_default(life: FundLife) -> None:
    with refused(life.conn, "QB409", "default_after_due_date"):
        default(life, "LP-02", "2024-04-01")
    life.issue("2024-04-01", 100, due_on="2024-04-15")
    for day in ("2024-04-01", "2024-04-15"):
        with refused(life.conn, "QB409", "default_after_due_date"):
            default(life, "LP-02", day)
    default(life, "LP-02", "2024-04-16")


def test_a_partner_defaults_once(life: FundLife) -> None:
    life.issue("2024-02-01", 100)
    default(life, "LP-02", "2024-04-01")
    with refused(life.conn, "QB409", "partner_defaults_once"):
        default(life, "LP-02", "2024-04-02")


GOOD: Row = {"investor": "LP-01", "declared_on": "2024-04-10"}
REFUSED: dict[str, tuple[Row, str, str]] = {
    "of nobody": ({"investor": None}, "QB400", "required"),
    "of a stranger": ({"investor": "LP-09"}, "QB400", "partner_unknown"),
    "no day": ({"declared_on": None}, "QB400", "required"),
    "a typo": ({"because": "LP-01"}, "QB400", "unknown_field"),
    "before the call": ({"declared_on": "2024-01-31"}, "QB409", "event_in_order_of_days"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_bad_input_is_refused_and_changes_nothing(life: FundLife, what: str) -> None:
    sent, status, rule = REFUSED[what]
    life.issue("2024-02-01", 100)
    before = life.everything()
    for preview in (False, True):
        with refused(life.conn, status, rule):
            life.run("default", GOOD | sent, preview=preview)
        assert life.everything() == before
    life.run("default", GOOD, preview=True)
    assert life.everything() == before


@pytest.mark.parametrize("role", ["viewer", "auditor", "investor", "submitter"])
def test_only_editors_declare(as_role: Callable[..., Connection], role: str) -> None:
    with refused(as_role(role), "42501", None):
        as_role(role).execute("select fund.declare_default(gen_random_uuid(), %s)", [Jsonb(GOOD)])


def test_the_public_name_declares(kept: FundLife, as_role: Callable[..., Connection]) -> None:
    kept.issue("2024-02-01", 100)
    editor = kept.on(as_role("editor"))
    [row] = editor.rows(
        "select * from fund.declare_default(%(fund_id)s, %(sent)s)", sent=Jsonb(GOOD)
    )
    assert row["event"]["kind"] == "default"
    assert editor.called()["LP-01"] == 0
