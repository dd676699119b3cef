"""What is done to a fund over HTTP: every write, tried and done, once per key, as it is listed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from server.schemas import fund_record
from server.schemas.fund_event import Event, RecordedEvent
from server.schemas.ledger import JournalEntry
from tests.server.fund_room import (
    CALL,
    KEY,
    PAY,
    PREVIEW,
    WRITES,
    Room,
    Row,
    done,
    event_of,
    furnished,
    one,
    page,
    refused,
)


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
    fee = done(editor.post(room.path("/fees"), json=WRITES["/fees"][0]), event_of("FeeHeader"))
    sent = {"paid_on": "2024-04-01", "amount": str(fee.record.net_amount)}
    # The fund has no more than LP-01's money.
    paid = done(editor.post(room.path("/fee-payments"), json=sent), event_of("FeePaymentHeader"))
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
    recorded = done(first, event_of("PaymentHeader"))
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
