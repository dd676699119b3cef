"""Who looks after users: administrators, of whom one stays; auditors look, others do not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.conftest import Connection, Database
from tests.security.user_words import NIL, ask, create, refusal

Open = Callable[..., Connection]
pytestmark = pytest.mark.usefixtures("portfolio", "investors")


def test_only_an_administrator_is_told_that_he_may_write(as_role: Open) -> None:
    question = b"select status from security.ask_to_write_users()"
    assert as_role("admin").execute(question).fetchone() == (200,)
    for role in ("auditor", "editor", "viewer_scoped"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role(role).execute(question)


@pytest.mark.parametrize("role", ["editor", "viewer", "submitter", "investor", "viewer_scoped"])
def test_others_neither_look_nor_change(as_role: Open, role: str) -> None:
    conn = as_role(role)
    for function, values in (
        ("list_users", ()),
        ("get_user", (NIL,)),
        ("create_user", ({"email": "x@example.com", "role": "viewer"},)),
        ("update_user", (NIL, {"role": "admin"})),
        ("set_password_hash", (NIL, "x")),
        ("replace_user_scope", (NIL, ["Fund One"], None)),
        ("add_user", ("x@example.com", "admin")),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
            ask(conn, function, *values)


def test_an_auditor_looks_and_changes_nothing(as_role: Open) -> None:
    auditor = as_role("auditor")
    _, _, users = ask(auditor, "list_users", "auditor")
    assert [user["email"] for user in users] == ["auditor@example.com"]
    assert ask(auditor, "get_user", users[0]["user_id"])[2] == users[0]
    for function, values in (
        ("create_user", ({"email": "x@example.com", "role": "viewer"},)),
        ("update_user", (users[0]["user_id"], {"role": "admin"})),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), auditor.transaction():
            ask(auditor, function, *values)


def test_the_last_administrator_stays(as_role: Open, owner: Connection) -> None:
    admin = as_role("admin")
    _, _, [only] = ask(admin, "list_users", "admin")
    for change in ({"active": False}, {"role": "auditor"}):
        assert refusal(admin, "update_user", only["user_id"], change) == ("QB409", "last_admin")
    second = create(owner, "second@example.com", "admin")
    assert ask(admin, "update_user", only["user_id"], {"role": "auditor"})[0] == 200
    admin.commit()
    with pytest.raises(psycopg.Error) as caught:  # whoever tries, however many at once
        owner.execute("update security.app_user set is_active = false")
    assert caught.value.diag.constraint_name == "last_admin"
    assert ask(owner, "get_user", second["user_id"])[2]["active"]


def test_an_administrator_by_claims_does_not_count_as_the_one_who_stays(
    as_role: Open, owner: Connection
) -> None:
    admin = as_role("admin")
    _, _, [own] = ask(admin, "list_users", "admin")
    for subject in ("first", "second"):
        claimed = create(owner, f"{subject}@example.com", "admin")["user_id"]
        values = (subject, claimed)
        owner.execute("insert into security.external_identity values ('i', %s, %s)", values)
    ended = {"active": False}
    assert refusal(admin, "update_user", own["user_id"], ended) == ("QB409", "last_admin")
    assert ask(admin, "update_user", claimed, ended)[0] == 200


def test_two_administrators_cannot_end_each_other_at_once(
    database: Database, owner: Connection
) -> None:
    ann, bob = (create(owner, f"{name}@example.com", "admin")["user_id"] for name in ("ann", "bob"))
    outcome: list[Any] = []

    def end(by: str, whom: str) -> None:
        with database.connect("qb_api") as conn:
            conn.execute("select security.begin_request(%s)", [by])
            try:
                ask(conn, "update_user", whom, {"active": False})
                outcome.append("ended")
                time.sleep(0.3)
                conn.commit()
            except psycopg.Error as error:
                conn.rollback()
                outcome.append(error.diag.constraint_name)

    threads = [threading.Thread(target=end, args=pair) for pair in ((ann, bob), (bob, ann))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcome)) == ["ended", "last_admin"]
    count = "select count(*) from security.app_user where group_role = 'qb_admin' and is_active"
    assert owner.execute(count.encode()).fetchone() == (1,)
