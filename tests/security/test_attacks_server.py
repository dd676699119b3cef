"""A BI login tries the server beneath the tables: files, programs, dumps, large objects, locks."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from db.binaries import find_client
from tests.conftest import Connection
from tests.security.firm import OWNER, SCOPES, Firm, seen

OWN = SCOPES["fund"]
HIDDEN = OWN.secret


@pytest.fixture
def thief(firm: Firm) -> Iterator[Connection]:
    with firm.connect("fund") as conn:
        conn.execute("set default_transaction_read_only = off")
        yield conn


def denied(conn: Connection, statement: str, *codes: str) -> None:
    with pytest.raises(psycopg.Error) as refused:
        conn.execute(statement.encode())
    assert refused.value.sqlstate in ("42501", *codes), (statement, refused.value)


@pytest.mark.parametrize(
    "statement",
    [
        "copy company.company to program 'cat'", "copy company.company to '/tmp/x'",
        "copy bi.company from '/etc/passwd'", "copy (select 1) to program 'id'",
        "select pg_read_file('/etc/passwd')", "select pg_read_binary_file('pg_hba.conf')",
        "select pg_ls_dir('.')", "select pg_stat_file('.')", "select pg_ls_waldir()",
        "select pg_ls_logdir()", "select pg_ls_tmpdir()", "select pg_current_logfile()",
        "select pg_rotate_logfile()", "select pg_reload_conf()", "select pg_switch_wal()",
        "select pg_create_restore_point('x')", "select pg_backup_start('x')",
        "select pg_promote()", "select pg_stat_reset()", "load 'plpgsql'", "checkpoint",
        "select pg_create_logical_replication_slot('s', 'pgoutput')",
        "select pg_create_physical_replication_slot('s')", "select lo_import('/etc/passwd')",
        "select lo_export(1, '/tmp/x')", "select lo_create(0)", "select lo_creat(-1)",
        "select lo_from_bytea(0, 'x')", "select lo_put(1, 0, 'x')", 
        "select pg_nextoid('pg_class', 'oid', 'pg_class_oid_index')",
        "cluster company.company", "reindex table company.company",
        "refresh materialized view x", "set session_replication_role = replica",
        "set log_statement = 'all'", "set session_preload_libraries = 'x'",
        "set allow_system_table_mods = on", "update pg_class set relrowsecurity = false",
        "delete from pg_policy", "set lc_messages = 'C'", "set track_activities = off",
    ],
)  # fmt: skip
def test_the_server_beneath_is_not_reachable(thief: Connection, statement: str) -> None:
    denied(thief, statement, "42P01", "0A000")
    assert seen(thief) == OWN.visible


def test_there_is_no_way_to_another_server(thief: Connection) -> None:
    for call in ("dblink('host=x', 'select 1')", "dblink_connect('host=x')", "http_get('x')",
                 "postgres_fdw_get_connections()"):  # fmt: skip
        denied(thief, f"select {call}", "42883")
    denied(thief, "create extension postgres_fdw")
    denied(thief, "create foreign data wrapper w")


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_the_other_databases_of_the_server_hold_nothing_of_ours(firm: Firm, database: str) -> None:
    dsn = firm.database.server.dsn(firm.logins["fund"], database)
    try:
        with psycopg.connect(dsn) as conn:
            rooms = conn.execute(
                "select nspname from pg_namespace"
                " where nspname !~ '^(pg_|information_schema|public)'"
            ).fetchall()
            assert rooms == []
            conn.rollback()
            conn.execute("set transaction_read_only = off")
            denied(conn, "create table public.t (x int)")
    except psycopg.OperationalError as error:
        assert "denied" in str(error) or "not permitted" in str(error)


def test_a_write_in_a_read_write_transaction_is_refused_all_the_same(thief: Connection) -> None:
    thief.execute("set transaction_read_only = off")
    for statement in (
        "update company.company set name = 'x'", "delete from company.metrics_input",
        "insert into fund.fund (name) values ('x')", "update bi.fund set fund = 'x'",
        "select company.save_company('{}')", "select fx.record_rates('manual', '[]')",
        "select company.delete_company('c-01')", "select ops.claim_idempotency_key('k', 'x')",
        "update ops.setting set value = 'null'", "select company.rebuild_derived()",
    ):  # fmt: skip
        denied(thief, statement, "55000")


def dump(firm: Firm, *options: str) -> subprocess.CompletedProcess[str]:
    """The real program, as the narrowed login."""
    environment = {**os.environ, "PGOPTIONS": "-c default_transaction_read_only=off"}
    dsn = firm.database.dsn(firm.logins["fund"])
    command = [find_client("pg_dump"), "--data-only", *options, dsn]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_a_dump_fails_loudly_or_holds_visible_rows_only(firm: Firm) -> None:
    whole = dump(firm)
    assert whole.returncode != 0
    assert "permission denied" in whole.stderr
    tables = ("--table=company.company", "--table=company.metrics_input", "--table=fund.fund")
    plain = dump(firm, *tables)
    assert plain.returncode != 0
    assert "row-level security" in plain.stderr
    for result in (whole, plain):
        assert not HIDDEN.search(result.stdout)
    narrowed = dump(firm, "--enable-row-security", "--inserts", *tables)
    assert narrowed.returncode == 0, narrowed.stderr
    assert "c-01" in narrowed.stdout
    assert not HIDDEN.search(narrowed.stdout)


def test_notifications_carry_no_rows(firm: Firm, thief: Connection) -> None:
    """Whoever is connected may listen: so nothing but a name is ever sent."""
    thief.execute("listen quarterbase_clock")
    firm.owner.execute("update ops.job set is_enabled = is_enabled")
    firm.owner.execute("update company.company set name = name")
    heard = list(thief.notifies(timeout=0.5, stop_after=5))
    assert {(note.channel, note.payload) for note in heard} <= {("quarterbase_clock", "")}
    with firm.database.connect(options=OWNER) as conn:
        bodies = conn.execute(
            "select p.proname from pg_proc as p where p.pronamespace >= 16384"
            " and p.prosrc ~* 'notify' and p.prosrc !~ $$pg_notify\\('quarterbase_clock', ''\\)$$"
        ).fetchall()
    assert bodies == []


def test_advisory_locks_stop_neither_clock_nor_deployment(firm: Firm, thief: Connection) -> None:
    """The clock leads by such a lock: whoever could take it would stop the clock."""
    for call in (
        "pg_advisory_lock(29026, 25451)", "pg_try_advisory_lock(29026, 25451)",
        "pg_advisory_xact_lock(1)", "pg_try_advisory_xact_lock(1, 2)", "pg_advisory_lock_shared(1)",
        "pg_try_advisory_lock_shared(1, 2)", "pg_advisory_xact_lock_shared(1)",
        "pg_try_advisory_xact_lock_shared(1)", "pg_advisory_unlock(29026, 25451)",
    ):  # fmt: skip
        denied(thief, f"select {call}")


def test_a_login_is_limited_in_time(firm: Firm) -> None:
    with firm.connect("fund") as conn:
        for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
            [(value,)] = conn.execute(f"select current_setting('{name}')".encode()).fetchall()
            assert value != "0", name
