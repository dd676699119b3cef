"""Refresh tokens: one use each, and a second use ends the login."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.conftest import Connection, Database


def digest(text: str) -> bytes:
    return sha256(text.encode()).digest()


class Door:
    """The API's own login, and one user."""

    def __init__(self, database: Database, owner: Connection, conn: Connection) -> None:
        self.database, self.owner, self._conn = database, owner, conn
        row = owner.execute("select security.add_user('a@example.com', 'viewer', 'A', 'h')")
        self.user: UUID = row.fetchone()[0]  # type: ignore[index]

    def issue(self, text: str, compared: str = "h") -> bool:
        row = self._conn.execute(
            "select security.issue_refresh_token(%s, %s, %s)",
            [self.user, digest(text), compared],
        )
        return row.fetchone()[0]  # type: ignore[index, no-any-return]

    def change(self, change: dict[str, Any], password_hash: str | None = None) -> None:
        self.owner.execute(
            "select security.update_user(%s, %s, %s)", [self.user, Jsonb(change), password_hash]
        )

    def use(self, text: str, following: str, conn: Connection | None = None) -> UUID | None:
        row = (conn or self._conn).execute(
            "select security.use_refresh_token(%s, %s)", [digest(text), digest(following)]
        )
        return row.fetchone()[0]  # type: ignore[index, no-any-return]


@pytest.fixture
def door(database: Database, owner: Connection) -> Iterator[Door]:
    with database.connect("qb_api", autocommit=True) as conn:
        yield Door(database, owner, conn)


def test_a_token_is_exchanged_for_the_next_one(door: Door) -> None:
    door.issue("1")
    assert door.use("1", "2") == door.user
    assert door.use("2", "3") == door.user
    assert door.use("unknown", "x") is None


def test_a_second_use_ends_the_login_and_no_other(door: Door) -> None:
    door.issue("1")
    door.issue("other")
    assert door.use("1", "2") == door.user
    assert door.use("1", "thief") is None
    assert door.use("2", "3") is None
    assert door.use("thief", "4") is None
    assert door.use("other", "5") == door.user


def test_two_uses_at_once_are_one_use_and_one_theft(door: Door) -> None:
    door.issue("1")
    found: list[UUID | None] = []
    gate = threading.Barrier(8)

    def race(number: int) -> None:
        with door.database.connect("qb_api", autocommit=True) as conn:
            gate.wait()
            found.append(door.use("1", f"next{number}", conn))

    threads = [threading.Thread(target=race, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, found)) == sorted([str(door.user), *["None"] * 7])
    alive = "select count(*) from security.refresh_token where revoked_at is null"
    assert door.owner.execute(alive.encode()).fetchone() == (0,)


def test_an_expired_token_is_refused_and_later_forgotten(door: Door) -> None:
    door.issue("1")
    door.owner.execute(
        "update security.refresh_token set issued_at = now() - interval '31 days',"
        " expires_at = now()"
    )
    assert door.use("1", "2") is None
    door.issue("3")
    assert door.owner.execute("select count(*) from security.refresh_token").fetchone() == (1,)


def test_a_token_lives_for_thirty_days(door: Door) -> None:
    door.issue("1")
    row = door.owner.execute("select expires_at - issued_at from security.refresh_token").fetchone()
    assert row
    assert row[0].days == 30


def test_an_inactive_user_gets_nothing(door: Door) -> None:
    door.issue("1")
    door.owner.execute("update security.app_user set is_active = false")
    assert door.use("1", "2") is None


def test_a_password_that_was_reset_while_it_was_compared_begins_nothing(door: Door) -> None:
    door.change({}, "new")
    assert not door.issue("1")
    assert door.issue("2", "new")
    assert door.use("1", "x") is None


def test_a_user_who_ends_while_logging_in_gets_nothing_and_later_has_nothing(door: Door) -> None:
    door.change({"active": False})
    assert not door.issue("1")
    door.change({"active": True})
    assert door.use("1", "2") is None


def test_a_reset_ends_the_token_that_is_being_made(door: Door) -> None:
    door.issue("1")
    with door.database.connect("qb_api") as thief:
        assert door.use("1", "2", thief) == door.user
        reset = threading.Thread(target=door.change, args=({}, "new"))
        reset.start()
        time.sleep(0.3)
        assert reset.is_alive()  # waits for the thief, and then finds what he made
        thief.commit()
        reset.join()
    assert door.use("2", "3") is None


def test_a_login_waits_for_the_reset_in_flight(door: Door) -> None:
    made: list[bool] = []
    with door.database.connect("qb_deploy", options="-c role=qb_owner") as conn:
        conn.execute("select security.set_password_hash(%s, 'new')", [door.user])
        login = threading.Thread(target=lambda: made.append(door.issue("1")))
        login.start()
        time.sleep(0.3)
        assert login.is_alive()
        conn.commit()
        login.join()
    assert made == [False]


def test_an_administrator_ends_every_session_of_a_user(
    door: Door, as_role: Callable[..., Connection]
) -> None:
    door.issue("1")
    door.issue("2")
    admin = as_role("admin")
    revoked = admin.execute("select security.revoke_refresh_tokens(%s)", [door.user]).fetchone()
    admin.execute("commit")
    assert revoked == (2,)
    assert door.use("1", "3") is None


@pytest.mark.parametrize("role", ["editor", "viewer", "auditor", "submitter", "investor"])
def test_only_an_administrator_does_that(as_role: Any, role: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role(role).execute("select security.revoke_refresh_tokens(gen_random_uuid())")


@pytest.mark.parametrize(
    "call",
    [
        "security.issue_refresh_token(gen_random_uuid(), '', '')",
        "security.use_refresh_token('', '')",
        "security.external_user('i', 's', '{}')",
        "security.begin_external_request('i', 's', '{}')",
    ],
)
def test_a_user_calls_none_of_what_the_door_calls(as_role: Any, call: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("admin").execute(f"select {call}".encode())


def test_what_is_no_hash_is_refused(door: Door) -> None:
    with pytest.raises(psycopg.errors.CheckViolation) as caught:
        door.owner.execute(
            "insert into security.refresh_token (token_hash, family_id, user_id, expires_at)"
            " values ('plain', gen_random_uuid(), %s, now() + interval '1 day')",
            [door.user],
        )
    assert caught.value.diag.constraint_name == "refresh_token_is_hashed"
