"""Single records over HTTP: a company, its rounds, its quarters, and the latest of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from server import examples
from server.schemas.company import Company, CompanyChange, CompanyDeleted, CompanyInput
from server.schemas.envelope import Envelope, Page
from server.schemas.quarter import (
    InputChange,
    InputDeleted,
    Metrics,
    MetricsInput,
    SubmittedQuarter,
)
from server.schemas.valuation_round import RoundChange, RoundDeleted, RoundInput, ValuationRound


def strictly(answer: httpx.Response, status: int, shape: Any) -> Any:
    """The data of a good answer, every key known and there, every type as documented."""
    assert answer.status_code == status, answer.text
    kind: Any = Envelope[shape]
    body = msgspec.json.Decoder(kind, float_hook=Decimal).decode(answer.content)
    assert body.code == status
    return body.data


def rule(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["rule"]


def new_company(editor: httpx.Client, company_id: str, **more: Any) -> str:
    body = {"company_id": company_id, "company_name": company_id, "reporting_currency": "USD"}
    strictly(editor.post("/v1/company/", json=body | more), 201, Company)
    return f"/v1/company/{company_id}"


def new_quarter(editor: httpx.Client, company_id: str, day: str, **more: Any) -> str:
    body = {"company_id": company_id, "fiscal_reporting_date": day} | more
    return f"/v1/input/{strictly(editor.post('/v1/input', json=body), 201, SubmittedQuarter).id}"


def test_the_story_of_a_company(editor: httpx.Client) -> None:
    address = new_company(editor, "story", fund="Fund S")
    read = editor.get(address)
    assert strictly(read, 200, Company).row_version == 1
    assert read.headers["etag"] == '"1"'
    changed = editor.patch(address, json={"fund": None, "reporting_status": "Active"})
    company = strictly(changed, 200, Company)
    assert (company.fund, company.reporting_status, company.company_name) == (
        None,
        "Active",
        "story",
    )
    assert changed.headers["etag"] == '"2"'
    quarter = new_quarter(editor, "story", "2024-03-31")
    kept = editor.delete(address)
    assert rule(kept) == (409, "company_has_inputs")
    assert '{"archived": true}' in kept.json()["errors"][0]["hint"]
    assert strictly(editor.patch(address, json={"archived": True}), 200, Company).archived
    strictly(editor.delete(quarter), 200, InputDeleted)
    gone = editor.delete(address)
    assert strictly(gone, 200, CompanyDeleted).company_id == "story"
    assert "etag" not in gone.headers
    assert rule(editor.get(address)) == (404, "company_not_found")


def test_the_story_of_a_quarter(editor: httpx.Client) -> None:
    new_company(editor, "quarters", year_end_date="2024-12-31")
    body = {"company_id": "quarters", "fiscal_reporting_date": "2024-03-31", "ebitda": 1}
    address = new_quarter(editor, "quarters", "2024-03-31", ebitda=1)
    again = editor.post("/v1/input", json=body)
    assert rule(again) == (409, "metrics_input_one_per_quarter")
    assert "PATCH" in again.json()["errors"][0]["hint"]
    read = editor.get(address)
    quarter = strictly(read, 200, SubmittedQuarter)
    assert (quarter.ebitda, read.headers["etag"]) == (1, '"1"')
    alias = address.replace("input", "input_metrics")
    fixed = editor.patch(alias, json={"ebitda": "2.50", "fiscal_reporting_date": "2024-06-30"})
    quarter = strictly(fixed, 200, SubmittedQuarter)
    assert (quarter.ebitda, quarter.reporting_quarter) == (Decimal("2.50"), 2)
    assert quarter.fiscal_reporting_quarter == 2
    moved = editor.patch(address, json={"company_id": "other"})
    assert rule(moved) == (400, "company_id_is_fixed")
    assert strictly(editor.delete(alias), 200, InputDeleted).id == quarter.id
    for method in ("GET", "DELETE"):
        assert rule(editor.request(method, address)) == (404, "input_not_found")
    assert rule(editor.patch(address, json={})) == (404, "input_not_found")


def test_the_story_of_a_round(editor: httpx.Client) -> None:
    rounds = new_company(editor, "rounds") + "/valuation-rounds"
    new_quarter(editor, "rounds", "2024-06-30", total_revenue=1)
    made = editor.post(rounds, json=examples.ROUND_INPUT)
    first = strictly(made, 201, ValuationRound)
    assert (made.headers["etag"], first.currency) == ('"1"', "USD")
    address = f"{rounds}/{first.valuation_round_id}"
    assert strictly(editor.get(address), 200, ValuationRound) == first
    change = {"post_money_valuation": "99.5"}
    assert strictly(editor.patch(address, json=change), 200, ValuationRound).row_version == 2
    (metrics,) = editor.get(
        "/v1/metrics/latest", params={"company_id": "rounds", "currency": "USD"}
    ).json()["data"]
    assert metrics["enterprise_value"] == 99_500_000
    page = editor.get(rounds, params={"sort": "-round_on"})
    kind: Any = Page[ValuationRound]
    assert len(msgspec.json.Decoder(kind, float_hook=Decimal).decode(page.content).data) == 1
    assert page.json()["links"]["self"].startswith(f"{rounds}?sort=-round_on&limit=")
    twice = editor.post(rounds, json=examples.ROUND_INPUT)
    assert rule(twice) == (409, "valuation_round_one_per_day")
    assert strictly(editor.delete(address), 200, RoundDeleted) == RoundDeleted(
        first.valuation_round_id
    )
    assert rule(editor.get(address)) == (404, "valuation_round_not_found")
    assert rule(editor.get("/v1/company/nobody/valuation-rounds")) == (404, "company_not_found")


def test_latest_metrics_are_metrics(editor: httpx.Client) -> None:
    new_company(editor, "latest")
    for day in ("2023-12-31", "2024-03-31"):
        new_quarter(editor, "latest", day, total_revenue=3)
    page = editor.get("/v1/metrics/latest/", params={"company_id": "latest"})
    kind: Any = Page[Metrics]
    rows = msgspec.json.Decoder(kind, float_hook=Decimal).decode(page.content).data
    assert {str(row.fiscal_reporting_date) for row in rows} == {"2024-03-31"}
    by_then = {"company_id": "latest", "end_reporting_date": "2024-01-31", "currency": "USD"}
    (row,) = editor.get("/v1/metrics/latest", params=by_then).json()["data"]
    assert row["fiscal_reporting_date"] == "2023-12-31"


def test_sorting_goes_through_pages(editor: httpx.Client) -> None:
    for number in range(3):
        new_company(editor, f"sorted{number}", fund="Sorted")
    query: dict[str, Any] = {"fund": "Sorted", "sort": "-company_id", "limit": 2}
    first = editor.get("/v1/company", params=query).json()
    assert [row["company_id"] for row in first["data"]] == ["sorted2", "sorted1"]
    rest = editor.get(first["links"]["next"]).json()
    assert [row["company_id"] for row in rest["data"]] == ["sorted0"]
    for path in ("company", "input", "input_metrics", "reporting", "metrics", "metrics/latest"):
        answer = editor.get(f"/v1/{path}", params={"sort": "-company_id"})
        assert answer.status_code == 200
        answer = editor.get(f"/v1/{path}", params={"sort": "password_hash"})
        assert rule(answer) == (400, "sort_unknown")
        assert answer.json()["errors"][0]["field"] == "sort"


def test_a_single_record_takes_no_filter(editor: httpx.Client) -> None:
    address = new_company(editor, "plain")
    answer = editor.get(address, params={"limit": 1})
    assert rule(answer) == (400, "unknown_field")


@pytest.mark.parametrize("path", ["company", "input", "input_metrics"])
def test_an_unknown_id_is_404(editor: httpx.Client, path: str) -> None:
    thing = "company" if path == "company" else "input"
    for method in ("GET", "PATCH", "DELETE"):
        body: Any = {"json": {}} if method == "PATCH" else {}
        answer = editor.request(method, f"/v1/{path}/{uuid4()}", **body)
        assert rule(answer) == (404, f"{thing}_not_found")
    assert editor.get(f"/v1/{path}/%00").status_code in (400, 404)
    assert editor.get(f"/v1/{path}/%ED%A0%80").status_code == 404
    assert editor.get(f"/v1/{path}/a%2Fb").status_code == 404


def test_roles_decide_who_may_change(api: Any, editor: httpx.Client) -> None:
    address = new_company(editor, "roles")
    quarter = new_quarter(editor, "roles", "2024-03-31")
    with api.client("viewer") as viewer, api.client() as nobody:
        for one in (address, quarter):
            assert viewer.get(one).status_code == 200
            assert rule(viewer.patch(one, json={})) == (403, "role_not_allowed")
            assert rule(viewer.delete(one)) == (403, "role_not_allowed")
            for method in ("GET", "DELETE"):
                assert rule(nobody.request(method, one)) == (401, "token_missing")
        rounds = f"{address}/valuation-rounds"
        assert rule(viewer.post(rounds, json=examples.ROUND_INPUT)) == (403, "role_not_allowed")


def test_what_may_change_is_what_may_be_sent() -> None:
    assert set(InputChange.__struct_fields__) == set(MetricsInput.__struct_fields__)
    assert set(RoundChange.__struct_fields__) == set(RoundInput.__struct_fields__)
    company = set(CompanyInput.__struct_fields__)
    assert set(CompanyChange.__struct_fields__) == company | {"archived"}


@pytest.mark.parametrize(
    ("example", "shape"),
    [
        (examples.COMPANY_CHANGE, CompanyChange),
        (examples.INPUT_CHANGE, InputChange),
        (examples.ROUND_INPUT, RoundInput),
        (examples.ROUND_CHANGE, RoundChange),
    ],
)
def test_examples_name_known_fields(example: dict[str, Any], shape: Any) -> None:
    assert set(example) <= set(shape.__struct_fields__)


def test_examples_fit_their_schema() -> None:
    shape: Any = Envelope[ValuationRound]
    decoder = msgspec.json.Decoder(shape, float_hook=Decimal)
    found = decoder.decode(msgspec.json.encode(examples.one(examples.VALUATION_ROUND)))
    assert isinstance(found.data.valuation_round_id, UUID)


def test_the_document_tells_about_etags_and_preconditions(api: Any) -> None:
    paths = httpx.get(f"{api.url}/schema/openapi.json").json()["paths"]
    for path, methods in {
        "/v1/company": {"post"},
        "/v1/company/{company_id}": {"get", "patch", "delete"},
        "/v1/company/{company_id}/valuation-rounds": {"post"},
        "/v1/company/{company_id}/valuation-rounds/{valuation_round_id}": {
            "get",
            "patch",
            "delete",
        },
        "/v1/input": {"post"},
        "/v1/input/{id}": {"get", "patch", "delete"},
        "/v1/input_metrics/{id}": {"get", "patch", "delete"},
    }.items():
        for method in methods:
            operation = paths[path][method]
            headers = (
                {
                    parameter["name"]: parameter
                    for parameter in operation["parameters"]
                    if parameter["in"] == "header"
                }
                if "parameters" in operation
                else {}
            )
            expected = set() if method == "get" else {"Idempotency-Key"}
            if method in ("patch", "delete") or path == "/v1/company":
                expected |= {"If-Match"}
            assert set(headers) == expected, (path, method)
            assert not any(header["required"] for header in headers.values())
            statuses = set(operation["responses"])
            assert statuses >= ({"422"} if method != "get" else {"404"})
            assert ("412" in statuses) is ("If-Match" in expected)
            for status in statuses & {"200", "201"}:
                described = operation["responses"][status].get("headers", {})
                assert ("ETag" in described) is (method != "delete")
