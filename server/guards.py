"""What must be true before anything is started: one supervisor per home, a free port."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.settings import UserError

POLL_SECONDS = 0.02

# A supervisor or an API that was killed, or whose `make` was, may need a moment to be gone.
PATIENCE_SECONDS = 1.0
STOPPING_SECONDS = 60.0
STOPPING = b"stopping"


class OnlyOne:
    """The lock that the one supervisor of a home holds; the system frees it when it ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def stopping(self) -> None:
        """Tells the next supervisor that it may wait for this one."""
        os.pwrite(self._descriptor, STOPPING, 0)


@contextmanager
def only_one(home: Path) -> Iterator[OnlyOne]:
    descriptor = os.open(home / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        started = time.monotonic()
        while not _try_lock(descriptor):
            is_stopping = os.pread(descriptor, len(STOPPING), 0) == STOPPING
            patience = STOPPING_SECONDS if is_stopping else PATIENCE_SECONDS
            if time.monotonic() > started + patience:
                raise UserError(f"Quarterbase is already running on the home {home}.")
            time.sleep(POLL_SECONDS)
        os.ftruncate(descriptor, 0)
        yield OnlyOne(descriptor)
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def check_port(host: str, port: int) -> None:
    """Refuses a port that the API could not listen on."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                    raise UserError(
                        f"Port {port} on {host} cannot be used ({error.strerror}):"
                        " choose another with --port or QUARTERBASE_PORT."
                    ) from None
            else:
                return
        time.sleep(POLL_SECONDS)
