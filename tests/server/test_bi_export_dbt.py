"""The exported dbt project builds with a real dbt, as a login that reads the rows of one fund."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from db.settings import SUPERUSER
from tests.conftest import DEPLOYED, Connection, Database, TestServer, clone
from tests.server.dbt_environment import dbt_program
from tests.server.supervised import CLEAN_ENVIRONMENT, quarterbase

NARROW, WIDE = "bi_dbt_fund", "bi_dbt_all"
BIGGEST_FUND = """
    select fund_id from company.company
    where reporting_currency = 'USD' group by fund_id order by count(*) desc, fund_id limit 1
"""
# What an analyst adds: a model of his own, whose tests find what is wrong with it.
OWN_MODEL = "select company_id, currency from {{ ref('portfolio_latest_quarter') }}"
OWN_TESTS = """\
version: 2
models:
  - name: held
    config: {materialized: table}
    data_tests:
      - unique_grain: {arguments: {columns: [company_id, currency]}}
      - unique_grain: {arguments: {columns: [currency]}, config: {severity: warn}}
"""


@dataclass
class Built:
    """A database with the demo, and what `dbt build` said about each test and model."""

    database: Database
    fund_id: str
    results: dict[str, str]


@pytest.fixture(scope="module")
def built(server: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    project, home = tmp_path_factory.mktemp("dbt"), tmp_path_factory.mktemp("home")
    with clone(server, DEPLOYED) as database:
        environment = {"QUARTERBASE_DSN": database.dsn()}
        loaded = quarterbase("demo", "load", home=home, env=environment)
        assert loaded.returncode == 0, loaded.stderr
        fund_id = add_logins(database)
        asked = ("bi", "export", "--dbt", str(project), "--as", NARROW)
        done = quarterbase(*asked, home=home, env=environment)
        assert done.returncode == 0, done.stderr
        (project / "models" / "held.sql").write_text(OWN_MODEL)
        (project / "models" / "held.yml").write_text(OWN_TESTS)
        yield Built(database, fund_id, build(project, database))
    # Logins belong to the server; with the database, what they owned is gone.
    with server.alone(), psycopg.connect(server.dsn(SUPERUSER, "postgres")) as administrator:
        administrator.execute(f"drop role if exists {NARROW}, {WIDE}")


def add_logins(database: Database) -> str:
    """One login narrowed to a fund of the demo, one of the whole firm; returns the fund."""
    with database.server.alone(), database.connect(options="-c role=qb_owner") as conn:
        user = value(conn, f"select security.add_database_login('{NARROW}', 'viewer_scoped')")
        value(conn, f"select security.add_database_login('{WIDE}', 'viewer')")
        for login in (NARROW, WIDE):
            password = sql.Literal(database.server.password)
            conn.execute(
                sql.SQL("select security.set_login_password({}, {})").format(login, password)
            )
        fund = value(conn, BIGGEST_FUND)
        narrow = "insert into security.user_fund (fund_id, user_id) values (%s, %s)"
        conn.execute(narrow, (fund, user))
    with database.connect(SUPERUSER) as administrator:
        administrator.execute(f"create schema authorization {NARROW}")
    return str(fund)


def build(project: Path, database: Database) -> dict[str, str]:
    """Runs `dbt build` with the exported profile; the status of every node by its name."""
    done = subprocess.run(
        [dbt_program(), "build", "--no-use-colors"],
        cwd=project,
        env=CLEAN_ENVIRONMENT
        | {
            "PGDATABASE": database.name,
            "DBT_ENV_SECRET_PASSWORD": database.server.password,
            "HOME": os.environ.get("HOME", str(project)),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Deprecat" not in done.stdout
    ran = json.loads((project / "target" / "run_results.json").read_text())["results"]
    return {result["unique_id"].split(".")[2]: result["status"] for result in ran}


def value(conn: Connection, query: str) -> Any:
    row = conn.execute(query.encode()).fetchone()
    return row[0] if row else None


def test_everything_builds_and_every_grain_holds(built: Built) -> None:
    with built.database.connect(WIDE) as conn:
        views = value(conn, "select count(distinct view_name) from bi.dictionary")
    sources = [name for name in built.results if name.startswith("source_unique_")]
    assert len(sources) == views
    assert built.results["portfolio_latest_quarter"] == "success"
    assert {s for n, s in built.results.items() if "not_null" in n or n in sources} == {"pass"}


def test_the_grain_test_finds_rows_that_are_alike(built: Built) -> None:
    found = {n: s for n, s in built.results.items() if n.startswith("unique_grain_held")}
    assert sorted(found.values()) == ["pass", "warn"]
    assert found["unique_grain_held_currency"] == "warn"


def test_a_built_view_shows_each_reader_the_readers_rows(built: Built) -> None:
    query = f"""
        select (count(distinct fund_id), min(fund_id::text))::text
        from {NARROW}.portfolio_latest_quarter
    """
    with built.database.connect(NARROW, autocommit=True) as conn:
        assert value(conn, query) == f"(1,{built.fund_id})"
        conn.execute("set default_transaction_read_only = off")
        conn.execute(f"grant usage on schema {NARROW} to {WIDE}")
        conn.execute(f"grant select on {NARROW}.portfolio_latest_quarter to {WIDE}")
        comment = "select obj_description('portfolio_latest_quarter'::regclass)"
        assert value(conn, comment).startswith("One row per company")
    with built.database.connect(WIDE) as conn:
        seen = value(conn, f"select count(*) from {NARROW}.portfolio_latest_quarter")
        own = "select count(distinct company_id) from bi.quarterly_metrics where currency = 'USD'"
        assert seen == value(conn, own)


def test_the_login_still_reads_only_by_default_and_builds_nowhere_else(built: Built) -> None:
    with built.database.connect(NARROW, autocommit=True) as conn:
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            conn.execute("create table kept (a integer)")
        conn.execute("set default_transaction_read_only = off")
        for place in ("bi", "public", "company"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(f"create table {place}.kept (a integer)")


def test_a_deployment_is_not_disturbed_by_what_was_built(built: Built, tmp_path: Path) -> None:
    done = quarterbase("drift", home=tmp_path, env={"QUARTERBASE_DSN": built.database.dsn()})
    assert (done.returncode, done.stdout) == (0, "no drift\n")
