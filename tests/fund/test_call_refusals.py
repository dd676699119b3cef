"""fund.issue_capital_call: what is refused, and who may not ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from psycopg.types.json import Jsonb

from tests.company.books import refused
from tests.conftest import Connection
from tests.fund.fund_life import FundLife
from tests.ledger.fund_books import Row

Begin = Callable[..., FundLife]


def test_a_call_above_what_is_left_of_a_commitment_is_refused(life: FundLife) -> None:
    life.issue("2024-02-01", 60_000_000, excused=["LP-02"])
    before = life.everything()
    with refused(life.conn, "QB409", "call_within_unfunded"):
        life.issue("2024-03-01", "40000000.01")
    assert life.everything() == before


def test_the_refusal_names_the_partner(life: FundLife) -> None:
    life.issue("2024-02-01", 20_000_000, excused=["LP-01", "LP-02"])
    with pytest.raises(Exception) as caught, life.conn.transaction():
        life.issue("2024-03-01", 10_000_000)
    assert caught.value.diag.message_detail == "LP-03: asked 2000000.00, unfunded 0.00"  # type: ignore[attr-defined]


def test_calls_come_in_the_order_of_their_days(life: FundLife) -> None:
    later = life.issue("2024-03-01", 100)
    with refused(life.conn, "QB409", "event_in_order_of_days"):
        life.issue("2024-02-29", 100)
    life.take_back(later)
    assert life.issue("2024-02-29", 100)["event"]["record"]["call_number"] == 2


def test_a_paid_call_is_not_taken_back(life: FundLife) -> None:
    call = life.issue("2024-02-01", 100)
    payment = life.pay("LP-01", "2024-02-10", 20)
    with refused(life.conn, "QB409", "later_events_are_reversed_first"):
        life.take_back(call)
    life.take_back(payment)
    life.take_back(call)
    assert life.balances() == {}
    with refused(life.conn, "QB409", "event_reversed_once"):
        life.take_back(call)
    assert life.offenders() == {}


GOOD: Row = {"notice_on": "2024-02-01", "capital_amount": 100}
EXCUSED = {"investor": "LP-02"}
REFUSED: dict[str, tuple[Row, str, str]] = {
    "no notice": ({"notice_on": None}, "QB400", "required"),
    "no day": ({"notice_on": "1 Feb"}, "QB400", "day_is_readable"),
    "due before notice": ({"due_on": "2024-01-31"}, "QB400", "call_due_after_notice"),
    "nothing": ({"capital_amount": 0}, "QB400", "call_has_an_amount"),
    "no amount": ({"capital_amount": None}, "QB400", "call_has_an_amount"),
    "negative": ({"capital_amount": -1}, "QB400", "amount_not_negative"),
    "half a cent": ({"capital_amount": "0.005"}, "QB400", "amount_to_the_cent"),
    "not a number": ({"capital_amount": "NaN"}, "QB400", "amount_is_readable"),
    "too much": ({"capital_amount": "1000000000000000"}, "QB400", "amount_in_range"),
    "a negative fee": ({"fee_amount": "-0.01"}, "QB400", "amount_not_negative"),
    "a typo": ({"capitl_amount": 1}, "QB400", "unknown_field"),
    "excuses of another kind": ({"excuses": "LP-02"}, "QB400", "excuses_are_readable"),
    "an excuse of another kind": ({"excuses": ["LP-02"]}, "QB400", "request_is_an_object"),
    "a typo in an excuse": ({"excuses": [{"partner": "LP-02"}]}, "QB400", "unknown_field"),
    "nobody excused": ({"excuses": [{"reason": "none"}]}, "QB400", "required"),
    "a stranger excused": ({"excuses": [{"investor": "LP-09"}]}, "QB400", "partner_unknown"),
    "twice excused": ({"excuses": [EXCUSED, EXCUSED]}, "QB400", "partner_is_excused_once"),
    "excused from nothing": (
        {"capital_amount": 0, "fee_amount": 1, "excuses": [EXCUSED]},
        "QB400",
        "excused_partner_is_called",
    ),
    "everybody excused": (
        {"excuses": [{"investor": f"LP-0{n}"} for n in (1, 2, 3)]},
        "QB409",
        "allocation_has_a_share",
    ),
    "an unknown accrual": ({"fee_event_id": "x"}, "QB400", "fee_accrual_unknown"),
    "before the books": ({"notice_on": "2023-12-31"}, "QB409", "event_in_order_of_days"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_bad_input_is_refused_and_changes_nothing(life: FundLife, what: str) -> None:
    sent, status, rule = REFUSED[what]
    before = life.everything()
    for preview in (False, True):
        with refused(life.conn, status, rule):
            life.run("capital_call", GOOD | sent, preview=preview)
        assert life.everything() == before


def test_what_no_class_pays_is_no_fee(begin: Begin) -> None:
    life = begin(commitments={"GP": 100}, classes={"GP": "general_partner"})
    with refused(life.conn, "QB409", "allocation_has_a_share"):
        life.issue("2024-02-01", 0, fee_amount=1)


def test_a_call_on_nobody_is_none(begin: Begin) -> None:
    life = begin(commitments=None)
    before = life.everything()
    with refused(life.conn, "QB409", "allocation_has_a_share"):
        life.issue("2024-02-01", 10)
    assert life.everything() == before
    life.close_on("2024-02-01", {"LP-01": 100})
    life.issue("2024-02-01", 10)
    life.run("default", {"investor": "LP-01", "declared_on": "2024-03-01"})
    with refused(life.conn, "QB409", "allocation_has_a_share"):
        life.issue("2024-03-01", 10)
    assert life.offenders() == {}


def test_without_terms_there_is_no_call(begin: Begin) -> None:
    life = begin()
    life.rows("update fund.terms set valid_to = '2024-02-01' where fund_id = %(fund_id)s")
    with refused(life.conn, "QB409", "terms_cover_the_day"):
        life.issue("2024-02-01", 1)


def test_a_closed_period_takes_no_call(life: FundLife) -> None:
    life.close("2024-03-31")
    with refused(life.conn, "QB409", "entry_in_open_period"):
        life.issue("2024-03-31", 1)


def test_a_call_of_closed_books_is_taken_back_on_the_first_open_day(life: FundLife) -> None:
    call = life.issue("2024-03-01", 100)
    life.close("2024-03-31")
    taken = life.take_back(call)
    assert taken["event"]["event_on"] == "2024-04-01"
    assert life.balances("2024-03-31") == {"1100": 100, "3000": -100}
    assert life.balances() == {}
    assert life.unfunded("2024-03-31")["LP-01"] == 50_000_000 - 50
    assert life.offenders() == {}


@pytest.mark.parametrize("role", ["viewer", "auditor", "investor", "submitter"])
def test_only_editors_call(as_role: Callable[..., Connection], role: str) -> None:
    with refused(as_role(role), "42501", None):
        as_role(role).execute(
            "select fund.issue_capital_call(gen_random_uuid(), %s)", [Jsonb(GOOD)]
        )


def test_an_editor_calls_through_the_public_name(
    as_role: Callable[..., Connection], kept: FundLife
) -> None:
    editor = kept.on(as_role("editor"))
    [row] = editor.rows(
        "select * from fund.issue_capital_call(%(fund_id)s, %(call)s, 'K-1')", call=Jsonb(GOOD)
    )
    assert row["event"]["lines"]["capital_call_line"][0]["capital_amount"] == 50
    [back] = editor.rows(
        "select * from fund.reverse_event(%(fund_id)s, jsonb_build_object('event_id', %(id)s))",
        id=row["event_id"],
    )
    assert back["event"]["reverses_event_id"] == str(row["event_id"])
    assert set(editor.called().values()) == {0}
