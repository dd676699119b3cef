"""Whose books are whose: the firm sees all, a narrowed user those of his funds, others none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import psycopg
import pytest

from tests.company.books import refused
from tests.conftest import DEPLOYED, Connection, Database, TestServer, clone
from tests.ledger.fund_books import FundBooks, cash_in

DAY = "2024-02-10"
TABLES = ("book", "account", "period", "journal_entry", "journal_line", "period_balance", "journal")
STATEMENTS: dict[str, dict[str, Any]] = {
    "trial_balance": {"as_of": DAY},
    "balance_sheet": {"as_of": DAY},
    "partners_capital": {"as_of": DAY},
    "income_statement": {"from_on": "2024-01-01", "to_on": DAY},
    "movements": {"from_on": "-infinity", "to_on": DAY},
}


class World(NamedTuple):
    database: Database
    owner: Connection
    own: FundBooks
    hidden: FundBooks


@pytest.fixture(scope="module")
def world(server: TestServer) -> Iterator[World]:
    with (
        clone(server, DEPLOYED) as database,
        database.connect(autocommit=True, options="-c role=qb_owner") as conn,
    ):
        found = World(database, conn, FundBooks.opened(conn), FundBooks.opened(conn, "Hidden fund"))
        for number, books in enumerate((found.own, found.hidden), 1):
            books.post(cash_in(DAY, number))
        yield found


@pytest.fixture
def request_of(world: World) -> Iterator[Any]:
    """The middle of a request of a role; narrowed ones are given the fund of `world.own`."""
    open_ones: list[Connection] = []

    def begin(role: str) -> Connection:
        email = f"{role}@example.com"
        row = world.owner.execute("select security.user_id_by_email(%s)", [email]).fetchone()
        assert row
        user_id = row[0]
        if user_id is None:
            added = "select security.add_user(%s, %s, %s, null)"
            [user_id] = world.owner.execute(added, [email, role, email]).fetchone() or [None]
            if role.endswith("_scoped"):
                world.owner.execute(
                    "insert into security.user_fund (fund_id, user_id) values (%s, %s)",
                    [world.own.fund_id, user_id],
                )
        conn = world.database.connect("qb_api")
        open_ones.append(conn)
        conn.execute("select security.begin_request(%s)", [user_id])
        return conn

    yield begin
    for conn in open_ones:
        conn.rollback()
        conn.close()


def funds_in(conn: Connection, table: str) -> set[Any]:
    found = conn.execute(f"select distinct fund_id from ledger.{table}".encode())
    return {fund_id for (fund_id,) in found}


@pytest.mark.parametrize("role", ["admin", "editor", "viewer", "auditor"])
def test_the_firm_sees_all_books(world: World, request_of: Any, role: str) -> None:
    conn = request_of(role)
    for table in TABLES:
        assert funds_in(conn, table) == {world.own.fund_id, world.hidden.fund_id}, table
    for statement, arguments in STATEMENTS.items():
        assert world.hidden.on(conn).call(statement, **arguments), statement


@pytest.mark.parametrize("role", ["editor_scoped", "viewer_scoped"])
def test_a_narrowed_user_sees_the_books_of_his_funds(
    world: World, request_of: Any, role: str
) -> None:
    conn = request_of(role)
    for table in TABLES:
        assert funds_in(conn, table) == {world.own.fund_id}, table
    for statement, arguments in STATEMENTS.items():
        own = world.own.call(statement, **arguments)
        assert world.own.on(conn).call(statement, **arguments) == own, statement
        assert world.hidden.on(conn).call(statement, **arguments) == [], statement


@pytest.mark.parametrize("role", ["submitter", "investor"])
def test_others_have_no_right(world: World, request_of: Any, role: str) -> None:
    conn = request_of(role)
    for table in TABLES:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
            funds_in(conn, table)
    for statement, arguments in STATEMENTS.items():
        with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
            world.own.on(conn).call(statement, **arguments)


def test_a_narrowed_editor_keeps_the_books_of_his_funds(world: World, request_of: Any) -> None:
    books = world.own.on(request_of("editor_scoped"))
    posted = books.post(cash_in(DAY, 5))["entry_id"]
    books.reverse(posted)
    books.close("2024-03-31")


def test_hidden_books_are_none_to_a_narrowed_editor(world: World, request_of: Any) -> None:
    books = world.hidden.on(request_of("editor_scoped"))
    [posted] = world.hidden.rows(
        "select entry_id from ledger.journal_entry where fund_id = %(fund_id)s"
    )
    with refused(books.conn, "QB404", "books_not_found"):
        books.post(cash_in(DAY, 5))
    with refused(books.conn, "QB404", "books_not_found"):
        books.reverse(posted["entry_id"])
    with refused(books.conn, "QB404", "books_not_found"):
        books.close("2024-03-31")
    with refused(books.conn, "QB404", "fund_not_found"):
        books.call("open_books")
    with refused(books.conn, "QB404", "books_not_found"):
        books.rows(
            "insert into ledger.journal_entry (fund_id, entry_on, kind, line_count)"
            " values (%(fund_id)s, '2024-02-10', 'income', 2)"
        )
    with pytest.raises(psycopg.errors.InsufficientPrivilege), books.conn.transaction():
        books.rows(
            "insert into ledger.account (fund_id, account_number, name, kind, normal_side)"
            " values (%(fund_id)s, '9', 'Nine', 'asset', 'debit')"
        )


def test_an_editor_opens_the_books_of_a_new_fund(request_of: Any) -> None:
    conn = request_of("editor")
    row = conn.execute("insert into fund.fund (name) values ('New') returning fund_id").fetchone()
    assert row
    books = FundBooks(conn, row[0])
    books.call("open_books")
    assert books.value("select count(*) from ledger.account where fund_id = %(fund_id)s") > 0


def test_an_editor_adds_accounts_and_rewords_them(world: World, request_of: Any) -> None:
    books = world.own.on(request_of("editor"))
    books.rows(
        "insert into ledger.account (fund_id, account_number, name, kind, normal_side)"
        " values (%(fund_id)s, '1020', 'Cash in EUR', 'asset', 'debit')"
    )
    books.rows("update ledger.account set name = 'Euro cash' where account_number = '1020'")
    for column in ("kind", "normal_side", "takes_partner", "account_number"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), books.conn.transaction():
            books.rows(f"update ledger.account set {column} = {column}")
