"""What outlives its moment: plans, cursors, open sessions, logins that lost their rights."""

from __future__ import annotations

import psycopg
import pytest

from db.settings import SUPERUSER
from tests.security.firm import COMPANIES, SCOPES, Firm, Scope, seen

OWN = SCOPES["fund"]


def test_a_prepared_statement_answers_whoever_runs_it(firm: Firm) -> None:
    """One connection of the API, as a pooler would hand it out: plans outlive requests."""
    firm_wide, narrowed = firm.user("viewer"), firm.user("viewer_scoped", OWN)
    with firm.database.connect("qb_api") as conn:
        conn.execute("select security.begin_request(%s)", [firm_wide])
        conn.execute("prepare everything as select company_id from company.company")
        for _ in range(7):  # until the plan is a generic one
            assert len(conn.execute("execute everything").fetchall()) == len(COMPANIES)
        conn.commit()
        for user, expected in ((narrowed, OWN.visible), (firm_wide, set(COMPANIES))) * 3:
            conn.execute("select security.begin_request(%s)", [user])
            assert {row[0] for row in conn.execute("execute everything")} == expected
            conn.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("execute everything")


def test_a_cursor_does_not_outlive_its_request(firm: Firm) -> None:
    firm_wide, narrowed = firm.user("viewer"), firm.user("viewer_scoped", OWN)
    with firm.database.connect("qb_api") as conn:
        conn.execute("select security.begin_request(%s)", [firm_wide])
        conn.execute("declare everything cursor for select company_id from company.company")
        conn.commit()
        conn.execute("select security.begin_request(%s)", [narrowed])
        with pytest.raises(psycopg.errors.InvalidCursorName):
            conn.execute("fetch all from everything")


def test_a_scope_that_is_taken_back_is_gone_in_an_open_session(firm: Firm) -> None:
    with firm.connect("company") as conn:
        conn.execute("prepare mine as select company_id from company.company")
        for name, scope in (("company", Scope.of("Fund III")), ("company", Scope.of())) * 2:
            firm.rescope(name, scope)
            assert {row[0] for row in conn.execute("execute mine")} == scope.visible
    firm.rescope("company", SCOPES["company"])


def test_a_login_that_is_narrowed_loses_the_other_rows_at_once(firm: Firm) -> None:
    firm.add_login("turncoat", "viewer")
    with firm.connect("turncoat") as conn:
        assert seen(conn) == set(COMPANIES)
        firm.add_login("turncoat", "viewer_scoped")
        try:
            assert seen(conn) == set()
        except psycopg.OperationalError:  # the session was ended, which is as good
            assert conn.broken
    with firm.connect("turncoat") as conn:
        assert seen(conn) == set()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("set role qb_viewer")


def test_a_login_whose_user_is_inactive_sees_nothing(firm: Firm) -> None:
    firm.add_login("leaver", scope=OWN)
    with firm.connect("leaver") as conn:
        assert seen(conn) == OWN.visible
        firm.owner.execute(
            "update security.app_user set is_active = false where user_id ="
            " (select user_id from security.database_login where login = %s)",
            [firm.logins["leaver"]],
        )
        try:
            assert seen(conn) == set()
        except psycopg.Error as error:  # revoked, or the session ended
            assert error.sqlstate == "42501" or conn.broken


@pytest.mark.parametrize("role", ["qb_viewer", "qb_viewer_scoped", "qb_auditor"])
def test_a_login_of_another_database_of_the_server_is_not_let_in(firm: Firm, role: str) -> None:
    """Roles are the server's: another Quarterbase beside this one may have made the login."""
    server = firm.database.server
    name = firm.logins["stranger"] = firm.login_name("stranger")
    with server.alone(), firm.database.connect(SUPERUSER, autocommit=True) as conn:
        conn.execute(f"drop role if exists {name}".encode())
        conn.execute(f"create role {name} login password '{server.password}'".encode())
        conn.execute(f"grant {role} to {name}".encode())
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        firm.connect("stranger")
