"""fund.issue_capital_call: who is asked for what, what the books show."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.company.books import refused
from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import Row

Begin = Callable[..., FundLife]


def line(event: Any, code: str, table: str = "capital_call_line") -> Row:
    """The line of a partner in what fund.run_event answers."""
    [found] = [one for one in event["event"]["lines"][table] if one["investor_code"] == code]
    return dict(found)


def test_a_call_is_shared_by_commitment_and_posted(life: FundLife) -> None:
    event = life.issue("2024-02-01", 10_000_000, due_on="2024-02-15", purpose="Investment A")
    assert life.called(event) == {"LP-01": 5_000_000, "LP-02": 3_000_000, "LP-03": 2_000_000}
    assert life.balances() == {"1100": 10_000_000, "3000": -10_000_000}
    assert life.partner_balances("LP-03") == {"1100": 2_000_000, "3000": -2_000_000}
    record = event["event"]["record"]
    assert (record["call_number"], record["due_on"], record["purpose"]) == (
        1, "2024-02-15", "Investment A",
    )  # fmt: skip
    [entry] = event["event"]["journal_entries"]
    assert (entry["kind"], entry["entry_on"], len(entry["lines"])) == (
        "capital_call", "2024-02-01", 6,
    )  # fmt: skip
    assert life.unfunded() == {"LP-01": 45_000_000, "LP-02": 27_000_000, "LP-03": 18_000_000}
    assert life.offenders() == {}


def test_without_a_due_date_it_is_due_on_its_notice(life: FundLife) -> None:
    assert life.issue("2024-02-01", 1)["event"]["record"]["due_on"] == "2024-02-01"


def test_equal_partners_do_not_drift_over_three_calls(begin: Begin) -> None:
    """By itself each call of 100.00 is 33.34, 33.33, 33.33: after three, 100.02, 99.99, 99.99."""
    life = begin(commitments={f"LP-{n}": 1000 for n in (1, 2, 3)})
    calls = [life.issue(f"2024-0{month}-01", 100) for month in (2, 3, 4)]
    assert [list(life.called(call).values()) for call in calls] == [
        [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")],
        [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")],
        [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")],
    ]
    assert set(life.called().values()) == {100}


def test_a_reversed_call_leaves_nothing_to_make_up_for(begin: Begin) -> None:
    life = begin(commitments={f"LP-{n}": 1000 for n in (1, 2, 3)})
    first = life.issue("2024-02-01", 100)
    life.take_back(first)
    assert set(life.called().values()) == {0}
    assert life.balances() == {}
    second = life.issue("2024-02-02", 100)
    assert life.called(second) == life.called()
    assert life.called(second)["LP-1"] == Decimal("33.34")
    assert life.offenders() == {}


def test_commitments_are_called_to_the_last_cent(begin: Begin) -> None:
    """Thirds that were rounded on the way come out even at the end."""
    life = begin(commitments={"LP-1": "33.33", "LP-2": "33.33", "LP-3": "33.34"})
    for amount in ("0.01", "10.00", "49.99", "0.02", "39.98"):
        life.issue("2024-03-01", amount)
    assert life.called() == {
        "LP-1": Decimal("33.33"), "LP-2": Decimal("33.33"), "LP-3": Decimal("33.34"),
    }  # fmt: skip
    assert set(life.unfunded().values()) == {0}


def test_all_that_is_unfunded_can_be_called(begin: Begin) -> None:
    """Whoever is a cent ahead by rounding, and whoever behind: nobody is asked for more."""
    life = begin(commitments={f"LP-{n}": 1000 for n in range(1, 8)}, allocation_basis="unfunded")
    for day, amount, excused in (
        ("2024-02-01", "100.01", ["LP-1", "LP-2"]),
        ("2024-02-02", "77.77", ["LP-3", "LP-4", "LP-5"]),
        ("2024-02-03", "33.33", ["LP-6", "LP-7", "LP-1"]),
        ("2024-02-04", "1.02", []),
    ):
        life.issue(day, amount, excused=excused)
    life.issue("2024-03-01", sum(life.unfunded().values()))
    assert set(life.unfunded().values()) == {0}


def test_rounding_asks_nobody_for_more_than_is_left(begin: Begin) -> None:
    """LP-2 is behind by most of a cent that it cannot be asked for any more."""
    life = begin(commitments={"LP-1": "0.02", "LP-2": "0.01"}, allocation_basis="unfunded")
    life.issue("2024-02-01", "0.01")
    life.issue("2024-02-02", "0.01")
    life.issue("2024-02-03", "0.01")
    assert life.called() == {"LP-1": Decimal("0.02"), "LP-2": Decimal("0.01")}


def test_the_excused_pay_nothing_and_the_others_their_part(life: FundLife) -> None:
    event = life.issue("2024-02-01", 7_000_000, excused=["LP-02"])
    assert life.called(event) == {"LP-01": 5_000_000, "LP-02": 0, "LP-03": 2_000_000}
    excused = line(event, "LP-02")
    assert (excused["is_excused"], excused["memo"], excused["weight"]) == (True, "Side letter", 0)
    assert life.unfunded()["LP-02"] == 30_000_000
    # An excuse holds for one call, and leaves nothing to be caught up.
    assert life.called(life.issue("2024-03-01", 100))["LP-02"] == 30


def test_an_excuse_may_name_an_investor_by_id(life: FundLife) -> None:
    excuses = [{"investor": str(life.investor_id("LP-02"))}]
    event = life.run(
        "capital_call", {"notice_on": "2024-02-01", "capital_amount": 70, "excuses": excuses}
    )
    assert life.called(event)["LP-02"] == 0


def test_terms_may_share_by_unfunded_commitment(begin: Begin) -> None:
    life = begin(allocation_basis="unfunded")
    life.issue("2024-02-01", 40_000_000, excused=["LP-02", "LP-03"])
    event = life.issue("2024-03-01", 6_000_000)
    assert life.called(event) == {"LP-01": 1_000_000, "LP-02": 3_000_000, "LP-03": 2_000_000}
    assert line(event, "LP-01")["weight"] == 10_000_000


def test_terms_are_those_of_the_notice(life: FundLife) -> None:
    life.issue("2024-02-01", 40_000_000, excused=["LP-02", "LP-03"])
    life.set_terms("2024-04-01", allocation_basis="unfunded")
    assert life.called(life.issue("2024-03-31", 100))["LP-01"] == 50
    assert life.called(life.issue("2024-04-01", 60))["LP-01"] == 10


def test_classes_that_pay_no_fee_are_not_called_for_it(begin: Begin) -> None:
    life = begin(
        commitments={"GP": 10_000_000, "LP-1": 60_000_000, "LP-2": 30_000_000},
        classes={"GP": "general_partner"},
    )
    event = life.issue("2024-02-01", 1_000_000, fee_amount=450_000)
    assert life.called(event) == {"GP": 100_000, "LP-1": 600_000, "LP-2": 300_000}
    assert life.called(event, "fee_amount") == {"GP": 0, "LP-1": 300_000, "LP-2": 150_000}
    assert life.unfunded()["LP-1"] == 59_100_000
    assert life.balances() == {"1100": 1_450_000, "3000": -1_450_000}


def test_fees_do_not_drift_either(begin: Begin) -> None:
    life = begin(commitments={f"LP-{n}": 1000 for n in (1, 2, 3)})
    for month in (2, 3, 4):
        life.issue(f"2024-0{month}-01", 0, fee_amount=100)
    assert set(life.called(column="fee_amount").values()) == {100}
    assert set(life.called().values()) == {0}


def test_an_excuse_from_investing_leaves_the_fee(life: FundLife) -> None:
    event = life.issue("2024-02-01", 700, excused=["LP-02"], fee_amount=100)
    assert life.called(event, "fee_amount")["LP-02"] == 30
    assert life.called(event)["LP-02"] == 0


def test_a_fee_counts_as_called_too(begin: Begin) -> None:
    life = begin(commitments={"LP-1": 100})
    with refused(life.conn, "QB409", "call_within_unfunded"):
        life.issue("2024-02-01", 99, fee_amount="1.01")
    life.issue("2024-02-01", 99, fee_amount=1)
    assert life.unfunded() == {"LP-1": 0}


def test_an_advance_is_used_at_once(life: FundLife) -> None:
    life.issue("2024-02-01", 100)
    life.pay("LP-01", "2024-02-10", 75)
    assert life.partner_balances("LP-01") == {"2000": -25, "3000": -50}
    event = life.issue("2024-03-01", 40)
    assert life.open_amounts(event) == {"LP-02": 12, "LP-03": 8}
    assert life.partner_balances("LP-01") == {"2000": -5, "3000": -70}
    kinds = [entry["kind"] for entry in event["event"]["journal_entries"]]
    assert kinds == ["capital_call", "cash_receipt"]
    assert life.offenders() == {}
    life.take_back(event)
    assert life.partner_balances("LP-01") == {"2000": -25, "3000": -50}
    assert life.offenders() == {}


def test_money_that_came_after_the_notice_is_no_advance_on_it(life: FundLife) -> None:
    life.pay("LP-01", "2024-03-10", 75)
    event = life.issue("2024-03-01", 100)
    assert life.open_amounts(event)["LP-01"] == 50
    # The next payment finds it.
    life.pay("LP-01", "2024-03-20", 5)
    assert life.open_amounts(event) == {"LP-02": 30, "LP-03": 20}
    assert life.partner_balances("LP-01") == {"2000": -30, "3000": -50}
    assert life.offenders() == {}


def test_who_is_in_default_is_left_out(life: FundLife) -> None:
    life.issue("2024-02-01", 1000)
    life.run("default", {"investor": "LP-02", "declared_on": "2024-03-01"})
    event = life.issue("2024-04-01", 700, fee_amount=70)
    assert life.called(event) == {"LP-01": 500, "LP-03": 200}
    assert life.called(event, "fee_amount") == {"LP-01": 50, "LP-03": 20}
    with refused(life.conn, "QB400", "excused_partner_is_called"):
        life.issue("2024-05-01", 10, excused=["LP-02"])


def test_a_preview_shows_what_would_be_and_changes_nothing(life: FundLife) -> None:
    before = life.everything()
    request = {"notice_on": "2024-02-01", "capital_amount": "100.00"}
    shown = life.run("capital_call", request, preview=True)
    assert shown["event_id"] is None
    assert life.everything() == before
    done = life.run("capital_call", request, "K-1")
    keep = ("investor_code", "capital_amount", "exact_amount", "weight")
    lines = [
        [{key: one[key] for key in keep} for one in event["event"]["lines"]["capital_call_line"]]
        for event in (shown, done)
    ]
    assert lines[0] == lines[1]
    assert (shown["event_number"], done["event_number"]) == (2, 2)


def test_the_same_key_calls_once(life: FundLife) -> None:
    request = {"notice_on": "2024-02-01", "capital_amount": "100.00"}
    first = life.run("capital_call", request, "K-1")
    before = life.everything()
    again = life.run("capital_call", request, "K-1")
    assert (again["is_repeat"], again["event"]) == (True, first["event"])
    with refused(life.conn, "QB409", "event_key_unique"):
        life.run("capital_call", request | {"capital_amount": "100.01"}, "K-1")
    assert life.everything() == before


def test_an_accrued_fee_is_called_as_it_was_accrued(begin: Begin) -> None:
    """The lines of the accrual are written here as the owner."""
    life = begin()
    accrual = life.value(
        "insert into fund.event (fund_id, event_number, kind, event_on, request, recorded_at,"
        " recorded_by) select %(fund_id)s, 2, 'management_fee', '2024-01-31', '{}', now(),"
        " gen_random_uuid() returning event_id"
    )
    life.rows(
        "insert into fund.fee_run select %(fund_id)s, %(id)s, 'period', '2024-01-15', '2024-04-01',"
        " 333.33, 0, 0, 0, 0, 0, 0, 333.33",
        id=accrual,
    )
    for number, (code, amount) in enumerate({"LP-01": "111.12", "LP-02": "222.21"}.items(), 1):
        life.rows(
            "insert into fund.fee_line"
            " select %(fund_id)s, %(id)s, '2024-01-31', %(number)s, %(id)s, %(investor)s,"
            " 0, %(amount)s, 0, 0, 0, %(amount)s",
            id=accrual,
            number=number,
            investor=life.investor_id(code),
            amount=amount,
        )
    sent = {"notice_on": "2024-02-01", "capital_amount": 100, "fee_event_id": str(accrual)}
    with refused(life.conn, "QB400", "fee_is_what_accrued"):
        life.run("capital_call", sent | {"fee_amount": "333.34"})
    event = life.run("capital_call", sent)
    assert life.called(event, "fee_amount") == {
        "LP-01": Decimal("111.12"), "LP-02": Decimal("222.21"), "LP-03": 0,
    }  # fmt: skip
    assert event["event"]["record"]["fee_amount"] == 333.33
    # However its id is written, now and then.
    for written in (str(accrual), str(accrual).upper(), accrual.hex, f"{{{accrual}}}"):
        with refused(life.conn, "QB409", "fee_accrual_is_called_once"):
            life.run("capital_call", sent | {"fee_event_id": written})
    life.take_back(event)
    again = life.run("capital_call", sent | {"fee_event_id": accrual.hex, "fee_amount": "333.33"})
    with refused(life.conn, "QB409", "fee_accrual_is_called_once"):
        life.run("capital_call", sent)
    with refused(life.conn, "QB409", "later_events_are_reversed_first"):
        life.take_back({"event_id": accrual})
    assert life.called(again, "fee_amount")["LP-01"] == Decimal("111.12")
