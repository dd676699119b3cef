"""`server.pipeline`: results in their order, and a connection as good as before after any error."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest

from server.pipeline import Pipeline, Statement
from tests.conftest import Connection

Work = Callable[[psycopg.AsyncConnection[Any]], Awaitable[None]]


def use(owner: Connection, work: Work) -> None:
    async def inside() -> None:
        async with await psycopg.AsyncConnection.connect(
            owner.info.dsn, password=owner.info.password, autocommit=True
        ) as connection:
            await work(connection)
            status = connection.info.transaction_status
            assert status == psycopg.pq.TransactionStatus.IDLE
            assert await (await connection.execute("select 1")).fetchone() == (1,)

    asyncio.run(inside())


async def prepared(connection: psycopg.AsyncConnection[Any]) -> int:
    row = await (await connection.execute("select count(*) from pg_prepared_statements")).fetchone()
    assert row
    return int(row[0])


@pytest.mark.parametrize("threshold", [None, 0, 2])
def test_results_come_in_order(owner: Connection, threshold: int | None) -> None:
    pipeline = Pipeline(threshold)

    async def work(connection: psycopg.AsyncConnection[Any]) -> None:
        for n in range(5):
            found = await pipeline.run(
                connection,
                Statement("begin"),
                Statement("select $1::integer + 1, $2::numeric", (n, Decimal("1.10"))),
                Statement("select $1::uuid, $2::text", (UUID(int=n), None)),
                Statement("commit"),
            )
            assert [result.ntuples for result in found] == [0, 1, 1, 0]
            assert (found[1].get_value(0, 0), found[1].get_value(0, 1)) == (
                b"%d" % (n + 1),
                b"1.10",
            )
            assert found[2].get_value(0, 0) == str(UUID(int=n)).encode()
            assert found[2].get_value(0, 1) is None
        assert await prepared(connection) == (0 if threshold is None else 4)

    use(owner, work)


@pytest.mark.parametrize("threshold", [None, 0])
def test_the_first_error_is_raised_and_nothing_after_it_runs(
    owner: Connection, threshold: int | None
) -> None:
    pipeline = Pipeline(threshold)

    async def work(connection: psycopg.AsyncConnection[Any]) -> None:
        for _ in range(3):
            with pytest.raises(psycopg.errors.DivisionByZero):
                await pipeline.run(
                    connection,
                    Statement("begin"),
                    Statement("select 1 / $1::integer", (0,)),
                    Statement("select 'not reached'"),
                    Statement("commit"),
                )
            await connection.rollback()
        found = await pipeline.run(connection, Statement("select 'not reached'"))
        assert found[0].get_value(0, 0) == b"not reached"

    use(owner, work)


def test_a_megabyte_goes_both_ways(owner: Connection) -> None:
    text = "x" * 3_000_000

    async def work(connection: psycopg.AsyncConnection[Any]) -> None:
        found = await Pipeline(0).run(connection, *[Statement("select $1::text", (text,))] * 3)
        assert [result.get_value(0, 0) for result in found] == [text.encode()] * 3

    use(owner, work)


def test_a_cancelled_request_ends_its_statement(owner: Connection) -> None:
    async def work(connection: psycopg.AsyncConnection[Any]) -> None:
        slow = Pipeline(None).run(connection, Statement("select pg_sleep(20)"))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(slow, 0.3)

    use(owner, work)


def test_a_request_cancelled_while_it_is_sent_keeps_its_connection(owner: Connection) -> None:
    async def work(connection: psycopg.AsyncConnection[Any]) -> None:
        large = Statement("select length($1::text)", ("x" * 30_000_000,))
        slow = Pipeline(None).run(connection, Statement("select pg_sleep(20)"), large)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(slow, 0.5)

    use(owner, work)


def test_a_value_that_cannot_be_sent_prepares_nothing(owner: Connection) -> None:
    pipeline = Pipeline(0)

    async def work(connection: psycopg.AsyncConnection[Any]) -> None:
        with pytest.raises(psycopg.DataError):
            await pipeline.run(
                connection, Statement("select 1"), Statement("select $1::text", ("\0",))
            )
        assert await prepared(connection) == 0
        found = await pipeline.run(connection, Statement("select 1"))
        assert found[0].get_value(0, 0) == b"1"

    use(owner, work)


def test_a_statement_that_always_fails_is_prepared_once(owner: Connection) -> None:
    pipeline = Pipeline(0)
    failing = (Statement("begin"), Statement("select 1 / $1::integer", (0,)), Statement("commit"))

    async def work(connection: psycopg.AsyncConnection[Any]) -> None:
        for _ in range(5):
            with pytest.raises(psycopg.errors.DivisionByZero):
                await pipeline.run(connection, *failing)
            await connection.rollback()
        assert await prepared(connection) == 2

    use(owner, work)


def test_statements_of_two_processes_share_a_session(owner: Connection) -> None:
    """As behind a pooler: neither runs, or stumbles over, what the other prepared."""

    async def work(connection: psycopg.AsyncConnection[Any]) -> None:
        for text in ("select 1", "select 2"):
            found = await Pipeline(0).run(connection, Statement(text))
            assert found[0].get_value(0, 0) == text[-1].encode()

    use(owner, work)


def test_a_lost_connection_is_closed(owner: Connection) -> None:
    async def inside() -> None:
        connection = await psycopg.AsyncConnection.connect(
            owner.info.dsn, password=owner.info.password, autocommit=True
        )
        end = Statement("select pg_terminate_backend(pg_backend_pid())")
        with pytest.raises(psycopg.OperationalError):
            await Pipeline(None).run(connection, Statement("set role none"), end)
        assert connection.closed

    asyncio.run(inside())
