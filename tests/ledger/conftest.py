"""The books of a fund: in a transaction that is rolled back, or in a database of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import psycopg
import pytest

from tests.conftest import DEPLOYED, Connection, Database, TestServer, clone
from tests.ledger.fund_books import FundBooks, cash_in


@pytest.fixture(scope="module")
def shared(server: TestServer) -> Iterator[Database]:
    """One database for a file of tests that commit nothing."""
    with clone(server, DEPLOYED) as database:
        yield database


@pytest.fixture
def books(shared: Database) -> Iterator[FundBooks]:
    """Quarterly books from 2024 on, in a transaction of the owner that is rolled back."""
    with shared.connect(options="-c role=qb_owner") as conn:
        yield FundBooks.opened(conn)
        conn.rollback()


@pytest.fixture
def editor(kept: FundBooks, as_role: Callable[..., Connection]) -> FundBooks:
    """The same, in the middle of an editor's request, in a database of its own."""
    return kept.on(as_role("editor"))


@pytest.fixture
def kept(owner: Connection) -> FundBooks:
    """The same, committed statement by statement, in a database of its own."""
    return FundBooks.opened(owner)


@pytest.fixture(scope="module")
def shared_posted(server: TestServer) -> Iterator[FundBooks]:
    """A database with one posted entry, for a file of tests that are refused."""
    with (
        clone(server, DEPLOYED) as database,
        database.connect(autocommit=True, options="-c role=qb_owner") as conn,
    ):
        books = FundBooks.opened(conn)
        books.post(cash_in("2024-02-10", 5))
        yield books


@pytest.fixture
def request_as(shared_posted: FundBooks) -> Iterator[Callable[[str], Connection]]:
    """The middle of a request of a role in the database of `shared_posted`, rolled back."""
    owner = shared_posted.conn
    with ExitStack() as stack:

        def begin(role: str) -> Connection:
            row = owner.execute(
                "select coalesce(security.user_id_by_email(%(email)s),"
                " security.add_user(%(email)s, %(role)s, %(email)s, null))",
                {"email": f"{role}@example.com", "role": role},
            ).fetchone()
            dsn = TestServer.current().dsn("qb_api", owner.info.dbname)
            conn = stack.enter_context(psycopg.connect(dsn))
            stack.callback(conn.rollback)
            conn.execute("select security.begin_request(%s)", row)
            return conn

        yield begin
