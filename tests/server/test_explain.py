"""GET /v1/metrics/explain: typed, refused with a reason, and nothing for those who see no row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import httpx
import msgspec
import pytest

from server import examples
from server.examples_explain import EXPLANATION
from server.schemas.envelope import Envelope
from server.schemas.explanation import Explanation
from server.schemas.quarter import Metrics, SubmittedQuarter

QUARTER: dict[str, Any] = {
    "company_id": "reciLI8sBuJE9vEAv",
    "year": 2022,
    "quarter": 4,
    "currency": "USD",
}


@pytest.fixture(scope="module")
def filled(api: Any) -> Iterator[httpx.Client]:
    with api.client("editor") as editor:
        editor.post("/v1/company/", json=examples.COMPANY_INPUT)
        editor.post("/v1/input/", json=examples.METRICS_INPUT)
        yield editor


def explain(client: httpx.Client, metric: str, **more: Any) -> httpx.Response:
    return client.get("/v1/metrics/explain", params={**QUARTER, "metric": metric, **more})


def explained(client: httpx.Client, metric: str, **more: Any) -> Explanation:
    answer = explain(client, metric, **more)
    assert answer.status_code == 200, answer.text
    kind: Any = Envelope[Explanation]
    found: Explanation = msgspec.json.Decoder(kind, float_hook=Decimal).decode(answer.content).data
    return found


def refusal(answer: httpx.Response) -> tuple[int, str, str]:
    error = answer.json()["errors"][0]
    return answer.status_code, error["rule"], error["field"]


def test_every_metric_of_the_founding_example_is_explained(filled: httpx.Client) -> None:
    (row,) = filled.get("/v1/metrics/", params={"currency": "USD"}).json()["data"]
    metrics = set(Metrics.__struct_fields__) - set(SubmittedQuarter.__struct_fields__)
    assert len(metrics) == 35
    for metric in metrics:
        found = explained(filled, metric)
        assert (found.value is None) is (found.reason is not None) is (row[metric] is None)
        value = found.value
        assert (float(value) if isinstance(value, Decimal) else value) == row[metric]


def test_a_number_is_told_down_to_its_submission(filled: httpx.Client) -> None:
    found = explained(filled, "enterprise_value")
    assert (found.value, found.assumed_zero_debt) == (215_000_000, True)
    operands = {operand.operand: operand for operand in found.operands}
    (quarter,) = filled.get("/v1/input/", params={"company_id": QUARTER["company_id"]}).json()[
        "data"
    ]
    debt = operands["submitted_debt_outstanding"]
    assert debt.row and debt.reason
    assert (debt.row.table, debt.row.id) == ("company.metrics_input", quarter["id"])
    assert (debt.row.created_by, debt.reason.code) == (quarter["created_by"], "missing_input")
    valuation = operands["submitted_post_money_valuation"]
    assert valuation.row
    assert (valuation.value, valuation.row.table) == (215, "company.company")


def test_a_quarter_without_a_rate_is_explained(filled: httpx.Client) -> None:
    found = explained(filled, "arr", currency="CAD")
    assert found.reason
    assert (found.value, found.row, found.reason.code) == (None, None, "no_fx_rate")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"metric": "ebitda"}, (400, "metric_unknown", "metric")),
        ({"company_id": "nobody"}, (404, "company_not_found", "company_id")),
        ({"year": 2021}, (404, "quarter_not_reported", "quarter")),
        ({"currency": "JPY"}, (404, "currency_not_shown", "currency")),
        ({"quarter": 5}, (400, "invalid_value", "quarter")),
        ({"metrics": "arr"}, (400, "unknown_field", "metrics")),
    ],
)
def test_what_cannot_be_explained_is_refused(
    filled: httpx.Client, changed: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    answer = explain(filled, **{"metric": "arr", **changed})
    assert refusal(answer) == expected
    assert answer.json()["errors"][0]["message"]


def test_every_parameter_is_needed(filled: httpx.Client) -> None:
    for name in (*QUARTER, "metric"):
        given = {key: value for key, value in {**QUARTER, "metric": "arr"}.items() if key != name}
        answer = filled.get("/v1/metrics/explain", params=given)
        assert refusal(answer) == (400, "required", name)


def test_investors_are_refused(filled: httpx.Client, api: Any) -> None:
    with api.client("investor") as investor:
        assert explain(investor, "arr").status_code == 403


def test_a_submitter_without_the_company_finds_nothing(filled: httpx.Client, api: Any) -> None:
    with api.client("submitter") as submitter:
        assert refusal(explain(submitter, "arr"))[:2] == (404, "company_not_found")


def test_the_example_fits_its_own_schema() -> None:
    shape: Any = Envelope[Explanation]
    text = msgspec.json.encode(examples.one(EXPLANATION))
    decoded = msgspec.json.Decoder(shape, float_hook=Decimal).decode(text).data
    assert decoded.value == decoded.operands[0].value * 4
