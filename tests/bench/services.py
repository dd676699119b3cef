"""Servers under test in processes of their own: ours, and those it is compared with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psutil

from db.settings import ROOT
from server.keys import KeyRing
from server.tokens import issue_token
from tests.bench.client import Client
from tests.bench.server import Platform

START_SECONDS = 30


@dataclass(frozen=True)
class Service:
    """A running server, and who asks it."""

    port: int
    process: psutil.Popen
    token: str

    def client(self) -> Client:
        return Client(self.port, self.token)

    def memory(self) -> int:
        """Bytes of memory of all its processes."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(member.memory_info().rss for member in family)


def bench_user(platform: Platform, role: str) -> UUID:
    email = f"bench-{role}@example.com"
    with platform.owner() as conn:
        found = conn.execute("select security.user_id_by_email(%s)", [email]).fetchone()
        if found is None or found[0] is None:
            found = conn.execute(
                "select security.add_user(%s, %s, %s, %s)", [email, role, "Bench", "none"]
            ).fetchone()
    assert found is not None
    return UUID(str(found[0]))


@contextmanager
def service(
    platform: Platform, module: str = "server.serve", *, role: str = "editor", **more: str
) -> Iterator[Service]:
    """`python -m module` on a free port, as `quarterbase up` starts it; `more` is environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    home = Path(tempfile.mkdtemp(prefix="quarterbase-bench-api-"))
    environment = {
        **os.environ,
        "QUARTERBASE_HOME": str(home),
        "QUARTERBASE_PORT": str(port),
        "QUARTERBASE_API_DSN": platform.dsn("qb_api"),
        "PYTHONPATH": str(ROOT),
        **more,
    }
    process = psutil.Popen(
        [sys.executable, "-m", module],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield Service(port, process, issue_token(KeyRing(home), bench_user(platform, role)))
    finally:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        shutil.rmtree(home, ignore_errors=True)


def _wait(port: int, process: psutil.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server on port {port} did not start")
