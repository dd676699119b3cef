"""One status table, one envelope, whatever goes wrong."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import msgspec
import psycopg
import psycopg_pool
import pytest
from litestar.types import Message, Receive, Scope, Send

from server.db import Database
from server.edge import Edge
from server.errors import STATUSES, ErrorEnvelope, FieldError, Problem, status_of


class StrictError(msgspec.Struct, forbid_unknown_fields=True):
    field: str | None
    rule: str
    message: str
    hint: str | None


class StrictEnvelope(msgspec.Struct, forbid_unknown_fields=True):
    status: str
    code: int
    message: str
    errors: list[StrictError]


def refused(answer: httpx.Response, status: int, *rules: str) -> list[StrictError]:
    """Checks the envelope, and that these are the rules; returns the errors."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    body = msgspec.json.decode(answer.content, type=StrictEnvelope)
    assert (body.status, body.code) == ("error", status)
    assert [error.rule for error in body.errors] == list(rules)
    assert all(error.message for error in body.errors)
    return body.errors


@pytest.mark.parametrize(
    ("code", "status"),
    [
        *[(f"QB{status}", status) for status in STATUSES],
        ("QB200", 500),  # not a refusal at all
        ("QBxyz", 500),
        ("23505", 409),
        ("23P01", 409),
        ("23503", 400),
        ("23514", 400),
        ("23502", 400),
        ("22003", 400),
        ("22P02", 400),
        ("42501", 403),
        ("40001", 503),
        ("40P01", 503),
        ("57014", 504),
        ("57P01", 503),
        ("08006", 503),
        ("53300", 503),
        ("42883", 500),
        ("P0001", 500),
        ("XX000", 500),
    ],
)
def test_sqlstates_have_one_status_each(code: str, status: int) -> None:
    error = psycopg.DatabaseError("words that nobody matches")
    error.sqlstate = code
    assert status_of(error) == status


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (psycopg.OperationalError("server closed the connection"), 503),
        (psycopg_pool.PoolTimeout("no connection in time"), 503),
        (psycopg_pool.TooManyRequests("the queue is full"), 503),
        (psycopg.DataError("cannot contain NUL"), 400),
        (psycopg.ProgrammingError("a bug of ours"), 500),
    ],
)
def test_errors_without_a_code_have_a_status(error: psycopg.Error, status: int) -> None:
    assert status_of(error) == status


@pytest.mark.parametrize("status", [429, 503])
def test_try_later_says_when(status: int) -> None:
    assert int(Problem(status).headers["Retry-After"]) > 0


def test_unmatched_paths_and_methods_have_the_envelope(
    anyone: httpx.Client, editor: httpx.Client
) -> None:
    refused(anyone.get("/nowhere"), 404, "not_found")
    refused(editor.get("/v1/nowhere"), 404, "not_found")
    refused(anyone.get("/static/nowhere.js"), 404, "not_found")
    answer = editor.delete("/v1/company/")
    refused(answer, 405, "method_not_allowed")
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (b"", "invalid_json"),
        (b"{", "invalid_json"),
        (b'{"equity_raised": NaN}', "invalid_json"),
        (b'{"company_name": "\xe9"}', "invalid_json"),
        (b'{"company_name":' + b"[" * 50_000, "invalid_json"),
        (b"[]", "invalid_type"),
        (b'{"company_name": "a\\u0000b"}', "invalid_value"),
    ],
)
def test_a_body_that_is_no_json_object_is_400(editor: httpx.Client, body: bytes, rule: str) -> None:
    headers = {"Content-Type": "application/json"}
    refused(editor.post("/v1/company/", content=body, headers=headers), 400, rule)


def test_every_wrong_field_is_named_with_its_rule(editor: httpx.Client) -> None:
    body = {"company_idd": "x", "currency": 3, "employees": -1, "reporting_quarter": 5}
    errors = refused(
        editor.post("/v1/input/", json=body),
        400,
        *["required"] * 2,
        "invalid_type",
        *["invalid_value"] * 2,
        "unknown_field",
    )
    assert [error.field for error in errors] == [
        "company_id",
        "fiscal_reporting_date",
        "currency",
        "employees",
        "reporting_quarter",
        "company_idd",
    ]


def test_other_media_types_are_415_and_large_bodies_413(editor: httpx.Client) -> None:
    refused(editor.post("/v1/company/", data={"company_id": "x"}), 415, "unsupported_media_type")
    big = b'{"company_name": "' + b"x" * 1_000_000 + b'"}'
    headers = {"Content-Type": "application/json"}
    answer = editor.post("/v1/company/", content=big, headers=headers)
    refused(answer, 413, "body_too_large")


def test_a_declared_constraint_answers_in_its_own_words(editor: httpx.Client) -> None:
    body = {"company_id": "words", "company_name": "Words", "reporting_currency": "USD"}
    assert editor.post("/v1/company/", json=body).status_code == 201
    answer = editor.post("/v1/company/", json={"company_id": "words", "equity_raised": -1})
    (error,) = refused(answer, 400, "company_equity_raised_in_range")
    assert error.field == "equity_raised"
    assert error.hint
    quarter = {"company_id": "words", "fiscal_reporting_date": "2024-03-31"}
    assert editor.post("/v1/input/", json=quarter).status_code == 201
    answer = editor.post("/v1/input/", json=quarter)
    refused(answer, 409, "metrics_input_one_per_quarter")


def test_an_error_of_ours_is_an_id_and_nothing_else(api: Any, editor: httpx.Client) -> None:
    api.run("alter view company.financials_record rename to financials_elsewhere")
    try:
        answer = editor.get("/v1/reporting/", headers={"X-Request-ID": "broken-1"})
    finally:
        api.run("alter view company.financials_elsewhere rename to financials_record")
    (error,) = refused(answer, 500, "internal_error")
    assert "broken-1" in error.message
    assert "financials_record" not in answer.text
    assert "relation" not in answer.text
    lines = api.log_lines("broken-1")
    (line,) = [line for line in lines if line["logger"] == "quarterbase.db"]
    assert (line["sqlstate"], "financials_record" in line["reason"]) == ("42P01", True)
    (line,) = [line for line in lines if "trace" in line]
    assert "UndefinedTable" in line["trace"]
    assert "financials_record" not in line["trace"]  # messages may quote what somebody sent


def test_a_crash_outside_the_application_has_the_envelope() -> None:
    async def crash(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError("secret")

    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Any = {"type": "http", "method": "GET", "path": "/v1/x", "headers": []}
    asyncio.run(Edge(crash)(scope, receive, send))
    body = msgspec.json.decode(sent[1]["body"], type=ErrorEnvelope)
    assert (sent[0]["status"], body.code) == (500, 500)
    assert b"secret" not in sent[1]["body"]


def test_several_errors_are_counted_in_the_message() -> None:
    problem = Problem(400, FieldError("a", "x", "A."), FieldError("b", "y", "B."))
    assert "2 problems" in problem.message


def test_words_of_a_constraint_are_not_needed_to_refuse() -> None:
    async def work() -> Any:
        async with Database("postgresql://qb_api@127.0.0.1:1/x", patience_seconds=0.1) as db:
            return await db._words("company", "company", "some_rule")

    assert asyncio.run(work()) is None
