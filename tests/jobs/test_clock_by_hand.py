"""`quarterbase job list` and `quarterbase job run NAME`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Connection, Database
from tests.server.supervised import quarterbase

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def job(database: Database, tmp_path: Path) -> Command:
    """`quarterbase job …` on the test's database."""
    variables = {"DSN": "qb_deploy", "API_DSN": "qb_api", "JOBS_DSN": "qb_jobs"}
    env = {f"QUARTERBASE_{name}": database.dsn(login) for name, login in variables.items()}
    return lambda *arguments: quarterbase("job", *arguments, home=tmp_path, env=env)


def test_jobs_are_listed_with_their_schedules(job: Command, owner: Connection) -> None:
    owner.execute("update ops.job set is_enabled = false where job = 'fx_load'")
    owner.execute(
        "insert into ops.job_run (job, scheduled_for) values ('check', '2026-03-02 02:30Z')"
    )
    done = job("list")
    assert (done.returncode, done.stderr) == (0, "")
    head, *lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert head == "job cron time zone enabled last run slot (UTC)"
    assert "check 30 2 * * * UTC yes missed 2026-03-02T02:30:00" in lines
    assert any(line.startswith("fx_load ") and line.endswith(" no - -") for line in lines)


def test_a_run_by_hand_is_recorded(job: Command, owner: Connection) -> None:
    done = job("run", "check")
    assert (done.returncode, done.stderr) == (0, "")
    said, detail = done.stdout.split("\n", 1)
    assert said == "check succeeded."
    assert json.loads(detail)["checks"] >= 13
    rows = owner.execute(
        "select job, trigger, status, detail ->> 'checks' = %s from ops.job_run",
        [str(json.loads(detail)["checks"])],
    ).fetchall()
    assert rows == [("check", "manual", "succeeded", True)]


def test_a_failure_is_one_sentence_and_exit_status_1(job: Command, owner: Connection) -> None:
    owner.execute("create view ops.check_planted as select 1 as one")
    done = job("run", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "quarterbase: check failed: check_planted: 1.\n"
    [(status, kind)] = owner.execute(
        "select r.status, a.kind from ops.job_run as r inner join ops.alert as a on r.job = a.job"
    ).fetchall()
    assert (status, kind) == ("failed", "job_failed")


def test_an_unknown_or_running_job_is_refused(
    job: Command, database: Database, owner: Connection
) -> None:
    done = job("run", "nothing")
    assert done.returncode == 1
    assert done.stderr == (
        "quarterbase: There is no job nothing. `quarterbase job list` names them.\n"
    )
    with database.connect("qb_jobs", autocommit=True) as elsewhere:
        elsewhere.execute("select ops.claim_manual_run('check', 'a:1')")
        done = job("run", "check")
    assert done.returncode == 1
    assert done.stderr == "quarterbase: The job check is running already. Wait for it to end.\n"
    assert owner.execute("select count(*) from ops.job_run").fetchone() == (1,)
