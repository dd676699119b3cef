"""What the OpenAPI document promises is what real answers hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import httpx
import msgspec
import pytest

from server import examples
from server.openapi import TOKEN_URL
from server.schemas.auth import Token
from server.schemas.company import Company, CompanyInput
from server.schemas.envelope import Envelope, Page
from server.schemas.quarter import Financials, Metrics, MetricsInput, SubmittedQuarter

LISTS: dict[str, Any] = {
    "company": Company,
    "input": SubmittedQuarter,
    "reporting": Financials,
    "metrics": Metrics,
}
FOUNDING = """
id company_id currency total_revenue recurring_revenue gross_profit sales_marketing_expense
total_operating_expense ebitda net_income cash_burn cash_balance debt_outstanding employees
customers fiscal_reporting_date fiscal_reporting_quarter reporting_year reporting_quarter
created_date created_by last_update_date last_updated_by
"""
OPEN = {
    ("post", "/v1/auth/login"),
    ("post", TOKEN_URL),
    ("get", "/health/live"),
    ("get", "/health/ready"),
}


def strictly(body: bytes, shape: Any) -> Any:
    """Every key is known, every key is there, every type fits."""
    return msgspec.json.Decoder(shape, float_hook=Decimal).decode(body)


@pytest.fixture(scope="module")
def filled(api: Any) -> Any:
    """The founding example, and a second company whose page has gaps."""
    with api.client("editor") as editor:
        editor.post("/v1/company/", json=examples.COMPANY_INPUT)
        editor.post("/v1/input/", json=examples.METRICS_INPUT)
        bare = {"company_id": "bare", "company_name": "Bare", "reporting_currency": "EUR"}
        editor.post("/v1/company/", json=bare)
        for day in ("2023-03-31", "2023-09-30"):
            quarter = {"company_id": "bare", "fiscal_reporting_date": day, "total_revenue": "10.5"}
            assert editor.post("/v1/input/", json=quarter).status_code == 201
        yield editor


@pytest.mark.parametrize("path", LISTS)
def test_lists_are_what_they_promise(filled: httpx.Client, path: str) -> None:
    shape: Any = LISTS[path]
    page = strictly(filled.get(f"/v1/{path}/").content, Page[shape])
    assert page.data
    assert page.meta.total_records == len(page.data)
    nothing = filled.get(f"/v1/{path}/", params={"company_id": "nobody"})
    assert strictly(nothing.content, Page[shape]).data == []


def test_writes_are_what_they_promise(filled: httpx.Client, api: Any) -> None:
    company = filled.post("/v1/company/", json={"company_id": "bare", "fund": "Fund B"})
    assert strictly(company.content, Envelope[Company]).data.fund == "Fund B"
    quarter = {"company_id": "bare", "fiscal_reporting_date": "2024-03-31", "ebitda": -1.5}
    answer = strictly(filled.post("/v1/input/", json=quarter).content, Envelope[SubmittedQuarter])
    assert (answer.code, answer.data.ebitda) == (201, Decimal("-1.5"))
    login = {"email": "editor@example.com", "password": "correct horse"}
    assert strictly(filled.post("/v1/auth/login", json=login).content, Envelope[Token])


def test_a_submitted_quarter_has_exactly_the_founding_columns() -> None:
    assert sorted(SubmittedQuarter.__struct_fields__) == sorted(FOUNDING.split())


@pytest.mark.parametrize(
    ("example", "shape"),
    [
        (examples.COMPANY_SAVED, Envelope[Company]),
        (examples.QUARTER_SUBMITTED, Envelope[SubmittedQuarter]),
        (examples.page(examples.COMPANY), Page[Company]),
        (examples.page(examples.SUBMITTED_QUARTER), Page[SubmittedQuarter]),
        (examples.page(examples.FINANCIALS), Page[Financials]),
        (examples.page(examples.METRICS), Page[Metrics]),
    ],
)
def test_examples_fit_their_own_schema(example: dict[str, Any], shape: Any) -> None:
    strictly(msgspec.json.encode(example), shape)


@pytest.fixture(scope="module")
def document(api: Any) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{api.url}/schema/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]


def test_every_operation_says_who_may_call_it_and_how_it_can_fail(
    document: dict[str, Any],
) -> None:
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert document["components"]["securitySchemes"]["password"]["type"] == "oauth2"
    assert document["security"] == [{"bearer": []}, {"password": []}]
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(ids) == len(set(ids)) >= 27
    for method, path, operation in operations(document):
        assert operation["tags"][0] in {"company", "fund", "fx", "ledger", "security", "ops"}
        assert (operation.get("security") == []) is ((method, path) in OPEN)
        if path.startswith("/health") or path == TOKEN_URL:  # outside the envelope
            continue
        expected = {"400", "401", "500", "503", "504"}
        expected |= {"get": {"200"}, "delete": {"200", "413"}}.get(method, {"413", "415"})
        expected |= {"429"} if path.endswith("login") else {"403"}
        assert expected <= set(operation["responses"])
        for status, response in operation["responses"].items():
            content = response["content"]["application/json"]
            refused = content["schema"]["$ref"].endswith("/ErrorEnvelope")
            assert refused is (int(status) >= 400)
            (example,) = content["examples"].values()
            assert example["value"]["code"] == int(status)


def test_nulls_of_an_example_are_shown(document: dict[str, Any]) -> None:
    answer = document["paths"]["/v1/metrics"]["get"]["responses"]["200"]
    (example,) = answer["content"]["application/json"]["examples"].values()
    assert example["value"]["data"][0]["yoy_growth_revenue"] is None


def test_the_document_names_every_filter(document: dict[str, Any]) -> None:
    paging = {"limit", "offset"}
    period = {"start_reporting_date", "end_reporting_date", "reporting_year", "reporting_quarter"}
    rounds = {"currency", "sort"} | period | paging
    company = {"company_id", "fund"} | rounds
    for path, expected in {
        "company": company,
        "company/{company_id}/valuation-rounds": {"company_id"} | rounds,
        "input": company,
        "input_metrics": company,
        "reporting": company,
        "metrics": company,
        "metrics/latest": company,
    }.items():
        parameters = document["paths"][f"/v1/{path}"]["get"]["parameters"]
        assert {parameter["name"] for parameter in parameters} == expected


def test_money_and_days_are_described(document: dict[str, Any]) -> None:
    fields = document["components"]["schemas"]["MetricsInput"]["properties"]
    kinds = [kind["type"] for kind in fields["total_revenue"]["oneOf"]]
    assert kinds == ["number", "string", "null"]
    assert fields["fiscal_reporting_date"] == {"type": "string", "format": "date"}
    answered = document["components"]["schemas"]["SubmittedQuarter"]["properties"]
    kinds = [kind["type"] for kind in answered["total_revenue"]["oneOf"]]
    assert kinds == ["number", "null"]


def test_a_choice_or_null_is_one_enumeration(document: dict[str, Any]) -> None:
    fields = document["components"]["schemas"]["Job"]["properties"]
    words, nothing = fields["last_run_status"]["oneOf"]
    assert (words["type"], nothing) == ("string", {"type": "null"})
    assert None not in words["enum"]


def test_numbers_of_answers_are_described(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    revenue = schemas["SubmittedQuarter"]["properties"]["total_revenue"]
    assert [kind["type"] for kind in revenue["oneOf"]] == ["number", "null"]
    assert schemas["Rate"]["properties"]["rate"] == {"type": "number"}


def test_only_writable_columns_come_in() -> None:
    assert set(CompanyInput.__struct_fields__) == {
        *examples.COMPANY_INPUT,
        "amount_unit",
        "burn_sign",
        "archived",
    }
    own = {"id", "created_date", "created_by", "last_update_date", "last_updated_by"}
    assert set(MetricsInput.__struct_fields__) == set(SubmittedQuarter.__struct_fields__) - own
