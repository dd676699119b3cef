"""What stands of a fund, over HTTP: its lists, and what an investor sees of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from server.schemas import fund_record
from server.schemas.ledger import TrialBalance
from tests.server.fund_room import (
    WRITES,
    Room,
    done,
    event_of,
    furnished,
    one,
    page,
    refused,
)


@pytest.fixture(scope="module")
def room(api: Any) -> Room:
    return furnished(api, "Records")


@pytest.fixture(scope="module")
def editor(api: Any) -> Iterator[httpx.Client]:
    with api.client("editor") as client:
        yield client


def test_calls_and_distributions_are_shown_leg_by_leg(api: Any, editor: httpx.Client) -> None:
    room = furnished(api, "Legs")
    [call] = page(editor.get(room.path("/capital-calls")), fund_record.CapitalCall)
    assert (call.called_amount, call.paid_amount) == (Decimal("1000000.01"), Decimal("500000.01"))
    assert call.open_amount == 500_000
    shown = one(
        editor.get(room.path(f"/capital-calls/{call.call_id}")), fund_record.CapitalCallDetail
    )
    assert [(p.investor_code, p.open_amount) for p in shown.partners] == [
        ("LP-01", 0),
        ("LP-02", 300_000),
        ("LP-03", 200_000),
    ]
    assert [line.reason for line in shown.lines] == ["call"] * 3
    sent = {
        "declared_on": "2024-05-01",
        "amount": 100,
        "lines": [{"investor": "LP-01", "amount": 60}, {"investor": "LP-02", "amount": 40}],
    }
    recorded = done(
        editor.post(room.path("/distributions"), json=sent), event_of("DistributionHeader")
    )
    [listed] = page(editor.get(room.path("/distributions")), fund_record.Distribution)
    assert (listed.distribution_id, listed.amount) == (recorded.event_id, 100)
    detail = one(
        editor.get(room.path(f"/distributions/{listed.distribution_id}")),
        fund_record.DistributionDetail,
    )
    assert {leg.investor_code: leg.amount for leg in detail.lines if leg.amount} == {
        "LP-01": 60,
        "LP-02": 40,
    }
    for rest in ("capital-calls", "distributions", "events"):
        answer = editor.get(room.path(f"/{rest}/{uuid4()}"))
        assert refused(answer)[0] == 404


def test_lists_say_what_stands(room: Room, editor: httpx.Client) -> None:
    partners = page(editor.get(room.path("/commitments")), fund_record.Commitment)
    assert [(p.investor_code, p.commitment_amount) for p in partners] == [
        ("LP-01", 50_000_000),
        ("LP-02", 30_000_000),
        ("LP-03", 20_000_000),
    ]
    [payment] = page(editor.get(room.path("/payments")), fund_record.Payment)
    assert (payment.amount, payment.call_amount) == (Decimal("500000.01"),) * 2
    assert (payment.late_interest_amount, payment.advance_amount) == (0, 0)
    [close] = page(editor.get(room.path("/closes")), fund_record.Close)
    assert (close.partner_count, close.committed_amount) == (3, 100_000_000)
    for rest in ("transfers", "nav", "fees", "distributions"):
        assert editor.get(room.path(f"/{rest}")).json()["data"] == []
    trial = one(editor.get(room.path("/trial-balance")), TrialBalance)
    [total] = trial.totals
    assert total.debit_balance == total.credit_balance > 0


def test_cash_flows_are_from_the_partners_side(
    api: Any, editor: httpx.Client, partner: httpx.Client
) -> None:
    room = furnished(api, "Flows")
    with room.life() as life:
        life.pay("LP-02", "2024-03-20", 300_001)
        life.distribute("2024-05-01", 1000)

    def flows(client: httpx.Client, **query: str) -> list[tuple[str, str, int | Decimal]]:
        answer = client.get(room.path("/cash-flows"), params=query)
        found = page(answer, fund_record.CashFlow)
        return [(flow.investor_code, flow.kind, flow.amount) for flow in found]

    own = [
        ("LP-02", "advance", -1),
        ("LP-02", "contribution", -300_000),
        ("LP-02", "distribution", 300),
    ]
    assert sorted(flows(partner)) == sorted(flows(editor, investor="LP-02")) == own
    assert flows(editor, kind="distribution", sort="-amount", limit="1") == [
        ("LP-01", "distribution", 500)
    ]
    assert flows(editor, kind="contribution", end_date="2024-03-15") == [
        ("LP-01", "contribution", Decimal("-500000.01"))
    ]
    assert editor.get(room.path("/cash-flows"), params={"kind": "gift"}).status_code == 400


def test_positions_add_up_to_measures(
    api: Any, editor: httpx.Client, partner: httpx.Client
) -> None:
    room = furnished(api, "Measures")
    with room.life() as life:
        life.pay_all("2024-03-15")
        life.distribute("2024-06-30", 1000)
        life.run("nav", {"as_of": "2024-12-31", "fair_value": 500_000})
    day = {"as_of": "2025-12-31"}
    told = one(editor.get(room.path("/positions"), params=day), fund_record.Positions)
    whole = one(editor.get(room.path("/measures"), params=day), fund_record.Measures)
    assert (told.currency, whole.investor_count) == ("USD", len(told.positions))
    for amount in ("paid_in_amount", "distributed_amount", "nav_amount", "unfunded_amount"):
        parts = sum(getattr(position, amount) for position in told.positions)
        assert parts == getattr(whole, amount) > 0, amount
    assert abs(whole.tvpi - whole.dpi - whole.rvpi) < Decimal("1e-10")
    assert 0 < whole.net_irr < 1
    own = one(partner.get(room.path("/positions"), params=day), fund_record.Positions)
    assert own.positions == [told.positions[1]]
    assert refused(partner.get(room.path("/measures")))[0] == 403
    before = one(
        editor.get(room.path("/measures"), params={"as_of": "2024-03-10"}), fund_record.Measures
    )
    assert (before.called_amount, before.paid_in_amount, before.dpi) == (
        Decimal("1000000.01"),
        0,
        None,
    )
    empty = Room.opened(api, "Empty", {})
    nothing = one(editor.get(empty.path("/measures")), fund_record.Measures)
    assert (nothing.investor_count, nothing.nav_amount) == (0, None)
    assert one(editor.get(empty.path("/positions")), fund_record.Positions).positions == []


def test_a_cent_is_explained(room: Room, editor: httpx.Client, partner: httpx.Client) -> None:
    [call] = page(editor.get(room.path("/capital-calls")), fund_record.CapitalCall)
    query = {"event_id": str(call.call_id), "investor": "LP-01"}
    told = one(editor.get(room.path("/explanation"), params=query), fund_record.LineExplanation)
    assert told.investor_code == "LP-01"
    assert [step.step for step in told.steps] == list(range(1, len(told.steps) + 1))
    # An investor of 50 % of the commitments gets the odd cent of 1,000,000.01.
    assert Decimal("500000.01") in [step.amount for step in told.steps]
    assert all(step.explanation for step in told.steps)
    for missing, expected in (
        ({"event_id": query["event_id"]}, (400, "required", "investor")),
        ({**query, "investor": "LP-99"}, (400, "partner_unknown", "investor")),
        ({**query, "investor": "LP-04"}, (400, "partner_unknown", "investor")),
        ({**query, "event_id": str(UUID(int=9))}, (404, "line_not_found", "investor_id")),
    ):
        answer = editor.get(room.path("/explanation"), params=missing)
        [error] = answer.json()["errors"]
        assert (answer.status_code, error["rule"], error["field"]) == expected
    assert refused(partner.get(room.path("/explanation"), params=query))[0] == 403


def test_lists_are_filtered_and_sorted(room: Room, editor: httpx.Client) -> None:
    def found(path: str, **query: str) -> list[Any]:
        answer = editor.get(room.path(path), params=query)
        assert answer.status_code == 200, answer.text
        return [row.get("investor_code") or row.get("kind") for row in answer.json()["data"]]

    assert found("/commitments", investor="LP-02") == ["LP-02"]
    assert found("/commitments", sort="-commitment_amount", limit="1") == ["LP-01"]
    assert found("/payments", investor="LP-02") == []
    assert found("/events", kind="capital_call") == ["capital_call"]
    assert found("/events", start_date="2024-03-02") == ["payment"]
    assert found("/events", end_date="2024-01-31") == ["close"]
    for query in ({"kind": "gift"}, {"investor": "LP-01"}, {"sort": "password_hash"}):
        assert editor.get(room.path("/events"), params=query).status_code == 400


@pytest.fixture(scope="module")
def partner(api: Any, room: Room) -> Iterator[httpx.Client]:
    """An investor that is LP-02, on a fund where everything has happened."""
    with room.life() as life:
        life.invite("LP-02")
    api.user("investor")
    api.run(
        "insert into security.user_investor (investor_id, user_id) select investor_id,"
        " security.user_id_by_email('investor@example.com')"
        " from fund.investor where investor_code = 'LP-02'"
    )
    with api.client("investor") as client:
        yield client


def test_an_investor_sees_itself_only(api: Any, room: Room, partner: httpx.Client) -> None:
    mine = furnished(api, "Partner")
    with mine.life() as life:
        life.pay("LP-02", "2024-03-15", 300_000)
        life.distribute("2024-05-01", 1000)
        life.run("management_fee", {"from_on": "2024-01-15", "to_on": "2024-04-01"})
        life.run("nav", {"as_of": "2024-03-31", "fair_value": 0})
    for rest in ("/commitments", "/payments"):
        assert {row["investor_code"] for row in partner.get(mine.path(rest)).json()["data"]} == {
            "LP-02"
        }
    [call] = page(partner.get(mine.path("/capital-calls")), fund_record.CapitalCall)
    assert (call.called_amount, call.paid_amount) == (300_000, 300_000)
    shown = one(
        partner.get(mine.path(f"/capital-calls/{call.call_id}")), fund_record.CapitalCallDetail
    )
    assert [p.investor_code for p in shown.partners] == ["LP-02"]
    assert [line.investor_code for line in shown.lines] == ["LP-02"]
    [distribution] = page(partner.get(mine.path("/distributions")), fund_record.Distribution)
    assert distribution.amount == 300
    [fee] = page(partner.get(mine.path("/fees")), fund_record.Fee)
    [nav] = page(partner.get(mine.path("/nav")), fund_record.Nav)
    with api.client("viewer") as viewer:
        [whole] = page(viewer.get(mine.path("/nav")), fund_record.Nav)
        [fees] = page(viewer.get(mine.path("/fees")), fund_record.Fee)
    assert 0 < fee.net_amount < fees.net_amount
    assert 0 < nav.nav_amount < whole.nav_amount
    for rest in ("/events", "/closes", "/transfers", "/journal", "/trial-balance", "/terms"):
        assert refused(partner.get(mine.path(rest)))[0] == 403, rest
    for path, (sent, _) in WRITES.items():
        assert refused(partner.post(mine.path(path), json=sent))[0] == 403


def test_a_payment_that_was_taken_back_looks_so_to_its_investor(
    api: Any, partner: httpx.Client
) -> None:
    mine = furnished(api, "Taken back")
    with mine.life() as life:
        life.take_back(life.pay("LP-02", "2024-03-15", 300_000))
    [payment] = page(partner.get(mine.path("/payments")), fund_record.Payment)
    assert (payment.amount, payment.is_reversed) == (300_000, True)
    [call] = page(partner.get(mine.path("/capital-calls")), fund_record.CapitalCall)
    assert (call.paid_amount, call.is_reversed) == (0, False)


def test_a_fund_of_others_is_no_fund_to_an_investor(api: Any, partner: httpx.Client) -> None:
    other = Room.opened(api, "Of others", {"LP-77": 100})
    for path in (other.path(), f"/v1/funds/{UUID(int=9)}"):
        for rest in ("", "/commitments", "/capital-calls", "/payments", "/distributions", "/nav"):
            assert refused(partner.get(path + rest)) == (404, "fund_not_found", "fund_id")
