"""The one place in the application that speaks SQL: a request is one call, one round trip.

`begin`, the identity of the user, the call and `commit` leave together in one pipeline. The
transaction is explicit on purpose: without `begin` a deferred constraint would fail at the
pipeline's own sync, where the driver can no longer tell whose error it is and the connection is
lost. Whatever fails, the pool rolls back before the connection serves anyone else, and role and
user are transaction-local, so nothing of a request survives it: this works behind a
transaction-mode pooler (`prepare_threshold=None` if that pooler does not follow prepared
statements).

A write with an Idempotency-Key takes two round trips in that one transaction: the first claims the
key, or finds the answer that was given before; the second does the work and keeps its answer.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, LiteralString, NamedTuple, Self
from uuid import UUID

import psycopg
from msgspec import UNSET
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool, PoolTimeout, TooManyRequests

from server.errors import Problem, Words, is_conflict_worth_a_retry, problem_from_database
from server.oidc import ExternalUser
from server.pipeline import Pipeline, Result, Statement

log = logging.getLogger("quarterbase.db")

_FUNCTION = re.compile(r"[a-z_]+\.[a-z][a-z0-9_]*")
_ARGUMENT = re.compile(r"p_[a-z][a-z0-9_]*")
_BEGIN = Statement("begin")
_COMMIT = Statement("commit")
# What a commit would look at last, before a write that was only tried is taken back.
_CHECK = Statement("set constraints all immediate")
_ROLLBACK = Statement("rollback")
_CLAIM = "select status, etag, body from ops.claim_idempotency_key($1, $2)"


class Answer(NamedTuple):
    """What an API function returns: the whole body as PostgreSQL built it, unparsed."""

    status: int
    etag: str | None
    body: bytes


class IdempotencyKey(NamedTuple):
    """The header of a write, and what it came with: SHA-256 of the request."""

    value: str
    request_hash: bytes


class FoundLogin(NamedTuple):
    """`user_id` and `password_hash` are None for an address nobody can log in with."""

    user_id: UUID | None
    password_hash: str | None
    retry_after_seconds: int


class _TextAsBytes(Loader):
    """Bodies of megabytes go from the socket to the client without becoming a `str`."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


async def _configure(connection: psycopg.AsyncConnection[Any]) -> None:
    connection.adapters.register_loader("text", _TextAsBytes)


@cache
def _statement(
    function: str, arguments: tuple[str, ...], *, keeps: bool = False, tries: bool = False
) -> str:
    """Names come from our code, never from a request; the pattern makes sure it stays so."""
    if not _FUNCTION.fullmatch(function) or not all(map(_ARGUMENT.fullmatch, arguments)):
        raise ValueError(f"not a function of ours: {function} {arguments}")
    named = ", ".join(f"{name} => ${n}" for n, name in enumerate(arguments, 1))
    call = f"{function}({named})"
    if tries:
        return f"select 200, null::text, ops.preview_body(a.body) from {call} as a"  # noqa: S608
    if keeps:
        keep = f"ops.keep_idempotent_answer(${len(arguments) + 1}, a.status, a.etag, a.body)"
        return f"select k.status, k.etag, k.body from {call} as a, lateral {keep} as k"  # noqa: S608
    return f"select status, etag, body from {call}"  # noqa: S608 (checked above)


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
        self._pipeline = Pipeline(prepare_threshold)
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
                # The pipeline prepares what is frequent. The driver itself must not: after a
                # rollback it lets go of every prepared statement of the session.
                "prepare_threshold": None,
                "application_name": "quarterbase api",
                "connect_timeout": 5,
                "tcp_user_timeout": 30_000,
                # A server that is gone without a word while it owes an answer is missed in half a
                # minute; left to the system it is two hours, and the pool's connections with it.
                "keepalives_idle": 10,
                "keepalives_interval": 5,
                "keepalives_count": 3,
            },
        )

    async def __aenter__(self) -> Self:
        await self._pool.open(wait=False)  # the door opens without a database, and answers 503
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.close()

    async def call(
        self,
        function: str,
        user_id: UUID,
        /,
        *,
        idempotency: IdempotencyKey | None = None,
        preview: bool = False,
        **arguments: object,
    ) -> Answer:
        """Runs one API function as this user. Arguments that are None or UNSET are not sent.

        With `idempotency`, the same key again returns the answer that was given the first time.
        With `preview` the same work is done and rolled back; there is nothing to repeat then.
        Raises `Problem`; a conflict between transactions is tried a second time first.
        """
        given = {k: v for k, v in arguments.items() if v is not None and v is not UNSET}
        key = None if preview else idempotency
        names = tuple(given)
        statement = _statement(function, names, keeps=key is not None, tries=preview)
        work = Statement(statement, tuple(given.values()))
        end = (_CHECK, _ROLLBACK) if preview else (_COMMIT,)
        try:
            try:
                return await self._run_as(user_id, work, key, end)
            except psycopg.OperationalError as error:
                if not is_conflict_worth_a_retry(error):
                    raise
                return await self._run_as(user_id, work, key, end)
        except psycopg.Error as error:
            raise await self._problem(error) from error

    async def readiness(self) -> Answer:
        """Whether the platform can work, by the database's own checks. Needs no user."""
        return _answer(await self._ask_row("select status, etag, body from ops.readiness()"))

    async def find_login(self, email: str) -> FoundLogin:
        row = await self._ask_row(
            "select user_id, password_hash, retry_after_seconds from security.find_login(%s)", email
        )
        return FoundLogin(row[0], _text(row[1]), row[2])

    async def record_login(self, email: str, succeeded: bool) -> int:
        """Counts an attempt; the seconds even a right password has to wait, usually 0."""
        row = await self._ask_row("select security.record_login(%s, %s)", email, succeeded)
        return int(row[0])

    async def issue_refresh_token(
        self, user_id: UUID, token_hash: bytes, password_hash: str | None
    ) -> bool:
        """False when the user ended, or got another password than the one compared, meanwhile."""
        row = await self._ask_row(
            "select security.issue_refresh_token(%s, %s, %s)", user_id, token_hash, password_hash
        )
        return bool(row[0])

    async def use_refresh_token(self, token_hash: bytes, next_token_hash: bytes) -> UUID | None:
        """The user of a refresh token, which is then replaced by the next one; None: refused."""
        row = await self._ask_row(
            "select security.use_refresh_token(%s, %s)", token_hash, next_token_hash
        )
        return row[0]  # type: ignore[no-any-return]

    def pool_stats(self) -> Mapping[str, int]:
        """psycopg_pool's own figures: pool_size, pool_available, requests_waiting …"""
        return self._pool.get_stats()

    async def _run_as(
        self,
        user_id: UUID,
        work: Statement,
        key: IdempotencyKey | None,
        end: tuple[Statement, ...],
    ) -> Answer:
        async with self._pool.connection() as connection:
            if key is None:
                done = await self._pipeline.run(connection, _BEGIN, _begin(user_id), work, *end)
                return _answer_of(done[2])
            claim = Statement(_CLAIM, key)
            done = await self._pipeline.run(connection, _BEGIN, _begin(user_id), claim)
            if done[2].ntuples:
                await connection.rollback()
                return _answer_of(done[2])
            work = Statement(work.text, (*work.values, key.value))
            done = await self._pipeline.run(connection, work, *end)
            return _answer_of(done[0])

    async def _ask(self, statement: LiteralString, *values: object) -> tuple[Any, ...] | None:
        """One statement without a user, its own transaction."""
        try:
            async with self._pool.connection() as connection:
                cursor = await connection.execute(statement, values)
                return await cursor.fetchone()
        except psycopg.Error as error:
            raise await self._problem(error, explain=False) from error

    async def _ask_row(self, statement: LiteralString, *values: object) -> tuple[Any, ...]:
        row = await self._ask(statement, *values)
        if row is None:
            raise LookupError("the function returned no row")
        return row

    async def _problem(self, error: psycopg.Error, *, explain: bool = True) -> Problem:
        diag = error.diag
        words = None
        if explain and (error.sqlstate or "").startswith("23") and diag.constraint_name:
            words = await self._words(diag.schema_name, diag.table_name, diag.constraint_name)
        problem = problem_from_database(error, words)
        if problem.status >= 500 or (error.sqlstate or "").startswith("22"):
            log.error("database error", extra={"fields": _loggable(error)})
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


def _begin(user: UUID) -> Statement:
    """The first statement of a transaction that works for somebody."""
    if isinstance(user, ExternalUser):
        values = (user.issuer, user.subject, Jsonb(user.claims))
        return Statement("select security.begin_external_request($1, $2, $3)", values)
    return Statement("select security.begin_request($1)", (user,))


def _loggable(error: psycopg.Error) -> dict[str, str | None]:
    """What a database error is about, without the values in it: those are people's names and money.

    Class 22 quotes the value in its message, class 23 in its detail; the others name our objects.
    """
    code, diag = error.sqlstate, error.diag
    words = diag.message_primary if code and code[:2] not in ("22", "23") else None
    if code is None and isinstance(error, psycopg.OperationalError):
        words = str(error)  # no connection: names the host, never the password
    return {
        "sqlstate": code,
        "error": type(error).__name__,
        "reason": words,
        "table": diag.table_name,
        "constraint": diag.constraint_name,
    }


def _answer(row: tuple[Any, ...] | None) -> Answer:
    if row is None:
        raise LookupError("the function returned no row")
    return Answer(row[0], _text(row[1]), row[2])


def _answer_of(result: Result) -> Answer:
    """Bodies of megabytes go from the socket to the client without becoming a `str`."""
    if not result.ntuples:
        raise LookupError("the function returned no row")
    status, body = result.get_value(0, 0), result.get_value(0, 2)
    return Answer(int(status or b"500"), _text(result.get_value(0, 1)), body or b"")


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()
