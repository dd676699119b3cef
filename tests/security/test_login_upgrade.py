"""Deployments put database logins right: after an older version, after a restore, by hand."""

from __future__ import annotations

import psycopg
import pytest

from db.apply import apply
from db.settings import ROOT, UserError
from tests.conftest import Connection, Database
from tests.security import test_user_logins as logins
from tests.security.test_user_logins import LOGIN, held, shut_out, update

clean, login = logins.clean, logins.login

MAY_CONNECT = "select has_database_privilege(%s, current_database(), 'connect')"


def deploy(database: Database) -> list[str]:
    said: list[str] = []
    apply(database.dsn(), echo=said.append)
    return said


def bootstrap(database: Database) -> None:
    with database.connect("postgres") as conn:  # inside `clean`, which is alone already
        conn.execute((ROOT / "db" / "bootstrap.sql").read_bytes())


def as_an_older_version_left_it(database: Database) -> None:
    """The reading roles let in whoever has them, and the owner lets in nobody."""
    shut_out(database)
    with database.connect("postgres", autocommit=True) as conn:
        on = f"connect on database {database.name}"
        conn.execute(f"revoke grant option for {on} from qb_owner cascade".encode())
        conn.execute(f"grant {on} to qb_viewer, qb_viewer_scoped, qb_auditor".encode())


def test_an_upgrade_asks_for_bootstrap_and_keeps_logins_in(
    database: Database, owner: Connection, login: str
) -> None:
    as_an_older_version_left_it(database)
    database.connect(LOGIN).close()
    with pytest.raises(UserError, match=r"run db/bootstrap\.sql in this database once more"):
        deploy(database)
    bootstrap(database)
    database.connect(LOGIN).close()  # also before the deployment
    deploy(database)
    database.connect(LOGIN).close()
    update(owner, login, active=False)  # what bootstrap gave, the owner takes
    assert owner.execute(MAY_CONNECT.encode(), [LOGIN]).fetchone() == (False,)


def test_an_upgrade_ends_logins_whose_users_had_ended(
    database: Database, owner: Connection, login: str
) -> None:
    update(owner, login, active=False)
    as_an_older_version_left_it(database)
    with database.connect("postgres", autocommit=True) as conn:  # it left the login its role
        conn.execute(f"alter role {LOGIN} login".encode())
        conn.execute(f"grant qb_viewer to {LOGIN} granted by qb_owner".encode())
    database.connect(LOGIN).close()
    bootstrap(database)
    deploy(database)
    assert held(owner) == set()
    with pytest.raises(psycopg.OperationalError):
        database.connect(LOGIN)


def test_a_deployment_lets_in_who_should_be(
    database: Database, owner: Connection, login: str
) -> None:
    shut_out(database)
    assert deploy(database) == ["nothing to do"]
    database.connect(LOGIN).close()


def test_a_login_that_cannot_be_put_right_is_reported_and_stops_no_deployment(
    database: Database, owner: Connection, login: str
) -> None:
    shut_out(database)
    with database.connect("postgres", autocommit=True) as conn:
        conn.execute(f"drop role {LOGIN}".encode())
        words = f"create role {LOGIN} login password '{database.server.password}' in role qb_viewer"
        conn.execute(words.encode())
    said = deploy(database)
    assert said[-1] == "nothing to do"
    assert f"Database login {LOGIN} is left outside" in said[0]
    assert "grant the role to qb_owner with admin option" in said[0]
    with pytest.raises(psycopg.OperationalError, match="CONNECT"):
        database.connect(LOGIN)


def test_a_role_that_an_older_platform_lets_in_counts_as_admitted_there(
    database: Database, owner: Connection, login: str
) -> None:
    elsewhere = "select security.is_admitted_elsewhere(%s)"
    assert owner.execute(elsewhere, [LOGIN]).fetchone() == (False,)
    with database.connect("postgres", autocommit=True) as conn:
        conn.execute("grant connect on database postgres to qb_viewer")
        try:
            assert owner.execute(elsewhere, [LOGIN]).fetchone() == (True,)
        finally:
            conn.execute("revoke connect on database postgres from qb_viewer")
