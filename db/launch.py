"""Starts the server process of a home on a free port."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import IO

from db.binaries import find_binaries, server_account
from db.cluster import data_directory, ensure_cluster
from db.postmaster import Postmaster
from db.settings import HOST, UserError

# Below the ports that systems hand out by themselves (Linux from 32768, macOS from 49152).
PORTS = range(20_000, 32_000)

NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
LOG_LIMIT = 20_000_000
ATTEMPTS = 30


def launch(
    home: Path, *, password: str, port: int | None, remembered: int | None, durable: bool
) -> Postmaster:
    """The server, ready. A demanded port is used or refused, a remembered one is tried first."""
    account = server_account(data_directory(home))
    binaries = find_binaries(account)
    data = ensure_cluster(home, binaries, account, password, durable=durable)
    Postmaster.clear_stale(data)
    if port and not _is_free(port):
        raise UserError(f"Port {port} is in use by another program.")
    candidate = port or remembered
    complaint = ""
    for _ in range(ATTEMPTS):
        while candidate is None or (candidate != port and not _is_free(candidate)):
            candidate = random.choice(PORTS)  # noqa: S311  (no secret)
        settings = [
            f"port={candidate}",
            f"listen_addresses={HOST}",
            "unix_socket_directories=",
            "timezone=UTC",
            "log_timezone=UTC",
            # Who asked, in which database, with which program.
            "log_line_prefix=%m [%p] %q%u@%d %a ",
            # Slow statements by name; what was passed to them is nobody's to read in a log.
            "log_min_duration_statement=5s",
            "log_parameter_max_length=0",
            *(() if durable else NOT_DURABLE),
        ]
        with _open_log(home) as log:
            log_start = log.tell()
            process = subprocess.Popen(
                [
                    binaries.program("postgres"),
                    f"-D{data}",
                    *(word for setting in settings for word in ("-c", setting)),
                ],
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **binaries.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C at the terminal is for the supervisor alone
                **(account.popen_options if account else {}),
            )
        postmaster = Postmaster(data, process.pid, candidate, process)
        try:
            if postmaster.wait_ready():
                return postmaster
        except BaseException:
            postmaster.signal(signal.SIGINT)
            raise
        complaint = _complaint(home, log_start)
        if "shared memory block" in complaint:  # the last processes of a killed server are ending
            time.sleep(0.2)
        elif "TCP/IP socket" in complaint and port is None:
            candidate = None
        else:
            break
    raise UserError(
        f"The embedded PostgreSQL did not start: {complaint} (see {home / 'postgres.log'})."
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _open_log(home: Path) -> IO[bytes]:
    path = home / "postgres.log"
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(home / "postgres.log.1")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    log = os.fdopen(descriptor, "ab")
    log.seek(0, os.SEEK_END)
    return log


def _complaint(home: Path, log_start: int) -> str:
    """What the server said last before it gave up."""
    with (home / "postgres.log").open("rb") as log:
        log.seek(log_start)
        lines = log.read().decode("utf-8", "replace").splitlines()
    serious = [line for line in lines if "FATAL:" in line or "PANIC:" in line] or lines
    return serious[-1].rpartition(":  ")[2].rstrip(".") if serious else "it said nothing"
