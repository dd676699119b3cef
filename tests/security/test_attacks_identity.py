"""A BI login tries to be somebody else, by everything SQL offers for that. 0 rows leak.

Real logins over real connections: under a superuser's session the same statements succeed, and a
test that tried them there would lie.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.conftest import Connection
from tests.security.firm import SCOPES, Firm, seen

OWN = SCOPES["fund"]
POWERFUL = (
    "postgres", "qb_owner", "qb_deploy", "qb_api", "qb_jobs", "qb_admin", "qb_editor", "qb_viewer",
    "qb_auditor", "qb_submitter", "qb_investor", "qb_editor_scoped", "pg_read_all_data",
    "pg_monitor", "pg_execute_server_program", "pg_read_server_files", "pg_maintain",
)  # fmt: skip


@pytest.fixture
def thief(firm: Firm) -> Iterator[Connection]:
    """The narrowed login of Fund I; its session's help, read-only transactions, is taken off."""
    with firm.connect("fund") as conn:
        conn.execute("set default_transaction_read_only = off")
        yield conn


def denied(conn: Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        conn.execute(statement.encode())


def test_settings_of_ours_mean_nothing_from_a_login(firm: Firm, thief: Connection) -> None:
    admin, other = firm.user("admin"), firm.user("viewer")
    [itself] = thief.execute("select security.current_user_id()").fetchone() or [None]
    for user in (admin, other, "00000000-0000-0000-0000-000000000000", ""):
        for name in ("qb.user_id", "app.user", "request.jwt.claims", "qb.role", "app.user_id"):
            thief.execute("select set_config(%s, %s, false)", [name, str(user)])
            assert thief.execute("select security.current_user_id()").fetchone() == (itself,)
            assert seen(thief) == OWN.visible


@pytest.mark.parametrize("role", POWERFUL)
def test_no_other_role_can_be_taken(thief: Connection, role: str) -> None:
    denied(thief, f"set role {role}")
    denied(thief, f"set session authorization {role}")
    denied(thief, f"select set_config('role', '{role}', false)")
    denied(thief, f"select set_config('session_authorization', '{role}', false)")
    denied(thief, f"alter default privileges for role {role} grant select on tables to public")
    assert seen(thief) == OWN.visible


def test_its_own_group_role_gives_no_more_rows(thief: Connection) -> None:
    thief.execute("set role qb_viewer_scoped")
    assert seen(thief) == OWN.visible
    thief.execute("reset role")
    thief.execute("reset session authorization")
    assert seen(thief) == OWN.visible


def test_settings_at_the_start_of_a_session_change_nobody(firm: Firm) -> None:
    for options in (
        "-c role=qb_viewer", "-c role=qb_owner", "-c session_authorization=qb_api",
        "-c local_preload_libraries=x", "-c session_preload_libraries=x",
    ):  # fmt: skip
        with pytest.raises(psycopg.OperationalError):
            firm.connect("fund", options=options)
    admin = firm.user("admin")
    with firm.connect("fund", options=f"-c qb.user_id={admin} -c row_security=on") as conn:
        assert seen(conn) == OWN.visible


@pytest.mark.parametrize(
    "statement",
    [
        "alter role {me} superuser", "alter role {me} bypassrls", "alter role {me} createrole",
        "alter role {me} createdb", "alter role {me} replication", "alter role {me} inherit",
        "grant qb_viewer to {me}", "grant qb_owner to {me}", "grant pg_read_all_data to {me}",
        "grant qb_viewer_scoped to {me} with admin option", "alter role qb_viewer login",
        "grant {me} to qb_api", "revoke qb_viewer_scoped from {other}",
        "alter role {other} password 'x'", "alter role {other} set role = 'qb_owner'",
        "alter role {other} rename to qb_other", "create role another", "drop role {other}",
        "alter role qb_viewer_scoped set row_security = off", "alter system set row_security = off",
        "create user mapping for {me} server x", "reassign owned by qb_owner to {me}",
    ],
)  # fmt: skip
def test_a_login_cannot_raise_itself(firm: Firm, thief: Connection, statement: str) -> None:
    names = {"me": firm.logins["fund"], "other": firm.logins["funds"]}
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject)):
        thief.execute(statement.format(**names).encode())
    assert seen(thief) == OWN.visible


def test_what_a_login_sets_for_itself_gives_no_more_rows(firm: Firm) -> None:
    """Everybody may change the settings of their own login, its password included."""
    me = firm.logins["fund"]
    admin = firm.user("admin")
    with firm.connect("fund") as conn:
        conn.execute("set default_transaction_read_only = off")
        for setting in (
            f"qb.user_id = '{admin}'", "search_path = 'pg_temp, public'",
            "default_transaction_read_only = off", "statement_timeout = 0",
        ):  # fmt: skip
            try:
                conn.execute(f"alter role {me} set {setting}".encode())
            except psycopg.errors.InsufficientPrivilege:
                assert setting.startswith("qb.")
    with firm.connect("fund") as conn:
        assert seen(conn) == OWN.visible
        denied(conn, "update company.company set name = 'x'")
        conn.execute(f"alter role {me} reset all".encode())


def test_no_request_of_the_api_can_be_begun(firm: Firm, thief: Connection) -> None:
    admin = firm.user("admin")
    for call in (
        f"security.begin_request('{admin}')", f"security.request_role('{admin}')",
        "security.find_login('admin@example.com')",
        "security.begin_external_request('a', 'b', '{}')",
        "security.add_user('x@example.com', 'admin')", "security.user_id_by_email('x@example.com')",
        f"security.issue_refresh_token('{admin}', 'x', 'h')",
        "security.set_login_password('x', 'y')",
        f"security.add_database_login('{firm.logins['fund']}', 'viewer')",
    ):  # fmt: skip
        denied(thief, f"select {call}")
    assert seen(thief) == OWN.visible


def test_its_own_scope_cannot_be_read_or_written(thief: Connection) -> None:
    for table in (
        "user_fund", "user_company", "app_user", "database_login", "credential", "refresh_token",
        "external_identity", "claim_role", "login_attempt",
    ):  # fmt: skip
        denied(thief, f"select * from security.{table}")
        denied(thief, f"insert into security.{table} default values")
        denied(thief, f"delete from security.{table}")
        denied(thief, f"copy security.{table} to stdout")


def test_row_security_off_is_an_error_and_no_door(thief: Connection) -> None:
    thief.execute("set row_security = off")
    for table in ("company.company", "bi.company", "fund.fund", "company.metrics_input"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            thief.execute(f"select * from {table}".encode())


def test_row_security_itself_cannot_be_changed(thief: Connection) -> None:
    for statement in (
        "alter table company.company disable row level security",
        "drop policy select_narrowed on company.company",
        "create policy mine on company.company using (true)",
        "alter policy select_narrowed on company.company using (true)",
        "create or replace function security.visible_companies() returns text[] language sql"
        " as $$ select array['c-02'] $$",
        "alter function security.visible_companies() owner to current_user",
        "drop function security.visible_funds()",
        "create rule r as on select to bi.company do instead select 1",
        "create trigger t before insert on company.company execute function x()",
        "alter view bi.company set (security_invoker = false)",
        "comment on table company.company is 'x'",
        "alter table company.company owner to current_user",
    ):
        with pytest.raises(psycopg.Error) as refused:
            thief.execute(statement.encode())
        assert refused.value.sqlstate in ("42501", "42809"), statement
    assert seen(thief) == OWN.visible


def test_rights_cannot_be_handed_on(firm: Firm, thief: Connection) -> None:
    """PostgreSQL answers with a warning only; what counts is that nothing was granted."""
    for grantee in ("public", "qb_viewer_scoped", firm.logins["funds"]):
        thief.execute(f"grant select on company.company to {grantee}".encode())
        thief.execute(f"grant execute on function security.visible_funds() to {grantee}".encode())
    thief.execute("revoke select on company.company from qb_viewer_scoped")
    query = "select has_table_privilege(%s, 'company.company', 'select')"
    assert firm.one(query, "public") == (False,)
    assert firm.one(query, "qb_viewer_scoped") == (True,)
