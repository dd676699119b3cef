"""What a DBA is told at the door: exit statuses, homes that are none, databases without us."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.settings import LOGIN_VARIABLES
from tests.conftest import Database
from tests.server.supervised import quarterbase


def connections(database: Database) -> dict[str, str]:
    return {variable: database.dsn(login) for login, variable in LOGIN_VARIABLES.items()}


def test_hand_made_change_is_told_repaired_and_gone(database: Database, tmp_path: Path) -> None:
    env = connections(database)
    with database.connect(options="-c role=qb_owner") as conn:
        conn.execute("alter view bi.company reset (security_invoker)")
    for command in ("check", "apply"):
        done = quarterbase(command, home=tmp_path, env=env)
        assert done.returncode == 1
        assert "But the database is not as it should be:\n" in done.stdout
        assert "  view_is_security_invoker: " in done.stdout
        assert "option security_invoker was taken away: true\n" in done.stdout
    repaired = quarterbase("apply", "--repair", home=tmp_path, env=env)
    assert repaired.returncode == 0, repaired.stdout + repaired.stderr
    assert "  repair   views/bi/company.sql\n" in repaired.stdout
    done = quarterbase("apply", home=tmp_path, env=env)
    assert (done.returncode, done.stdout) == (0, "nothing to do\n")


def test_database_without_us_is_one_sentence(bare_database: Database, tmp_path: Path) -> None:
    env = connections(bare_database)
    for command in (("user", "list"), ("bi", "export", "--dbt", str(tmp_path / "dbt"))):
        done = quarterbase(*command, home=tmp_path, env=env)
        assert done.returncode == 1
        assert "is not deployed in this database: `quarterbase plan`" in done.stderr
    assert "is not deployed in this database yet" in (
        quarterbase("drift", home=tmp_path, env=env).stderr
    )


@pytest.mark.parametrize("command", ["drift", "demo load", "user list", "psql", "rollback --to 0"])
def test_wrong_home_is_told_and_stays_empty(tmp_path: Path, command: str) -> None:
    home = tmp_path / "mistyped"
    done = quarterbase(*command.split(), home=home)
    assert done.returncode == 1
    assert done.stderr == (
        f"quarterbase: There is no Quarterbase in {home}: `quarterbase up` makes one;"
        " another home is named with --home or QUARTERBASE_HOME.\n"
    )
    assert not home.exists()
