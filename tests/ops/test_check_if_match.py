"""`ops.check_if_match`: the header against the version of a locked row."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.conftest import Connection

CHECK = "select ops.check_if_match(%s, %s)"


def is_stale(conn: Connection, given: str | None, version: int | None) -> bool:
    try:
        with conn.transaction():
            conn.execute(CHECK, [given, version])
    except psycopg.Error as error:
        assert (error.sqlstate, error.diag.constraint_name) == ("QB412", "stale_version")
        return True
    return False


def test_the_right_version_passes(as_role: Callable[..., Connection]) -> None:
    conn = as_role("editor")
    for given in (None, "*", " * ", '"7"', '"6", "7"', '"6",\t"7" ,"8"'):
        assert not is_stale(conn, given, 7), given


def test_another_version_is_refused(as_role: Callable[..., Connection]) -> None:
    conn = as_role("editor")
    for given in ('"8"', 'W/"7"', "7", "", '"77"', '"*"', ","):
        assert is_stale(conn, given, 7), given


def test_nothing_matches_what_does_not_exist(as_role: Callable[..., Connection]) -> None:
    conn = as_role("editor")
    for given in ("*", '"7"', '""', ""):
        assert is_stale(conn, given, None), given
    assert not is_stale(conn, None, None)


def test_readers_have_nothing_to_check(as_role: Callable[..., Connection]) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("viewer").execute(CHECK, [None, 7])
