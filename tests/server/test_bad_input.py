"""Whatever comes in: the right 4xx with field, rule and hint, and not one row is different."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg import sql

JSON = {"Content-Type": "application/json"}
_TABLES = """
select n.nspname, c.relname from pg_class as c inner join pg_namespace as n
on c.relnamespace = n.oid where n.nspowner = 'qb_owner'::regrole and c.relkind = 'r' order by 1, 2
"""


def digest(api: Any) -> str:
    """One number for every row of every table."""
    found = sha256()
    with psycopg.connect(api.dsn("postgres")) as conn:
        for schema, table in conn.execute(_TABLES).fetchall():
            rows = sql.SQL(
                "select md5(string_agg(t::text, '|' order by t::text)) from {} as t"
            ).format(sql.Identifier(schema, table))
            found.update(f"{schema}.{table} {conn.execute(rows).fetchone()}".encode())
    return found.hexdigest()


class Target(NamedTuple):
    """A write that would go through with a good body."""

    method: str
    path: str
    needed: dict[str, Any]


@pytest.fixture(scope="module")
def targets(api: Any) -> dict[str, Target]:
    with api.client("editor") as editor:
        body = {"company_id": "bad", "company_name": "Bad", "reporting_currency": "USD"}
        assert editor.post("/v1/company", json=body).status_code == 201
        quarter = {"company_id": "bad", "fiscal_reporting_date": "2024-03-31"}
        quarter_id = editor.post("/v1/input", json=quarter).json()["data"]["id"]
        rounds = "/v1/company/bad/valuation-rounds"
        valued = {"round_on": "2024-01-01", "post_money_valuation": 3}
        made = editor.post(rounds, json=valued).json()["data"]["valuation_round_id"]
    next_quarter = {"company_id": "bad", "fiscal_reporting_date": "2024-06-30"}
    next_round = {"round_on": "2024-02-02", "post_money_valuation": 4}
    return {
        "new company": Target("POST", "/v1/company", body | {"company_id": "worse"}),
        "company": Target("PATCH", "/v1/company/bad", {}),
        "new quarter": Target("POST", "/v1/input", next_quarter),
        "quarter": Target("PATCH", f"/v1/input/{quarter_id}", {}),
        "new round": Target("POST", rounds, next_round),
        "round": Target("PATCH", f"{rounds}/{made}", {}),
    }


@pytest.fixture(autouse=True)
def nothing_changes(api: Any, targets: dict[str, Target]) -> Iterator[None]:
    before = digest(api)
    yield
    assert digest(api) == before


def send(editor: httpx.Client, target: Target, body: bytes, **headers: str) -> httpx.Response:
    return editor.request(target.method, target.path, content=body, headers=JSON | headers)


def refused(answer: httpx.Response, status: int = 400) -> dict[str, Any]:
    """The one error of a refusal."""
    assert answer.status_code == status, answer.text
    (error,) = answer.json()["errors"]
    assert error["rule"] and error["message"]
    found: dict[str, Any] = error
    return found


def with_field(target: Target, field: str, written: str) -> bytes:
    """The body as JSON text, with a value that json.dumps would not write."""
    rest = json.dumps({k: v for k, v in target.needed.items() if k != field})
    comma = ", " if len(rest) > 2 else ""
    return f'{rest[:-1]}{comma}"{field}": {written}}}'.encode("utf-8", "surrogatepass")


MONEY = {
    "new company": "equity_raised",
    "company": "post_money_valuation",
    "new quarter": "total_revenue",
    "quarter": "ebitda",
    "new round": "post_money_valuation",
    "round": "equity_raised",
}
NO_AMOUNT = ["1e400", "-1e400", "1e15", '"1,000"', '"NaN"', '"Infinity"', '"١"', '"1e5"', "true"]


@pytest.mark.parametrize("what", MONEY)
def test_what_is_no_amount(editor: httpx.Client, targets: dict[str, Target], what: str) -> None:
    target, field = targets[what], MONEY[what]
    for written in NO_AMOUNT:
        error = refused(send(editor, target, with_field(target, field, written)))
        assert (error["field"], error["rule"]) in (
            (field, "invalid_value"),
            (field, "invalid_type"),
        ), written
    for written in ("NaN", "Infinity", "-Infinity", "1,000", "01", "1.", "0x1"):
        error = refused(send(editor, target, with_field(target, field, written)))
        assert error["rule"] == "invalid_json", written


@pytest.mark.parametrize("what", MONEY)
def test_what_is_no_json(editor: httpx.Client, targets: dict[str, Target], what: str) -> None:
    target = targets[what]
    for body in (
        b"",
        b"{",
        b"\xff\xfe",
        b'{"a": "\xe9"}',
        b'{"currency": "\\ud800"}',
        b'{"currency": "\xed\xa0\x80"}',
        b"[" * 100_000,
        b'{"currency":' + b'{"a":' * 50_000,
        b'{"a": 1}{"b": 2}',
    ):
        assert refused(send(editor, target, body))["rule"] == "invalid_json", body[:40]
    for body in (b"[]", b"7", b"null", b'"text"'):
        assert refused(send(editor, target, body))["rule"] == "invalid_type", body


@pytest.mark.parametrize("what", MONEY)
def test_unknown_fields_are_named(
    editor: httpx.Client, targets: dict[str, Target], what: str
) -> None:
    target = targets[what]
    for name in ("totl_revenue", "row_version", "created_by", "id", "__proto__"):
        error = refused(send(editor, target, with_field(target, name, "1")))
        assert (error["field"], error["rule"]) == (name, "unknown_field")
        assert "Known here" in error["hint"]


@pytest.mark.parametrize(
    ("field", "written", "rule"),
    [
        ("employees", "2.5", "invalid_type"),
        ("employees", "1e400", None),
        ("employees", "-1", "invalid_value"),
        ("customers", "2147483648", "invalid_value"),
        ("reporting_quarter", "5", "invalid_value"),
        ("reporting_year", "0", "invalid_value"),
        ("fiscal_reporting_quarter", "0", "invalid_value"),
        ("fiscal_reporting_date", '"2022-13-31"', "invalid_value"),
        ("fiscal_reporting_date", '"2022-02-30"', "invalid_value"),
        ("fiscal_reporting_date", "20220331", None),
        ("fiscal_reporting_date", '"infinity"', "invalid_value"),
        ("total_revenue", "-0.01", "total_revenue_in_range"),
        ("cash_balance", "-5", "cash_balance_in_range"),
        ("currency", '"XXY"', "metrics_input_currency_fkey"),
        ("currency", '"usd"', "metrics_input_currency_fkey"),
        ("currency", "7", "invalid_type"),
        ("fiscal_reporting_date", '"2199-12-31"', "quarter_has_ended"),
        ("fiscal_reporting_date", '"1901-03-31"', "fiscal_reporting_date_in_range"),
    ],
)
def test_a_quarter_that_cannot_be(
    editor: httpx.Client, targets: dict[str, Target], field: str, written: str, rule: str | None
) -> None:
    for what in ("new quarter", "quarter"):
        target = targets[what]
        error = refused(send(editor, target, with_field(target, field, written)))
        assert error["field"] == field
        assert error["rule"] == (rule or error["rule"])
        if rule and not rule.startswith("invalid_"):
            assert error["hint"]


def test_a_quarter_that_ends_tomorrow(editor: httpx.Client, targets: dict[str, Target]) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    for what in ("new quarter", "quarter"):
        body = with_field(targets[what], "fiscal_reporting_date", f'"{tomorrow}"')
        error = refused(send(editor, targets[what], body))
        assert error["rule"] == "quarter_has_ended"


@pytest.mark.parametrize(
    ("what", "field", "written", "status", "rule"),
    [
        ("round", "round_on", '"2022-13-01"', 400, "invalid_value"),
        ("round", "round_on", "null", 400, "invalid_value"),
        ("new round", "post_money_valuation", "null", 400, "invalid_value"),
        ("round", "post_money_valuation", "-1", 400, "round_post_money_valuation_in_range"),
        ("new round", "currency", '"XXY"', 400, "valuation_round_currency_fkey"),
        ("new round", "amount_unit", '"dozens"', 400, "invalid_value"),
        ("new round", "round_name", '""', 400, "invalid_value"),
        ("company", "archived", '"yes"', 400, "invalid_type"),
        ("company", "location_country", '"Atlantis"', 400, "country_unknown"),
        ("company", "company_name", '"a\\u0000b"', 400, "invalid_value"),
        ("company", "company_name", '" "', 400, "company_name_not_blank"),
        ("company", "company_id", '"other"', 400, "company_id_is_fixed"),
        ("company", "equity_raised", "4", 409, "valuation_by_rounds"),
        ("new company", "company_id", '"a/b"', 400, "company_id_is_a_plain_key"),
        ("new company", "company_id", '"a b"', 400, "company_id_is_a_plain_key"),
        ("new company", "reporting_currency", '"XXY"', 400, "company_reporting_currency_fkey"),
    ],
)
def test_a_company_or_a_round_that_cannot_be(
    editor: httpx.Client,
    targets: dict[str, Target],
    what: str,
    field: str,
    written: str,
    status: int,
    rule: str,
) -> None:
    target = targets[what]
    error = refused(send(editor, target, with_field(target, field, written)), status)
    assert error["rule"] == rule


def test_required_fields_are_asked_for(editor: httpx.Client, targets: dict[str, Target]) -> None:
    for what, fields in {
        "new quarter": ["company_id", "fiscal_reporting_date"],
        "new round": ["round_on", "post_money_valuation"],
    }.items():
        answer = send(editor, targets[what], b"{}")
        errors = answer.json()["errors"]
        assert [(error["field"], error["rule"]) for error in errors] == [
            (field, "required") for field in fields
        ]


def test_ids_that_are_not_there(editor: httpx.Client) -> None:
    for path in (f"/v1/input/{uuid4()}", "/v1/company/nobody"):
        for method in ("PATCH", "DELETE"):
            error = refused(editor.request(method, path, content=b"{}", headers=JSON), 404)
            assert error["hint"]
    rounds = "/v1/company/bad/valuation-rounds"
    refused(editor.delete(f"{rounds}/{uuid4()}"), 404)
    refused(editor.delete(f"{rounds}/not-a-uuid"), 404)
    refused(editor.post("/v1/company/nobody/valuation-rounds", json={
        "round_on": "2024-01-01", "post_money_valuation": 1,
    }), 404)  # fmt: skip


@pytest.mark.parametrize("key", [None, "large"])
def test_100_megabytes_are_413(
    editor: httpx.Client, targets: dict[str, Target], key: str | None
) -> None:
    large, body = (b'{"company_name": "' + b"x" * n + b'"}' for n in (5_000_000, 100_000_000))
    headers = {"Idempotency-Key": key} if key else {}
    target = targets["new quarter"]
    for what, sent in [*((targets[name], large) for name in MONEY), (target, body)]:
        assert refused(send(editor, what, sent, **headers), 413)["rule"] == "body_too_large"

    def parts() -> Iterator[bytes]:  # no Content-Length
        for start in range(0, len(body), 1_000_000):
            yield body[start : start + 1_000_000]

    answer = editor.request(target.method, target.path, content=parts(), headers=JSON | headers)
    refused(answer, 413)
    with_body = editor.request("DELETE", "/v1/company/bad", content=body, headers=JSON | headers)
    assert with_body.status_code in (409, 413)
