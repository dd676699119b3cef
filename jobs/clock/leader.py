"""One clock per node; of all nodes on a database one leads, and only it starts jobs.

Leading is holding a lock on one connection kept for it: when the node dies, or cannot be reached,
PostgreSQL frees the lock and another clock takes it within about a second. It then goes on from the
last recorded slot of each job. That nothing runs twice does not rest on this lock but on the row of
each slot: for a moment two nodes may both believe that they lead.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import psycopg
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from db.calls import Connection, call
from db.sessions import heard, listen
from db.settings import UserError
from jobs.clock.lane import Lane, Plan
from jobs.clock.node import Node
from jobs.clock.runs import Outcome, cancel_work, record
from jobs.clock.slots import Schedule, SlotTrigger
from jobs.clock.upkeep import Upkeep

log = logging.getLogger("quarterbase.clock")

CHANNEL = "quarterbase_clock"
# How soon a dead leader is replaced, and a stop is noticed.
_POLL_SECONDS = 0.5
_RECONNECT_SECONDS = 1.0
_WATCH_SECONDS = 15.0
# `quarterbase up` waits 10 s before it kills.
_STOP_SECONDS = 6.0
_CANCEL_SECONDS = 1.0
# A thread is made when a job needs one; jobs beyond this many at a time would wait.
_THREADS = 64


class Clock:
    """Runs until the node is told to stop."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._lanes: dict[str, Lane] = {}
        self._leads = False
        self._upkeep = Upkeep(node)
        self._scheduler = BackgroundScheduler(
            timezone=UTC, executors={"default": ThreadPoolExecutor(_THREADS)}
        )

    def run(self) -> bool:
        """Returns whether every run came to its end by itself."""
        self._scheduler.start()
        self._upkeep.start()
        said = ""
        while not self._node.stopping.is_set():
            try:
                with self._node.connect() as connection:
                    said = ""
                    listen(connection, CHANNEL)
                    self._serve(connection)
            except (UserError, psycopg.Error) as error:
                if str(error) != said:  # once, not once a second
                    said = str(error)
                    log.warning("no database: %s", said)
            finally:
                # The lock is gone with the connection: another node may lead from here on.
                self._step_down()
            self._node.stopping.wait(_RECONNECT_SECONDS)
        return self._let_runs_end()

    def _serve(self, connection: Connection) -> None:
        watched = 0.0
        changed = True
        while not self._node.stopping.is_set():
            [(leads,)] = call(connection, "ops.lead_clock")
            if leads and (changed or not self._leads):
                self._take_over(connection)
            if leads and time.monotonic() - watched > _WATCH_SECONDS:
                call(connection, "ops.keep_watch")
                watched = time.monotonic()
            changed = any(True for _ in heard(connection, _POLL_SECONDS))

    def _take_over(self, connection: Connection) -> None:
        """Reads the schedules: as a new leader, or because they changed."""
        plans: dict[str, tuple[Plan, datetime]] = {}
        unreadable: dict[str, str] = {}
        for job, cron, time_zone, grace_seconds, decided in call(connection, "ops.enabled_jobs"):
            try:
                schedule = Schedule.read(cron, time_zone)
                if schedule.after(datetime.now(UTC)) is None:
                    raise ValueError("its time never comes")
            except ValueError as error:
                log.error("job %s cannot be scheduled: %s", job, error)
                unreadable[job] = str(error)
            else:
                plans[job] = (Plan(schedule, timedelta(seconds=grace_seconds)), decided)
        call(connection, "ops.record_unreadable_jobs", p_reasons=unreadable)
        words = "schedules changed" if self._leads else f"{self._node.name} leads"
        log.info("%s: %s", words, ", ".join(plans) or "no jobs")
        self._leads = True
        self._upkeep.lead()
        self._follow(plans)

    def _follow(self, plans: dict[str, tuple[Plan, datetime]]) -> None:
        for job in self._lanes.keys() - plans.keys():
            self._rest(job)
        for job, (plan, decided) in plans.items():
            # A lane is kept for ever: it knows whether its job is still running here.
            lane = self._lanes.setdefault(job, Lane(self._node, job))
            lane.follow(plan, decided)
            self._scheduler.add_job(
                lane.tick,
                SlotTrigger(plan.schedule),
                id=job,
                replace_existing=True,
                # Now as well: slots that nobody decided.
                next_run_time=datetime.now(UTC),
                misfire_grace_time=None,
                coalesce=True,
                max_instances=3,
            )

    def _step_down(self) -> None:
        if self._leads:
            log.info("%s leads no more", self._node.name)
        self._leads = False
        self._upkeep.rest()
        for job in self._lanes:
            self._rest(job)

    def _rest(self, job: str) -> None:
        self._lanes[job].rest()
        if self._scheduler.get_job(job) is not None:
            self._scheduler.remove_job(job)

    def _let_runs_end(self) -> bool:
        """Waits for what is running, then cancels it, then records that it was given up."""
        if self._node.wait_until_idle(_STOP_SECONDS):
            self._upkeep.wait(_CANCEL_SECONDS)
            return True
        with suppress(UserError, psycopg.Error):
            for run in self._node.running:
                cancel_work(self._node, run)
            if self._node.wait_until_idle(_CANCEL_SECONDS):
                return True
            for run in self._node.running:
                detail = {"error": "ClockStopped", "message": "The clock was stopped meanwhile."}
                with self._node.connect() as connection:
                    record(self._node, connection, run, Outcome(run.scheduled_for, False, detail))
        return False
