"""The rules of the clock in SQL: who decides a slot, what becomes of it, what raises an alert."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.conftest import Connection, Database

NODE = "a:1"
As = Callable[..., Connection]


@pytest.fixture
def clock(database: Database) -> Iterator[Connection]:
    """A connection of the clock's login, as a run holds one."""
    with database.connect("qb_jobs", autocommit=True) as conn:
        yield conn


@pytest.fixture
def second(database: Database) -> Iterator[Connection]:
    """The same of another node."""
    with database.connect("qb_jobs", autocommit=True) as conn:
        yield conn


@pytest.fixture
def slot(owner: Connection) -> datetime:
    """The job `check`, scheduled since yesterday with a minute of grace, and a slot just now."""
    owner.execute(
        "update ops.job set cron = '* * * * * *', grace_seconds = 60, time_limit_seconds = 7"
    )
    owner.execute("alter table ops.job disable trigger user")
    owner.execute("update ops.job set scheduled_since = now() - interval '1 day'")
    owner.execute("alter table ops.job enable trigger user")
    return datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=5)


def claim(conn: Connection, slot: datetime, job: str = "check") -> tuple[str, int | None]:
    [row] = conn.execute(
        "select outcome, time_limit_seconds from ops.claim_job_run(%s, %s, %s)", [job, slot, NODE]
    ).fetchall()
    return row[0], row[1]


def end(conn: Connection, owner: Connection) -> None:
    """Ends a session, as the end of its process does, and waits until PostgreSQL has noticed."""
    pid = conn.info.backend_pid
    conn.close()
    deadline = time.monotonic() + 10
    while owner.execute("select from pg_stat_activity where pid = %s", [pid]).fetchone():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def soon(ask: Callable[[], object], expected: object) -> bool:
    """A session that has ended lets go of its lock a moment after it is no longer listed."""
    deadline = time.monotonic() + 5
    while ask() != expected:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def finish(conn: Connection, slot: datetime, succeeded: bool = True) -> None:
    conn.execute(
        "select ops.finish_job_run('check', %s, %s, %s)", [slot, succeeded, '{"said": "so"}']
    )


def runs(owner: Connection) -> list[tuple[Any, ...]]:
    return owner.execute("select status, node from ops.job_run order by scheduled_for").fetchall()


def alerts(owner: Connection) -> list[tuple[Any, ...]]:
    return owner.execute(
        "select kind, resolved_at is null from ops.alert order by raised_at, kind"
    ).fetchall()


def test_who_claims_a_slot_runs_it_and_nobody_else(
    clock: Connection, second: Connection, slot: datetime, owner: Connection
) -> None:
    assert claim(clock, slot) == ("run", 7)
    assert claim(second, slot)[0] == "taken"
    assert runs(owner) == [("running", NODE)]
    finish(clock, slot)
    assert claim(second, slot)[0] == "taken"
    assert runs(owner) == [("succeeded", NODE)]
    assert alerts(owner) == []


def test_one_run_of_a_job_at_a_time_on_all_nodes(
    clock: Connection, second: Connection, slot: datetime, owner: Connection
) -> None:
    following = slot + timedelta(seconds=1)
    assert claim(clock, slot)[0] == "run"
    assert claim(second, following)[0] == "busy"
    finish(clock, slot)
    assert claim(second, following)[0] == "busy"  # until the session of the run is over
    end(clock, owner)
    assert soon(lambda: claim(second, following)[0], "run")


def test_a_slot_that_is_late_is_missed_and_one_to_come_is_early(
    clock: Connection, slot: datetime, owner: Connection
) -> None:
    assert claim(clock, slot - timedelta(minutes=2))[0] == "missed"
    assert claim(clock, slot - timedelta(minutes=2))[0] == "taken"
    assert claim(clock, slot + timedelta(minutes=1))[0] == "early"
    assert runs(owner) == [("missed", NODE)]
    assert alerts(owner) == [("job_missed", True)]


def test_what_is_not_scheduled_is_not_claimed(
    clock: Connection, slot: datetime, owner: Connection
) -> None:
    assert claim(clock, slot, "nothing")[0] == "unscheduled"
    assert claim(clock, slot - timedelta(days=2))[0] == "unscheduled"
    owner.execute("update ops.job set is_enabled = false")
    assert claim(clock, slot)[0] == "unscheduled"
    owner.execute("update ops.job set is_enabled = true")  # from now on
    assert claim(clock, slot)[0] == "unscheduled"
    assert runs(owner) == []


def test_a_run_that_lost_its_node_is_failed_and_not_run_again(
    clock: Connection, second: Connection, slot: datetime, owner: Connection
) -> None:
    claim(clock, slot)
    second.execute("select ops.keep_watch()")
    assert runs(owner) == [("running", NODE)]
    end(clock, owner)
    second.execute("select ops.keep_watch()")
    assert runs(owner) == [("failed", NODE)]
    assert ("job_failed", True) in alerts(owner)
    assert claim(second, slot)[0] == "taken"


def test_the_next_run_closes_one_that_was_lost(
    clock: Connection, second: Connection, slot: datetime, owner: Connection
) -> None:
    claim(clock, slot)
    end(clock, owner)
    assert soon(lambda: claim(second, slot + timedelta(seconds=1))[0], "run")
    assert [status for status, _ in runs(owner)] == ["failed", "running"]


def test_a_run_that_was_given_up_stays_so(
    clock: Connection, slot: datetime, owner: Connection
) -> None:
    claim(clock, slot)
    owner.execute("update ops.job_run set finished_at = now(), succeeded = false")
    finish(clock, slot)
    assert runs(owner) == [("failed", NODE)]


def test_a_failure_is_an_alert_that_the_next_good_run_ends(
    clock: Connection, slot: datetime, owner: Connection
) -> None:
    claim(clock, slot)
    finish(clock, slot, succeeded=False)
    assert alerts(owner) == [("job_failed", True)]
    claim(clock, slot + timedelta(seconds=1))
    finish(clock, slot + timedelta(seconds=1))
    assert alerts(owner) == [("job_failed", False)]


def test_an_overrun_is_one_alert_however_it_ends(
    clock: Connection, second: Connection, slot: datetime, owner: Connection
) -> None:
    claim(clock, slot)
    for _ in range(3):
        second.execute("select ops.record_overrun('check', %s)", [slot])
    assert runs(owner) == [("overrun", NODE)]
    finish(clock, slot, succeeded=False)
    assert runs(owner) == [("overrun", NODE)]
    assert alerts(owner) == [("job_overrun", True)]
    second.execute("select ops.record_overrun('check', %s)", [slot + timedelta(seconds=1)])
    assert alerts(owner) == [("job_overrun", True)]


def test_only_ones_own_sessions_of_that_name_are_cancelled(
    clock: Connection, database: Database, owner: Connection
) -> None:
    with (
        database.connect("qb_jobs", application_name="job x") as idle,
        database.connect("qb_api", application_name="job x") as foreign,
    ):
        idle.execute("select 1")
        foreign.execute("select 1")
        assert clock.execute("select ops.cancel_run_work('job x')").fetchone() == (0,)
        idle.execute("select 1")
        foreign.execute("select 1")


def test_slots_go_on_from_the_newest_that_was_scheduled(
    clock: Connection, slot: datetime, owner: Connection
) -> None:
    def decided() -> datetime:
        row = clock.execute(
            "select decided_until from ops.enabled_jobs() where job = 'check'"
        ).fetchone()
        assert row
        return datetime.fromisoformat(str(row[0]))

    since = decided()
    claim(clock, slot)
    assert decided() == slot > since
    clock.execute("select ops.claim_manual_run('check', 'b:2')")
    assert decided() == slot
    owner.execute("update ops.job set time_zone = 'Europe/Berlin' where job = 'check'")
    assert decided() > slot


def test_a_run_by_hand_is_recorded_and_waits_for_nobody(
    clock: Connection, second: Connection, slot: datetime, owner: Connection
) -> None:
    owner.execute("update ops.job set is_enabled = false")
    [(asked, limit)] = clock.execute("select * from ops.claim_manual_run('check', 'b:2')")
    assert (limit, runs(owner)) == (7, [("running", "b:2")])
    with pytest.raises(psycopg.Error) as caught:
        second.execute("select ops.claim_manual_run('check', 'a:1')")
    assert (caught.value.sqlstate, caught.value.diag.constraint_name) == ("QB409", "job_is_running")
    finish(clock, asked)
    [(trigger,)] = owner.execute("select trigger from ops.job_run").fetchall()
    assert trigger == "manual"
    with pytest.raises(psycopg.Error) as caught:
        second.execute("select ops.claim_manual_run('nothing', 'a:1')")
    assert (caught.value.sqlstate, caught.value.diag.constraint_name) == ("QB404", "job_not_found")


def test_one_session_leads(clock: Connection, second: Connection, owner: Connection) -> None:
    leads = "select ops.lead_clock()"
    assert clock.execute(leads).fetchone() == (True,)
    assert second.execute(leads).fetchone() == (False,)
    assert clock.execute(leads).fetchone() == (True,)
    end(clock, owner)
    assert soon(lambda: second.execute(leads).fetchone(), (True,))


def test_a_change_of_a_schedule_is_told_at_once(clock: Connection, owner: Connection) -> None:
    clock.execute("listen quarterbase_clock")
    for statement in (
        "update ops.job set cron = '1 1 1 1 *' where job = 'check'",
        "insert into ops.job (job, cron, description) values ('x', '* * * * *', 'x')",
        "delete from ops.job where job = 'x'",
    ):
        owner.execute(statement.encode())
        assert [note.channel for note in clock.notifies(timeout=5, stop_after=1)] == [
            "quarterbase_clock"
        ]


def test_what_cannot_be_read_is_an_alert_until_it_can(clock: Connection, owner: Connection) -> None:
    report = "select ops.record_unreadable_jobs(%s)"
    for _ in range(2):
        clock.execute(report, ['{"check": "its time never comes", "nothing": "gone"}'])
    assert alerts(owner) == [("job_unreadable", True)]
    clock.execute(report, ["{}"])
    assert alerts(owner) == [("job_unreadable", False)]


@pytest.mark.parametrize("role", ["admin", "editor", "viewer", "auditor", "submitter", "investor"])
def test_the_clocks_functions_are_the_clocks(as_role: As, role: str) -> None:
    for call in (
        "claim_job_run('check', now(), 'x')",
        "claim_manual_run('check', 'x')",
        "finish_job_run('check', now(), true, null)",
        "record_overrun('check', now())",
        "record_missed_slots('check', now(), now(), 'x')",
        "record_unreadable_jobs('{}')",
        "cancel_run_work('x')",
        "enabled_jobs()",
        "keep_watch()",
        "lead_clock()",
    ):
        conn = as_role(role)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute(f"select ops.{call}".encode())


def test_a_dba_changes_schedules_and_ends_alerts_by_sql(as_role: As, owner: Connection) -> None:
    owner.execute("insert into ops.alert (kind) values ('fx_stale')")
    admin = as_role("admin")
    admin.execute("update ops.job set cron = '0 6 * * *', grace_seconds = 0 where job = 'check'")
    admin.execute("update ops.alert set resolved_at = now()")
    for statement, wrong in (
        ("update ops.job set cron = '61 * * * *'", "job_cron_is_readable"),
        ("update ops.job set time_zone = 'Nowhere'", "job_time_zone_is_known"),
        ("update ops.job set grace_seconds = -1", "job_grace_in_range"),
        ("update ops.job set time_limit_seconds = 0", "job_time_limit_in_range"),
        ("update ops.alert set resolved_at = '2020-01-01'", "alert_resolved_after_raised"),
    ):
        with pytest.raises(psycopg.Error) as caught, admin.transaction():
            admin.execute(statement.encode())
        assert caught.value.diag.constraint_name == wrong
    for statement in (
        "update ops.job set scheduled_since = now()",
        "update ops.job_run set succeeded = true",
        "delete from ops.alert",
        "insert into ops.alert (kind) values ('fx_stale')",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), admin.transaction():
            admin.execute(statement.encode())
    auditor = as_role("auditor")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        auditor.execute("update ops.alert set resolved_at = now()")


def test_a_job_is_named_like_a_module(owner: Connection) -> None:
    for name in ("../check", "Check", "a" * 33, "", "a-b"):
        with pytest.raises(psycopg.errors.CheckViolation) as caught:
            owner.execute(
                "insert into ops.job (job, cron, description) values (%s, '* * * * *', 'x')", [name]
            )
        assert caught.value.diag.constraint_name == "job_is_named_like_a_module"
