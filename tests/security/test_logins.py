"""Users, passwords that are tried, and database logins of BI tools."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.company.books import Books, refused
from tests.conftest import Database

LOGIN = "bi_of_tests"


@pytest.fixture
def firm(database: Database, owner: psycopg.Connection) -> Iterator[Books]:
    """A database of its own; a login that a test makes is dropped with it."""
    with database.server.alone():
        yield Books(owner)
        owner.execute("delete from security.database_login where login = %s", [LOGIN])
        with database.connect("postgres", autocommit=True) as conn:
            conn.execute(f"drop role if exists {LOGIN}".encode())


def try_password(database: Database, email: str, *, succeeded: bool) -> int:
    """Tries once; the seconds to wait before the next time."""
    with database.connect("qb_api", autocommit=True) as conn:
        api = Books(conn)
        api.rows("select security.record_login(%s, %s)", email, succeeded)
        wait: int = api.value("select retry_after_seconds from security.find_login(%s)", email)
        return wait


def test_fifth_wrong_password_makes_wait_and_each_further_one_twice_as_long(
    database: Database, owner: psycopg.Connection
) -> None:
    Books(owner).rows("select security.add_user('ann@example.com', 'editor', 'Ann', 'hash')")
    waits = [try_password(database, "ANN@example.com ", succeeded=False) for _ in range(14)]
    assert waits == [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert try_password(database, "ann@example.com", succeeded=True) == 3600  # has to wait too
    Books(owner).rows("update security.login_attempt set locked_until = now()")
    assert try_password(database, "ann@example.com", succeeded=True) == 0
    assert try_password(database, "ann@example.com", succeeded=False) == 0


def test_one_user_does_not_lock_another(database: Database, owner: psycopg.Connection) -> None:
    for name in ("ann", "bob"):
        Books(owner).rows(f"select security.add_user('{name}@example.com', 'editor', null, 'hash')")
    for _ in range(6):
        try_password(database, "ann@example.com", succeeded=False)
    assert try_password(database, "bob@example.com", succeeded=False) == 0


def test_unknown_and_passwordless_users_have_no_login(books: Books) -> None:
    for email in ("nobody@example.com", "editor@example.com", "system@quarterbase.invalid"):
        (found,) = books.rows("select * from security.find_login(%s)", email)
        assert set(found.values()) == {None, 0}


def test_user_is_known_by_any_spelling_and_only_once(books: Books) -> None:
    user_id = books.value("select security.add_user(' Ann@Example.com ', 'viewer')")
    assert books.value("select security.user_id_by_email('ann@example.COM')") == user_id
    with refused(books.conn, "QB409", "person_email_key"):
        books.rows("select security.add_user('ANN@example.com', 'editor')")


@pytest.mark.parametrize(
    ("email", "role", "constraint"),
    [
        ("x@example.com", "owner", "app_user_group_role_known"),
        ("x@example.com", "deploy", "app_user_group_role_known"),
        ("x@example.com", "", "app_user_group_role_known"),
        ("nobody", "viewer", "person_email_has_at"),
        ("@", "viewer", "person_email_has_at"),
    ],
)
def test_user_with_a_wrong_role_or_address_is_refused(
    books: Books, email: str, role: str, constraint: str
) -> None:
    with refused(books.conn, "23514", constraint):
        books.rows("select security.add_user(%s, %s)", email, role)


@contextmanager
def bi(firm: Books, database: Database, role: str = "viewer") -> Iterator[Books]:
    """A new login of a BI tool, connected."""
    firm.rows("select security.add_database_login(%s, %s)", LOGIN, role)
    firm.rows("select security.set_login_password(%s, %s)", LOGIN, database.server.password)
    with database.connect(LOGIN) as conn:
        yield Books(conn)
        conn.rollback()


@pytest.mark.parametrize("role", ["viewer", "auditor"])
def test_database_login_reads_and_does_not_write(
    firm: Books, database: Database, role: str
) -> None:
    firm.company()
    firm.quarter(2024, 1)
    with bi(firm, database, role) as asking:
        assert len(asking.rows("select * from company.quarterly_reporting_metrics")) == 1
        with refused(asking.conn, "25006", None):
            asking.rows("create temporary table x (y int)")
    with database.connect(LOGIN, autocommit=True) as conn:
        conn.execute("set default_transaction_read_only = off")
        for query in (
            "update company.company set name = 'x'",
            "delete from company.metrics_input",
            "create table public.x (y int)",
            "create temporary table x (y int)",
            "select company.save_company('{}')",
        ):
            with refused(conn, "42501", None):
                conn.execute(query.encode())


def test_database_login_cannot_become_somebody_else(firm: Books, database: Database) -> None:
    admin = firm.value("select security.add_user('admin@example.com', 'admin')")
    with bi(firm, database) as asking:
        itself = asking.value("select security.current_user_id()")
        assert itself is not None
        asking.rows("select set_config('qb.user_id', %s, true)", str(admin))
        assert asking.value("select security.current_user_id()") == itself
        for role in ("qb_admin", "qb_editor", "qb_owner", "qb_api", "qb_deploy", "postgres"):
            with refused(asking.conn, "42501", None):
                asking.rows(f"set role {role}")
        with refused(asking.conn, "42501", None):
            asking.rows("set session authorization postgres")
        with refused(asking.conn, "42501", None):
            asking.rows("select security.begin_request(%s)", admin)
        with refused(asking.conn, "42501", None):
            asking.rows("select email from security.person")


def test_database_login_has_a_time_limit(firm: Books, database: Database) -> None:
    with bi(firm, database) as asking:
        assert asking.value("select current_setting('statement_timeout')") == "1min"


def test_database_login_is_made_once(firm: Books) -> None:
    users = [firm.value("select security.add_database_login(%s, 'viewer')", LOGIN) for _ in "ab"]
    assert users[0] == users[1]


def test_database_login_can_be_given_another_reading_role(firm: Books) -> None:
    for role in ("auditor", "viewer"):
        firm.rows("select security.add_database_login(%s, %s)", LOGIN, role)
    assert firm.value("select pg_has_role(%s, 'qb_viewer', 'member')", LOGIN)
    assert not firm.value("select pg_has_role(%s, 'qb_auditor', 'member')", LOGIN)
    assert (
        firm.value(
            "select u.group_role from security.app_user u join security.database_login l"
            " using (user_id) where l.login = %s",
            LOGIN,
        )
        == "qb_viewer"
    )


def test_database_login_does_not_take_over_a_powerful_role(books: Books) -> None:
    with refused(books.conn, "QB409", "database_login_is_taken"):
        books.rows("select security.add_database_login('postgres', 'viewer')")


@pytest.mark.parametrize("role", ["admin", "editor", "owner", "api", None])
def test_database_login_with_a_writing_role_is_refused(books: Books, role: str | None) -> None:
    with refused(books.conn, "QB400", "database_login_reads_only"):
        books.rows("select security.add_database_login('x', %s)", role)


@pytest.mark.parametrize(
    "login",
    ["qb_api", "qb_new", "pg_monitor", "Upper", "a b", "1x", "", 'x"; drop', None, "x" * 64],
)
def test_database_login_with_an_unusable_name_is_refused(books: Books, login: str | None) -> None:
    with refused(books.conn, "QB400", "database_login_name"):
        books.rows("select security.add_database_login(%s, 'viewer')", login)


def test_password_of_a_login_that_is_not_ours_is_refused(books: Books) -> None:
    with refused(books.conn, "QB404", "database_login_unknown"):
        books.rows("select security.set_login_password('postgres', 'x')")
