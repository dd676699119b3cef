"""A quarter that has not ended is refused, by a clock that only the tests' login can set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg import sql

from tests.company.books import Books, refused
from tests.conftest import Database

GROUPS = "qb_editor, qb_viewer"


@pytest.fixture
def clock_login(shared: Database) -> Iterator[None]:
    """The login belongs to the whole server: no other worker looks while it exists."""
    with shared.server.alone(), shared.connect("postgres", autocommit=True) as conn:
        password = shared.server.password
        conn.execute(sql.SQL("create role qb_test login password {}").format(password))
        conn.execute(f"grant {GROUPS} to qb_test".encode())
        conn.execute(f"grant connect on database {shared.name} to qb_test".encode())
        yield
        conn.execute(f"revoke connect on database {shared.name} from qb_test".encode())
        conn.execute("drop role qb_test")


@pytest.fixture
def editor(shared: Database, clock_login: None) -> Iterator[Books]:
    with shared.connect("qb_test") as conn:
        conn.execute("set local role qb_editor")
        yield Books(conn)
        conn.rollback()


def set_clock(books: Books, now: str) -> None:
    books.rows("select set_config('qb.now', %s, true)", now)


@pytest.mark.parametrize(
    ("now", "ended"),
    [
        ("2030-03-30 23:59:59+00", False),
        ("2030-03-31 00:00:00+00", True),
        ("2030-04-01 12:00:00+00", True),
        # The day is that of UTC, whatever zone the time is written in.
        ("2030-03-31 01:00:00+02", False),
        ("2030-03-30 22:00:00-04", True),
    ],
)
def test_quarter_is_accepted_from_its_last_day_on(editor: Books, now: str, ended: bool) -> None:
    editor.company()
    set_clock(editor, now)
    if ended:
        assert editor.quarter(2030, 1)["reporting_year"] == 2030
    else:
        with refused(editor.conn, "QB400", "quarter_has_ended"):
            editor.quarter(2030, 1)


def test_correction_into_the_future_is_refused(editor: Books) -> None:
    editor.company()
    set_clock(editor, "2024-05-01 00:00:00+00")
    editor.quarter(2024, 1)
    with refused(editor.conn, "QB400", "quarter_has_ended"):
        editor.correct(2024, 1, fiscal_reporting_date="2024-06-30", reporting_quarter=2,
                       fiscal_reporting_quarter=2)  # fmt: skip


def test_stamps_are_by_the_clock(editor: Books) -> None:
    set_clock(editor, "2031-02-03 04:05:06+00")
    editor.company()
    assert editor.company(reporting_status="Exited")["last_update_date"].startswith(
        "2031-02-03T04:05:06"
    )


@pytest.mark.parametrize("login", ["qb_api", "qb_deploy", "qb_jobs", "postgres"])
def test_other_logins_cannot_set_it(shared: Database, login: str) -> None:
    with shared.connect(login) as conn:
        if login == "qb_api":
            conn.execute("set local role qb_viewer")
        elif login == "qb_deploy":
            conn.execute("set local role qb_owner")
        conn.execute("select set_config('qb.now', '2030-01-01', true)")
        assert conn.execute("select ops.now() = transaction_timestamp()").fetchone() == (True,)
        conn.rollback()


def test_future_quarter_is_refused_today(books: Books) -> None:
    books.company()
    with refused(books.conn, "QB400", "quarter_has_ended"):
        books.quarter(2199, 4)
