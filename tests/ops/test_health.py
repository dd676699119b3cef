"""bi.health says what a person should look at, to the whole firm; fx_stale ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.conftest import Connection, Database

As = Callable[..., Connection]


def health(conn: Connection, area: str) -> dict[str, tuple[Any, ...]]:
    rows = conn.execute(
        "select health_item, is_healthy, health_state, age_days, observed_count"
        " from bi.health where health_area = %s",
        [area],
    )
    return {row[0]: row[1:] for row in rows}


def add_rates(owner: Connection, source: str, days_old: int) -> None:
    owner.execute(
        "insert into fx.rate (currency, rate_on, source_id, rate)"
        " values ('USD', ops.today() - %s::integer, %s, 1.1)",
        [days_old, source],
    )


def test_a_new_platform_is_well_but_for_clock_and_rates(as_role: As) -> None:
    viewer = as_role("viewer")
    [(healthy, state, age, objects)] = health(viewer, "database").values()
    assert (healthy, state, age) == (True, "deployed", 0)
    assert objects > 100
    assert health(viewer, "clock") == {"leader": (False, "stopped", None, None)}
    assert health(viewer, "job")["check"] == (True, "not yet run", None, None)
    assert health(viewer, "alert")["job_failed"] == (True, "none open", None, 0)
    assert health(viewer, "check") == {}
    rates = health(viewer, "exchange rates")
    assert {item: row[:2] for item, row in rates.items() if not row[0]} == {"ecb": (False, "empty")}


def test_a_stale_source_is_an_alert_that_ends_by_itself(
    owner: Connection, database: Database, as_role: As
) -> None:
    add_rates(owner, "ecb", 5)
    add_rates(owner, "frankfurter", 0)
    with database.connect("qb_jobs", autocommit=True) as clock:
        for _ in range(2):
            clock.execute("select ops.keep_watch()")
        alerts = "select detail, resolved_at is null from ops.alert where kind = 'fx_stale'"
        [(detail, is_open)] = owner.execute(alerts).fetchall()
        assert is_open
        assert (detail["source_id"], detail["stale_after_days"]) == ("ecb", 4)
        viewer = as_role("viewer")
        assert health(viewer, "exchange rates")["ecb"] == (False, "stale", 5, None)
        assert health(viewer, "exchange rates")["frankfurter"] == (True, "fresh", 0, None)
        assert health(viewer, "alert")["fx_stale"] == (False, "open", 0, 1)

        add_rates(owner, "ecb", 4)
        clock.execute("select ops.keep_watch()")
        assert [row[1] for row in owner.execute(alerts)] == [False]
        # The next time is another alert.
        owner.execute("update ops.setting set value = '3' where setting = 'fx_stale_after_days'")
        clock.execute("select ops.keep_watch()")
        assert sorted(row[1] for row in owner.execute(alerts)) == [False, True]


def test_the_preferred_source_is_the_first_that_is_enabled_and_not_a_persons(
    owner: Connection,
) -> None:
    preferred = "select source_id, is_stale from ops.source_freshness where is_preferred"
    add_rates(owner, "manual", 0)
    add_rates(owner, "frankfurter", 1)
    assert owner.execute(preferred).fetchall() == [("ecb", True)]
    owner.execute("update fx.source set is_enabled = false where source_id = 'ecb'")
    assert owner.execute(preferred).fetchall() == [("frankfurter", False)]


def test_jobs_and_checks_of_their_last_run(owner: Connection, as_role: As) -> None:
    owner.execute(
        "insert into ops.job_run (job, scheduled_for, started_at, finished_at, succeeded, detail)"
        " values ('check', now() - interval '3 days', now(), now(), true,"
        ' \'{"offenders": {"check_a": 0}}\'),'
        " ('check', now() - interval '2 days', now(), now(), false,"
        ' \'{"offenders": {"check_a": 3, "check_b": 0}, "message": "secret"}\'),'
        " ('fx_load', now() - interval '1 hour', null, null, null, null)"
    )
    owner.execute("update ops.job set is_enabled = false where job = 'idempotency_prune'")
    viewer = as_role("viewer")
    jobs = health(viewer, "job")
    assert jobs["check"][:3] == (False, "failed", 2)
    assert jobs["fx_load"][:3] == (False, "missed", 0)
    assert jobs["idempotency_prune"][:2] == (True, "disabled")
    assert health(viewer, "check") == {
        "check_a": (False, "failed", 2, 3),
        "check_b": (True, "passed", 2, 0),
    }
    [(secrets,)] = viewer.execute(
        "select count(*) from bi.health as h where h::text like '%secret%'"
    ).fetchall()
    assert secrets == 0


def test_a_leading_clock_is_seen(owner: Connection, database: Database) -> None:
    with database.connect("qb_jobs", autocommit=True) as clock:
        clock.execute("select ops.lead_clock()")
        assert health(owner, "clock") == {"leader": (True, "running", None, None)}


@pytest.mark.parametrize("role", ["submitter", "investor"])
def test_health_is_the_firms(as_role: As, role: str) -> None:
    for query in ("select * from bi.health", "select * from ops.health()"):
        conn = as_role(role)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute(query.encode())


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_what_health_is_made_of_is_not(as_role: As, role: str) -> None:
    for table in ("ops.job", "ops.job_run", "ops.alert"):
        conn = as_role(role)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute(f"select * from {table}".encode())


def test_every_row_has_a_key_of_its_own(owner: Connection) -> None:
    [(rows, keys)] = owner.execute(
        "select count(*), count(distinct health_key) from bi.health"
    ).fetchall()
    assert rows == keys > 10


def test_totals_that_wait_too_long_are_seen(owner: Connection, as_role: As) -> None:
    viewer = as_role("viewer")
    assert health(viewer, "portfolio")["totals"][:2] == (True, "current")
    for age, expected in {"1 second": (True, "refreshing"), "2 minutes": (False, "stale")}.items():
        owner.execute("delete from fund.portfolio_change")
        owner.execute(
            "insert into fund.portfolio_change (first_ordinal, last_ordinal, changed_at)"
            " values (8096, 8096, now() - %s::interval)",
            [age],
        )
        assert health(viewer, "portfolio")["totals"][:2] == expected
    owner.execute("select fund.refresh_portfolio()")
    assert health(viewer, "portfolio")["totals"][:2] == (True, "current")
