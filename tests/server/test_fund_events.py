"""What is done to a fund over HTTP: every write, tried and done, once per key, as it is listed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from server import examples, examples_fund_event, examples_fund_record
from server.schemas import fund_event, fund_record
from server.schemas.envelope import Done, Envelope
from server.schemas.fund_event import Event, RecordedEvent
from server.schemas.ledger import JournalEntry, TrialBalance
from tests.server.fund_room import KEY, Room, done, one, page, refused

PREVIEW = {"preview": "true"}
Row = dict[str, Any]

CALL: Row = {"notice_on": "2024-03-01", "due_on": "2024-03-15", "capital_amount": "1000000.01"}
PAY: Row = {"investor": "LP-01", "received_on": "2024-03-15", "amount": "500000.01"}


def _event(header: str) -> Any:
    """The shape of an event whose record is of this one."""
    kind: Any = Event
    return kind[getattr(fund_event, header)]


# Each kind of write: its address, a request that is good after a call of 2024-03-01 which LP-01
# has paid, and the shape of its record.
WRITES: dict[str, tuple[Row, Any]] = {
    "/closes": (
        {"closed_on": "2024-04-01", "commitments": [{"investor": "LP-04", "amount": 25_000_000}]},
        _event("CloseHeader"),
    ),
    "/transfers": (
        {"seller": "LP-02", "buyer": "LP-04", "transferred_on": "2024-04-01", "fraction": 0.5},
        _event("TransferHeader"),
    ),
    "/capital-calls": (
        {"notice_on": "2024-04-01", "capital_amount": 10, "excuses": [{"investor": "LP-02"}]},
        _event("CapitalCallHeader"),
    ),
    "/payments": (
        {"investor": "LP-02", "received_on": "2024-04-02", "amount": "7.50"},
        _event("PaymentHeader"),
    ),
    "/defaults": (
        {"investor": "LP-03", "declared_on": "2024-06-01", "memo": "Gone"},
        _event("DefaultHeader"),
    ),
    "/distributions": (
        {"declared_on": "2024-05-01", "amount": 1000, "recallable_amount": 10},
        _event("DistributionHeader"),
    ),
    "/fees": ({"from_on": "2024-01-15", "to_on": "2024-04-01"}, _event("FeeHeader")),
    "/fee-adjustments": (
        {"kind": "rebate", "from_on": "2024-04-01", "amount": 5, "investor": "LP-01"},
        _event("FeeAdjustmentHeader"),
    ),
    "/nav": ({"as_of": "2024-03-31", "fair_value": "12345.67"}, _event("NavHeader")),
}


def furnished(api: Any, name: str) -> Room:
    """A fund of three partners with one call, paid by the first."""
    room = Room.opened(api, name, {})
    with room.life() as life:
        life.set_fee("*", "2020-01-01", "0.02", "committed")
        life.close_on("2024-01-15", {"LP-01": 50_000_000, "LP-02": 30_000_000, "LP-03": 20_000_000})
        life.invite("LP-04")
        life.run("capital_call", CALL)
        life.run("payment", PAY)
    return room


@pytest.fixture(scope="module")
def room(api: Any) -> Room:
    return furnished(api, "Events")


@pytest.fixture(scope="module")
def editor(api: Any) -> Iterator[httpx.Client]:
    with api.client("editor") as client:
        yield client


@pytest.mark.parametrize("path", WRITES)
def test_a_write_is_tried_without_effect_then_done_then_listed(
    api: Any, editor: httpx.Client, path: str
) -> None:
    room = furnished(api, f"Write {path}")
    sent, shape = WRITES[path]
    before = room.stored()
    tried = done(editor.post(room.path(path), json=sent, params=PREVIEW), shape, 200)
    assert room.stored() == before
    recorded = done(editor.post(room.path(path), json=sent), shape)
    assert tried.event_id is msgspec.UNSET
    assert (tried.kind, tried.event_number) == (recorded.kind, recorded.event_number)
    assert tried.record == recorded.record
    assert len(tried.journal_entries) == len(recorded.journal_entries)
    assert {posted.entry_id for posted in tried.journal_entries} <= {msgspec.UNSET}
    found = one(editor.get(room.path(f"/events/{recorded.event_id}")), Event[dict[str, Any] | None])
    assert (found.lines, found.journal_entries) == (recorded.lines, recorded.journal_entries)
    listed = page(editor.get(room.path("/events"), params={"sort": "-event_number"}), RecordedEvent)
    assert (listed[0].event_id, listed[0].recorded_by) == (recorded.event_id, "Editor")
    assert listed[0].request.keys() == sent.keys()
    posted = page(
        editor.get(room.path("/journal"), params={"event_id": str(recorded.event_id)}),
        JournalEntry,
    )
    assert [p.entry_id for p in posted] == [e.entry_id for e in recorded.journal_entries]


def test_a_fee_is_paid_and_an_event_taken_back(api: Any, editor: httpx.Client) -> None:
    room = furnished(api, "Fees")
    fee = done(editor.post(room.path("/fees"), json=WRITES["/fees"][0]), _event("FeeHeader"))
    sent = {"paid_on": "2024-04-01", "amount": str(fee.record.net_amount)}
    # The fund has no more than LP-01's money.
    paid = done(editor.post(room.path("/fee-payments"), json=sent), _event("FeePaymentHeader"))
    assert paid.record.amount == fee.record.net_amount
    path = room.path(f"/events/{paid.event_id}/reversal")
    before = room.stored()
    done(editor.post(path, json={}, params=PREVIEW), Event[None], 200)
    assert room.stored() == before
    back = done(editor.post(path, json={"memo": "Wrong account"}), Event[None])
    assert back.reverses_event_id == paid.event_id
    assert refused(editor.post(path, json={}))[0] == 409
    [record] = page(editor.get(room.path("/fees")), fund_record.Fee)
    assert (record.net_amount, record.is_reversed) == (fee.record.net_amount, False)


def test_an_event_is_recorded_once_a_key_even_when_the_answer_is_forgotten(
    api: Any, editor: httpx.Client
) -> None:
    room = furnished(api, "Keys")
    path, sent = WRITES["/payments"][0], {KEY: "receipt-1"}

    def send(amount: str = "7.50") -> httpx.Response:
        body = {**path, "amount": amount}
        return editor.post(room.path("/payments"), json=body, headers=sent)

    first = send()
    recorded = done(first, _event("PaymentHeader"))
    assert recorded.event_key == "receipt-1"
    assert send().content == first.content
    assert refused(send("7.51")) == (422, "idempotency_key_reused", "Idempotency-Key")
    api.run("delete from ops.idempotency_key where idempotency_key = 'receipt-1'")
    before = room.stored()
    assert send().json()["data"] == first.json()["data"]
    assert room.stored() == before
    api.run("delete from ops.idempotency_key where idempotency_key = 'receipt-1'")
    assert refused(send("7.51")) == (409, "event_key_unique", "event_key")
    with room.life() as life:
        kind = "select count(*) from fund.event where fund_id = %(fund_id)s and kind = 'payment'"
        assert life.value(kind) == 2


@pytest.mark.parametrize(
    ("path", "sent", "expected"),
    [
        ("/capital-calls", {**CALL, "capital_amount": 999_000_000}, (409, "capital_amount")),
        ("/capital-calls", {**CALL, "capital_amount": -1}, (400, "capital_amount")),
        ("/capital-calls", {**CALL, "capital_amount": "0.001"}, (400, "capital_amount")),
        ("/capital-calls", {**CALL, "due_on": "2024-01-01"}, (400, "due_on")),
        ("/capital-calls", {**CALL, "notice_on": "2024-02-30"}, (400, "notice_on")),
        ("/capital-calls", {**CALL, "amount": 1}, (400, "amount")),
        ("/capital-calls", {"capital_amount": 1}, (400, "notice_on")),
        ("/capital-calls", {**CALL, "notice_on": "2023-12-31"}, (409, None)),
        ("/payments", {**PAY, "investor": "LP-09"}, (400, "investor")),
        ("/payments", {**PAY, "amount": 0}, (400, "amount")),
        ("/payments", {**PAY, "call_id": str(UUID(int=9))}, (400, "call_id")),
        ("/distributions", {"declared_on": "2024-05-01", "amount": 10**9}, (409, "amount")),
        ("/nav", {"as_of": "2024-03-30", "fair_value": 1}, (400, "as_of")),
        ("/closes", {"closed_on": "2024-05-01", "commitments": []}, (400, "commitments")),
        ("/fee-payments", {"paid_on": "2024-03-15", "amount": 1}, (409, "amount")),
        ("/fee-adjustments", {"kind": "gift", "from_on": "2024-05-01", "amount": 1}, (400, "kind")),
    ],
)
def test_what_breaks_a_rule_is_refused_by_field_and_changes_nothing(
    room: Room,
    editor: httpx.Client,
    path: str,
    sent: Row,
    expected: tuple[int, str | None],
) -> None:
    before = room.stored()
    for query in ({}, PREVIEW):
        answer = editor.post(room.path(path), json=sent, params=query)
        [error] = answer.json()["errors"]
        assert answer.status_code == expected[0], answer.text
        assert error["rule"] not in ("conflict", "invalid_request")
        assert expected[1] in (None, error["field"]), error
    assert room.stored() == before


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
        editor.post(room.path("/distributions"), json=sent), _event("DistributionHeader")
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


def test_readers_read_and_write_nothing(room: Room, api: Any) -> None:
    before = room.stored()
    for role in ("viewer", "auditor"):
        with api.client(role) as client:
            for rest in ("/events", "/closes", "/payments", "/fees"):
                assert client.get(room.path(rest)).status_code == 200
            for path, (sent, _) in WRITES.items():
                for query in ({}, PREVIEW):
                    answer = client.post(room.path(path), json=sent, params=query)
                    assert refused(answer)[0] == 403
    assert room.stored() == before


EXAMPLES: list[tuple[Row, Row | None, str]] = [
    (examples_fund_event.CAPITAL_CALL, examples_fund_event.CAPITAL_CALL_INPUT, "CapitalCall"),
    (examples_fund_event.PAYMENT, examples_fund_event.PAYMENT_INPUT, "Payment"),
    (examples_fund_event.DEFAULT, examples_fund_event.DEFAULT_INPUT, "Default"),
    (examples_fund_event.CLOSE, examples_fund_event.CLOSE_INPUT, "Close"),
    (examples_fund_event.TRANSFER, examples_fund_event.TRANSFER_INPUT, "Transfer"),
    (examples_fund_event.FEE, examples_fund_event.FEE_INPUT, "Fee"),
    (examples_fund_event.FEE_ADJUSTMENT, examples_fund_event.FEE_ADJUSTMENT_INPUT, "FeeAdjustment"),
    (examples_fund_event.FEE_PAYMENT, examples_fund_event.FEE_PAYMENT_INPUT, "FeePayment"),
    (examples_fund_event.DISTRIBUTION, examples_fund_event.DISTRIBUTION_INPUT, "Distribution"),
    (examples_fund_event.NAV, examples_fund_event.NAV_INPUT, "Nav"),
]


@pytest.mark.parametrize(("answer", "request_body", "name"), EXAMPLES)
def test_examples_of_events_fit_their_schema(answer: Row, request_body: Row, name: str) -> None:
    kind: Any = Done
    shape = kind[_event(f"{name}Header")]
    decoder = msgspec.json.Decoder(shape, float_hook=Decimal)
    assert decoder.decode(msgspec.json.encode(examples.one(answer)))
    known = getattr(fund_event, f"{name}Input").__struct_fields__
    assert set(request_body) <= set(known)


@pytest.mark.parametrize(
    ("example", "shape"),
    [
        (examples_fund_event.REVERSAL, Event[None]),
        (examples_fund_event.RECORDED_EVENT, RecordedEvent),
        (examples_fund_record.COMMITMENT, fund_record.Commitment),
        (examples_fund_record.CAPITAL_CALL_DETAIL, fund_record.CapitalCallDetail),
        (examples_fund_record.CAPITAL_CALL, fund_record.CapitalCall),
        (examples_fund_record.PAYMENT, fund_record.Payment),
        (examples_fund_record.CLOSE, fund_record.Close),
        (examples_fund_record.TRANSFER, fund_record.Transfer),
        (examples_fund_record.FEE, fund_record.Fee),
        (examples_fund_record.DISTRIBUTION, fund_record.Distribution),
        (examples_fund_record.DISTRIBUTION_DETAIL, fund_record.DistributionDetail),
        (examples_fund_record.NAV, fund_record.Nav),
        (examples_fund_record.POSITIONS, fund_record.Positions),
        (examples_fund_record.MEASURES, fund_record.Measures),
        (examples_fund_record.CASH_FLOW, fund_record.CashFlow),
        (examples_fund_record.LINE_EXPLANATION, fund_record.LineExplanation),
    ],
)
def test_examples_of_records_fit_their_schema(example: Row, shape: Any) -> None:
    kind: Any = Envelope[shape]
    decoder = msgspec.json.Decoder(kind, float_hook=Decimal)
    assert decoder.decode(msgspec.json.encode(examples.one(example)))
