"""A session reads by the rights that its login has, not by those it had when it began."""

from __future__ import annotations

import threading

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.conftest import Connection, Database
from tests.security import test_user_logins as logins
from tests.security.test_user_logins import CLOSE_NOW, LOGIN, OWNER, is_ended, update

clean, login, other = logins.clean, logins.login, logins.other

IDS = "select company_id from bi.company order by 1"


def firm(owner: Connection) -> None:
    for company, fund in (("a-1", "Fund A"), ("b-1", "Fund B")):
        record = {"company_id": company, "company_name": company, "reporting_currency": "USD"}
        owner.execute("insert into fund.fund (name) values (%s)", [fund])
        owner.execute("select company.save_company(%s)", [Jsonb({**record, "fund": fund})])


def test_a_statement_prepared_before_a_login_is_narrowed_reads_nothing_more(
    database: Database, owner: Connection, login: str
) -> None:
    firm(owner)
    with database.connect(LOGIN, autocommit=True) as session:
        session.execute(f"prepare ids as {IDS}".encode())
        assert session.execute("execute ids").fetchall() == [("a-1",), ("b-1",)]
        update(owner, login, role="viewer_scoped", funds=["Fund A"])
        assert is_ended(session)
    with database.connect(LOGIN) as session:
        assert session.execute(IDS.encode()).fetchall() == [("a-1",)]


def test_whoever_connects_while_a_login_is_narrowed_is_closed_after_the_commit(
    database: Database, owner: Connection, login: str
) -> None:
    firm(owner)
    with owner.transaction():
        update(owner, login, role="viewer_scoped", funds=["Fund A"])
        owner.execute(CLOSE_NOW)
        late = database.connect(LOGIN, autocommit=True)
        late.execute(f"prepare ids as {IDS}".encode())
    assert logins.closed_after_commit(database, owner, login) == 1
    assert is_ended(late)


def test_whoever_connects_while_a_login_ends_is_closed_where_it_ends_and_nowhere_else(
    database: Database, other: Database, owner: Connection, login: str
) -> None:
    with other.connect(autocommit=True, options=OWNER) as second:
        logins.add_login(other.server, second)
    kept = other.connect(LOGIN, autocommit=True)
    with owner.transaction():
        update(owner, login, active=False)
        owner.execute(CLOSE_NOW)
        late = database.connect(LOGIN, autocommit=True)
    assert late.execute("select count(*) from bi.company").fetchone() == (0,)
    assert logins.closed_after_commit(database, owner, login) == 1
    assert is_ended(late)
    assert kept.execute("select count(*) from bi.company").fetchone() == (0,)


def test_only_administrators_close_sessions(
    database: Database, owner: Connection, login: str
) -> None:
    row = owner.execute("select security.add_user('v@example.com', 'viewer')").fetchone()
    with database.connect("qb_api") as conn:
        conn.execute("select security.begin_request(%s)", row)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select * from security.end_user_sessions(%s)", [login])


def test_two_logins_change_at_once(database: Database, owner: Connection, login: str) -> None:
    """The right to connect is one row of a catalog: the second waits and does not fail."""
    first = database.connect(options=OWNER)
    refused: list[Exception] = []
    first.execute("select security.align_database_login(%s)", [LOGIN])

    def end() -> None:
        try:
            update(owner, login, active=False)
        except psycopg.Error as error:
            refused.append(error)

    second = threading.Thread(target=end)
    second.start()
    second.join(0.3)
    assert second.is_alive()
    first.commit()
    first.close()
    second.join(10)
    assert refused == []


def test_the_last_administrator_is_not_kept_by_a_lock_that_anybody_can_take(
    owner: Connection,
) -> None:
    user_ids = [
        owner.execute("select security.add_user(%s, 'admin')", [f"{name}@example.com"]).fetchone()
        for name in "ab"
    ]
    with owner.transaction():
        owner.execute("select security.update_user(%s, '{\"active\": false}')", user_ids[0])
        held = (
            "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
        )
        assert owner.execute(held.encode()).fetchone() == (0,)


def test_a_login_has_few_connections_and_no_documents_of_whole_tables(
    database: Database, owner: Connection, login: str
) -> None:
    limit = "select rolconnlimit from pg_roles where rolname = %s"
    assert owner.execute(limit.encode(), [LOGIN]).fetchone() == (20,)
    with database.connect(LOGIN, autocommit=True) as conn:
        for call in (
            "database_to_xml(true, false, '')",
            "schema_to_xml_and_xmlschema('bi', true, false, '')",
            "query_to_xml('select 1', true, false, '')",
            "table_to_xml('bi.company', true, false, '')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(f"select {call}".encode())
