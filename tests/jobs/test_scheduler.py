"""The clock: one run a slot, whatever happens in it; the schedules are rows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import psycopg
from apscheduler.schedulers.blocking import BlockingScheduler

from jobs import scheduler as clock
from tests.conftest import Database

Connection = psycopg.Connection[tuple[Any, ...]]
SLOT = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)


def test_of_many_nodes_one_runs_a_slot(database: Database, owner: Connection) -> None:
    dsn = database.dsn("qb_jobs")
    with ThreadPoolExecutor(8) as nodes:
        ran = list(nodes.map(lambda _: clock.run_job(dsn, "check", SLOT), range(8)))
    assert sorted(ran) == [False] * 7 + [True]
    [(succeeded, finished)] = owner.execute(
        "select succeeded, finished_at is not null from ops.job_run where job = 'check'"
    ).fetchall()
    assert (succeeded, finished) == (True, True)


def test_a_failing_job_is_a_row_and_not_the_end_of_the_clock(
    database: Database, owner: Connection
) -> None:
    owner.execute(
        "insert into ops.job (job, cron, description) values ('no_such_job', '* * * * *', 'x')"
    )
    assert clock.run_job(database.dsn("qb_jobs"), "no_such_job", SLOT)
    [(succeeded, error)] = owner.execute(
        "select succeeded, detail ->> 'error' from ops.job_run where job = 'no_such_job'"
    ).fetchall()
    assert (succeeded, error) == (False, "ModuleNotFoundError")


def test_a_job_is_named_like_a_module(database: Database, owner: Connection) -> None:
    name = "../check"
    owner.execute(
        "insert into ops.job (job, cron, description) values (%s, '* * * * *', 'x')", [name]
    )
    assert clock.run_job(database.dsn("qb_jobs"), name, SLOT)
    [(error,)] = owner.execute("select detail ->> 'error' from ops.job_run").fetchall()
    assert error == "ValueError"


def test_schedules_are_rows(database: Database, owner: Connection) -> None:
    owner.execute("update ops.job set is_enabled = false where job = 'fx_load'")
    scheduler = BlockingScheduler(timezone=UTC)
    assert clock.schedule(scheduler, database.dsn("qb_jobs")) == ["check"]
    [job] = scheduler.get_jobs()
    next_run = job.trigger.get_next_fire_time(None, datetime(2026, 3, 2, 0, 0, tzinfo=UTC))
    assert next_run == SLOT


def test_the_process_starts_and_stops_when_told(database: Database) -> None:
    environment = os.environ | {"QUARTERBASE_JOBS_DSN": database.dsn("qb_jobs")}
    with subprocess.Popen(
        [sys.executable, "-m", "jobs.scheduler"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert "clock started with check, fx_load" in process.stderr.readline()
        time.sleep(0.2)  # into scheduler.start()
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


def test_loading_rates_is_a_job_of_the_clock(database: Database, owner: Connection) -> None:
    assert clock.run_job(database.dsn("qb_jobs"), "fx_load", SLOT)
    [(succeeded,)] = owner.execute("select succeeded from ops.job_run").fetchall()
    assert succeeded
    assert owner.execute("select count(*) from fx.rate").fetchall() == [(221_702,)]
