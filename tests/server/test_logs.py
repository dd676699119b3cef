"""What a whole session leaves in the log: that it happened, and nobody's secrets or names."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.log import JsonLine, trace
from tests.server.conftest import PASSWORD, Api, start_api, stop_api
from tests.server.identity_provider import AUDIENCE, IdentityProvider

EMAIL = "nora.confidential@example.com"


def test_a_session_leaves_no_secret_and_no_personal_data(api: Api, anyone: httpx.Client) -> None:
    api.user("admin", EMAIL)
    secrets = [EMAIL, PASSWORD, "Wr0ng-Password", "Confidential-Company", "98765.4321"]
    wrong = {"email": EMAIL, "password": "Wr0ng-Password"}
    assert anyone.post("/v1/auth/login", json=wrong).status_code == 401
    form = {"grant_type": "password", "username": EMAIL, "password": PASSWORD}
    token = anyone.post("/v1/auth/token", data=form).json()
    again = {"grant_type": "refresh_token", "refresh_token": token["refresh_token"]}
    renewed = anyone.post("/v1/auth/token", data=again).json()
    secrets += [t[name] for t in (token, renewed) for name in ("access_token", "refresh_token")]
    headers = {"Authorization": f"Bearer {renewed['access_token']}", "X-Request-ID": "session-1"}
    body = {"company_id": "c", "company_name": "Confidential-Company", "reporting_currency": "USD"}
    assert anyone.post("/v1/company/", json=body, headers=headers).status_code == 201
    for query in ({"fund": "Confidential-Company"}, {"secret": "Confidential-Company"}):
        anyone.get("/v1/company/", params=query, headers=headers)
    anyone.get(f"/nowhere/{EMAIL}")
    # Values that PostgreSQL itself refuses, which it quotes in its own messages.
    quarter = {"company_id": "c", "fiscal_reporting_date": "2024-03-31", "ebitda": "98765.4321"}
    assert anyone.post("/v1/input/", json=quarter, headers=headers).status_code == 201
    assert anyone.post("/v1/input/", json=quarter, headers=headers).status_code == 409
    nul = {**body, "company_name": "Confidential-Company\0"}
    assert anyone.post("/v1/company/", json=nul, headers=headers).status_code == 400
    anyone.post("/v1/company/", content=b"{Confidential-Company", headers=headers)
    # A fault of ours in the middle of it.
    api.run("alter view company.financials_record rename to financials_elsewhere")
    try:
        query = {"company_id": "Confidential-Company"}
        assert anyone.get("/v1/reporting/", params=query, headers=headers).status_code == 500
    finally:
        api.run("alter view company.financials_elsewhere rename to financials_record")
    assert len(api.log_lines("session-1")) > 5
    log = api.log.read_text()
    assert [secret for secret in secrets if secret in log] == []
    assert "Bearer" not in log
    assert all(isinstance(json.loads(line), dict) for line in log.splitlines())


def test_a_stranger_from_the_provider_leaves_no_name(api: Api, tmp_path: Path) -> None:
    with IdentityProvider("tenant-log") as provider:
        environment = {
            "QUARTERBASE_OIDC_ISSUER": provider.issuer,
            "QUARTERBASE_OIDC_AUDIENCE": AUDIENCE,
        }
        door = start_api(api.dsn, tmp_path, **environment)
        try:
            token = provider.token(name="Nora Confidential", sub="is-confidential", email=EMAIL)
            for broken in ("html", ""):
                provider.broken = broken
                headers = {"Authorization": f"Bearer {token}"}
                httpx.get(f"{door.url}/v1/company/", headers=headers)
        finally:
            stop_api(door)
        log = door.log.read_text()
        assert "no keys from the identity provider" in log
        for secret in (token, "Confidential", "confidential"):
            assert secret not in log


def refuse(value: str) -> None:
    try:
        int(value)
    except ValueError as error:
        raise RuntimeError(f"while reading {value}") from error


def test_a_trace_says_where_and_what_kind_and_quotes_nothing() -> None:
    with pytest.raises(RuntimeError) as caught:
        refuse("confidential")
    told = trace(caught.value)
    assert "confidential" not in told.replace('refuse("confidential")', "")
    assert told.index("ValueError") < told.index("RuntimeError")
    assert "test_logs.py" in told


def test_a_line_of_another_library_is_json_too() -> None:
    record: Any = logging.LogRecord("uvicorn.error", 20, "x", 1, 'a "quoted"\nword', None, None)
    line = json.loads(JsonLine().format(record))
    assert line["message"] == 'a "quoted"\nword'
