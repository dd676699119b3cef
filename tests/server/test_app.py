"""The routes, from outside: what goes in, what comes out, on every answer."""

from __future__ import annotations

import signal
from decimal import Decimal
from typing import Any

import httpx
import pytest

from server.examples import COMPANY_INPUT, METRICS_INPUT

JSON = {"Content-Type": "application/json"}


def make_company(editor: httpx.Client, company_id: str, **more: Any) -> None:
    body = {"company_id": company_id, "company_name": company_id, "reporting_currency": "USD"}
    assert editor.post("/v1/company/", json=body | more).status_code == 201


def test_the_founding_example_goes_through(editor: httpx.Client) -> None:
    answer = editor.post("/v1/company/", json=COMPANY_INPUT)
    assert answer.status_code == 201
    assert answer.json()["message"] == "Company record created/updated successfully."
    assert answer.json()["data"]["company_id"] == COMPANY_INPUT["company_id"]
    assert answer.headers["etag"]
    assert editor.post("/v1/company/", json=COMPANY_INPUT).status_code == 200
    quarter = {**METRICS_INPUT, "fiscal_reporting_date": "2022-12-31 00:00:00"}
    assert editor.post("/v1/input_metrics", json=quarter).status_code == 201
    query = {
        "company_id": COMPANY_INPUT["company_id"],
        "start_reporting_date": "2022-01-01",
        "end_reporting_date": "2022-12-31",
    }
    (row,) = editor.get("/v1/input_metrics", params=query).json()["data"]
    assert row["fiscal_reporting_date"] == "2022-12-31"
    assert row["debt_outstanding"] is None
    (metrics,) = [
        row
        for row in editor.get("/v1/metrics/", params=query).json()["data"]
        if row["currency"] == "USD"
    ]
    assert metrics["arr"] == 15648552
    assert round(metrics["runway_months"], 6) == 21.774640


def test_an_absent_key_stays_and_null_clears(editor: httpx.Client) -> None:
    make_company(editor, "partial", fund="Fund A", location_country="France")
    answer = editor.post("/v1/company/", json={"company_id": "partial", "fund": None}).json()
    assert answer["data"]["fund"] is None
    assert answer["data"]["location_country"] == "France"
    assert answer["data"]["company_name"] == "partial"


@pytest.mark.parametrize("written", ["123456789012345.12345678901234567", "1e2", "-0.10", "7"])
def test_money_arrives_digit_by_digit(editor: httpx.Client, api: Any, written: str) -> None:
    company_id = f"exact{written}"
    make_company(editor, company_id)
    forms = [written] if "e" in written else [written, f'"{written}"']
    for quarter, form in enumerate(forms, start=1):
        body = (
            f'{{"company_id": "{company_id}", "gross_profit": {form},'
            f' "fiscal_reporting_date": "2024-0{quarter * 3}-30"}}'
        )
        answer = editor.post("/v1/input/", content=body, headers=JSON)
        assert answer.status_code == 201, answer.text
        stored = api.run(
            "select gross_profit from company.metrics_input"
            " where company_id = %s and reporting_quarter = %s",
            company_id,
            quarter,
            login="postgres",
        )
        assert stored == Decimal(written)


@pytest.mark.parametrize(
    "written",
    [
        *["1e400", "1e15", "-1e15", "1e-999999999", "9" * 400, "true", "[1]", "{}"],
        *['"1e5"', '"NaN"', '"Infinity"', '"1,000"', '"1_000"', '" 1"', '""', '"١"'],
    ],
)
def test_money_that_is_no_plain_amount_is_refused_with_its_field(
    editor: httpx.Client, written: str
) -> None:
    body = f'{{"company_id": "x", "equity_raised": {written}}}'.encode()
    answer = editor.post("/v1/company/", content=body, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "equity_raised"


@pytest.mark.parametrize("written", ["2.5", "2.0", "-1", "true", '"2"', "3000000000"])
def test_a_headcount_is_a_whole_number(editor: httpx.Client, written: str) -> None:
    body = f'{{"company_id": "x", "fiscal_reporting_date": "2024-03-31", "employees": {written}}}'
    answer = editor.post("/v1/input/", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "employees")


@pytest.mark.parametrize(
    ("written", "accepted"),
    [
        ("2022-12-31", True),
        ("2022-12-31 00:00:00", True),
        ("2022-12-31T00:00:00Z", True),
        ("2022-12-31T00:00:00.000+00:00", True),
        ("2022-12-31 10:00:00", False),
        ("2022-02-30", False),
        ("31.12.2022", False),
        ("2022-12", False),
        ("", False),
    ],
)
def test_days_may_have_a_midnight_time_part(
    editor: httpx.Client, written: str, accepted: bool
) -> None:
    answer = editor.post(
        "/v1/input/", json={"company_id": "nobody", "fiscal_reporting_date": written}
    )
    rule = answer.json()["errors"][0]["rule"]
    assert (rule == "company_unknown") is accepted


@pytest.mark.parametrize("path", ["company", "input", "input_metrics", "reporting", "metrics"])
def test_a_typo_in_a_filter_does_not_answer_with_everything(
    editor: httpx.Client, path: str
) -> None:
    answer = editor.get(f"/v1/{path}/", params={"compny_id": "x", "limit": 5})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["rule"]) == (
        400,
        "compny_id",
        "unknown_field",
    )
    assert "company_id" in error["hint"]
    answer = editor.get(f"/v1/{path}/?limit=1&limit=2")
    assert answer.json()["errors"][0]["rule"] == "repeated_parameter"
    assert editor.post("/v1/company/?dry_run=1", json={}).status_code == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "1001"),
        ("limit", "ten"),
        ("offset", "-1"),
        ("offset", "99999999999"),
        ("start_reporting_date", "2022-13-01"),
        ("reporting_year", "0"),
        ("reporting_quarter", "5"),
        ("company_id", ""),
    ],
)
def test_filters_are_checked(editor: httpx.Client, name: str, value: str) -> None:
    answer = editor.get("/v1/metrics/", params={name: value})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["rule"]) == (400, name, "invalid_value")


def test_pages_link_to_their_neighbours(editor: httpx.Client) -> None:
    for number in range(3):
        make_company(editor, f"page{number}", fund="Paged & co")
    query: dict[str, Any] = {"fund": "Paged & co", "limit": 1, "offset": 1}
    page = editor.get("/v1/company", params=query).json()
    assert page["meta"]["total_records"] == 3
    assert [page["meta"][k] for k in ("previous_page", "current_page", "next_page")] == [1, 2, 3]
    after = editor.get(page["links"]["next"]).json()
    assert [row["company_id"] for row in after["data"]] == ["page2"]
    assert after["links"]["next"] is None
    before = editor.get(page["links"]["previous"]).json()
    assert [row["company_id"] for row in before["data"]] == ["page0"]


def test_both_names_and_both_slashes_work(editor: httpx.Client) -> None:
    for path in ("input", "input_metrics", "reporting", "metrics", "company"):
        assert editor.get(f"/v1/{path}").status_code == 200
        assert editor.get(f"/v1/{path}/").status_code == 200


def test_health_needs_no_token_and_has_no_envelope(anyone: httpx.Client) -> None:
    assert anyone.get("/health/live").json() == {"status": "alive"}
    ready = anyone.get("/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")


@pytest.mark.parametrize("path", ["/v1/company/", "/nowhere", "/docs", "/health/live", "/v1/x"])
def test_every_answer_has_the_security_headers(editor: httpx.Client, path: str) -> None:
    headers = editor.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert len(headers["x-request-id"]) >= 8
    assert "server" not in headers
    if path.startswith("/v1"):
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("batch-7.a_b", True), ("x" * 65, False), ('a"b', False), ("a b", False), ("", False)],
)
def test_a_request_id_is_kept_when_it_is_plain(anyone: httpx.Client, sent: str, kept: bool) -> None:
    answered = anyone.get("/health/live", headers={"X-Request-ID": sent}).headers["x-request-id"]
    assert (answered == sent) is kept


def test_the_log_has_one_json_line_a_request_without_values(api: Any, editor: httpx.Client) -> None:
    headers = {"X-Request-ID": "logged-1"}
    editor.get("/v1/company/", params={"company_id": "confidential"}, headers=headers)
    (line,) = api.log_lines("logged-1")
    assert (line["method"], line["route"], line["status"]) == ("GET", "/v1/company", 200)
    assert line["ms"] > 0
    assert "confidential" not in api.log.read_text()
    assert "Bearer" not in api.log.read_text()


def test_it_stops_when_told_to(second_api: Any) -> None:
    second_api.process.terminate()
    assert second_api.process.wait(timeout=15) in (0, -signal.SIGTERM)
