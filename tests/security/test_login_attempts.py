"""Wrong passwords are counted by address; whether the address is known changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from tests.conftest import Connection, Database

Rows = list[tuple[Any, ...]]


@pytest.fixture
def door(database: Database, owner: Connection) -> Iterator[Callable[..., Rows]]:
    """Asks as the API's own login, which has no role yet."""
    owner.execute("select security.add_user('known@example.com', 'viewer', 'K', 'hash')")
    with database.connect("qb_api", autocommit=True) as conn:
        yield lambda statement, *values: conn.execute(statement.encode(), values).fetchall()


def fail(door: Callable[..., Rows], email: str, times: int) -> None:
    for _ in range(times):
        assert door("select security.record_login(%s, false)", email) == [(0,)]


def wait(door: Callable[..., Rows], email: str) -> int:
    [(_, _, seconds)] = door("select * from security.find_login(%s)", email)
    return int(seconds)


def test_a_known_address_has_its_hash_and_an_unknown_one_looks_alike(door: Any) -> None:
    [known] = door("select * from security.find_login(%s)", " Known@Example.com ")
    [unknown] = door("select * from security.find_login(%s)", "nobody@example.com")
    assert (known[1:], unknown) == (("hash", 0), (None, None, 0))


@pytest.mark.parametrize("email", ["known@example.com", "nobody@example.com"])
def test_the_fifth_wrong_password_locks_known_and_unknown_alike(door: Any, email: str) -> None:
    waits = []
    for _ in range(14):
        fail(door, email, 1)
        waits.append(wait(door, f" {email.upper()}"))
    assert waits == [0] * 4 + [30, 60, 120, 240, 480, 960, 1920] + [3600] * 3
    assert wait(door, "somebody.else@example.com") == 0


def test_a_right_password_forgets_the_wrong_ones(door: Any, owner: Connection) -> None:
    fail(door, "known@example.com", 4)
    assert door("select security.record_login('known@example.com', true)") == [(0,)]
    fail(door, "known@example.com", 4)
    assert wait(door, "known@example.com") == 0


def test_a_right_password_among_parallel_wrong_ones_waits_too(door: Any) -> None:
    fail(door, "known@example.com", 5)
    [(seconds,)] = door("select security.record_login('known@example.com', true)")
    assert 0 < seconds <= 30
    assert wait(door, "known@example.com") > 0


def test_attempts_are_forgotten_after_a_day_and_swept_in_passing(
    door: Any, owner: Connection
) -> None:
    fail(door, "known@example.com", 5)
    for number in range(30):
        fail(door, f"guess{number}@example.com", 1)
    owner.execute(
        "update security.login_attempt set last_failed_at = last_failed_at - interval '25 hours',"
        " locked_until = null"
    )
    fail(door, "known@example.com", 1)
    assert wait(door, "known@example.com") == 0
    fail(door, "other@example.com", 1)
    assert owner.execute("select count(*) from security.login_attempt").fetchone() == (2,)


def test_no_address_can_be_read_from_the_attempts(door: Any, owner: Connection) -> None:
    fail(door, "nobody@example.com", 1)
    row = owner.execute("select a::text from security.login_attempt as a").fetchone()
    assert row
    assert "example" not in row[0]


@pytest.mark.parametrize("role", ["admin", "editor", "auditor", "viewer"])
@pytest.mark.parametrize(
    "statement",
    [
        "select * from security.find_login('known@example.com')",
        "select security.record_login('known@example.com', true)",
        "select * from security.login_attempt",
        "select * from security.credential",
        "select * from security.refresh_token",
    ],
)
def test_nobody_reads_or_resets_attempts(as_role: Any, role: str, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role(role).execute(statement.encode())
