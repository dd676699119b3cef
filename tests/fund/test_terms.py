"""Terms of a fund: versions by day that never overlap, each with the usual defaults."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.company.books import refused
from tests.conftest import Connection
from tests.fund.asking import ask, count, data
from tests.fund.term_words import FIRST, FUND, NOBODY, SCHEDULE, versions

DEFAULTS = {
    "valid_to": None,
    "term_ends_on": None,
    "investment_period_ends_on": None,
    "allocation_basis": "commitment",
    "recallable_expiry_days": None,
    "recallable_in_performance": "all_in",
    "paid_in_dated_by": "receipt",
    "true_up_rate": Decimal("0.08"),
    "true_up_day_count": "act/365",
    "true_up_compounding": "simple",
    "true_up_recipient": "earlier_partners",
    "late_interest_rate": 0,
    "late_interest_day_count": "act/365",
    "late_grace_days": 0,
    "fee_day_count": "act/365",
    "fee_timing": "advance",
    "fee_basis": "opening",
    "fee_period_months": 3,
    "fee_offset_share": 1,
    "fee_from": "first_close",
    "fee_free_classes": ["general_partner", "affiliate"],
    "fee_schedule": [],
}
OTHERS = {
    "valid_to": "2030-01-01",
    "term_ends_on": "2031-12-31",
    "investment_period_ends_on": "2026-01-01",
    "allocation_basis": "unfunded",
    "recallable_expiry_days": 540,
    "recallable_in_performance": "excluded",
    "paid_in_dated_by": "due",
    "true_up_rate": Decimal("0.075"),
    "true_up_day_count": "act/360",
    "true_up_compounding": "annual",
    "true_up_recipient": "fund",
    "late_interest_rate": Decimal("0.12"),
    "late_interest_day_count": "30/360",
    "late_grace_days": 10,
    "fee_day_count": "quarter",
    "fee_timing": "arrears",
    "fee_basis": "daily",
    "fee_period_months": 6,
    "fee_offset_share": Decimal("0.8"),
    "fee_from": "own_close",
    "fee_free_classes": ["friends"],
    "fee_schedule": [
        {
            "investor_class": "*",
            "from_on": "2021-01-01",
            "fee_rate": Decimal("0.02"),
            "fee_base": "nav",
        }
    ],
}


@pytest.fixture
def fund_id(conn: Connection) -> str:
    return str(data(conn, "create_fund", FUND)["fund_id"])


def sendable(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def test_every_convention_has_its_default(conn: Connection, fund_id: str) -> None:
    status, etag, terms = ask(conn, "set_terms", fund_id, {"valid_from": "2021-01-01"})
    assert (status, etag) == (201, '"1"')
    assert {name: terms[name] for name in DEFAULTS} == DEFAULTS
    assert ask(conn, "get_terms", fund_id, "2021-01-01") == (200, '"1"', terms)


def test_every_convention_can_be_set_and_null_is_its_default(
    conn: Connection, fund_id: str
) -> None:
    sent = {name: sendable(value) for name, value in OTHERS.items() if name != "fee_schedule"}
    sent["fee_schedule"] = [{"fee_rate": 0.02, "fee_base": "nav"}]
    terms = data(conn, "set_terms", fund_id, {"valid_from": "2021-01-01", **sent})
    assert {name: terms[name] for name in OTHERS} == OTHERS
    nulls = dict.fromkeys(DEFAULTS) | {"valid_from": "2030-01-01"}
    terms = data(conn, "set_terms", fund_id, nulls)
    assert {name: terms[name] for name in DEFAULTS} == DEFAULTS


def test_a_fee_step_can_begin_with_the_end_of_the_investment_period(
    conn: Connection, fund_id: str
) -> None:
    steps = data(conn, "set_terms", fund_id, FIRST)["fee_schedule"]
    assert [(s["investor_class"], s["from_on"], s["fee_rate"]) for s in steps] == [
        ("*", "2021-01-01", Decimal("0.02")),
        ("*", "2026-01-01", Decimal("0.015")),
        ("friends", "2021-01-01", 0),
    ]


def test_an_amendment_ends_the_version_before_and_keeps_what_it_does_not_name(
    conn: Connection, fund_id: str
) -> None:
    first = data(conn, "set_terms", fund_id, FIRST)
    second = data(conn, "set_terms", fund_id, {"valid_from": "2024-07-01", "late_grace_days": 5})
    assert versions(conn, fund_id) == [("2021-01-01", "2024-07-01"), ("2024-07-01", None)]
    changed = {"valid_from", "late_grace_days"}
    assert {k for k in first if first[k] != second[k]} == changed
    assert (second["true_up_rate"], len(second["fee_schedule"])) == (Decimal("0.1"), 3)
    for day, valid_from in (("2024-06-30", "2021-01-01"), ("2024-07-01", "2024-07-01")):
        [holds] = data(conn, "list_terms", fund_id, day)
        assert holds["valid_from"] == valid_from
    assert data(conn, "list_terms", fund_id, "2020-12-31") == []


def test_a_bounded_version_leaves_its_days_to_it_alone(conn: Connection, fund_id: str) -> None:
    ask(conn, "set_terms", fund_id, FIRST)
    bounded = {"valid_from": "2022-01-01", "valid_to": "2023-01-01"}
    ask(conn, "set_terms", fund_id, bounded)
    ask(conn, "set_terms", fund_id, {"valid_from": "2023-01-01"})
    assert versions(conn, fund_id) == [
        ("2021-01-01", "2022-01-01"),
        ("2022-01-01", "2023-01-01"),
        ("2023-01-01", None),
    ]


@pytest.mark.parametrize(
    ("days", "sql"),
    [
        ({"valid_from": "2020-01-01"}, "'2020-01-01', null"),  # runs into a later one
        ({"valid_from": "2022-06-01"}, "'2022-06-01', null"),  # inside a bounded one
        ({"valid_from": "2022-01-01"}, "'2022-01-01', null"),  # begins with one
        ({"valid_from": "2020-01-01", "valid_to": "2022-01-02"}, "'2020-01-01', '2022-01-02'"),
    ],
)
def test_versions_do_not_overlap_whoever_writes_them(
    conn: Connection, fund_id: str, days: dict[str, str], sql: str
) -> None:
    ask(conn, "set_terms", fund_id, {"valid_from": "2022-01-01", "valid_to": "2023-01-01"})
    with refused(conn, "QB409", "terms_do_not_overlap"):
        ask(conn, "set_terms", fund_id, days)
    with refused(conn, "QB409", "terms_do_not_overlap"):
        insert = f"insert into fund.terms (fund_id, valid_from, valid_to) select %s, {sql}"
        conn.execute(insert.encode(), [fund_id])
    assert versions(conn, fund_id) == [("2022-01-01", "2023-01-01")]


def test_an_end_moved_into_a_later_version_is_refused(conn: Connection, fund_id: str) -> None:
    ask(conn, "set_terms", fund_id, FIRST)
    ask(conn, "set_terms", fund_id, {"valid_from": "2022-01-01"})
    for end in ("null", "'2022-01-02'"):
        with refused(conn, "QB409", "terms_do_not_overlap"):
            query = f"update fund.terms set valid_to = {end} where valid_from = '2021-01-01'"
            conn.execute(query.encode())


def test_the_terms_of_another_fund_do_not_matter(conn: Connection, fund_id: str) -> None:
    other = data(conn, "create_fund", FUND | {"name": "Other"})["fund_id"]
    for fund in (fund_id, other):
        assert ask(conn, "set_terms", fund, FIRST)[0] == 201


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"valid_from": None}, "QB400", "required"),
    ({"valid_from": "2021-02-30"}, "QB400", "value_is_readable"),
    ({"valid_from": "infinity"}, "23514", "terms_days_in_range"),
    ({"valid_to": "2021-01-01"}, "23514", "terms_end_after_they_begin"),
    ({"true_up_rte": 0.1}, "QB400", "unknown_field"),
    ({"row_version": 7}, "QB400", "unknown_field"),
    ({"fund_id": NOBODY}, "QB400", "unknown_field"),
    ({"true_up_rate": "much"}, "QB400", "value_is_readable"),
    ({"true_up_rate": [1]}, "QB400", "value_is_readable"),
    ({"late_grace_days": 1.5}, "QB400", "value_is_readable"),
    ({"fee_free_classes": "affiliate"}, "QB400", "value_is_readable"),
    ({"true_up_rate": 8}, "23514", "true_up_rate_in_range"),
    ({"true_up_rate": "NaN"}, "23514", "true_up_rate_in_range"),
    ({"fee_day_count": "act/364"}, "23514", "day_counts_known"),
    ({"allocation_basis": "mood"}, "23514", "allocation_basis_known"),
    ({"fee_period_months": 5}, "23514", "fee_period_divides_the_year"),
    ({"fee_schedule": {"fee_rate": 0.02}}, "QB400", "fee_schedule_is_a_list"),
    ({"fee_schedule": [0.02]}, "QB400", "request_is_an_object"),
    ({"fee_schedule": [{"fee_base": "nav"}]}, "QB400", "required"),
    ({"fee_schedule": [{"fee_rate": 0.02}]}, "QB400", "required"),
    ({"fee_schedule": [SCHEDULE[0] | {"rate": 1}]}, "QB400", "unknown_field"),
    ({"fee_schedule": [SCHEDULE[0] | {"from_on": "soon"}]}, "QB400", "value_is_readable"),
    ({"fee_schedule": [SCHEDULE[0] | {"fee_rate": "two"}]}, "QB400", "value_is_readable"),
    ({"fee_schedule": [SCHEDULE[0] | {"fee_rate": 2}]}, "23514", "fee_rate_in_range"),
    ({"fee_schedule": [SCHEDULE[0] | {"fee_base": "hope"}]}, "23514", "fee_base_known"),
    ({"fee_schedule": [SCHEDULE[0] | {"investor_class": "A B"}]}, "23514", "fee_class_is_a_word"),
    ({"fee_schedule": [SCHEDULE[0], SCHEDULE[0]]}, "QB400", "fee_step_given_twice"),
    ({"investment_period_ends_on": None}, "QB400", "investment_period_is_dated"),
]


@pytest.mark.parametrize(("change", "sqlstate", "rule"), BAD, ids=[repr(b[0]) for b in BAD])
def test_wrong_terms_are_refused_and_nothing_is_set(
    conn: Connection, fund_id: str, change: dict[str, Any], sqlstate: str, rule: str
) -> None:
    ask(conn, "set_terms", fund_id, {"valid_from": "2020-01-01"})
    with refused(conn, sqlstate, rule):
        ask(conn, "set_terms", fund_id, FIRST | change)
    assert versions(conn, fund_id) == [("2020-01-01", None)]
    assert count(conn, "fund.fee_step") == 0


def test_a_step_does_not_follow_a_changed_investment_period_silently(
    conn: Connection, fund_id: str
) -> None:
    ask(conn, "set_terms", fund_id, FIRST)
    later = {"valid_from": "2025-06-01", "investment_period_ends_on": "2027-01-01"}
    with refused(conn, "QB400", "fee_schedule_follows_the_period"):
        ask(conn, "set_terms", fund_id, later)
    terms = data(conn, "set_terms", fund_id, later | {"fee_schedule": SCHEDULE})
    assert terms["fee_schedule"][1]["from_on"] == "2027-01-01"


def test_a_deleted_version_leaves_the_one_before_as_it_was(conn: Connection, fund_id: str) -> None:
    first = data(conn, "set_terms", fund_id, FIRST)
    ask(conn, "set_terms", fund_id, {"valid_from": "2024-07-01"})
    with refused(conn, "QB412", "stale_version"):
        ask(conn, "delete_terms", fund_id, "2024-07-01", '"9"')
    assert ask(conn, "delete_terms", fund_id, "2024-07-01", '"1"')[0] == 200
    left = data(conn, "get_terms", fund_id, "2021-01-01")
    stamps = {"row_version", "last_update_date", "last_updated_by"}
    assert {k for k in first if first[k] != left[k]} == stamps
    ask(conn, "delete_terms", fund_id, "2021-01-01")
    assert count(conn, "fund.fee_step") == 0
    for function in ("get_terms", "delete_terms"):
        with refused(conn, "QB404", "terms_not_found"):
            ask(conn, function, fund_id, "2021-01-01")


def test_an_unknown_fund_has_no_terms(conn: Connection) -> None:
    with refused(conn, "QB404", "fund_not_found"):
        ask(conn, "set_terms", NOBODY, FIRST)
    with refused(conn, "QB404", "fund_not_found"):
        ask(conn, "list_terms", NOBODY)
    with refused(conn, "QB404", "fund_not_found"):
        ask(conn, "delete_terms", NOBODY, "2021-01-01")
