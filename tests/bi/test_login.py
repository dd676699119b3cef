"""What every database login is given besides rights: a time limit, read-only, a name in the log."""

from __future__ import annotations

import time
from typing import Any

import psycopg
import pytest

from tests.bi.conftest import LOGINS, Published


@pytest.mark.parametrize("role", LOGINS)
def test_login_begins_read_only_with_a_time_limit(role: str, published: Published) -> None:
    settings = "select current_setting(s) from unnest(%s::text[]) as s"
    names = ["statement_timeout", "default_transaction_read_only", "timezone"]
    with published.connect(role) as conn:
        assert [value for (value,) in conn.execute(settings, [names])] == ["1min", "on", "UTC"]
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            conn.execute("create temporary table x (y integer)")


@pytest.mark.parametrize("role", LOGINS)
def test_login_that_undoes_its_settings_still_writes_nothing(
    role: str, published: Published
) -> None:
    with published.connect(role, autocommit=True) as conn:
        conn.execute("set default_transaction_read_only = off")
        for query in (
            "create temporary table x (y integer)",
            "create table bi.x (y integer)",
            "create table public.x (y integer)",
            "update bi.company set company_name = 'x'",
            "delete from company.metrics_input",
        ):
            with pytest.raises(psycopg.Error) as caught:
                conn.execute(query.encode())
            assert caught.value.sqlstate in {"42501", "55000"}, query


def test_the_log_says_which_tool_asked(published: Published) -> None:
    """A failing statement stands in the server's log with login, database and program."""
    settings: dict[str, Any] = {"application_name": "Superset of tests"}
    with published.connect(**settings) as conn, pytest.raises(psycopg.errors.DivisionByZero):
        conn.execute("select 1 / 0")
    database = published.database
    wanted = f"{published.login('viewer_scoped')}@{database.name} Superset of tests "
    log = database.server.folder / "postgres.log"
    for _ in range(50):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        if any(wanted in line and "division by zero" in line for line in lines):
            return
        time.sleep(0.1)
    pytest.fail(f"no line with {wanted!r}")
