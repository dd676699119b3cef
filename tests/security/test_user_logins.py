"""Database logins follow their users: what is taken is gone at once, open connections included."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.conftest import DEPLOYED, Connection, Database, TestServer, clone

LOGIN = "bi_user_tests"
OWNER = "-c role=qb_owner"
# What a commit does last; whoever connects after it, and before the commit is done, is late.
CLOSE_NOW = "set constraints all immediate"
GONE = (psycopg.errors.AdminShutdown, psycopg.OperationalError)


@pytest.fixture
def other(server: TestServer) -> Iterator[Database]:
    """Another platform on the same server."""
    with clone(server, DEPLOYED) as other:
        yield other


@pytest.fixture(autouse=True)
def clean(request: pytest.FixtureRequest, database: Database) -> Iterator[None]:
    """Roles belong to the whole server: one worker at a time, and the role goes with the test."""
    databases = [database]
    if "other" in request.fixturenames:  # before the lock, which making it takes too
        databases.append(request.getfixturevalue("other"))
    with database.server.alone():
        yield
        for each in databases:
            shut_out(each)
        with database.connect("postgres", autocommit=True) as conn:
            conn.execute(f"drop role if exists {LOGIN}".encode())


def shut_out(database: Database) -> None:
    """Takes back what keeps a role from being dropped: its right to connect."""
    with database.connect(autocommit=True, options=OWNER) as conn:
        if conn.execute("select true from pg_roles where rolname = %s", [LOGIN]).fetchone():
            conn.execute(f"revoke connect on database {database.name} from {LOGIN}".encode())


@pytest.fixture
def login(database: Database, owner: Connection) -> str:
    return add_login(database.server, owner)


def add_login(server: TestServer, owner: Connection, role: str = "viewer") -> str:
    """The user's id."""
    row = owner.execute("select security.add_database_login(%s, %s)", [LOGIN, role]).fetchone()
    owner.execute("select security.set_login_password(%s, %s)", [LOGIN, server.password])
    assert row
    return str(row[0])


def update(owner: Connection, user_id: str, **change: object) -> None:
    owner.execute("select security.update_user(%s, %s)", [user_id, Jsonb(change)])


def held(owner: Connection) -> set[str]:
    query = "select roleid::regrole::text from pg_auth_members where member = %s::regrole"
    return {name for (name,) in owner.execute(query.encode(), [LOGIN])}


def is_ended(session: Connection) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            session.execute("select 1")
        except GONE:
            return True
        time.sleep(0.02)
    return False


def closed_after_commit(database: Database, owner: Connection, user_id: str) -> int:
    """How many connections the API closes once a change is committed."""
    admin = owner.execute("select security.add_user('b@example.com', 'admin')").fetchone()
    with database.connect("qb_api") as conn:
        conn.execute("select security.begin_request(%s)", admin)
        query = "select body::jsonb -> 'data' -> 'closed' from security.end_user_sessions(%s)"
        (closed,) = conn.execute(query, [user_id]).fetchone() or (None,)
        assert isinstance(closed, int)
        return closed


def by_the_api(database: Database, owner: Connection, user_id: str) -> None:
    admin = owner.execute("select security.add_user('a@example.com', 'admin')").fetchone()
    with database.connect("qb_api") as conn:
        conn.execute("select security.begin_request(%s)", admin)
        conn.execute("select security.update_user(%s, %s)", [user_id, Jsonb({"active": False})])


def by_role(database: Database, owner: Connection, user_id: str) -> None:
    statement = "update security.app_user set group_role = 'qb_investor' where user_id = %s"
    owner.execute(statement.encode(), [user_id])


def by_sql(database: Database, owner: Connection, user_id: str) -> None:
    statement = "update security.app_user set is_active = false where user_id = %s"
    owner.execute(statement.encode(), [user_id])


def by_a_superuser(database: Database, owner: Connection, user_id: str) -> None:
    with database.connect("postgres") as conn:
        statement = "update security.app_user set is_active = false where user_id = %s"
        conn.execute(statement.encode(), [user_id])


def by_its_row(database: Database, owner: Connection, user_id: str) -> None:
    owner.execute("delete from security.database_login where login = %s", [LOGIN])


End = Callable[[Database, Connection, str], None]


@pytest.mark.parametrize("end", [by_the_api, by_role, by_sql, by_a_superuser, by_its_row])
def test_an_ended_login_is_out_at_once(
    database: Database, owner: Connection, login: str, end: End
) -> None:
    idle = database.connect(LOGIN, autocommit=True)
    inside = database.connect(LOGIN)
    inside.execute("select * from bi.company")
    asleep = database.connect(LOGIN, autocommit=True)
    woken: list[float] = []

    def sleep() -> None:
        started = time.monotonic()
        with pytest.raises(GONE):
            asleep.execute("select pg_sleep(30)")
        woken.append(time.monotonic() - started)

    sleeper = threading.Thread(target=sleep)
    sleeper.start()
    busy = "select count(*) from pg_stat_activity where usename = %s and wait_event = 'PgSleep'"
    with database.connect("postgres", autocommit=True) as watch:
        deadline = time.monotonic() + 10
        while watch.execute(busy.encode(), [LOGIN]).fetchone() != (1,):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    end(database, owner, login)
    sleeper.join(5)
    assert is_ended(idle)
    assert is_ended(inside)
    assert woken
    assert woken[0] < 5
    with pytest.raises(psycopg.OperationalError, match=r"not permitted to log in|CONNECT"):
        database.connect(LOGIN)
    assert held(owner) == set()
    helper = "select from pg_auth_members where member = 'qb_owner'::regrole and inherit_option"
    assert owner.execute(f"{helper} and roleid = %s::regrole".encode(), [LOGIN]).fetchone() is None


def test_a_refused_or_rolled_back_change_ends_nothing(
    database: Database, owner: Connection, login: str
) -> None:
    with database.connect(LOGIN, autocommit=True) as conn:
        with owner.transaction(force_rollback=True):
            update(owner, login, active=False)
        with pytest.raises(psycopg.Error) as caught:
            update(owner, login, role="viewer_scoped")
        assert caught.value.diag.constraint_name == "scope_required"
        assert conn.execute("select count(*) from bi.company").fetchone() == (0,)


def test_whoever_connects_while_the_end_is_being_committed_can_do_nothing(
    database: Database, owner: Connection, login: str
) -> None:
    with owner.transaction():
        update(owner, login, active=False)
        owner.execute(CLOSE_NOW)
        late = database.connect(LOGIN, autocommit=True)
        assert late.execute("select count(*) from bi.company").fetchone() == (0,)
    for query in ("select * from bi.company", "select * from company.company"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            late.execute(query.encode())
    assert closed_after_commit(database, owner, login) == 1
    assert is_ended(late)


def test_another_role_takes_the_place_of_the_first(
    database: Database, owner: Connection, login: str
) -> None:
    owner.execute("insert into fund.fund (name) values ('Fund One')")
    update(owner, login, role="viewer_scoped", funds=["Fund One"])
    assert held(owner) == {"qb_viewer_scoped"}
    with database.connect(LOGIN) as conn:
        assert conn.execute("select name from fund.fund").fetchall() == [("Fund One",)]
    update(owner, login, role="auditor", funds=[], companies=[])
    assert held(owner) == {"qb_auditor"}


def test_what_was_ended_comes_back_with_its_user(
    database: Database, owner: Connection, login: str
) -> None:
    update(owner, login, active=False)
    row = owner.execute("select security.add_database_login(%s, 'viewer')", [LOGIN]).fetchone()
    assert row == (owner.execute("select %s::uuid", [login]).fetchone() or ())
    with pytest.raises(psycopg.OperationalError):  # asking again does not let it in
        database.connect(LOGIN)
    update(owner, login, active=True)
    with database.connect(LOGIN) as conn:
        settings = "default_transaction_read_only", "statement_timeout"
        shown = [conn.execute(f"show {name}".encode()).fetchone() for name in settings]
        assert shown == [("on",), ("1min",)]
        idle = conn.execute("show idle_in_transaction_session_timeout").fetchone()
        assert idle == ("10min",)


def test_a_login_is_narrowed_when_it_is_made(owner: Connection) -> None:
    owner.execute("insert into fund.fund (name) values ('Fund One')")
    add = "select security.add_database_login(%s, %s, null, %s::text[], '{}')"
    for role, funds, expected in (
        ("viewer_scoped", [], "scope_required"),
        ("viewer_scoped", ["Fund Nine"], "fund_unknown"),
        ("auditor", ["Fund One"], "role_has_no_scope"),
    ):
        with pytest.raises(psycopg.Error) as caught:
            owner.execute(add.encode(), [LOGIN, role, funds])
        assert caught.value.diag.constraint_name == expected
    owner.execute(add.encode(), [LOGIN, "viewer_scoped", ["Fund One"]])
    found = owner.execute("select role, database_login from security.find_user(%s)", [LOGIN])
    assert found.fetchone() == ("viewer_scoped", LOGIN)


def test_a_login_that_somebody_else_made_is_refused_in_words(
    database: Database, owner: Connection, login: str
) -> None:
    shut_out(database)
    with database.connect("postgres", autocommit=True) as conn:
        conn.execute(f"drop role {LOGIN}".encode())
        conn.execute(f"create role {LOGIN} login in role qb_viewer".encode())
        for expected, repair in (
            ("database_login_is_not_ours", f"grant {LOGIN} to qb_owner with admin option"),
            ("database_login_still_has_rights", f"revoke qb_viewer from {LOGIN}"),
        ):
            with pytest.raises(psycopg.Error) as caught:
                update(owner, login, active=False)
            assert caught.value.diag.constraint_name == expected
            conn.execute(repair.encode())
    update(owner, login, active=False)
    with pytest.raises(psycopg.OperationalError):
        database.connect(LOGIN)


def test_a_login_reads_the_databases_that_made_it_and_keeps_them_when_another_ends_it(
    database: Database, other: Database, owner: Connection, login: str
) -> None:
    server = database.server
    with other.connect(autocommit=True, options=OWNER) as second:
        with pytest.raises(psycopg.OperationalError, match="CONNECT"):
            other.connect(LOGIN)
        with pytest.raises(psycopg.Error) as caught:  # its role is the same everywhere
            add_login(server, second, "auditor")
        assert caught.value.diag.constraint_name == "database_login_is_taken"
        there = add_login(server, second)
        kept = other.connect(LOGIN, autocommit=True)
        ended = database.connect(LOGIN, autocommit=True)
        update(owner, login, active=False)
        assert is_ended(ended)
        with pytest.raises(psycopg.OperationalError, match="CONNECT"):
            database.connect(LOGIN)
        assert kept.execute("select count(*) from bi.company").fetchone() == (0,)
        update(second, there, active=False)
        assert is_ended(kept)
        update(owner, login, active=True)  # what one lets in, the other does not
        database.connect(LOGIN).close()
        with pytest.raises(psycopg.OperationalError, match="CONNECT"):
            other.connect(LOGIN)
