"""Dated valuations below a company: whatever happens to them, its quarters follow."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.company.calls import Answer, call, company, quarter, refusal
from tests.conftest import Connection

Role = Callable[..., Connection]


@pytest.fixture
def conn(as_role: Role) -> Connection:
    """An editor's request, with a company that has reported two quarters."""
    found = as_role("editor")
    company(found, "acme", post_money_valuation=7)
    for day in ("2024-03-31", "2024-09-30"):
        quarter(found, "acme", day, total_revenue=1_000_000)
    return found


def add(conn: Connection, day: str, **more: object) -> Answer:
    body = {"round_on": day, "post_money_valuation": 20} | more
    return call(conn, "add_valuation_round", company_id="acme", round=body)


def values(conn: Connection) -> list[float | None]:
    """Enterprise value by quarter, in millions."""
    rows = call(conn, "list_metrics", currency="USD").data
    return [row["enterprise_value"] and row["enterprise_value"] / 1e6 for row in rows]


def test_quarters_follow_every_change_of_a_round(conn: Connection) -> None:
    assert values(conn) == [7, 7]
    made = add(conn, "2024-05-01")
    assert (made.status, made.etag, made.data["currency"]) == (201, '"1"', "USD")
    assert (made.data["amount_unit"], made.data["equity_raised"]) == ("millions", None)
    assert values(conn) == [None, 20]
    one = {"company_id": "acme", "valuation_round_id": made.data["valuation_round_id"]}
    assert call(conn, "get_valuation_round", **one).data == made.data
    change = {"post_money_valuation": 30_000_000, "amount_unit": "units", "round_name": "B"}
    fixed = call(conn, "update_valuation_round", **one, round=change)
    assert (fixed.etag, fixed.data["round_name"]) == ('"2"', "B")
    assert values(conn) == [None, 30]
    call(conn, "update_valuation_round", **one, round={"round_on": "2024-01-01"})
    assert values(conn) == [30, 30]
    assert call(conn, "delete_valuation_round", **one).data == {
        "valuation_round_id": made.data["valuation_round_id"]
    }
    assert values(conn) == [7, 7]


def test_rounds_are_listed_by_day(conn: Connection, as_role: Role) -> None:
    for day, name in (("2024-06-01", "B"), ("2023-06-01", "A"), ("2024-11-30", None)):
        add(conn, day, round_name=name)

    def listed(**filters: object) -> list[str]:
        rows = call(conn, "list_valuation_rounds", company_id="acme", **filters).data
        return [row["round_on"] for row in rows]

    assert listed() == ["2023-06-01", "2024-06-01", "2024-11-30"]
    assert listed(sort="-round_name") == ["2024-06-01", "2023-06-01", "2024-11-30"]
    assert listed(reporting_year=2024) == ["2024-06-01", "2024-11-30"]
    assert listed(reporting_quarter=2) == ["2023-06-01", "2024-06-01"]
    assert listed(start_reporting_date="2024-06-01", limit=1) == ["2024-06-01"]
    assert listed(end_reporting_date="2024-05-31") == ["2023-06-01"]
    assert listed(currency="EUR") == []
    unknown = refusal(conn, "list_valuation_rounds", company_id="acme", sort="name")
    assert unknown == ("QB400", "sort_unknown")
    conn.commit()
    viewer = as_role("viewer")
    assert len(call(viewer, "list_valuation_rounds", company_id="acme").data) == 3
    assert refusal(as_role("investor"), "list_valuation_rounds", company_id="acme")[0] == "42501"


def test_what_is_not_there_is_404(conn: Connection) -> None:
    made = add(conn, "2024-05-01")
    company(conn, "other")
    round_id = made.data["valuation_round_id"]
    nobody, no_round = ("QB404", "company_not_found"), ("QB404", "valuation_round_not_found")
    assert refusal(conn, "list_valuation_rounds", company_id="nobody") == nobody
    assert refusal(conn, "add_valuation_round", company_id="nobody", round={}) == nobody
    functions: dict[str, dict[str, object]] = {
        "get_valuation_round": {},
        "update_valuation_round": {"round": {}},
        "delete_valuation_round": {},
    }
    for function, more in functions.items():
        for company_id, some_id, rule in (
            ("nobody", round_id, nobody),
            ("acme", uuid4(), no_round),
            ("other", round_id, no_round),
        ):
            one = {"company_id": company_id, "valuation_round_id": some_id}
            assert refusal(conn, function, **one, **more) == rule


def test_a_round_keeps_the_rules(conn: Connection, as_role: Role) -> None:
    made = add(conn, "2024-05-01", equity_raised=3)
    one = {"company_id": "acme", "valuation_round_id": made.data["valuation_round_id"]}

    def refused(**change: object) -> tuple[object, object]:
        return refusal(conn, "update_valuation_round", **one, round=change)

    add(conn, "2024-07-01")
    assert refused(round_on="2024-07-01") == ("23505", "valuation_round_one_per_day")
    assert refused(round_on=None)[0] == "23502"
    assert refused(post_money_valuation=None)[0] == "23502"
    assert refused(post_money_valuation=-1) == ("23514", "round_post_money_valuation_in_range")
    assert refused(equity_raised=-1) == ("23514", "round_equity_raised_in_range")
    assert refused(amount_unit="dozens") == ("23514", "round_amount_unit_known")
    assert refused(currency="XXY") == ("23503", "valuation_round_currency_fkey")
    stale = refusal(conn, "update_valuation_round", **one, round={}, if_match='"2"')
    assert stale == ("QB412", "stale_version")
    stale = refusal(conn, "delete_valuation_round", **one, if_match='"2"')
    assert stale == ("QB412", "stale_version")
    cleared = {"equity_raised": None, "currency": None, "amount_unit": None}
    data = call(conn, "update_valuation_round", **one, round=cleared).data
    assert (data["equity_raised"], data["currency"], data["amount_unit"]) == (
        None,
        "USD",
        "millions",
    )
    conn.commit()
    viewer = as_role("viewer")
    assert call(viewer, "get_valuation_round", **one).etag == '"2"'
    assert refusal(viewer, "update_valuation_round", **one, round={})[0] == "42501"
    assert refusal(viewer, "delete_valuation_round", **one)[0] == "42501"
    body = {"round_on": "2024-08-01", "post_money_valuation": 1}
    assert refusal(viewer, "add_valuation_round", company_id="acme", round=body)[0] == "42501"
