"""`quarterbase up`: one command to a running platform, and back to nothing."""

from __future__ import annotations

import json
import re
import signal
import socket
import stat
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from db.embedded import EmbeddedServer
from db.settings import LOGIN_VARIABLES
from tests.server.supervised import (
    CLEAN_ENVIRONMENT,
    Up,
    free_port,
    processes_of,
    quarterbase,
    wait_gone,
)


# One home for all, because its first start costs seconds: hence the order of this file.
@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("up") / "home"
    yield home
    EmbeddedServer(home, superuser_password="").remove()


@pytest.fixture
def up(home: Path) -> Iterator[Up]:
    running = Up(home)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.wait()


def test_killed_first_start_is_completed_by_the_next(home: Path) -> None:
    killed = Up(home, "--no-demo")
    while "Loading the European" not in killed.output:
        assert killed.process.poll() is None, killed.output
        time.sleep(0.02)
    killed.process.kill()
    killed.wait()
    completed = Up(home, "--no-demo")
    completed.wait_ready()
    assert "221,702 new" in completed.output
    assert "demo" not in completed.output
    assert "user add you@example.com --role admin" in completed.output
    completed.press_ctrl_c()
    assert completed.wait() == 0


def test_start_of_an_empty_platform_ends_with_what_one_can_do_now(up: Up) -> None:
    up.wait_ready()
    assert up.get("/docs") == 200
    password = re.search(r"password (\S+)", up.output)
    assert password
    for role in ("admin", "editor", "viewer", "auditor"):
        email = f"{role}@quarterbase.example"
        assert email in up.output
    assert up.post("/v1/auth/login", {"email": email, "password": password[1]}) == 200
    curl = re.search(r"curl .*", up.output)
    assert curl
    done = subprocess.run(  # noqa: S602  (that is what people do with it)
        curl[0], shell=True, capture_output=True, text=True, env=CLEAN_ENVIRONMENT
    )
    assert json.loads(done.stdout)["data"][0]["company_id"] == "snow", done
    bi = re.search(r"postgresql://bi_all\S+", up.output)
    assert bi
    with psycopg.connect(bi[0]) as connection:
        row = connection.execute("select count(*) from bi.quarterly_metrics").fetchone()
    assert row and row[0] > 0
    assert stat.S_IMODE((up.home / "secrets.json").stat().st_mode) == 0o600
    up.press_ctrl_c()
    assert up.wait() == 0
    assert up.output.endswith("Stopped.\n")
    assert processes_of(up.home) == []


def test_second_start_is_quick_and_the_only_one(up: Up) -> None:
    assert up.wait_ready() < 10
    again = quarterbase("up", "--port", str(free_port()), home=up.home)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == f"quarterbase: Quarterbase is already running on the home {up.home}.\n"
    for word, own in (("server.serve", "API"), ("jobs.scheduler", "JOBS")):
        environment = up.child(word).environ()
        connections = [name for name in environment if name.endswith("_DSN")]
        assert connections == [f"QUARTERBASE_{own}_DSN"]
    up.process.send_signal(signal.SIGTERM)
    assert up.wait() == 0
    assert processes_of(up.home) == []


def test_killed_supervisor_leaves_no_child_and_the_next_start_is_clean(up: Up, home: Path) -> None:
    up.wait_ready()
    children = [up.child("server.serve"), up.child("jobs.scheduler")]
    up.process.kill()
    up.wait()
    assert all(wait_gone(child) for child in children)
    again = Up(home)
    again.wait_ready()
    again.press_ctrl_c()
    assert again.wait() == 0
    assert processes_of(home) == []


def test_killed_make_stops_everything_before_the_next_start(home: Path) -> None:
    under_make = Up(home, under_make=True)
    under_make.wait_ready()
    under_make.process.kill()
    again = Up(home)
    again.wait_ready()
    assert "Stopped." in under_make.output
    again.press_ctrl_c()
    assert again.wait() == 0


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("server.serve", "The api was ended by signal 9"),
        ("jobs.scheduler", "The clock was ended by signal 9"),
        ("bin/postgres", "The database server ended by itself"),
    ],
)
def test_a_part_that_dies_stops_everything(up: Up, word: str, said: str) -> None:
    up.wait_ready()
    up.child(word).kill()
    assert up.wait() == 1
    assert f"quarterbase: {said}" in up.output
    assert "Traceback" not in up.output
    assert processes_of(up.home) == []


def test_port_in_use_is_one_sentence(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = quarterbase("up", "--port", str(port), home=home)
    assert done.returncode == 1
    assert done.stderr == (
        f"quarterbase: Port {port} on 127.0.0.1 cannot be used (Address already in use):"
        " choose another with --port or QUARTERBASE_PORT.\n"
    )


def test_home_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = quarterbase("up", "--port", str(free_port()), home=tmp_path / "file" / "home")
    assert done.returncode == 1
    assert re.fullmatch(r"quarterbase: The home directory .* cannot be written: .*\n", done.stderr)


def external(dsn: str) -> dict[str, str]:
    return dict.fromkeys(LOGIN_VARIABLES.values(), dsn)


def test_database_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    env = external(f"postgresql://qb_deploy:guess@127.0.0.1:{free_port()}/x")
    done = quarterbase("up", "--port", str(free_port()), home=tmp_path, env=env)
    assert done.returncode == 1
    assert re.fullmatch(r"quarterbase: QUARTERBASE_DSN .*Connection refused\.\n", done.stderr)
    assert "guess" not in done.stderr


def test_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        env = external(f"postgresql://qb_deploy@127.0.0.1:{port}/x?connect_timeout=2")
        done = quarterbase("up", "--port", str(free_port()), home=tmp_path, env=env)
    assert done.returncode == 1
    assert re.fullmatch(r"quarterbase: QUARTERBASE_DSN .*time.*\n", done.stderr)


def test_database_that_is_too_old_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as old:
        threading.Thread(target=_greet_as_version_16, args=(old,), daemon=True).start()
        env = external(f"postgresql://qb_deploy@127.0.0.1:{old.getsockname()[1]}/x")
        done = quarterbase("up", "--port", str(free_port()), home=tmp_path, env=env)
    assert done.returncode == 1
    assert done.stderr == (
        "quarterbase: PostgreSQL 16.9 was found behind QUARTERBASE_DSN,"
        " but Quarterbase needs 17 or newer.\n"
    )


def _greet_as_version_16(listener: socket.socket) -> None:
    """PostgreSQL's own greeting, up to the point where a session could begin."""
    connection, _ = listener.accept()
    with connection:
        while len(startup := connection.recv(4096)) == 8:  # asks for encryption: no
            connection.sendall(b"N")
        assert startup
        version = b"server_version\x0016.9\x00"
        connection.sendall(
            b"R\x00\x00\x00\x08\x00\x00\x00\x00"
            + b"S" + (len(version) + 4).to_bytes(4, "big") + version
            + b"K\x00\x00\x00\x0c\x00\x00\x00\x01\x00\x00\x00\x01"
            + b"Z\x00\x00\x00\x05I"
        )  # fmt: skip
        connection.recv(4096)
