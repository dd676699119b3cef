"""One node of the clock: its name, its connections, and what it is running."""

from __future__ import annotations

import os
import socket
import threading
from datetime import UTC, datetime
from typing import NamedTuple

from db.calls import Connection
from db.sessions import hold, named


class Run(NamedTuple):
    """A claimed slot of a job."""

    job: str
    scheduled_for: datetime
    time_limit_seconds: int

    @property
    def session_name(self) -> str:
        """The name of its database sessions: at most the 63 bytes that PostgreSQL keeps."""
        return f"job {self.job} {self.scheduled_for.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"


class Node:
    """Shared by the threads of one process."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}"
        self.stopping = threading.Event()
        self._running: set[Run] = set()
        self._changed = threading.Condition()

    def connect(self) -> Connection:
        """A connection that holds what it claims until it is closed."""
        return hold(self._dsn, f"quarterbase clock {self.name}")

    def dsn_of(self, run: Run) -> str:
        """What a job gets to work with: no statement of its may outlive its time limit."""
        return named(
            self._dsn,
            run.session_name,
            statement_timeout=f"{run.time_limit_seconds}s",
            client_connection_check_interval="2s",
        )

    @property
    def running(self) -> set[Run]:
        with self._changed:
            return set(self._running)

    def begin(self, run: Run) -> None:
        with self._changed:
            self._running.add(run)

    def end(self, run: Run) -> None:
        with self._changed:
            self._running.discard(run)
            self._changed.notify_all()

    def wait_until_idle(self, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: not self._running, seconds)
