"""Whom the clock asks, in which order, how far back; and how failures are remembered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from tests.conftest import Connection, Database
from tests.fx.test_validation import record


def asked(owner: Connection, *values: object) -> dict[str, str]:
    marks = ", ".join(["%s"] * len(values))
    return dict(
        owner.execute(
            f"select source_id, span from fx.sources_to_ask({marks})".encode(), values
        ).fetchall()
    )


def fail(owner: Connection, times: int = 1) -> tuple[int, timedelta | None]:
    """Failures in a row, and how long the source is left alone."""
    row: tuple[Any, ...] | None = None
    for _ in range(times):
        row = owner.execute(
            "select consecutive_failures, open_until - ops.now()"
            " from fx.record_fetch('ecb', false, 'It hangs.')"
        ).fetchone()
    assert row is not None
    return row[0], row[1]


def test_reference_rows(owner: Connection) -> None:
    rows = owner.execute(
        "select source_id, priority, is_enabled, kind, url is not null, validates_jumps"
        " from fx.source order by priority"
    ).fetchall()
    assert rows == [
        ("manual", 10, True, "manual", False, False),
        ("ecb", 20, True, "ecb", True, True),
        ("exchangerates", 30, False, "exchangerates", True, True),
        ("frankfurter", 40, True, "frankfurter", True, True),
        ("ecb_bundled", 90, True, "bundled", False, False),
    ]


def test_order_is_the_priority_and_a_switch_is_a_switch(owner: Connection) -> None:
    assert list(asked(owner)) == ["ecb", "frankfurter"]
    owner.execute("update fx.source set priority = 5 where source_id = 'frankfurter'")
    owner.execute("update fx.source set is_enabled = true where source_id = 'exchangerates'")
    assert list(asked(owner)) == ["frankfurter", "ecb", "exchangerates"]
    owner.execute("update fx.source set is_enabled = false where source_id = 'ecb'")
    assert list(asked(owner)) == ["frankfurter", "exchangerates"]


def test_span_reaches_back_to_what_is_missing(owner: Connection) -> None:
    assert asked(owner) == {"ecb": "history", "frankfurter": "history"}
    ages = "select n, (ops.today() - n)::text from generate_series(0, 90) as n"
    days: dict[int, str] = dict(owner.execute(ages).fetchall())
    record(owner, ("USD", days[81], "1.1"), source="ecb_bundled")
    assert asked(owner)["ecb"] == "history"
    record(owner, ("USD", days[60], "1.1"), source="ecb_bundled")
    assert asked(owner) == {"ecb": "recent", "frankfurter": "recent"}
    record(owner, ("USD", days[0], "1.1"))
    assert asked(owner) == {"ecb": "latest", "frankfurter": "recent"}
    assert asked(owner, None, "history") == {"ecb": "history", "frankfurter": "history"}


def test_breaker_opens_after_five_failures_for_longer_and_longer(owner: Connection) -> None:
    assert fail(owner, 4) == (4, None)
    assert "ecb" in asked(owner)
    assert fail(owner) == (5, timedelta(minutes=30))
    assert "ecb" not in asked(owner)
    assert "ecb" in asked(owner, "ecb")
    assert fail(owner) == (6, timedelta(hours=1))
    assert fail(owner, 20) == (26, timedelta(days=1))
    owner.execute("select fx.record_fetch('ecb', true)")
    assert "ecb" in asked(owner)
    [state] = owner.execute(
        "select consecutive_failures, open_until, last_error, last_success_at is not null,"
        " last_failure_at is not null from fx.source_state"
    ).fetchall()
    assert state == (0, None, None, True, True)


def test_breaker_lets_a_try_through_when_its_time_is_over(owner: Connection) -> None:
    fail(owner, 5)
    owner.execute("update fx.source_state set open_until = ops.now() - interval '1 second'")
    assert "ecb" in asked(owner)


@pytest.mark.parametrize(("seconds", "waits"), [(90, 90), (0, 0), (-5, 0), (10**9, 86_400)])
def test_publisher_may_name_the_pause(owner: Connection, seconds: int, waits: int) -> None:
    [(pause,)] = owner.execute(
        "select extract(epoch from open_until - ops.now())::int"
        " from fx.record_fetch('ecb', false, 'Too many.', %s)",
        [seconds],
    ).fetchall()
    assert pause == waits


def test_unknown_and_silent_sources_are_refused(owner: Connection) -> None:
    for statement, code, constraint in (
        ("select fx.sources_to_ask('nobody')", "QB400", "fx_source_unknown"),
        ("select fx.record_fetch('nobody', true)", "QB400", "fx_source_unknown"),
        ("select fx.sources_to_ask('manual')", "QB409", "fx_source_not_asked"),
        ("select fx.sources_to_ask('exchangerates')", "QB409", "fx_source_not_asked"),
    ):
        with pytest.raises(psycopg.Error) as refusal:
            owner.execute(statement.encode())
        assert (refusal.value.sqlstate, refusal.value.diag.constraint_name) == (code, constraint)


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("url", "http://example.org/latest", "source_url_is_https"),
        ("url", "https://user:secret@example.org/", "source_url_is_https"),
        ("url", "file:///etc/passwd", "source_url_is_https"),
        ("url", None, "source_has_url_when_online"),
        ("key_name", "abc-123 my secret key", "source_key_name_is_a_name"),
        ("key_header", "X: y", "source_key_header_is_a_name"),
    ],
)
def test_administrator_is_told_what_a_source_needs(
    as_role: Any, column: str, value: str | None, constraint: str
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation) as refusal:
        as_role("admin").execute(
            f"update fx.source set {column} = %s where source_id = 'ecb'".encode(), [value]
        )
    assert refusal.value.diag.constraint_name == constraint


def test_clock_asks_and_remembers_and_nobody_below_an_administrator(
    database: Database, as_role: Any
) -> None:
    with database.connect("qb_jobs") as conn:
        conn.execute("select fx.sources_to_ask(), fx.record_fetch('ecb', true)")
    for role in ("editor", "viewer", "auditor", "submitter"):
        for call in ("fx.sources_to_ask()", "fx.record_fetch('ecb', true)"):
            conn = as_role(role)
            with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
                conn.execute(f"select {call}".encode())
    [row] = as_role("viewer").execute(
        "select age_days, consecutive_failures from fx.source_status where source_id = 'ecb'"
    )
    assert row == (None, 0)
