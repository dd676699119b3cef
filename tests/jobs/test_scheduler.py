"""The clock: schedules are rows, slots are decided once, a run is stopped at its limit."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jobs.clock.lane import Lane, Plan
from jobs.clock.node import Node, Run
from jobs.clock.slots import Schedule
from tests.conftest import Connection, Database
from tests.jobs import clock_node
from tests.jobs.nodes import EXECUTED, Nodes, nodes

RUNS = "select status, node is not null, detail from ops.job_run where job = %s order by 1"


@pytest.fixture
def running(database: Database, owner: Connection, tmp_path: Path) -> Iterator[Nodes]:
    """No job yet, and no node."""
    owner.execute(EXECUTED)
    owner.execute("update ops.job set is_enabled = false")
    with nodes(database, owner, tmp_path) as found:
        yield found


@pytest.fixture
def node(database: Database, monkeypatch: pytest.MonkeyPatch) -> Node:
    """This process as a node, with the jobs of `clock_node`."""
    for name, module in clock_node.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    return Node(database.dsn("qb_jobs"))


def add_job(owner: Connection, job: str, **more: Any) -> None:
    """A job of every second whose schedule has held for an hour."""
    columns = {
        "job": job,
        "cron": "* * * * * *",
        "description": "For a test.",
        "scheduled_since": datetime.now(UTC) - timedelta(hours=1),
        **more,
    }
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    owner.execute(
        f"insert into ops.job ({names}) values ({places})".encode(), list(columns.values())
    )


def count(owner: Connection, condition: str = "true", table: str = "ops.job_run") -> int:
    row = owner.execute(f"select count(*) from {table} where {condition}".encode()).fetchone()
    assert row
    return int(row[0])


def lane_of(
    node: Node, job: str, behind: timedelta, grace: timedelta, cron: str = "* * * * * *"
) -> Lane:
    lane = Lane(node, job)
    lane.follow(Plan(Schedule.read(cron, "UTC"), grace), datetime.now(UTC) - behind)
    return lane


def test_a_new_leader_starts_what_is_in_grace_and_records_what_is_older(
    owner: Connection, node: Node
) -> None:
    owner.execute(EXECUTED)
    add_job(owner, "tick", grace_seconds=3)
    lane_of(node, "tick", timedelta(seconds=8), timedelta(seconds=3)).tick()
    missed, succeeded = count(owner, "status = 'missed'"), count(owner, "status = 'succeeded'")
    assert missed + succeeded in (8, 9)
    assert succeeded in (2, 3, 4)
    assert count(owner, table="ops.executed") == succeeded
    [(newest_missed, oldest_run)] = owner.execute(
        "select max(scheduled_for) filter (where status = 'missed'),"
        " min(scheduled_for) filter (where status = 'succeeded') from ops.job_run"
    ).fetchall()
    assert newest_missed < oldest_run
    # Each miss was an alert; the next good run ended them.
    assert count(owner, "kind = 'job_missed'", "ops.alert") == missed
    assert count(owner, "resolved_at is null", "ops.alert") == 0


def test_many_missed_slots_are_one_row_and_one_alert(owner: Connection, node: Node) -> None:
    owner.execute(EXECUTED)
    add_job(owner, "tick", grace_seconds=1)
    lane_of(node, "tick", timedelta(minutes=30), timedelta(seconds=1)).tick()
    assert 1 <= count(owner, "status = 'missed'") <= 3
    [(first, last)] = owner.execute(
        "select detail ->> 'first_slot', detail ->> 'last_slot' from ops.job_run"
        " where detail ? 'first_slot'"
    ).fetchall()
    covered = datetime.fromisoformat(last) - datetime.fromisoformat(first)
    assert timedelta(minutes=29) < covered < timedelta(minutes=30)


def test_a_slot_is_decided_once_however_many_look(owner: Connection, node: Node) -> None:
    owner.execute(EXECUTED)
    add_job(owner, "tick", grace_seconds=60)
    behind = timedelta(seconds=5)
    first = lane_of(node, "tick", behind, timedelta(seconds=60))
    second = lane_of(node, "tick", behind, timedelta(seconds=60))
    first.tick()
    second.tick()
    assert count(owner, table="ops.executed") == count(owner)


def test_a_run_beyond_its_limit_is_cancelled_and_the_clock_lives_on(
    running: Nodes, owner: Connection
) -> None:
    add_job(owner, "hang", time_limit_seconds=1, grace_seconds=60, scheduled_since="now")
    add_job(owner, "tick", grace_seconds=60, scheduled_since="now")
    running.start()
    overrun = "job = 'hang' and status = 'overrun' and finished_at is not null"
    running.wait(lambda: count(owner, overrun) >= 2)
    assert count(owner, "kind = 'job_overrun' and resolved_at is null", "ops.alert") >= 2
    assert count(owner, "kind = 'job_failed'", "ops.alert") == 0
    [(longest,)] = owner.execute(
        f"select max(finished_at - started_at) from ops.job_run where {overrun}"
    ).fetchall()
    assert longest < timedelta(seconds=4)
    assert count(owner, "job = 'tick' and status = 'succeeded'") >= 2
    assert count(owner, "state = 'active' and query ~ 'pg_sleep.60'", "pg_stat_activity") <= 2


def test_one_slot_of_a_job_at_a_time_and_the_next_waits(running: Nodes, owner: Connection) -> None:
    add_job(owner, "sleep", grace_seconds=60, scheduled_since="now")
    running.start()
    running.wait(lambda: count(owner, "status = 'succeeded'") >= 2)
    overlapping = """
        select count(*) from ops.job_run as a inner join ops.job_run as b
            on a.scheduled_for < b.scheduled_for and b.started_at < a.finished_at
    """
    assert owner.execute(overlapping.encode()).fetchone() == (0,)


def test_a_failing_job_is_a_row_and_an_alert_and_not_the_end_of_the_clock(
    running: Nodes, owner: Connection
) -> None:
    add_job(owner, "no_such_job", scheduled_since="now")
    running.start()
    running.wait(lambda: count(owner, "status = 'failed'") >= 2)
    [(error, node)] = owner.execute(
        "select distinct detail ->> 'error', node is null from ops.job_run where status = 'failed'"
    ).fetchall()
    assert (error, node) == ("ModuleNotFoundError", False)
    assert count(owner, "kind = 'job_failed' and resolved_at is null", "ops.alert") >= 2


def test_a_changed_schedule_holds_at_once(running: Nodes, owner: Connection) -> None:
    add_job(owner, "tick", cron="0 0 1 1 *")
    running.start()
    running.wait_for_leader()
    time.sleep(1)
    assert count(owner) == 0  # and nothing of the past hour is missed: there was no slot
    changed = time.monotonic()
    owner.execute("update ops.job set cron = '* * * * * *' where job = 'tick'")
    running.wait(lambda: count(owner, "status = 'succeeded'"))
    assert time.monotonic() - changed < 4
    owner.execute("update ops.job set is_enabled = false where job = 'tick'")
    time.sleep(1.2)
    stopped = count(owner)
    time.sleep(2)
    assert count(owner) == stopped
    assert count(owner, "status = 'missed'") == 0


def test_an_enabled_job_does_not_make_up_for_the_time_it_was_not(
    running: Nodes, owner: Connection
) -> None:
    add_job(owner, "tick", is_enabled=False)
    owner.execute("update ops.job set is_enabled = true where job = 'tick'")
    running.start()
    running.wait(lambda: count(owner, "status = 'succeeded'"))
    assert count(owner, "status = 'missed'") == 0
    assert count(owner) < 30


def test_what_a_clock_cannot_read_is_an_alert_until_it_can(
    running: Nodes, owner: Connection
) -> None:
    add_job(owner, "tick", cron="0 0 30 2 *")  # never comes: PostgreSQL cannot know
    running.start()
    openly = "kind = 'job_unreadable' and job = 'tick' and resolved_at is null"
    running.wait(lambda: count(owner, openly, "ops.alert") == 1)
    owner.execute("update ops.job set cron = '0 0 28 2 *' where job = 'tick'")
    running.wait(lambda: count(owner, openly, "ops.alert") == 0)


def test_a_clock_that_is_told_to_stop_lets_its_run_end_and_hands_over(
    running: Nodes, owner: Connection
) -> None:
    add_job(owner, "sleep", grace_seconds=60, scheduled_since="now")
    running.start()
    first = running.wait_for_leader()
    running.wait(lambda: count(owner, "status = 'running'"))
    second = running.start()
    assert running.stop(first) == 0
    running.wait(lambda: running.leader == second)
    running.wait(lambda: count(owner, f"node like '%:{second}' and status = 'succeeded'"))
    assert count(owner, "status not in ('succeeded', 'running')") == 0


def test_a_run_that_does_not_end_does_not_keep_the_clock(running: Nodes, owner: Connection) -> None:
    add_job(owner, "hang", scheduled_since="now")
    pid = running.start()
    running.wait(lambda: count(owner, "status = 'running'"))
    started = time.monotonic()
    assert running.stop(pid) == 0
    assert time.monotonic() - started < 9
    [(status, _, detail)] = owner.execute(RUNS, ["hang"]).fetchall()
    assert (status, detail["error"]) == ("failed", "QueryCanceled")


def test_a_clock_outlives_a_database_that_goes_away(
    running: Nodes, owner: Connection, database: Database
) -> None:
    add_job(owner, "tick", grace_seconds=60, scheduled_since="now")
    running.start()
    running.wait(lambda: count(owner, "status = 'succeeded'"))
    with database.connect("postgres", autocommit=True) as admin:
        admin.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where usename = 'qb_jobs' and datname = current_database()"
        )
    before = count(owner, "status = 'succeeded'")
    running.wait(lambda: count(owner, "status = 'succeeded'") > before + 2)
    assert count(owner, "status = 'missed'") == 0


def test_a_session_is_named_after_its_run() -> None:
    slot = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
    run = Run("a" * 32, slot, 60)
    assert run.session_name == f"job {'a' * 32} 20260302T023000.000000Z"
    assert len(run.session_name) <= 63


def test_checks_are_a_job_whose_offenders_are_in_its_row(
    database: Database, owner: Connection
) -> None:
    from jobs import check

    detail = check.run(database.dsn("qb_jobs"))
    assert detail["checks"] == len(detail["offenders"]) >= 13
    owner.execute("create view ops.check_planted as select 1 as one")
    with pytest.raises(check.CheckError, match="check_planted: 1") as caught:
        check.run(database.dsn("qb_jobs"))
    assert caught.value.detail["offenders"]["check_planted"] == 1
