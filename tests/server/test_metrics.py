"""`/metrics`: what Prometheus reads, without a token and without anybody's data."""

from __future__ import annotations

import re

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.server.conftest import Api


def samples(anyone: httpx.Client) -> dict[tuple[str, str, str], float]:
    """Requests by method, path and status; the pool by its names."""
    answer = anyone.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    found = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            if sample.name in ("quarterbase_requests_total",) or "_pool_" in sample.name:
                labels = sample.labels
                key = labels.get("method", sample.name), labels.get("path", "")
                found[(*key, labels.get("status_code", ""))] = sample.value
    return found


def test_requests_are_counted_by_route_and_what_was_answered(
    api: Api, anyone: httpx.Client, editor: httpx.Client
) -> None:
    body = {"company_id": "counted", "company_name": "C", "reporting_currency": "USD"}
    assert editor.post("/v1/company/", json=body).status_code == 201
    assert editor.get("/v1/company/counted").status_code == 200
    assert editor.get("/v1/company/not-there").status_code == 404
    assert editor.get("/v1/company/?limit=0").status_code == 400
    assert anyone.get("/v1/company/").status_code == 401
    found = samples(anyone)
    assert found["POST", "/v1/company", "201"] == 1
    assert found["GET", "/v1/company/{company_id}", "200"] == 1
    assert found["GET", "/v1/company/{company_id}", "404"] == 1
    assert found["GET", "/v1/company", "400"] == 1
    assert found["GET", "/v1/company", "401"] == 1  # refused before the handler, and still told


def test_a_value_of_a_request_is_never_a_label(api: Api, anyone: httpx.Client) -> None:
    with api.client("editor") as editor:
        editor.get("/v1/company/confidential-id", params={"limit": "confidential-value"})
        for number in range(20):
            anyone.get(f"/no/such/page/{number}")
    before = len(samples(anyone))
    text = anyone.get("/metrics").text
    assert "confidential" not in text
    assert "/no/such" not in text
    assert "@" not in text
    for number in range(20):
        anyone.get(f"/v1/company/{number}")
    assert len(samples(anyone)) - before <= 1


def test_the_pool_is_told(anyone: httpx.Client) -> None:
    anyone.get("/health/ready")
    found = samples(anyone)
    assert found["quarterbase_pool_connections", "", ""] >= 1
    assert found["quarterbase_pool_requests_waiting", "", ""] == 0
    assert ("quarterbase_pool_connections_idle", "", "") in found


@pytest.mark.parametrize(
    "path", ["/metrics", "/redoc", "/.well-known/jwks.json", "/static/docs.js"]
)
def test_pages_without_a_token_have_the_security_headers_too(
    anyone: httpx.Client, path: str
) -> None:
    for answer in (anyone.get(path), anyone.post(path), anyone.head(path)):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])
        assert "server" not in answer.headers
        if answer.status_code >= 400 and answer.request.method != "HEAD":
            assert answer.json()["status"] == "error"
