"""Starting, finding and killing the processes of `clock_node.py`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db.settings import ROOT
from tests.conftest import Connection, Database

LEADER = (
    "select substring(s.application_name from 'quarterbase clock .*:(\\d+)$')::int"
    " from pg_locks as l inner join pg_stat_activity as s on l.pid = s.pid"
    " where l.locktype = 'advisory' and l.classid = 29026 and l.objid = 25451 and l.granted"
    " and s.datname = current_database()"
)
EXECUTED = """
create table ops.executed (session text not null, at timestamptz not null default now());
grant insert on ops.executed to qb_jobs;
"""


class Nodes:
    """The processes of one test, by their ids."""

    def __init__(self, database: Database, owner: Connection, folder: Path) -> None:
        self._dsn = database.dsn("qb_jobs")
        self._owner = owner
        self._folder = folder
        self.processes: dict[int, subprocess.Popen[bytes]] = {}

    def start(self) -> int:
        with (self._folder / "clocks.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.jobs.clock_node"],
                cwd=ROOT,
                env=os.environ | {"QUARTERBASE_JOBS_DSN": self._dsn},
                stdout=log,
                stderr=log,
            )
        self.processes[process.pid] = process
        return process.pid

    def kill(self, pid: int) -> None:
        """As the machine does that runs out of memory: without a last word."""
        process = self.processes.pop(pid)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self, pid: int, seconds: float = 10) -> int:
        process = self.processes.pop(pid)
        process.send_signal(signal.SIGTERM)
        return process.wait(seconds)

    @property
    def leader(self) -> int | None:
        row = self._owner.execute(LEADER.encode()).fetchone()
        return row[0] if row else None

    def wait_for_leader(self) -> int:
        """It may die between two looks: then the next one is waited for."""
        found: list[int] = []

        def look() -> bool:
            leader = self.leader
            if leader in self.processes:
                found.append(leader)
            return bool(found)

        self.wait(look)
        return found[0]

    def wait(self, condition: Callable[[], object], seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.log
            time.sleep(0.05)

    @property
    def log(self) -> str:
        return (self._folder / "clocks.log").read_text()


@contextmanager
def nodes(database: Database, owner: Connection, folder: Path) -> Iterator[Nodes]:
    running = Nodes(database, owner, folder)
    try:
        yield running
    finally:
        for pid in list(running.processes):
            running.kill(pid)
