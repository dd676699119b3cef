"""A person decides about a refused fixing: who may, what follows, and that it happens once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.conftest import Connection
from tests.fx.test_validation import MONDAY, rate, record

Roles = Callable[..., Connection]


@pytest.fixture
def jump(owner: Connection) -> int:
    """Monday's 90 roubles, and Tuesday's 120 that wait."""
    record(owner, ("RUB", MONDAY, "90"))
    record(owner, ("RUB", "2024-05-14", "120"))
    return last_id(owner)


def last_id(owner: Connection) -> int:
    [(quarantine_id,)] = owner.execute("select max(quarantine_id) from fx.quarantine").fetchall()
    return int(quarantine_id)


def ask(conn: Connection, function: str, *values: object) -> tuple[int, str | None, Any]:
    marks = ", ".join(["%s"] * len(values))
    row = conn.execute(f"select * from fx.{function}({marks})".encode(), values).fetchone()
    assert row is not None
    return row[0], row[1], json.loads(row[2])


def refused(conn: Connection, sqlstate: str, constraint: str | None, *call: Any) -> None:
    with pytest.raises(psycopg.Error) as refusal, conn.transaction():
        ask(conn, *call)
    assert refusal.value.sqlstate == sqlstate
    assert constraint is None or refusal.value.diag.constraint_name == constraint


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_released_fixing_is_the_fixing_of_its_day(
    owner: Connection, as_role: Roles, jump: int, role: str
) -> None:
    conn = as_role(role)
    status, etag, answer = ask(conn, "release_quarantined", jump, '"1"')
    conn.commit()
    assert (status, etag, answer["data"]["status"]) == (200, '"2"', "released")
    assert answer["data"]["decided_by"] == f"{role}@example.com"
    assert answer["data"]["rate"] == answer["data"]["recorded_rate"] == 120
    assert rate(owner, "RUB", "2024-05-14") == "120"
    refused(owner, "QB409", "quarantine_released_once", "release_quarantined", jump)


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_rejected_fixing_changes_no_rate_and_may_be_released_later(
    owner: Connection, as_role: Roles, jump: int, role: str
) -> None:
    conn = as_role(role)
    assert ask(conn, "reject_quarantined", jump)[2]["data"]["status"] == "rejected"
    conn.commit()
    assert rate(owner, "RUB", "2024-05-14") is None
    refused(owner, "QB409", "quarantine_decided_once", "reject_quarantined", jump)
    record(owner, ("RUB", "2024-05-14", "120"))
    assert ask(owner, "list_quarantine", "open")[2]["data"] == []
    ask(owner, "release_quarantined", jump)
    assert rate(owner, "RUB", "2024-05-14") == "120"


@pytest.mark.parametrize("function", ["release_quarantined", "reject_quarantined"])
def test_who_may_not_decide(owner: Connection, as_role: Roles, jump: int, function: str) -> None:
    for role in ("viewer", "auditor", "submitter", "editor_scoped"):
        refused(as_role(role), "42501", None, function, jump)
    refused(owner, "QB404", "quarantine_not_found", function, jump + 1)
    refused(owner, "QB412", "stale_version", function, jump, '"7"')
    assert rate(owner, "RUB", "2024-05-14") is None


@pytest.mark.parametrize(
    "fixing",
    [
        ("XQQ", MONDAY, "1"), ("USD", "2024-02-30", "1"), ("USD", "2999-01-01", "1"),
        ("USD", MONDAY, "0"), ("USD", MONDAY, "1e9"), ("USD", MONDAY, "abc"), ("EUR", MONDAY, "1"),
    ],
)  # fmt: skip
def test_what_is_no_fixing_cannot_be_released(
    owner: Connection, fixing: tuple[str, str, str]
) -> None:
    record(owner, fixing)
    refused(owner, "QB409", "quarantined_fixing_is_usable", "release_quarantined", last_id(owner))


def test_choosing_one_of_two_settles_the_other(owner: Connection) -> None:
    record(owner, ("USD", MONDAY, "1.1"), ("USD", MONDAY, "1.2"))
    second = last_id(owner)
    ask(owner, "release_quarantined", second)
    rows = ask(owner, "list_quarantine")[2]["data"]
    assert {row["status"] for row in rows} == {"released", "superseded"}
    first = second - 1
    ask(owner, "release_quarantined", first)
    rows = {r["quarantine_id"]: r["status"] for r in ask(owner, "list_quarantine")[2]["data"]}
    assert rows == {first: "released", second: "superseded"}


def test_list_by_what_it_says(owner: Connection, as_role: Roles, jump: int) -> None:
    for role in ("admin", "editor", "auditor"):
        [row] = ask(as_role(role), "list_quarantine", "open", "rate_jump", "ecb", "RUB")[2]["data"]
        assert (row["quarantine_id"], row["rate_date"]) == (jump, "2024-05-14")
        assert json.loads(row["received"])["rate"] == "120"
    refused(as_role("viewer"), "42501", None, "list_quarantine")
    assert ask(owner, "list_quarantine", "released")[2]["data"] == []
    late = "select fx.list_quarantine(p_start_date => '2024-05-15')"
    assert json.loads(owner.execute(late).fetchall()[0][0][2])["meta"]["total_records"] == 0
    with pytest.raises(psycopg.Error) as refusal:
        owner.execute("select fx.list_quarantine(p_sort => 'secret')")
    assert refusal.value.diag.constraint_name == "sort_unknown"


def test_release_derives_exactly_the_quarters_it_touches(owner: Connection) -> None:
    owner.execute(
        "select company.import_companies(%s)",
        ['[{"company_id": "c", "name": "C", "reporting_currency": "EUR"}]'],
    )
    days = owner.execute(
        "select d::date::text from generate_series(date '2024-01-01', '2024-06-30', '1 day') as d"
    ).fetchall()
    record(owner, *((c, day, r) for (day,) in days for c, r in (("USD", "1.1"), ("CAD", "1.5"))))
    for day in ("2024-03-31", "2024-06-30"):
        owner.execute(
            "select company.submit_metrics_input('c', p_fiscal_reporting_date => %s,"
            " p_total_revenue => 100)",
            [day],
        )

    def places() -> dict[tuple[Any, ...], str]:
        rows = owner.execute(
            "select reporting_quarter, currency, ctid::text"
            " from company.quarterly_reporting_financials"
        ).fetchall()
        return {row[:2]: row[2] for row in rows}

    before = places()
    record(owner, ("CAD", "2024-05-15", "2.5"))
    assert places() == before
    ask(owner, "release_quarantined", last_id(owner))
    after = places()
    assert {key for key in after if after[key] != before[key]} == {(2, "CAD")}
