"""The lane of one job: its slots are decided one after another, in their order."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg

from db.calls import Connection, call
from db.settings import UserError
from jobs.clock.node import Node, Run
from jobs.clock.runs import execute
from jobs.clock.slots import Schedule

log = logging.getLogger("quarterbase.clock")

# More slots than this that were missed in a row are recorded together.
_MANY_SLOTS = 100
_RETRY_SECONDS = 0.2
_RECONNECT_SECONDS = 1.0


@dataclass(frozen=True)
class Plan:
    """When a job runs, and how late it may."""

    schedule: Schedule
    grace: timedelta


class Lane:
    """Ticks may come from several threads and at any time: one works, the others tell it to look
    again."""

    def __init__(self, node: Node, job: str) -> None:
        self._node = node
        self._job = job
        self._busy = threading.Lock()
        self._wanted = threading.Event()
        self._plan: Plan | None = None
        self._decided = datetime.min.replace(tzinfo=UTC)

    def follow(self, plan: Plan, decided: datetime) -> None:
        """Goes by this plan from here on; slots up to `decided` are."""
        self._decided = max(self._decided, decided)
        self._plan = plan

    def rest(self) -> None:
        """Claims nothing any more; a run that has begun goes on."""
        self._plan = None

    def tick(self) -> None:
        self._wanted.set()
        # A tick that comes while another works is seen by that one, at the latest here.
        while self._wanted.is_set() and self._busy.acquire(blocking=False):
            try:
                self._wanted.clear()
                self._decide()
            finally:
                self._busy.release()

    def _decide(self) -> None:
        """Decides every slot that is due; tries again while the database is away."""
        while self._due() is not None:
            try:
                with self._node.connect() as connection:
                    while (slot := self._due()) is not None:
                        self._decide_slot(connection, slot)
            except (UserError, psycopg.Error) as error:
                log.warning("job %s cannot be claimed: %s", self._job, error)
                self._node.stopping.wait(_RECONNECT_SECONDS)

    def _due(self) -> datetime | None:
        plan = self._plan
        if plan is None or self._node.stopping.is_set():
            return None
        slot = plan.schedule.after(self._decided)
        return slot if slot is not None and slot <= datetime.now(UTC) else None

    def _decide_slot(self, connection: Connection, slot: datetime) -> None:
        last = self._last_of_many_missed(slot)
        if last is not None:
            call(
                connection,
                "ops.record_missed_slots",
                p_job=self._job,
                p_first=slot,
                p_last=last,
                p_node=self._node.name,
            )
            self._decided = max(self._decided, last)
            return
        [(outcome, limit)] = call(
            connection,
            "ops.claim_job_run",
            p_job=self._job,
            p_scheduled_for=slot,
            p_node=self._node.name,
        )
        if outcome in ("busy", "early"):
            self._node.stopping.wait(_RETRY_SECONDS)
            return
        if outcome == "run":
            execute(self._node, connection, Run(self._job, slot, limit))
        elif outcome == "missed":
            log.error("job %s missed its slot of %s", self._job, slot)
        self._decided = max(self._decided, slot)

    def _last_of_many_missed(self, slot: datetime) -> datetime | None:
        """The last slot beyond the grace, when from this one on there are many."""
        plan = self._plan
        if plan is None:
            return None
        until, following = datetime.now(UTC) - plan.grace, slot
        for _ in range(_MANY_SLOTS):
            later = plan.schedule.after(following)
            if later is None or later >= until:
                return None
            following = later
        return plan.schedule.latest(following - timedelta(microseconds=1), until)
