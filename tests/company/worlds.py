"""Databases that many tests share, each test in a transaction that is rolled back."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from db.settings import ROOT, SUPERUSER, locked
from jobs.fx import ecb_bundled
from tests.company.books import Books, Row
from tests.conftest import DEPLOYED, Database, TestServer, clone

ROLES = (
    "admin", "editor", "viewer", "auditor", "submitter", "investor",
    "editor_scoped", "viewer_scoped",
)  # fmt: skip
DEMO = {
    "company": "import_companies",
    "valuation_round": "import_valuation_rounds",
    "metrics_input": "import_metrics_inputs",
}
OWNER = "-c role=qb_owner"


def read_demo(name: str) -> list[Row]:
    """Rows of a demo file: an empty cell is null."""
    with (ROOT / "db" / "demo" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


@pytest.fixture(scope="session")
def shared(server: TestServer) -> Iterator[Database]:
    """Everything deployed and one user of each role; nobody commits anything else to it."""
    with clone(server, DEPLOYED) as database:
        with database.connect(options=OWNER) as conn:
            for role in ROLES:
                address = f"{role}@example.com"
                conn.execute("select security.add_user(%s, %s)", [address, role])
        yield database


@pytest.fixture
def books(shared: Database) -> Iterator[Books]:
    with shared.connect(options=OWNER) as conn:
        yield Books(conn)
        conn.rollback()


Request = Callable[[str], Books]


@pytest.fixture
def request_as(shared: Database, books: Books) -> Iterator[Request]:
    """`request_as("viewer")`: the middle of that user's request, in a transaction of its own."""
    with ExitStack() as stack:

        def begin(role: str) -> Books:
            user_id = user_of(books, role)
            conn: psycopg.Connection[Any] = shared.connect("qb_api")
            stack.callback(conn.close)
            conn.execute("select security.begin_request(%s)", [user_id])
            return Books(conn)

        yield begin


def user_of(books: Books, role: str) -> UUID:
    user_id: UUID = books.value("select security.user_id_by_email(%s)", f"{role}@example.com")
    return user_id


@pytest.fixture(scope="session")
def history(server: TestServer) -> Database:
    """The full ECB archive and the demo, made once for all workers; nobody commits to it."""
    name = "quarterbase_history"
    with locked(server.folder / f"{name}.lock"):
        admin: psycopg.Connection[Any]
        with psycopg.connect(server.dsn(SUPERUSER, "postgres"), autocommit=True) as admin:
            known = admin.execute("select 1 from pg_database where datname = %s", [name])
            if not known.rowcount:
                with clone(server, DEPLOYED) as database:
                    ecb_bundled.load(database.dsn(), owner=True)
                    with database.connect(options=OWNER) as conn:
                        for file, function in DEMO.items():
                            rows = Jsonb(read_demo(file))
                            conn.execute(f"select company.{function}(%s)".encode(), [rows])
                    admin.execute(f"alter database {database.name} rename to {name}".encode())
    return Database(server, name)


@pytest.fixture
def history_books(history: Database) -> Iterator[Books]:
    with history.connect(options=OWNER) as conn:
        yield Books(conn)
        conn.rollback()
