"""`quarterbase up` as a process of its own, for tests."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import psutil

CLEAN_ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("QUARTERBASE_", "PG", "COV"))
} | {"QUARTERBASE_FX_OFFLINE": "1"}  # nobody outside is asked


def free_port() -> int:
    while True:
        port = random.randrange(12_000, 20_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def quarterbase(
    *arguments: str, home: Path, env: dict[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """One command, run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "server.cli", *arguments],
        env=CLEAN_ENVIRONMENT | {"QUARTERBASE_HOME": str(home)} | (env or {}),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
    )


class Up:
    """A running supervisor; what it prints is collected."""

    def __init__(self, home: Path, *options: str, under_make: bool = False) -> None:
        self.home, self.port, self.output = home, free_port(), ""
        command = [sys.executable, "-m", "server.cli", "up", "--home", str(home)]
        command += ["--port", str(self.port), *options]
        if under_make:  # a process between, which can be killed
            command = ["sh", "-c", 'QUARTERBASE_FOLLOW_PARENT=1 "$@" & wait', "sh", *command]
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command,
            env=CLEAN_ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # a terminal of its own, so to speak
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.output += line

    def wait_ready(self, seconds: float = 60) -> float:
        """How long it took until the closing line was printed."""
        while "Ctrl-C stops everything" not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < self.started + seconds, self.output
            time.sleep(0.02)
        return time.monotonic() - self.started

    def press_ctrl_c(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)

    def wait(self, seconds: float = 30) -> int:
        status = self.process.wait(seconds)
        self._reader.join(5)
        return status

    def child(self, word: str) -> psutil.Process:
        """The one child whose command line has this word."""
        found = [c for c in psutil.Process(self.process.pid).children() if word in _command(c)]
        assert len(found) == 1, (word, found)
        return found[0]

    def get(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
            return int(answer.status)

    def post(self, path: str, body: dict[str, str]) -> int:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310  (our own server)
            return int(answer.status)


def _command(process: psutil.Process) -> str:
    return " ".join(process.cmdline())


def processes_of(home: Path) -> list[str]:
    """Every live process that belongs to a home: supervisor, API, clock, PostgreSQL."""
    data = home / "data"
    marks = {str(home), str(data.readlink() if data.is_symlink() else data)}
    found = []
    for process in psutil.process_iter():
        try:
            command = _command(process)
            environment = process.environ().get("QUARTERBASE_HOME", "")
            alive = process.status() != psutil.STATUS_ZOMBIE
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if alive and (environment == str(home) or any(mark in command for mark in marks)):
            found.append(command)
    return found


def wait_gone(process: psutil.Process, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False
