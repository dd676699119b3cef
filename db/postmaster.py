"""One running PostgreSQL server, ours by birth or found through its postmaster.pid."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.02
READY_SECONDS = 600  # recovery after a crash may replay a lot


@dataclass
class Postmaster:
    """The first process of a server; `process` when it is our child."""

    data: Path
    pid: int
    port: int
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def of(cls, data: Path) -> Postmaster | None:
        """The live server of a data directory, if there is one."""
        lines = _pid_file(data)
        if len(lines) < 4 or not lines[0].isdigit() or not lines[3].isdigit():
            return None
        pid = int(lines[0])
        return cls(data, pid, int(lines[3])) if _is_server_of(pid, data) else None

    @staticmethod
    def clear_stale(data: Path) -> None:
        """Removes a postmaster.pid whose number now belongs to some other program.

        PostgreSQL replaces the file of a dead process itself, but refuses to start when that
        number is taken again, as it often is after a container restarts.
        """
        lines = _pid_file(data)
        if lines and lines[0].isdigit() and "postgres" not in _command(int(lines[0])):
            (data / "postmaster.pid").unlink(missing_ok=True)

    @property
    def alive(self) -> bool:
        if self.process is not None:
            return self.process.poll() is None
        return _is_server_of(self.pid, self.data)

    def wait_ready(self) -> bool:
        """True when it takes connections; false when it ended, or is not there in time."""
        deadline = time.monotonic() + READY_SECONDS
        while self.alive and time.monotonic() < deadline:
            lines = _pid_file(self.data)
            if len(lines) > 7 and lines[0] == str(self.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(POLL_SECONDS)
        return False

    def stop(self, seconds: float) -> None:
        """Ends all sessions and stops; past the time, stops without tidying up (also safe)."""
        for how, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            self.signal(how)
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:
                if not self.alive:
                    return
                time.sleep(POLL_SECONDS)

    def signal(self, how: signal.Signals) -> None:
        if self.alive:
            with suppress(ProcessLookupError):
                os.kill(self.pid, how)


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _is_server_of(pid: int, data: Path) -> bool:
    command = _command(pid)
    return "postgres" in command and str(data) in command


def _command(pid: int) -> str:
    """The command line of a process; empty when there is none (or it is only a zombie)."""
    if Path("/proc/self/cmdline").exists():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return ""
        return words.replace(b"\0", b" ").decode("utf-8", "replace")
    command = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True).stdout
