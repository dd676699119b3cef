"""Killed at any moment, or started twice: the old release or the new one, never between."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.apply import apply
from db.settings import SUPERUSER
from tests.conftest import Database, TestServer
from tests.db.mini_tree import first_release, second_release
from tests.db.snapshots import state

PATIENCE = 30  # seconds

# Says when it starts, so that starting Python is no part of the time in which it is killed.
_DEPLOY = """
import sys
from pathlib import Path
from db.apply import apply
print("ready", flush=True)
apply(sys.argv[1], root=Path(sys.argv[2]), echo=lambda line: print(line, flush=True))
"""


def deployment(database: Database, root: Path) -> subprocess.Popen[str]:
    """A deployment as a process of its own, at its start."""
    process = subprocess.Popen(
        [sys.executable, "-c", _DEPLOY, database.dsn(), str(root)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def wait_until_alone(database: Database) -> None:
    """The server notices a killed client when it next talks to it."""
    with database.connect(SUPERUSER, autocommit=True) as conn:
        others = (
            "select count(*) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        while conn.execute(others).fetchone() != (0,):
            time.sleep(0.01)


@pytest.mark.parametrize("kills", [8, pytest.param(40, marks=pytest.mark.long)])
def test_killed_at_any_moment_leaves_old_or_new(
    bare_database: Database, server: TestServer, tmp_path: Path, kills: int
) -> None:
    apply(bare_database.dsn(), root=first_release(tmp_path), echo=lambda line: None)
    old = state(bare_database)
    root = second_release(tmp_path)
    lasts, new = _one_complete_deployment(server, bare_database, root)
    assert new != old

    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}, a deployment lasts {lasts:.2f} s")  # pytest shows it when this fails
    moments = random.Random(seed)
    left: list[str] = []
    for _ in range(kills):
        name = f"{bare_database.name}_killed"
        with server.janitor(name, bare_database.name):
            clone = Database(server, name)
            server.bootstrap(name)
            process = deployment(clone, root)
            time.sleep(moments.uniform(0, lasts))
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
            wait_until_alone(clone)
            found = state(clone)
            assert found in (old, new)
            left.append("old" if found == old else "new")
            if apply(clone.dsn(), root=root, echo=lambda line: None):
                assert state(clone) == new
    print(left)
    assert "old" in left


def _one_complete_deployment(
    server: TestServer, database: Database, root: Path
) -> tuple[float, list[object]]:
    name = f"{database.name}_complete"
    with server.janitor(name, database.name):
        clone = Database(server, name)
        server.bootstrap(name)
        process = deployment(clone, root)
        started = time.monotonic()
        process.communicate()
        assert process.returncode == 0
        return time.monotonic() - started, state(clone)


def test_of_two_deployments_one_waits_and_has_nothing_to_do(
    bare_database: Database, tmp_path: Path
) -> None:
    root = first_release(tmp_path)
    with bare_database.connect(SUPERUSER) as conn:
        # Holds the first one up until the second one is seen to wait.
        conn.execute("create schema company")
        first = deployment(bare_database, root)
        _wait_for(bare_database, "wait_event_type = 'Lock'")
        second = deployment(bare_database, root)
        assert second.stdout is not None
        said = second.stdout.readline()
        assert said == "waiting for another deployment of this database to end\n"
        conn.rollback()
    assert first.communicate(timeout=PATIENCE)[0].splitlines()[-1].startswith("applied in")
    assert second.communicate(timeout=PATIENCE)[0] == "nothing to do\n"
    assert (first.returncode, second.returncode) == (0, 0)


def _wait_for(database: Database, condition: str) -> None:
    deadline = time.monotonic() + PATIENCE
    with database.connect(SUPERUSER, autocommit=True) as conn:
        query = "select exists (select from pg_stat_activity"
        query += f" where datname = current_database() and pid <> pg_backend_pid() and {condition})"
        while conn.execute(query.encode()).fetchone() != (True,):
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_deployment_does_not_wait_inside_a_statement(
    bare_database: Database, tmp_path: Path
) -> None:
    """An index that is being built concurrently would wait for the waiting one's snapshot."""
    root = first_release(tmp_path)
    apply(bare_database.dsn(), root=root, echo=lambda line: None)
    migration = "-- transactional: false\ncreate index concurrently a on fund.fund (name);"
    (root / "db/migrations/0003.fund-index.sql").write_text(migration)
    with bare_database.connect(SUPERUSER) as reader:
        reader.execute("insert into fund.fund (fund_id, name) values ('x', 'X')")
        first = deployment(bare_database, root)
        _wait_for(bare_database, "wait_event_type = 'Lock'")
        second = deployment(bare_database, root)
        _wait_for(bare_database, "query like '%advisory_lock%'")
        reader.rollback()
    assert "nothing else to do" in first.communicate(timeout=PATIENCE)[0]
    assert second.communicate(timeout=PATIENCE)[0].endswith("nothing to do\n")
