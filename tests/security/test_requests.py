"""A request runs as its user's group role, for one transaction and no longer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.company.books import Books, refused
from tests.company.worlds import ROLES, user_of
from tests.conftest import Database

RequestAs = Callable[[str], Books]
NIL = UUID(int=0)
WHO = "select current_user::text as role, security.current_user_id() as user_id"


@pytest.fixture
def api(shared: Database) -> Iterator[Books]:
    """The API's own login before any request."""
    with shared.connect("qb_api") as conn:
        yield Books(conn)
        conn.rollback()


@pytest.mark.parametrize("role", ROLES)
def test_request_runs_as_its_user(api: Books, books: Books, role: str) -> None:
    user_id = user_of(books, role)
    api.rows("select security.begin_request(%s)", user_id)
    assert api.row(WHO) == {"role": f"qb_{role}", "user_id": user_id}


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_nothing_is_left_when_the_request_ends(api: Books, books: Books, end: str) -> None:
    api.rows("select security.begin_request(%s)", user_of(books, "admin"))
    getattr(api.conn, end)()
    row = api.row(
        "select current_user::text as role, current_setting('qb.user_id', true) as user_id"
    )
    assert row["role"] == "qb_api"
    assert not row["user_id"]
    with refused(api.conn, "42501", None):
        api.rows("select * from company.company")


def test_failed_request_leaves_nothing_either(api: Books, books: Books) -> None:
    api.rows("select security.begin_request(%s)", user_of(books, "admin"))
    with pytest.raises(psycopg.errors.DivisionByZero):
        api.rows("select 1 / 0")
    api.conn.rollback()
    assert api.value("select current_user::text") == "qb_api"


@pytest.mark.parametrize("user_id", [uuid4(), NIL, None])
def test_unknown_user_is_refused(api: Books, user_id: UUID | None) -> None:
    with refused(api.conn, "QB401", "token_user_unknown"):
        api.rows("select security.begin_request(%s)", user_id)
    assert api.value("select current_user::text") == "qb_api"


def test_ended_user_is_refused_at_the_next_request(
    database: Database, owner: psycopg.Connection
) -> None:
    books = Books(owner)
    user_id = books.value("select security.add_user('ann@example.com', 'editor')")
    with database.connect("qb_api") as conn:
        conn.execute("select security.begin_request(%s)", [user_id])
        conn.commit()
        books.rows("update security.app_user set is_active = false where user_id = %s", user_id)
        with refused(conn, "QB401", "token_user_unknown"):
            conn.execute("select security.begin_request(%s)", [user_id])
    assert books.value("select security.user_id_by_email('ann@example.com')") is None
    assert books.value("select user_id from security.find_login('ann@example.com')") is None


def test_changed_role_acts_on_the_next_request(
    database: Database, owner: psycopg.Connection
) -> None:
    books = Books(owner)
    user_id = books.value("select security.add_user('ann@example.com', 'editor')")
    with database.connect("qb_api") as conn:
        for role in ("qb_editor", "qb_viewer"):
            books.rows(
                "update security.app_user set group_role = %s where user_id = %s", role, user_id
            )
            conn.execute("select security.begin_request(%s)", [user_id])
            assert conn.execute("select current_user::text").fetchone() == (role,)
            conn.commit()


def test_api_has_no_rights_before_the_request(api: Books) -> None:
    for query in (
        "select * from company.company",
        "select * from company.quarterly_reporting_metrics",
        "select * from security.person",
        "select * from security.credential",
        "select * from fx.rate",
        "select * from company.list_companies()",
        "select security.add_user('x@example.com', 'admin')",
        "select security.user_id_by_email('admin@example.com')",
        "set local role qb_owner",
        "set local role qb_deploy",
        "set local role postgres",
    ):
        with refused(api.conn, "42501", None):
            api.rows(query)


def test_what_is_written_carries_the_name_of_the_user(request_as: RequestAs, books: Books) -> None:
    editor = request_as("editor")
    assert editor.company()["created_by"] == "editor"
    assert editor.quarter(2024, 1)["created_by"] == "editor"
    row = editor.row("select created_by, last_updated_by from company.metrics_input")
    assert row == {"created_by": user_of(books, "editor"), "last_updated_by": None}


def test_changed_role_does_not_change_who_writes(request_as: RequestAs) -> None:
    """The API's login may become any group role, so no SQL of a client may ever reach it; even
    then what is written carries the user that the request began with."""
    viewer = request_as("viewer")
    user_id = viewer.value("select security.current_user_id()")
    viewer.rows("set local role qb_admin")
    assert viewer.value("select security.current_user_id()") == user_id
