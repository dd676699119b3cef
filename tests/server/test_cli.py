"""The command line, on an embedded server that each command starts and stops for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.embedded import EmbeddedServer
from server.commands.connect import connection_environment, split_psql
from tests.server.supervised import processes_of, quarterbase


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose schema is deployed, and which holds no data."""
    home = tmp_path_factory.mktemp("cli") / "home"
    done = quarterbase("apply", home=home)
    assert done.returncode == 0, done.stderr
    yield home
    EmbeddedServer(home, superuser_password="").remove()


def test_help_names_every_command(home: Path) -> None:
    words = quarterbase("--help", home=home).stdout
    for command in ("up", "plan", "apply", "check", "drift", "rollback", "fx", "demo", "user"):
        assert re.search(rf"^ +{command} ", words, re.MULTILINE), command


def test_applied_schema_has_nothing_to_do_and_no_drift(home: Path) -> None:
    assert "nothing to do" in quarterbase("plan", home=home).stdout
    assert "nothing to do" in quarterbase("check", home=home).stdout
    drift = quarterbase("drift", home=home)
    assert (drift.returncode, drift.stdout) == (0, "no drift\n")


def test_user_gets_a_password_and_a_token(home: Path) -> None:
    added = quarterbase("user", "add", "ada@example.com", "--role", "editor", home=home)
    assert re.fullmatch(
        r"ada@example\.com can log in as editor: the whole firm\.\npassword: \S{16}\n", added.stdout
    ), added.stderr
    token = quarterbase("user", "token", "ada@example.com", home=home).stdout
    assert token.count(".") == 2
    again = quarterbase("user", "add", "ada@example.com", "--role", "viewer", home=home)
    assert again.returncode == 1
    assert re.fullmatch(r"quarterbase: There already is a user .*\n", again.stderr)
    nobody = quarterbase("user", "token", "nobody@example.com", home=home)
    assert nobody.stderr == "quarterbase: There is no active user nobody@example.com.\n"


def test_password_can_come_from_standard_input(home: Path) -> None:
    command = ("user", "add", "bob@example.com", "--role", "viewer", "--password", "-")
    short = quarterbase(*command, home=home, stdin="short\n")
    assert short.stderr == "quarterbase: A password needs at least 12 characters.\n"
    done = quarterbase(*command, home=home, stdin="long enough to be good\n")
    assert done.stdout == "bob@example.com can log in as viewer: the whole firm.\n"


def test_demo_load_is_idempotent_and_gives_a_bi_login(home: Path) -> None:
    first = quarterbase("demo", "load", home=home)
    assert "demo companies: 21 new" in first.stdout, first.stderr
    assert "viewer@quarterbase.example" in first.stdout
    second = quarterbase("demo", "load", home=home)
    assert "demo companies: 0 new, 21 there already" in second.stdout
    assert "demo users" not in second.stdout
    query = "select count(*) from bi.company"
    asked = quarterbase("psql", "--as", "bi_all", "-Atc", query, home=home)
    assert asked.stdout == "21\n", asked.stderr


def test_psql_gets_its_own_options_and_its_exit_status(home: Path) -> None:
    done = quarterbase("psql", "-At", "-c", "select session_user", home=home)
    assert done.stdout == "qb_deploy\n"
    failed = quarterbase("psql", "-v", "ON_ERROR_STOP=1", "-c", "select 1/0", home=home)
    assert failed.returncode == 1
    assert processes_of(home) == []


def test_dsn_of_each_login(home: Path) -> None:
    assert quarterbase("dsn", home=home).stdout.startswith("postgresql://qb_deploy:")
    assert "://qb_api:" in quarterbase("dsn", "--as", "qb_api", home=home).stdout


def test_dsn_before_the_first_start_is_refused_in_words(tmp_path: Path) -> None:
    done = quarterbase("dsn", home=tmp_path / "new")
    assert done.returncode == 1
    assert "run `quarterbase up` first" in done.stderr
    assert not (tmp_path / "new").exists()


def test_half_an_external_database_is_refused_in_words(tmp_path: Path) -> None:
    env = {"QUARTERBASE_API_DSN": "postgresql://x@localhost/y"}
    done = quarterbase("plan", home=tmp_path, env=env)
    assert done.stderr == (
        "quarterbase: QUARTERBASE_API_DSN is set but QUARTERBASE_DSN is not: set all three or"
        " none.\n"
    )
    env = {"QUARTERBASE_DSN": "postgresql://x@localhost/y"}
    done = quarterbase("dsn", "--as", "qb_jobs", home=tmp_path, env=env)
    assert "QUARTERBASE_JOBS_DSN must be set too" in done.stderr


def test_what_follows_psql_is_left_to_psql() -> None:
    given = ["--home", "x", "psql", "--as", "bi_all", "-c", "select 1", "--as", "y"]
    assert split_psql(given) == (given[:5], given[5:])
    assert split_psql(["psql", "--as=bi_all", "-h"]) == (["psql", "--as=bi_all"], ["-h"])
    assert split_psql(["user", "add", "x"]) == (["user", "add", "x"], [])


def test_connection_string_becomes_environment() -> None:
    assert connection_environment("postgresql://u:p%20w@h:5/d?sslmode=require") == {
        "PGUSER": "u",
        "PGPASSWORD": "p w",
        "PGHOST": "h",
        "PGPORT": "5",
        "PGDATABASE": "d",
        "PGSSLMODE": "require",
    }
