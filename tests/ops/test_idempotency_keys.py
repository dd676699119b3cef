"""`ops.claim_idempotency_key`, `ops.keep_idempotent_answer`, `ops.prune_idempotency_keys`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from jobs import idempotency_prune
from tests.conftest import Connection, Database

CLAIM = "select * from ops.claim_idempotency_key(%s, %s)"
KEEP = "select * from ops.keep_idempotent_answer(%s, 201, '\"1\"', '{}')"


def claim(conn: Connection, key: str, request: bytes = b"a") -> Any:
    return conn.execute(CLAIM, [key, request]).fetchone()


def refusal(conn: Connection, statement: str, *values: object) -> tuple[str | None, str | None]:
    with pytest.raises(psycopg.Error) as refused:
        conn.execute(statement.encode(), values)
    return refused.value.sqlstate, refused.value.diag.constraint_name


def test_an_answer_is_there_for_the_next_one(as_role: Callable[..., Connection]) -> None:
    first = as_role("editor")
    assert claim(first, "k") is None
    assert first.execute(KEEP, ["k"]).fetchone() == (201, '"1"', "{}")
    first.commit()
    assert claim(as_role("editor"), "k") == (201, '"1"', "{}")
    assert claim(as_role("admin"), "k") is None  # another user's key of the same name


@pytest.mark.parametrize(
    "change",
    [
        "insert into security.user_fund (fund_id, user_id) select f.fund_id, %s from fund.fund f",
        "update security.app_user set group_role = 'qb_editor' where user_id = %s",
    ],
)
def test_an_answer_is_not_for_another_role_or_scope(
    as_role: Callable[..., Connection], owner: Connection, change: str
) -> None:
    owner.execute("insert into fund.fund (name) values ('Fund One')")
    first = as_role("editor_scoped")
    claim(first, "k")
    first.execute(KEEP, ["k"])
    first.commit()
    user = owner.execute("select security.user_id_by_email('editor_scoped@example.com')").fetchone()
    owner.execute(change.encode(), user)
    withheld = ("QB403", "idempotent_answer_withheld")
    assert refusal(as_role("editor_scoped"), CLAIM, "k", b"a") == withheld
    changed_request = ("QB422", "idempotency_key_reused")
    assert refusal(as_role("editor_scoped"), CLAIM, "k", b"b") == changed_request


def test_a_twin_waits_for_the_first_and_gets_its_answer(as_role: Callable[..., Connection]) -> None:
    first, twin = as_role("editor"), as_role("editor")
    claim(first, "k")
    seen: list[Any] = []
    waiting = threading.Thread(target=lambda: seen.append(claim(twin, "k")))
    waiting.start()
    time.sleep(0.3)
    assert seen == []
    first.execute(KEEP, ["k"])
    first.commit()
    waiting.join(timeout=5)
    assert seen == [(201, '"1"', "{}")]


def test_a_twin_of_a_refused_write_does_the_work(as_role: Callable[..., Connection]) -> None:
    first, twin = as_role("editor"), as_role("editor")
    claim(first, "k")
    seen: list[Any] = []
    waiting = threading.Thread(target=lambda: seen.append(claim(twin, "k")))
    waiting.start()
    time.sleep(0.1)
    first.rollback()
    waiting.join(timeout=5)
    assert seen == [None]


def test_a_twin_does_not_wait_for_ever(
    as_role: Callable[..., Connection], owner: Connection
) -> None:
    owner.execute(
        "alter function ops.claim_idempotency_key(text, bytea) set lock_timeout = '200ms'"
    )
    claim(as_role("editor"), "k")
    twin = as_role("editor")
    assert refusal(twin, CLAIM, "k", b"a") == ("QB409", "idempotency_key_in_flight")
    twin.rollback()
    assert twin.execute("show lock_timeout").fetchone() == ("10s",)  # the login's own


def test_a_key_with_another_request_is_refused(as_role: Callable[..., Connection]) -> None:
    first = as_role("editor")
    claim(first, "k")
    first.execute(KEEP, ["k"])
    first.commit()
    refused = refusal(as_role("editor"), CLAIM, "k", b"b")
    assert refused == ("QB422", "idempotency_key_reused")


def test_a_claim_without_an_answer_is_none(as_role: Callable[..., Connection]) -> None:
    first = as_role("editor")
    claim(first, "k")
    first.commit()
    assert claim(as_role("editor"), "k", b"b") is None


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "é"])
def test_a_key_is_visible_ascii(as_role: Callable[..., Connection], key: str) -> None:
    refused = refusal(as_role("editor"), CLAIM, key, b"a")
    assert refused == ("23514", "idempotency_key_is_visible_ascii")


def test_an_answer_is_kept_once_and_only_under_a_claimed_key(
    as_role: Callable[..., Connection],
) -> None:
    conn = as_role("editor")
    assert refusal(conn, KEEP, "unclaimed") == ("QB409", "idempotency_key_not_claimed")
    conn = as_role("editor")
    claim(conn, "k")
    conn.execute(KEEP, ["k"])
    assert refusal(conn, KEEP, "k") == ("QB409", "idempotency_key_not_claimed")


def test_old_keys_are_absent_and_the_nightly_job_deletes_them(
    as_role: Callable[..., Connection], owner: Connection, database: Database
) -> None:
    conn = as_role("editor")
    for key in ("old", "young"):
        claim(conn, key)
        conn.execute(KEEP, [key])
    conn.commit()
    age = "update ops.idempotency_key set created_at = now() - %s::interval"
    owner.execute(age + " where idempotency_key = 'old'", ["24 h 1 s"])
    owner.execute(age + " where idempotency_key = 'young'", ["23 h 59 min"])
    seen = as_role("editor")
    assert claim(seen, "old", b"b") is None
    assert claim(seen, "young") == (201, '"1"', "{}")
    seen.rollback()
    assert idempotency_prune.run(database.dsn("qb_jobs")) == {"pruned": 1}
    left = owner.execute("select idempotency_key from ops.idempotency_key").fetchall()
    assert left == [("young",)]
    assert owner.execute(
        "select is_enabled from ops.job where job = 'idempotency_prune'"
    ).fetchone() == (True,)


def test_readers_cannot_claim_and_nobody_reads_the_table(
    as_role: Callable[..., Connection],
) -> None:
    for role in ("viewer", "auditor"):
        assert refusal(as_role(role), CLAIM, "k", b"a")[0] == "42501"
        assert refusal(as_role(role), KEEP, "k")[0] == "42501"
    assert refusal(as_role("admin"), "select 1 from ops.idempotency_key")[0] == "42501"
    assert refusal(as_role("admin"), "select ops.prune_idempotency_keys()")[0] == "42501"
