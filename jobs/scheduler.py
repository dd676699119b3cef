"""The clock: runs the enabled rows of `ops.job` at their times. `python -m jobs.scheduler`.

A job named `x` is the function `run(dsn) -> dict` of the module `jobs.x`. Every node may run a
clock: the row of a scheduled moment decides which of them runs the job.
"""

from __future__ import annotations

import importlib
import logging
import os
import re
import signal
import sys
from datetime import UTC, datetime
from types import FrameType
from typing import Any

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from db import lifeline
from db.calls import call, transaction
from db.settings import UserError

log = logging.getLogger("quarterbase.clock")

# Cron has whole minutes: a start later than that belongs to no slot and is left to the next one.
GRACE_SECONDS = 59


def run_job(dsn: str, job: str, scheduled_for: datetime) -> bool:
    """Claims the slot, runs the job, records how it ended; False when another node has the slot."""
    with transaction(dsn) as connection:
        [(is_ours,)] = call(
            connection, "ops.claim_job_run", p_job=job, p_scheduled_for=scheduled_for
        )
    if not is_ours:
        return False
    succeeded, detail = True, {}
    try:
        detail = _module(job).run(dsn)
    except Exception as error:  # A failed run is a row, never the end of the clock.
        log.exception("job %s failed", job)
        succeeded, detail = False, {"error": type(error).__name__, "message": str(error)}
    with transaction(dsn) as connection:
        call(
            connection,
            "ops.finish_job_run",
            p_job=job,
            p_scheduled_for=scheduled_for,
            p_succeeded=succeeded,
            p_detail=detail,
        )
    return True


def schedule(scheduler: BlockingScheduler, dsn: str) -> list[str]:
    """Adds the enabled jobs to the scheduler; returns their names."""
    with transaction(dsn) as connection:
        jobs = call(connection, "ops.enabled_jobs")
    for job, cron, time_zone in jobs:
        scheduler.add_job(
            _fire,
            CronTrigger.from_crontab(cron, timezone=time_zone),
            args=(dsn, job),
            id=job,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=GRACE_SECONDS,
        )
    return [job for job, _, _ in jobs]


def main() -> int:
    lifeline.watch()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    dsn = os.environ.get("QUARTERBASE_JOBS_DSN")
    if not dsn:
        print("quarterbase: QUARTERBASE_JOBS_DSN is not set.", file=sys.stderr)
        return 1
    scheduler = BlockingScheduler(timezone=UTC)

    def stop(_number: int, _frame: FrameType | None) -> None:
        scheduler.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        log.info("clock started with %s", ", ".join(schedule(scheduler, dsn)) or "no jobs")
    except UserError as error:
        print(f"quarterbase: {error}", file=sys.stderr)
        return 1
    scheduler.start()
    return 0


def _fire(dsn: str, job: str) -> None:
    run_job(dsn, job, datetime.now(UTC).replace(second=0, microsecond=0))


def _module(job: str) -> Any:
    # The name comes from a row: it may name a module of this package, nothing else.
    if not re.fullmatch(r"[a-z][a-z_]*", job):
        raise ValueError("a job is named like a module: lower-case letters and _")
    return importlib.import_module(f"jobs.{job}")


if __name__ == "__main__":
    sys.exit(main())
