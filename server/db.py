"""The one place in the application that speaks SQL: a request is one call, one round trip.

`begin`, the identity of the user, the call and `commit` leave together in one pipeline. The
transaction is explicit on purpose: without `begin` a deferred constraint would fail at the
pipeline's own sync, where the driver can no longer tell whose error it is and the connection is
lost. Whatever fails, the pool rolls back before the connection serves anyone else, and role and
user are transaction-local, so nothing of a request survives it: this works behind a
transaction-mode pooler (`prepare_threshold=None` if that pooler does not follow prepared
statements).
"""

from __future__ import annotations

import asyncio
import logging
import re
from functools import cache
from typing import Any, LiteralString, NamedTuple, Self
from uuid import UUID

import psycopg
from msgspec import UNSET
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg_pool import AsyncConnectionPool, PoolTimeout, TooManyRequests

from server.errors import Problem, Words, is_conflict_worth_a_retry, problem_from_database

log = logging.getLogger("quarterbase.db")

_FUNCTION = re.compile(r"[a-z_]+\.[a-z][a-z0-9_]*")
_ARGUMENT = re.compile(r"p_[a-z][a-z0-9_]*")


class Answer(NamedTuple):
    """What an API function returns: the whole body as PostgreSQL built it, unparsed."""

    status: int
    etag: str | None
    body: bytes


class FoundLogin(NamedTuple):
    user_id: UUID
    password_hash: str | None
    retry_after_seconds: int


class _TextAsBytes(Loader):
    """Bodies of megabytes go from the socket to the client without becoming a `str`."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


async def _configure(connection: psycopg.AsyncConnection[Any]) -> None:
    connection.adapters.register_loader("text", _TextAsBytes)


@cache
def _statement(function: str, arguments: tuple[str, ...]) -> LiteralString:
    """Names come from our code, never from a request; the pattern makes sure it stays so."""
    if not _FUNCTION.fullmatch(function) or not all(map(_ARGUMENT.fullmatch, arguments)):
        raise ValueError(f"not a function of ours: {function} {arguments}")
    named = ", ".join(f"{name} => %({name})s" for name in arguments)
    return f"select status, etag, body from {function}({named})"  # noqa: S608 (checked above)


class Database:
    """The pool of the API's own login, which can do nothing before it has taken a user's role."""

    def __init__(
        self,
        dsn: str,
        *,
        pool_size: int = 10,
        prepare_threshold: int | None = 5,
        patience_seconds: float = 3.0,
    ) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._pool = AsyncConnectionPool(
            dsn,
            open=False,
            min_size=min(2, pool_size),
            max_size=pool_size,
            max_waiting=pool_size * 20,
            timeout=patience_seconds,
            # Attempts back off within this time only: a database that returns is used in seconds.
            reconnect_timeout=4,
            configure=_configure,
            kwargs={
                "autocommit": True,
                "prepare_threshold": prepare_threshold,
                "application_name": "quarterbase api",
                "connect_timeout": 5,
                "tcp_user_timeout": 30_000,
            },
        )

    async def __aenter__(self) -> Self:
        await self._pool.open(wait=False)  # the door opens without a database, and answers 503
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.close()

    async def call(self, function: str, user_id: UUID, /, **arguments: object) -> Answer:
        """Runs one API function as this user. Arguments that are None or UNSET are not sent.

        Raises `Problem`; a conflict between transactions is tried a second time first.
        """
        given = {k: v for k, v in arguments.items() if v is not None and v is not UNSET}
        statement = _statement(function, tuple(given))
        try:
            try:
                return await self._run_as(user_id, statement, given)
            except psycopg.OperationalError as error:
                if not is_conflict_worth_a_retry(error):
                    raise
                return await self._run_as(user_id, statement, given)
        except psycopg.Error as error:
            raise await self._problem(error) from error

    async def readiness(self) -> Answer:
        """Whether the platform can work, by the database's own checks. Needs no user."""
        return _answer(await self._ask("select status, etag, body from ops.readiness()"))

    async def find_login(self, email: str) -> FoundLogin | None:
        row = await self._ask(
            "select user_id, password_hash, retry_after_seconds from security.find_login(%s)", email
        )
        return None if row is None else FoundLogin(row[0], _text(row[1]), row[2] or 0)

    async def record_login(self, user_id: UUID, succeeded: bool) -> None:
        await self._ask("select security.record_login(%s, %s)", user_id, succeeded)

    async def _run_as(
        self, user_id: UUID, statement: LiteralString, given: dict[str, object]
    ) -> Answer:
        async with self._pool.connection() as connection, connection.cursor() as cursor:
            async with connection.pipeline():
                await connection.execute("begin")
                await connection.execute("select security.begin_request(%s)", (user_id,))
                await cursor.execute(statement, given)
                await connection.execute("commit")
            # Leaving the pipeline has read every result: the row below is committed.
            return _answer(await cursor.fetchone())

    async def _ask(self, statement: LiteralString, *values: object) -> tuple[Any, ...] | None:
        """One statement without a user, its own transaction."""
        try:
            async with self._pool.connection() as connection:
                cursor = await connection.execute(statement, values)
                return await cursor.fetchone()
        except psycopg.Error as error:
            raise await self._problem(error, explain=False) from error

    async def _problem(self, error: psycopg.Error, *, explain: bool = True) -> Problem:
        diag = error.diag
        words = None
        if explain and (error.sqlstate or "").startswith("23") and diag.constraint_name:
            words = await self._words(diag.schema_name, diag.table_name, diag.constraint_name)
        problem = problem_from_database(error, words)
        if problem.status >= 500 or (error.sqlstate or "").startswith("22"):
            log.error("database: %s", error, extra={"fields": {"sqlstate": error.sqlstate}})
        if problem.status == 503 and not isinstance(error, PoolTimeout | TooManyRequests):
            # After a restart of the database one refused request is enough, not one a connection.
            task = asyncio.create_task(self._forget_dead_connections())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return problem

    async def _words(self, *where: str | None) -> Words | None:
        try:
            row = await self._ask(
                "select field, message, hint from ops.explain_rule(%s, %s, %s)", *where
            )
        except Problem:
            return None  # logged by _problem; the refusal itself must still reach the caller
        return None if row is None else Words(*map(_text, row))

    async def _forget_dead_connections(self) -> None:
        try:
            await self._pool.check()
        except psycopg.Error:
            log.info("database still away")


def _answer(row: tuple[Any, ...] | None) -> Answer:
    if row is None:
        raise LookupError("the function returned no row")
    return Answer(row[0], _text(row[1]), row[2])


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()
