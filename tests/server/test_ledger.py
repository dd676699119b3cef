"""A fund's books over HTTP: the journal, its periods and statements."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from server import examples, examples_ledger
from server.schemas.envelope import Envelope
from server.schemas.ledger import (
    BalanceSheet,
    EntryInput,
    EntryReversalInput,
    IncomeStatement,
    JournalEntry,
    PartnersCapital,
    Period,
    PeriodCloseInput,
    TrialBalance,
)
from tests.server.fund_room import KEY, Room, done, one, page, refused

PREVIEW = {"preview": "true"}


def entry(day: str, amount: object, **more: Any) -> dict[str, Any]:
    return {
        "entry_on": day,
        "kind": "income",
        "lines": [
            {"account": "1000", "currency": "USD", "debit": amount},
            {"account": "4200", "currency": "USD", "credit": amount},
        ],
        **more,
    }


@pytest.fixture(scope="module")
def room(api: Any) -> Room:
    return Room.opened(api, "Books")


@pytest.fixture(scope="module")
def editor(api: Any) -> Iterator[httpx.Client]:
    with api.client("editor") as client:
        yield client


def test_an_entry_is_posted_listed_and_shown(room: Room, editor: httpx.Client) -> None:
    sent = entry("2024-02-01", "10.25", memo="Coupon")
    posted = done(editor.post(room.path("/journal"), json=sent), JournalEntry)
    assert (posted.kind, posted.memo, posted.source_room) == ("income", "Coupon", None)
    assert [line.debit for line in posted.lines] == [Decimal("10.25"), 0]
    assert one(editor.get(room.path(f"/journal/{posted.entry_id}")), JournalEntry) == posted
    assert posted in page(editor.get(room.path("/journal")), JournalEntry)


def test_a_preview_of_an_entry_changes_nothing(room: Room, editor: httpx.Client) -> None:
    before = room.stored()
    answer = editor.post(room.path("/journal"), json=entry("2024-02-01", 5), params=PREVIEW)
    tried = done(answer, JournalEntry, 200)
    assert (tried.entry_id, tried.lines[1].credit) == (msgspec.UNSET, 5)
    assert room.stored() == before


def test_an_entry_is_posted_once_a_key_even_when_the_answer_is_forgotten(
    room: Room, editor: httpx.Client, api: Any
) -> None:
    def send() -> httpx.Response:
        headers = {KEY: "once"}
        return editor.post(room.path("/journal"), json=entry("2024-02-03", 7), headers=headers)

    first = send()
    posted = done(first, JournalEntry)
    assert send().content == first.content
    api.run("delete from ops.idempotency_key where idempotency_key = 'once'")
    assert done(send(), JournalEntry) == posted
    api.run("delete from ops.idempotency_key where idempotency_key = 'once'")
    headers = {KEY: "once"}
    other = editor.post(room.path("/journal"), json=entry("2024-02-03", 8), headers=headers)
    assert refused(other) == (409, "entry_key_unique", "entry_key")


def test_a_preview_does_not_use_its_key_up(room: Room, editor: httpx.Client) -> None:
    path, sent, headers = room.path("/journal"), entry("2024-02-04", 7), {KEY: "tried-first"}
    tried = editor.post(path, json=sent, headers=headers, params=PREVIEW)
    assert done(tried, JournalEntry, 200).entry_key == "tried-first"
    done(editor.post(path, json=sent, headers=headers), JournalEntry)


def test_the_journal_is_filtered(room: Room, editor: httpx.Client) -> None:
    for day in ("2024-03-01", "2024-03-02"):
        editor.post(room.path("/journal"), json=entry(day, 1))

    def days(**query: str) -> list[str]:
        found = page(editor.get(room.path("/journal"), params=query), JournalEntry)
        return [str(record.entry_on) for record in found]

    assert days(start_date="2024-03-02", end_date="2024-03-31") == ["2024-03-02"]
    assert days(start_date="2024-03-01", account="4200", sort="-entry_on", limit="1") == [
        "2024-03-02"
    ]
    assert days(account="5000") == days(kind="exit") == days(investor="LP-01") == []
    assert days(event_id=str(uuid4())) == []


def test_an_entry_is_taken_back(room: Room, editor: httpx.Client) -> None:
    posted = done(editor.post(room.path("/journal"), json=entry("2024-02-05", 3)), JournalEntry)
    path = room.path(f"/journal/{posted.entry_id}/reversal")
    before = room.stored()
    tried = done(editor.post(path, json={}, params=PREVIEW), JournalEntry, 200)
    assert room.stored() == before
    sent = {"entry_on": "2024-02-06", "memo": "Twice"}
    reversal = done(editor.post(path, json=sent), JournalEntry)
    assert reversal.reverses_entry_id == tried.reverses_entry_id == posted.entry_id
    assert (reversal.memo, str(reversal.entry_on)) == ("Twice", "2024-02-06")
    assert [line.credit for line in reversal.lines] == [3, 0]
    again = editor.post(path, json={"memo": "Thrice"})
    assert refused(again)[:2] == (409, "entry_reversed_once")


def test_an_entry_of_an_event_goes_with_its_event(room: Room, editor: httpx.Client) -> None:
    with room.life() as life:
        event_id = life.value("select event_id from fund.event where fund_id = %(fund_id)s limit 1")
        lines = entry("2024-02-05", 3)["lines"]
        sent = entry("2024-02-05", 3, source_room="fund", source_key=str(event_id), lines=lines)
        posted = life.post(sent)
    [listed] = page(
        editor.get(room.path("/journal"), params={"event_id": str(event_id)}), JournalEntry
    )
    assert (listed.source_room, listed.source_key) == ("fund", str(event_id))
    answer = editor.post(room.path(f"/journal/{posted['entry_id']}/reversal"), json={})
    assert refused(answer) == (409, "entry_goes_with_its_event", "source_room")


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (entry("2024-02-01", "1.001"), (400, "debit_to_the_cent")),
        (entry("2024-02-01", -1), (400, "debit_not_negative")),
        (entry("2023-12-31", 1), (400, "entry_not_before_books")),
        (entry("2024-02-01", 1, kind="gift"), (400, "journal_entry_kind_fkey")),
        (
            entry("2024-02-01", 1, lines=entry("", 1)["lines"][:1] + entry("", 2)["lines"][1:]),
            (400, "entry_balances_per_currency"),
        ),
        (entry("2024-02-01", 1, source_room="fund"), (400, "unknown_field")),
        (entry("2024-02-01", 1, lines=[]), (400, "invalid_value")),
    ],
)
def test_a_bad_entry_is_refused_by_its_rule(
    room: Room, editor: httpx.Client, sent: dict[str, Any], expected: tuple[int, str]
) -> None:
    before = room.stored()
    answer = editor.post(room.path("/journal"), json=sent)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == expected
    assert room.stored() == before


def test_statements_agree(api: Any, editor: httpx.Client) -> None:
    room = Room.opened(api, "Statements")
    editor.post(room.path("/journal"), json=entry("2024-02-01", 100))
    editor.post(room.path("/journal"), json=entry("2024-05-01", 1000))
    day = {"as_of": "2024-03-31"}
    trial = one(editor.get(room.path("/trial-balance"), params=day), TrialBalance)
    assert [(a.account_number, a.debit_balance) for a in trial.accounts] == [
        ("1000", 100),
        ("4200", 0),
    ]
    [total] = trial.totals
    assert (total.debit_balance, total.credit_balance) == (100, 100)
    sheet = one(editor.get(room.path("/balance-sheet"), params=day), BalanceSheet)
    [sums] = sheet.totals
    assert (sums.asset_amount, sums.liability_amount, sums.equity_amount) == (100, 0, 100)
    span = {"from_on": "2024-04-01", "to_on": "2024-12-31"}
    income = one(editor.get(room.path("/income-statement"), params=span), IncomeStatement)
    assert [t.result_amount for t in income.totals] == [1000]
    capital = one(editor.get(room.path("/partners-capital"), params=day), PartnersCapital)
    assert [t.net_asset_value for t in capital.totals] == [100]
    assert [p.partner_id for p in capital.partners] == [None]
    today = one(editor.get(room.path("/trial-balance")), TrialBalance)
    assert today.totals[0].debit_balance == 1100


def test_a_span_needs_both_days_in_order(room: Room, editor: httpx.Client) -> None:
    backwards = {"from_on": "2024-12-31", "to_on": "2024-04-01"}
    answer = editor.get(room.path("/income-statement"), params=backwards)
    assert refused(answer) == (400, "days_in_order", "from_on")
    answer = editor.get(room.path("/income-statement"), params={"from_on": "2024-01-01"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "to_on"


def test_a_period_is_closed_for_good(api: Any, editor: httpx.Client) -> None:
    room = Room.opened(api, "Periods")
    path, last = room.path("/periods/close"), {"last_on": "2024-03-31"}
    before = room.stored()
    assert done(editor.post(path, json=last, params=PREVIEW), Period, 200).is_closed
    assert room.stored() == before
    closed = done(editor.post(path, json=last, headers={KEY: "q1"}), Period, 200)
    assert (closed.is_closed, closed.closed_by) == (True, "Editor")
    assert page(editor.get(room.path("/periods")), Period)[0] == closed
    again = editor.post(path, json=last, headers={KEY: "q1"})
    assert done(again, Period, 200) == closed
    assert refused(editor.post(path, json=last))[:2] == (409, "closed_period_stays_closed")
    late = editor.post(room.path("/journal"), json=entry("2024-02-01", 1))
    assert refused(late)[:2] == (409, "entry_in_open_period")
    no_period = editor.post(path, json={"last_on": "2024-05-15"}, params=PREVIEW)
    assert refused(no_period)[:2] == (404, "period_not_found")


def test_roles_decide_who_posts_and_who_reads(room: Room, api: Any) -> None:
    for role, reads in (("viewer", 200), ("auditor", 200), ("submitter", 403), ("investor", 403)):
        with api.client(role) as client:
            for path in ("/journal", "/periods", "/trial-balance", "/balance-sheet"):
                assert client.get(room.path(path)).status_code == reads, (role, path)
            answer = client.post(room.path("/journal"), json=entry("2024-02-01", 1))
            assert refused(answer)[0] == 403


def test_a_hidden_fund_is_no_fund(room: Room, api: Any) -> None:
    mine = Room.opened(api, "Mine")
    api.user("editor_scoped")
    api.run(
        "insert into security.user_fund (fund_id, user_id)"
        " values (%s, security.user_id_by_email('editor_scoped@example.com'))",
        mine.fund_id,
    )
    sent = entry("2024-02-01", 1)
    unknown = f"/v1/funds/{UUID(int=9)}"
    with api.client("editor_scoped") as narrowed:
        done(narrowed.post(mine.path("/journal"), json=sent), JournalEntry)
        for path in (room.path(), unknown):
            for rest in ("/journal", "/periods", "/trial-balance", "/partners-capital"):
                assert refused(narrowed.get(path + rest))[:2] == (404, "fund_not_found")
            answer = narrowed.post(f"{path}/journal", json=sent)
            assert refused(answer) == (404, "fund_not_found", "fund_id")
            answer = narrowed.post(f"{path}/journal", json=sent, params=PREVIEW)
            assert refused(answer) == (404, "fund_not_found", "fund_id")
    gone = mine.path(f"/journal/{uuid4()}")
    with api.client("editor") as editor:
        assert refused(editor.get(gone))[:2] == (404, "entry_not_found")
        assert refused(editor.post(f"{gone}/reversal", json={}))[:2] == (404, "entry_not_found")


@pytest.mark.parametrize(
    ("example", "shape"),
    [
        (examples_ledger.ENTRY, JournalEntry),
        (examples_ledger.PERIOD, Period),
        (examples_ledger.TRIAL_BALANCE, TrialBalance),
        (examples_ledger.BALANCE_SHEET, BalanceSheet),
        (examples_ledger.INCOME_STATEMENT, IncomeStatement),
        (examples_ledger.PARTNERS_CAPITAL, PartnersCapital),
    ],
)
def test_examples_fit_their_schema(example: dict[str, Any], shape: Any) -> None:
    kind: Any = Envelope[shape]
    decoder = msgspec.json.Decoder(kind, float_hook=Decimal)
    assert decoder.decode(msgspec.json.encode(examples.one(example)))


@pytest.mark.parametrize(
    ("example", "shape"),
    [
        (examples_ledger.ENTRY_INPUT, EntryInput),
        (examples_ledger.ENTRY_REVERSAL_INPUT, EntryReversalInput),
        (examples_ledger.PERIOD_CLOSE_INPUT, PeriodCloseInput),
    ],
)
def test_examples_name_known_fields(example: dict[str, Any], shape: Any) -> None:
    assert set(example) <= set(shape.__struct_fields__)


def test_the_example_can_be_posted(room: Room, editor: httpx.Client) -> None:
    answer = editor.post(room.path("/journal"), json=examples_ledger.ENTRY_INPUT, params=PREVIEW)
    tried = done(answer, JournalEntry, 200)
    assert len(tried.lines) == 2
