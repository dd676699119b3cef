"""The processes that `quarterbase up` keeps: started with one connection each, watched, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from db.lifeline import Lifeline
from db.settings import LOGIN_VARIABLES, ROOT, Settings

STOP_SECONDS = 10
LOG_LIMIT = 20_000_000


class Child:
    """One Python module running in its own process and session, writing to `home/<name>.log`."""

    def __init__(
        self, name: str, module: str, login: str, settings: Settings, lifeline: Lifeline
    ) -> None:
        self.name = name
        self.log = settings.home / f"{name}.log"
        self._log_start = _rotated_size(self.log)
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module],
                cwd=ROOT,
                env=child_environment(login, settings) | lifeline.environment,
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                start_new_session=True,  # Ctrl-C at the terminal is for the supervisor alone
                pass_fds=(lifeline.fd,),
            )
        finally:
            os.close(descriptor)

    @property
    def obituary(self) -> str | None:
        """None while it lives; then how it ended, with the last line of its log."""
        status = self._process.poll()
        if status is None:
            return None
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        last = self._last_line()
        return f"The {self.name} {how}{f': {last}' if last else ''} (see {self.log})."

    def ask_to_stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def wait_stopped(self) -> None:
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _last_line(self) -> str:
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            lines = log.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "").rstrip(".")


def stop_all(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_stopped()


def child_environment(login: str, settings: Settings) -> dict[str, str]:
    """Ours without any connection, but the one of this login."""
    environment = {
        name: value for name, value in os.environ.items() if name not in LOGIN_VARIABLES.values()
    }
    return environment | {
        LOGIN_VARIABLES[login]: settings.dsn(login),
        "QUARTERBASE_HOME": str(settings.home),
        "QUARTERBASE_PORT": str(settings.port),
        "PYTHONUNBUFFERED": "1",
    }


def _rotated_size(log: Path) -> int:
    """Where this run's part of a log begins; a big log is put aside first."""
    if not log.exists():
        return 0
    size = log.stat().st_size
    if size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
        return 0
    return size
