"""`server.db`: one pipeline a request, and a connection that is clean whatever happened in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest

from server.db import Answer, Database
from server.errors import Problem

# A function that misbehaves on request; `attempts` counts across rollbacks.
PROBE = """
create sequence ops.attempts;
grant usage on sequence ops.attempts to qb_editor, qb_viewer;
create table ops.probed (id integer primary key, parent integer
    references ops.probed deferrable initially deferred);
grant select, insert on ops.probed to qb_editor;
create function ops.probe(p_what text default '')
returns table (status integer, etag text, body text) language plpgsql as $$
begin
    if p_what in ('conflict once', 'conflict') then
        if nextval('ops.attempts') = 1 or p_what = 'conflict' then
            raise exception using errcode = '40001';
        end if;
    end if;
    case p_what
        when 'refuse' then
            raise exception using errcode = 'QB409', constraint = 'call_within_commitment',
                column = 'amount', message = 'Too much.', detail = '7 of 5', hint = 'Call less.';
        when 'at commit' then insert into ops.probed values (1, 99);
        when 'sleep' then perform pg_sleep(1.5);
        when 'bug' then perform 1 from nowhere;
        else null;
    end case;
    return query select 200, '"7"', json_build_object(
        'role', current_user, 'user', current_setting('qb.user_id'), 'pid', pg_backend_pid()
    )::text;
end
$$;
grant execute on function ops.probe(text) to qb_editor, qb_viewer;
"""


class Door:
    """A test's database with the probe in it and two users."""

    def __init__(self, database: Any, owner: psycopg.Connection[Any]) -> None:
        self.owner, self._database = owner, database
        owner.execute(PROBE)
        self.editor, self.viewer = self._user("editor"), self._user("viewer")

    def _user(self, role: str) -> UUID:
        row = self.owner.execute(
            "select security.add_user(%s, %s, %s, null)", [f"{role}@example.com", role, role]
        ).fetchone()
        assert row
        return UUID(str(row[0]))

    def run(self, work: Callable[[Database], Coroutine[Any, Any, Any]], **options: Any) -> Any:
        async def open_and_work() -> Any:
            options.setdefault("pool_size", 1)
            async with Database(self._database.dsn("qb_api"), **options) as db:
                return await work(db)

        return asyncio.run(open_and_work())


@pytest.fixture
def door(database: Any, owner: psycopg.Connection[Any]) -> Door:
    return Door(database, owner)


def said(answer: Answer) -> dict[str, Any]:
    return msgspec.json.decode(answer.body, type=dict[str, Any])


async def refusal(call: Coroutine[Any, Any, Answer]) -> Problem:
    with pytest.raises(Problem) as caught:
        await call
    return caught.value


def test_an_answer_is_passed_on_as_the_bytes_postgresql_built(door: Door) -> None:
    answer = door.run(lambda db: db.call("ops.probe", door.editor))
    assert (answer.status, answer.etag) == (200, '"7"')
    assert isinstance(answer.body, bytes)
    assert answer.body.startswith(b'{"role" : "qb_editor", "user" : "')


@pytest.mark.parametrize("prepare_threshold", [0, None], ids=["prepared", "behind a pooler"])
@pytest.mark.parametrize(
    ("what", "status", "rule"),
    [
        ("refuse", 409, "call_within_commitment"),
        ("at commit", 400, "probed_parent_fkey"),
        ("bug", 500, "internal_error"),
        ("a\0b", 400, "invalid_value"),
    ],
)
def test_a_failed_call_leaves_the_connection_clean(
    door: Door, what: str, status: int, rule: str, prepare_threshold: int | None
) -> None:
    async def work(db: Database) -> None:
        before = said(await db.call("ops.probe", door.editor))
        problem = await refusal(db.call("ops.probe", door.editor, p_what=what))
        assert (problem.status, problem.errors[0].rule) == (status, rule)
        after = said(await db.call("ops.probe", door.viewer))
        assert after["role"] == "qb_viewer"
        assert after["pid"] == before["pid"]  # rolled back, not thrown away

    door.run(work, prepare_threshold=prepare_threshold)
    assert door.owner.execute("select count(*) from ops.probed").fetchone() == (0,)


def test_a_refusal_carries_field_rule_words_numbers_and_hint(door: Door) -> None:
    problem = door.run(lambda db: refusal(db.call("ops.probe", door.editor, p_what="refuse")))
    (error,) = problem.errors
    assert (error.field, error.rule) == ("amount", "call_within_commitment")
    assert error.message == "Too much (7 of 5)."
    assert error.hint == "Call less."


def test_an_unknown_user_is_refused_before_the_call(door: Door) -> None:
    async def work(db: Database) -> None:
        problem = await refusal(db.call("ops.probe", uuid4()))
        assert (problem.status, problem.errors[0].rule) == (401, "token_user_unknown")
        assert 'error="invalid_token"' in problem.headers["WWW-Authenticate"]
        assert said(await db.call("ops.probe", door.viewer))["role"] == "qb_viewer"

    door.run(work)


def test_two_users_on_one_connection_never_see_each_other(door: Door) -> None:
    async def work(db: Database) -> set[int]:
        pids: set[int] = set()

        async def ask(user: UUID, role: str) -> None:
            for turn in range(250):
                if turn % 10 == 0:
                    await refusal(db.call("ops.probe", user, p_what="refuse"))
                seen = said(await db.call("ops.probe", user))
                assert (seen["role"], seen["user"]) == (role, str(user))
                pids.add(seen["pid"])

        await asyncio.gather(ask(door.editor, "qb_editor"), ask(door.viewer, "qb_viewer"))
        return pids

    assert len(door.run(work)) == 1


def test_a_conflict_between_transactions_is_tried_once_more(door: Door) -> None:
    answer = door.run(lambda db: db.call("ops.probe", door.editor, p_what="conflict once"))
    assert answer.status == 200


def test_a_conflict_that_stays_is_503_after_two_attempts(door: Door) -> None:
    problem = door.run(lambda db: refusal(db.call("ops.probe", door.editor, p_what="conflict")))
    assert (problem.status, problem.headers["Retry-After"]) == (503, "5")
    assert door.owner.execute("select last_value from ops.attempts").fetchone() == (2,)


def test_a_statement_that_takes_too_long_is_504(door: Door, database: Any, server: Any) -> None:
    with database.connect("postgres", autocommit=True) as admin:
        admin.execute(
            f"alter role qb_api in database {database.name} set statement_timeout = '200ms'"
        )
    problem = door.run(lambda db: refusal(db.call("ops.probe", door.editor, p_what="sleep")))
    assert problem.status == 504


def test_the_api_login_has_a_statement_timeout(database: Any) -> None:
    with database.connect("qb_api") as connection:
        assert connection.execute("show statement_timeout").fetchone() == ("30s",)


def test_no_free_connection_in_time_is_503(door: Door) -> None:
    async def work(db: Database) -> Problem:
        slow = asyncio.create_task(db.call("ops.probe", door.editor, p_what="sleep"))
        await asyncio.sleep(0.2)
        problem = await refusal(db.call("ops.probe", door.editor))
        assert (await slow).status == 200
        return problem

    problem = door.run(work, patience_seconds=0.3)
    assert (problem.status, problem.headers["Retry-After"]) == (503, "5")


def test_a_database_that_is_away_is_503() -> None:
    async def work() -> Problem:
        dsn = "postgresql://qb_api@127.0.0.1:1/nowhere"
        async with Database(dsn, patience_seconds=0.3) as db:
            return await refusal(db.call("ops.probe", uuid4()))

    assert asyncio.run(work()).status == 503


def test_after_a_restart_of_the_database_calls_work_again(door: Door, database: Any) -> None:
    async def work(db: Database) -> int:
        await asyncio.gather(*(db.call("ops.probe", door.editor) for _ in range(8)))
        with database.connect("postgres", autocommit=True) as admin:
            admin.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where usename = 'qb_api' and datname = current_database()"
            )
        refused, deadline = 0, time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                await db.call("ops.probe", door.editor)
            except Problem as problem:
                assert problem.status == 503
                refused += 1
                await asyncio.sleep(0.1)
            else:
                return refused
        raise AssertionError("never came back")

    assert door.run(work, pool_size=4) <= 2


@pytest.mark.parametrize(
    ("function", "argument"),
    [("ops.probe(); drop table x", "p_what"), ("probe", "p_what"), ("ops.probe", "p_what => 1)")],
)
def test_names_that_are_not_ours_never_reach_the_database(
    door: Door, function: str, argument: str
) -> None:
    with pytest.raises(ValueError, match="not a function of ours"):
        given: dict[str, Any] = {argument: "x"}
        door.run(lambda db: db.call(function, door.editor, **given))


def test_arguments_that_were_not_given_are_not_sent(door: Door) -> None:
    answer = door.run(
        lambda db: db.call("ops.probe", door.editor, p_what=None, p_unknown=msgspec.UNSET)
    )
    assert answer.status == 200
