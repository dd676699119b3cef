"""A PostgreSQL of our own: started, shared between commands, taken over and stopped."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from urllib.parse import quote

from db.cluster import data_directory, remove_cluster
from db.launch import launch
from db.postmaster import Postmaster
from db.settings import HOST, SUPERUSER, locked, prepare_home, write_private

FAST_STOP_SECONDS = 30


class EmbeddedServer:
    """The server of one home. TCP on the loopback address only, every login with a password.

    Several processes may use it at once: `start` starts it or joins it, `leave` stops it when
    nobody else is using it, `stop` stops it in any case. The data stays.
    """

    def __init__(
        self,
        directory: Path,
        *,
        superuser_password: str,
        port: int | None = None,
        durable: bool = True,
    ) -> None:
        self.directory = directory.absolute()
        self.log = self.directory / "postgres.log"
        self.started_here = False
        self._password = superuser_password
        self._wanted_port = port
        self._durable = durable
        self._postmaster: Postmaster | None = None
        self._usage: int | None = None

    @property
    def port(self) -> int:
        """The port in use, or the one remembered from the last time."""
        return int((self.directory / "port").read_text())

    @property
    def running(self) -> bool:
        return self._postmaster is not None and self._postmaster.alive

    def superuser_dsn(self, dbname: str = "postgres") -> str:
        password = quote(self._password, safe="")
        return f"postgresql://{SUPERUSER}:{password}@{HOST}:{self.port}/{dbname}"

    def start(self) -> None:
        """Returns when the server takes connections; raises UserError when it cannot be had."""
        prepare_home(self.directory)
        with locked(self.directory / "start.lock"):
            found = Postmaster.of(data_directory(self.directory))
            alone = self._join_usage()
            if found and alone:
                # Its starter was killed. Started again it is our own child, with today's settings.
                found.stop(FAST_STOP_SECONDS)
                found = None
            try:
                if found is None or not found.wait_ready():
                    found = launch(
                        self.directory,
                        password=self._password,
                        port=self._wanted_port,
                        remembered=self._remembered_port(),
                        durable=self._durable,
                    )
                    self.started_here = True
            except BaseException:
                self._leave_usage()
                raise
            self._postmaster = found
            write_private(self.directory / "port", f"{found.port}\n")

    def leave(self) -> None:
        """Stops the server unless another process is using it."""
        if self._usage is None:
            return
        with locked(self.directory / "start.lock"):
            if self._try_lock(fcntl.LOCK_EX):
                self._stop()
            self._leave_usage()

    def stop(self) -> None:
        """Stops the server, whoever uses it."""
        if not self.directory.exists():
            return
        with locked(self.directory / "start.lock"):
            self._stop()
            self._leave_usage()

    def remove(self) -> None:
        """Stops the server and deletes its data and files; for tests."""
        self.stop()
        remove_cluster(self.directory)
        for name in ("port", "postgres.log", "start.lock", "usage.lock"):
            (self.directory / name).unlink(missing_ok=True)

    def _stop(self) -> None:
        postmaster = self._postmaster or Postmaster.of(data_directory(self.directory))
        if postmaster:
            postmaster.stop(FAST_STOP_SECONDS)
        self._postmaster = None

    def _join_usage(self) -> bool:
        """Counts us among the users of the server; true when there was no other."""
        self._leave_usage()
        path = self.directory / "usage.lock"
        self._usage = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        alone = self._try_lock(fcntl.LOCK_EX)
        fcntl.flock(self._usage, fcntl.LOCK_SH)
        return alone

    def _leave_usage(self) -> None:
        if self._usage is not None:
            os.close(self._usage)
            self._usage = None

    def _try_lock(self, kind: int) -> bool:
        if self._usage is None:
            return False
        try:
            fcntl.flock(self._usage, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _remembered_port(self) -> int | None:
        try:
            return self.port
        except (OSError, ValueError):
            return None
