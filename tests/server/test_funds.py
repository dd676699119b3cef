"""Funds and their terms over HTTP: made, changed against a version, tried first."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from server import examples, examples_fund_terms
from server.schemas import body, fund_terms
from server.schemas.envelope import Done
from server.schemas.fund_terms import Fund, Terms, TermsDeleted
from tests.server.fund_room import KEY, one, page, read, refused

PREVIEW = {"preview": "true"}
Row = dict[str, Any]


@pytest.fixture(scope="module")
def editor(api: Any) -> Iterator[httpx.Client]:
    with api.client("editor") as client:
        yield client


def saved(answer: httpx.Response, shape: Any, status: int = 200) -> Any:
    """A record that was written, or would have been."""
    kind: Any = Done
    found = read(answer, status, kind[shape])
    is_tried = answer.request.url.params.get("preview") == "true"
    assert found.meta.preview is (True if is_tried else msgspec.UNSET)
    assert ("etag" in answer.headers) is (not is_tried and shape is not TermsDeleted)
    return found.data


def make(editor: httpx.Client, name: str, **more: Any) -> str:
    sent = {"name": name, "currency": "USD", "vintage_year": 2024, **more}
    return f"/v1/funds/{saved(editor.post('/v1/funds', json=sent), Fund, 201).fund_id}"


def test_the_story_of_a_fund(editor: httpx.Client) -> None:
    path = make(editor, "Story", status="raising")
    fund = one(editor.get(path), Fund)
    assert (fund.name, fund.currency, fund.status) == ("Story", "USD", "raising")
    assert (str(fund.books_first_on), fund.books_period_months) == ("2024-01-01", 3)
    tag = editor.get(path).headers["etag"]
    tried = editor.patch(path, json={"status": "investing"}, params=PREVIEW)
    assert saved(tried, Fund).status == "investing"
    assert one(editor.get(path), Fund) == fund
    stale = {"If-Match": '"99"'}
    answer = editor.patch(path, json={"status": "investing"}, headers=stale)
    assert refused(answer) == (412, "stale_version", "If-Match")
    changed = editor.patch(path, json={"status": "investing"}, headers={"If-Match": tag})
    assert (saved(changed, Fund).status, saved(changed, Fund).name) == ("investing", "Story")
    assert editor.get(path).headers["etag"] == changed.headers["etag"] != tag


def test_a_fund_is_created_once_a_key(api: Any, editor: httpx.Client) -> None:
    sent, headers = {"name": "Keyed", "currency": "EUR"}, {KEY: str(uuid4())}
    tried = editor.post("/v1/funds", json=sent, headers=headers, params=PREVIEW)
    saved(tried, Fund)
    assert api.run("select count(*) from fund.fund where name = 'Keyed'") == 0
    first = editor.post("/v1/funds", json=sent, headers=headers)
    assert saved(first, Fund, 201).currency == "EUR"
    assert editor.post("/v1/funds", json=sent, headers=headers).content == first.content
    assert refused(editor.post("/v1/funds", json=sent)) == (409, "fund_name_unique", "name")


def test_a_fund_that_companies_have_named_is_completed(api: Any, editor: httpx.Client) -> None:
    api.run("insert into fund.fund (name) values ('Named')")
    answer = editor.post("/v1/funds", json={"name": "Named", "currency": "USD"})
    assert saved(answer, Fund, 200).currency == "USD"


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"name": "Bad"}, (400, "required", "currency")),
        ({"name": "Bad", "currency": "XXQ"}, (400, "fund_currency_fkey", "currency")),
        ({"name": "Bad", "currency": "USD", "vintage_year": 1800}, (400, "invalid_value", None)),
        ({"name": "Bad", "currency": "USD", "status": "dead"}, (400, "invalid_value", None)),
        ({"name": "Bad", "currency": "USD", "size": 1}, (400, "unknown_field", "size")),
    ],
)
def test_a_bad_fund_is_refused(
    api: Any, editor: httpx.Client, sent: Row, expected: tuple[int, str, str | None]
) -> None:
    for query in ({}, PREVIEW):
        answer = editor.post("/v1/funds", json=sent, params=query)
        [error] = answer.json()["errors"]
        assert (answer.status_code, error["rule"]) == expected[:2]
        assert expected[2] in (None, error["field"])
    assert api.run("select count(*) from fund.fund where name = 'Bad'") == 0


def test_funds_are_listed_and_filtered(editor: httpx.Client) -> None:
    for name, year in (("List A", 2019), ("List B", 2020)):
        make(editor, name, vintage_year=year, status="closed")

    def names(**query: str) -> list[str]:
        return [fund.name for fund in page(editor.get("/v1/funds", params=query), Fund)]

    assert names(status="closed") == ["List A", "List B"]
    assert names(status="closed", sort="-vintage_year", limit="1") == ["List B"]
    assert names(vintage_year="2019") == names(name="List A") == ["List A"]
    assert names(name="List A", currency="CAD") == []
    assert editor.get("/v1/funds", params={"status": "dead"}).status_code == 400


def test_the_story_of_terms(editor: httpx.Client) -> None:
    path = make(editor, "Terms") + "/terms"
    first = {
        "valid_from": "2024-01-01",
        "investment_period_ends_on": "2029-01-01",
        "true_up_rate": "0.1",
        "fee_schedule": [
            {"fee_rate": "0.02", "fee_base": "committed"},
            {"fee_rate": 0.015, "fee_base": "net_invested", "from_on": "investment_period_end"},
        ],
    }
    assert saved(editor.post(path, json=first, params=PREVIEW), Terms).row_version == 1
    assert page(editor.get(path), Terms) == []
    terms = saved(editor.post(path, json=first), Terms, 201)
    assert (terms.true_up_rate, terms.allocation_basis) == (Decimal("0.1"), "commitment")
    assert [str(step.from_on) for step in terms.fee_schedule] == ["2024-01-01", "2029-01-01"]
    amended = {"valid_from": "2025-01-01", "true_up_rate": 0.05}
    second = saved(editor.post(path, json=amended), Terms, 201)
    assert (second.true_up_rate, len(second.fee_schedule)) == (Decimal("0.05"), 2)
    assert [str(t.valid_to) for t in page(editor.get(path), Terms)] == ["2025-01-01", "None"]
    [of_day] = page(editor.get(path, params={"as_of": "2024-06-30"}), Terms)
    assert str(of_day.valid_from) == "2024-01-01"
    assert one(editor.get(f"{path}/2025-01-01"), Terms) == second
    saved(editor.delete(f"{path}/2025-01-01", params=PREVIEW), TermsDeleted)
    assert len(page(editor.get(path), Terms)) == 2
    stale = editor.delete(f"{path}/2025-01-01", headers={"If-Match": '"99"'})
    assert refused(stale)[:2] == (412, "stale_version")
    gone = saved(editor.delete(f"{path}/2025-01-01"), TermsDeleted)
    assert str(gone.valid_from) == "2025-01-01"
    assert refused(editor.get(f"{path}/2025-01-01"))[:2] == (404, "terms_not_found")
    [left] = page(editor.get(path), Terms)
    assert left.valid_to is None


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"valid_from": "2024-02-30"}, "valid_from"),
        ({"valid_from": "2026-01-01", "true_up_rate": 8}, "true_up_rate"),
        ({"valid_from": "2026-01-01", "valid_to": "2025-01-01"}, "valid_to"),
        ({"valid_from": "2026-01-01", "fee_timing": "never"}, "fee_timing"),
        (
            {"valid_from": "2026-01-01", "fee_schedule": [{"fee_rate": 0.1}]},
            "fee_schedule[0].fee_base",
        ),
    ],
)
def test_bad_terms_are_refused(editor: httpx.Client, sent: Row, field: str) -> None:
    path = make(editor, f"Bad terms {uuid4()}") + "/terms"
    answer = editor.post(path, json=sent)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field, answer.text
    assert page(editor.get(path), Terms) == []


def test_roles_and_scopes(api: Any, editor: httpx.Client) -> None:
    mine, other = make(editor, "Mine"), make(editor, "Other")
    api.user("editor_scoped")
    api.run(
        "insert into security.user_fund (fund_id, user_id)"
        " values (%s, security.user_id_by_email('editor_scoped@example.com'))",
        mine.rsplit("/", 1)[1],
    )
    change, terms = {"status": "closed"}, {"valid_from": "2024-01-01"}
    with api.client("editor_scoped") as narrowed:
        assert [fund.name for fund in page(narrowed.get("/v1/funds"), Fund)] == ["Mine"]
        assert refused(narrowed.post("/v1/funds", json={"name": "N", "currency": "USD"}))[0] == 403
        saved(narrowed.patch(mine, json=change), Fund)
        saved(narrowed.post(f"{mine}/terms", json=terms), Terms, 201)
        for path in (other, f"/v1/funds/{UUID(int=9)}"):
            found = [
                narrowed.get(path),
                narrowed.patch(path, json=change),
                narrowed.patch(path, json=change, params=PREVIEW),
                narrowed.get(f"{path}/terms"),
                narrowed.post(f"{path}/terms", json=terms),
            ]
            assert {refused(answer)[:2] for answer in found} == {(404, "fund_not_found")}
    for role in ("viewer", "auditor", "investor", "submitter"):
        with api.client(role) as client:
            assert refused(client.patch(mine, json=change))[0] == 403
            assert refused(client.patch(mine, json=change, params=PREVIEW))[0] == 403
            assert refused(client.post(f"{mine}/terms", json=terms))[0] == 403
            expected = {"investor": 404, "submitter": 403}.get(role, 200)
            assert client.get(mine).status_code == expected


ANSWERS: dict[str, Any] = {
    "FUND": Fund,
    "TERMS": Terms,
    "TERMS_KEY": TermsDeleted,
    "INVESTOR": fund_terms.InvestorRecord,
    "CONTACT": fund_terms.Contact,
    "CONTACT_KEY": fund_terms.ContactDeleted,
}
REQUESTS: dict[str, Any] = {
    "FUND_INPUT": fund_terms.FundInput,
    "FUND_CHANGE": fund_terms.FundChange,
    "TERMS_INPUT": fund_terms.TermsInput,
    "INVESTOR_INPUT": fund_terms.InvestorInput,
    "INVESTOR_CHANGE": fund_terms.InvestorChange,
    "CONTACT_INPUT": fund_terms.ContactInput,
    "CONTACT_CHANGE": fund_terms.ContactChange,
}


@pytest.mark.parametrize("name", ANSWERS)
def test_examples_fit_their_schema(name: str) -> None:
    kind: Any = Done
    answer = examples.one(getattr(examples_fund_terms, name))
    decoder = msgspec.json.Decoder(kind[ANSWERS[name]], float_hook=Decimal)
    assert decoder.decode(msgspec.json.encode(answer))


@pytest.mark.parametrize("name", REQUESTS)
def test_examples_are_good_requests(name: str) -> None:
    example = getattr(examples_fund_terms, name)
    assert body.decode(msgspec.json.encode(example), REQUESTS[name])


def test_terms_can_say_what_the_table_holds(api: Any) -> None:
    columns = set(
        api.run(
            "select array_agg(attname::text) from pg_attribute"
            " where attrelid = 'fund.terms'::regclass and attnum > 0 and not attisdropped"
        )
    )
    own = {"fund_id", "created_date", "created_by", "last_update_date", "last_updated_by"}
    fields = set(fund_terms.TermsInput.__struct_fields__)
    assert fields - {"fee_schedule"} == columns - own - {"row_version"}
