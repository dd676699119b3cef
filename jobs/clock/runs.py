"""What becomes of a claimed slot: the job runs, is stopped at its time limit, and is recorded.

A job named `x` is the function `run(dsn) -> dict` of the module `jobs.x`.
"""

from __future__ import annotations

import importlib
import logging
import re
import threading
from datetime import datetime
from typing import Any, NamedTuple

import psycopg

from db.calls import Connection, call
from db.settings import UserError
from jobs.clock.node import Node, Run

log = logging.getLogger("quarterbase.clock")

# After the first cancellation a job may go on with its next statement: it is asked again.
_CANCEL_AGAIN_SECONDS = 1.0


class Outcome(NamedTuple):
    """How a run ended: what it had to say, or `error` and `message`."""

    scheduled_for: datetime
    succeeded: bool
    detail: dict[str, Any]


def run_by_hand(node: Node, job: str) -> Outcome:
    """Runs a job now, on whatever schedule. psycopg.Error: not known, or running already."""
    with node.connect() as connection:
        [(scheduled_for, limit)] = call(
            connection, "ops.claim_manual_run", p_job=job, p_node=node.name
        )
        return execute(node, connection, Run(job, scheduled_for, limit))


def execute(node: Node, connection: Connection, run: Run) -> Outcome:
    """Runs a claimed slot to its end, whatever that is. The connection holds the job."""
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(node, run, over), daemon=True)
    node.begin(run)
    watch.start()
    try:
        try:
            outcome = Outcome(run.scheduled_for, True, _module(run.job).run(node.dsn_of(run)) or {})
        except Exception as error:  # A failed run is a row, never the end of the clock.
            log.exception("job %s failed", run.job)
            detail = {"error": type(error).__name__, "message": str(error)}
            said = getattr(error, "detail", None)
            outcome = Outcome(
                run.scheduled_for, False, detail | said if isinstance(said, dict) else detail
            )
        over.set()
        watch.join()  # An overrun is recorded before the end.
        record(node, connection, run, outcome)
    finally:
        over.set()
        node.end(run)
    return outcome


def record(node: Node, connection: Connection, run: Run, outcome: Outcome) -> None:
    arguments: dict[str, Any] = {
        "p_job": run.job,
        "p_scheduled_for": run.scheduled_for,
        "p_succeeded": outcome.succeeded,
        "p_detail": outcome.detail,
    }
    try:
        call(connection, "ops.finish_job_run", **arguments)
    except psycopg.OperationalError:
        # The connection was lost while the job ran. Should this one fail as well, the watch over
        # lost runs closes the row.
        with node.connect() as another:
            call(another, "ops.finish_job_run", **arguments)


def cancel_work(node: Node, run: Run) -> None:
    with node.connect() as connection:
        call(connection, "ops.cancel_run_work", p_application_name=run.session_name)


def _watch(node: Node, run: Run, over: threading.Event) -> None:
    """Sleeps until the run is over, or over its limit: then the clock goes on without it."""
    if over.wait(run.time_limit_seconds):
        return
    log.error("job %s is over its limit of %d s", run.job, run.time_limit_seconds)
    is_recorded = False
    while not over.is_set() or not is_recorded:
        try:
            with node.connect() as connection:
                call(
                    connection,
                    "ops.record_overrun",
                    p_job=run.job,
                    p_scheduled_for=run.scheduled_for,
                )
            is_recorded = True
            cancel_work(node, run)
        except (UserError, psycopg.Error) as error:
            log.warning("job %s cannot be cancelled yet: %s", run.job, error)
            if over.is_set():
                return
        over.wait(_CANCEL_AGAIN_SECONDS)


def _module(job: str) -> Any:
    # The name comes from a row: it may name a module of this package, nothing else.
    if not re.fullmatch(r"[a-z][a-z0-9_]*", job):
        raise ValueError("a job is named like a module: lower-case letters, digits and _")
    return importlib.import_module(f"jobs.{job}")
