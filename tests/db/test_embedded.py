"""The embedded server: made, started, shared, taken over after a kill, refused in words."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from db import binaries, cluster
from db.embedded import EmbeddedServer
from db.settings import UserError

PASSWORD = "a b/c"  # must survive a connection string

# Starts the server of a home and then never does anything again.
STARTER = """
import sys, time
from pathlib import Path
from db.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), superuser_password=sys.argv[2], durable=False)
server.start()
print(server.port, flush=True)
time.sleep(600)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "home"
    yield home
    EmbeddedServer(home, superuser_password=PASSWORD).remove()


def server_of(home: Path, port: int | None = None) -> EmbeddedServer:
    return EmbeddedServer(home, superuser_password=PASSWORD, port=port, durable=False)


def ask(server: EmbeddedServer, query: str) -> object:
    with psycopg.connect(server.superuser_dsn()) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def postmaster_pid(home: Path) -> int:
    return int((home / "data" / "postmaster.pid").read_text().splitlines()[0])


def start_elsewhere(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", STARTER, str(home), PASSWORD], stdout=subprocess.PIPE, text=True
    )


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_data_and_port_stay_from_start_to_start(home: Path) -> None:
    server = server_of(home)
    server.start()
    with psycopg.connect(server.superuser_dsn()) as connection:
        connection.execute("create table kept as select 42 as answer")
    first_port = server.port
    server.stop()
    assert not server.running
    with pytest.raises(psycopg.OperationalError):
        ask(server, "select 1")
    server.start()
    assert server.port == first_port
    assert ask(server, "select answer from kept") == 42


def test_server_is_the_same_on_every_system(home: Path) -> None:
    server = server_of(home)
    server.start()
    assert ask(server, "show listen_addresses") == "127.0.0.1"
    assert ask(server, "show unix_socket_directories") == ""
    assert ask(server, "show timezone") == "UTC"
    assert ask(server, "show server_encoding") == "UTF8"
    assert ask(server, "show password_encryption") == "scram-sha-256"
    assert ask(server, "show data_checksums") == "on"
    locale = "select datlocprovider::text || ' ' || datlocale from pg_database"
    assert ask(server, locale) == "b C.UTF-8"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.superuser_dsn(), password="guessed")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must hand the server to another user")
def test_as_root_the_server_runs_as_somebody_else(home: Path) -> None:
    home.parent.chmod(0o700)  # nobody else passes: the data has to live elsewhere
    server = server_of(home)
    server.start()
    assert psutil.Process(postmaster_pid(home)).uids().effective != 0
    assert (home / "data").is_symlink()
    assert (home / "data").readlink().is_relative_to(binaries.SHARED_PLACE)
    assert (home / "data" / "PG_VERSION").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must copy what another user cannot reach")
def test_binaries_out_of_reach_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account = binaries.server_account(tmp_path / "none")
    found = binaries.find_binaries(None)
    assert account is not None
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    (hidden / "installation").symlink_to(found.directory.parent)
    shared = Path("/var/lib") / f"quarterbase-test-{os.getpid()}"
    monkeypatch.setattr(binaries, "SHARED_PLACE", shared)
    monkeypatch.setattr(binaries, "_wheel_directory", lambda: hidden / "installation" / "bin")
    try:
        copied = binaries.find_binaries(account)
        assert copied.directory.is_relative_to(shared)
        command = [copied.program("initdb"), "--version"]
        done = subprocess.run(command, cwd="/", capture_output=True, **account.popen_options)
        assert done.returncode == 0
    finally:
        subprocess.run(["rm", "-rf", str(shared)], check=True)


def test_server_left_by_a_killed_starter_is_taken_over(home: Path) -> None:
    starter = start_elsewhere(home)
    assert starter.stdout and starter.stdout.readline()
    kill(starter)
    left = postmaster_pid(home)
    assert psutil.pid_exists(left)
    server = server_of(home)
    server.start()
    assert ask(server, "select 1") == 1
    server.stop()
    assert not psutil.pid_exists(left) or psutil.Process(left).status() == psutil.STATUS_ZOMBIE


def test_start_after_the_server_itself_was_killed(home: Path) -> None:
    server = server_of(home)
    server.start()
    with psycopg.connect(server.superuser_dsn()):  # a session that has yet to notice
        os.kill(postmaster_pid(home), signal.SIGKILL)
        while server.running:
            time.sleep(0.01)
        server.start()
    assert ask(server, "select 1") == 1


def test_half_made_data_directory_is_made_again(home: Path) -> None:
    for _ in range(2):
        starter = start_elsewhere(home)
        deadline = time.monotonic() + 10
        place = home
        while not list(place.glob(".data-draft-*/data/*")) and time.monotonic() < deadline:
            place = cluster.data_directory(home).parent
        kill(starter)
        assert not (home / "data" / "PG_VERSION").exists()
    server = server_of(home)
    server.start()
    assert ask(server, "select 1") == 1
    # An initdb that outlived its starter may have written on; the next start clears that away.
    drafts = cluster.data_directory(home).parent
    deadline = time.monotonic() + 10
    while list(drafts.glob(".data-draft-*")) and time.monotonic() < deadline:
        server.stop()
        server.start()
    assert not list(drafts.glob(".data-draft-*"))


def test_server_is_shared_until_the_last_one_leaves(home: Path) -> None:
    first, second = server_of(home), server_of(home)
    first.start()
    second.start()
    assert first.started_here
    assert not second.started_here
    first.leave()
    assert ask(second, "select 1") == 1
    second.leave()
    with pytest.raises(psycopg.OperationalError):
        ask(second, "select 1")


def test_pid_file_that_names_another_program_is_stale(home: Path) -> None:
    server = server_of(home)
    server.start()
    pid_file = home / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    os.kill(int(lines[0]), signal.SIGKILL)
    while server.running:
        time.sleep(0.01)
    sleeper = subprocess.Popen(
        ["sleep", "60"], user=(home / "data").stat().st_uid if os.geteuid() == 0 else None
    )
    try:
        pid_file.write_text("\n".join([str(sleeper.pid), *lines[1:], ""]))
        server.start()
        assert ask(server, "select 1") == 1
    finally:
        sleeper.kill()
        sleeper.wait()


def test_port_taken_by_another_program(home: Path) -> None:
    server = server_of(home)
    server.start()
    remembered = server.port
    server.stop()
    with socket.create_server(("127.0.0.1", remembered)):
        server.start()
        assert server.port != remembered
        server.stop()
        with pytest.raises(UserError, match=f"Port {remembered} is in use"):
            server_of(home, port=remembered).start()


def test_home_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"cannot be written: Not a directory\."):
        server_of(tmp_path / "file" / "home").start()


def test_data_of_another_major_version_is_refused(home: Path) -> None:
    server = server_of(home)
    server.start()
    server.stop()
    (home / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(UserError, match="made by PostgreSQL 16"):
        server.start()


def test_programs_on_the_path_serve_when_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "_wheel_directory", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="No PostgreSQL was found"):
        binaries.find_binaries(None)
    program = tmp_path / "postgres"
    program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 16.9 (Debian)'\n")
    program.chmod(0o755)
    with pytest.raises(UserError, match=r"PostgreSQL 16\.9 was found in .* needs 17 or newer"):
        binaries.find_binaries(None)
    program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 18.1'\n")
    assert binaries.find_binaries(None).major == 18
