"""Several statements in one round trip: sent together, their answers read together.

The driver's own pipeline goes to the socket after every statement and makes a cursor for each,
which cost a request as much as everything else it needs of Python. This one speaks through the same
public wrapper of libpq, on connections of the driver's pool, and leaves them as it found them.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import psycopg
from psycopg import pq
from psycopg.abc import PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.waiting import Wait

Connection = psycopg.AsyncConnection[Any]
Result = pq.abc.PGresult

# Statements that are kept apart: lists are asked for by any combination of filters.
_MOST = 200


class Statement(NamedTuple):
    """SQL with `$1`, `$2` … for its values."""

    text: str
    values: Sequence[object] = ()


class _Kind(NamedTuple):
    """What makes two statements one to the server."""

    text: str
    types: tuple[int, ...]


class Pipeline:
    """A statement that came `threshold` times is prepared; none is when that is None."""

    def __init__(self, threshold: int | None) -> None:
        self._threshold = threshold
        self._uses: Counter[_Kind] = Counter()
        # Names are nobody else's: behind a pooler another process may have had the same session,
        # and its statement must never run for ours.
        self._name = f"qb_{secrets.token_hex(4)}_".encode()
        self._numbers = count()
        self._prepared: WeakKeyDictionary[Connection, dict[_Kind, bytes]] = WeakKeyDictionary()

    async def run(self, connection: Connection, *statements: Statement) -> list[Result]:
        """The result of each statement, in their order.

        Raises what the first one that failed means; those after it did not run. A transaction that
        was begun is still open then, for the pool to roll back.
        """
        prepared = self._prepared.setdefault(connection, {})
        new: dict[int, _Kind] = {}  # by the place of the result that says it was prepared
        sends: list[Callable[[], None]] = []
        kept: list[int] = []  # where the statements' own results are, between those of preparing
        results: list[Result] = []
        try:
            for statement in statements:
                sends += self._sends(connection, statement, prepared, new, len(sends))
                kept.append(len(sends) - 1)
            results = await connection.wait(_round_trip(connection.pgconn, sends))
            for result in results:
                if result.status == pq.ExecStatus.FATAL_ERROR:
                    raise error_from_result(result, encoding=connection.info.encoding)
        except BaseException as error:
            for place, kind in new.items():
                # What came to be outlives the error and the rollback: it is not prepared again.
                if len(results) <= place or results[place].status != pq.ExecStatus.COMMAND_OK:
                    prepared.pop(kind, None)
            if isinstance(error, psycopg.errors.InvalidSqlStatementName):
                prepared.clear()  # somebody else let go of them
            raise
        return [results[n] for n in kept]

    def _sends(
        self,
        connection: Connection,
        statement: Statement,
        prepared: dict[_Kind, bytes],
        new: dict[int, _Kind],
        place: int,
    ) -> list[Callable[[], None]]:
        pgconn, text = connection.pgconn, statement.text.encode()
        adapt = Transformer.from_context(connection)
        formats = [PyFormat.AUTO] * len(statement.values)
        values = adapt.dump_sequence(statement.values, formats)
        kind = _Kind(statement.text, adapt.types or ())
        if (name := prepared.get(kind)) is not None:
            return [partial(pgconn.send_query_prepared, name, values, adapt.formats)]
        if not self._is_frequent(kind) or len(prepared) >= _MOST:
            return [partial(pgconn.send_query_params, text, values, kind.types, adapt.formats)]
        prepared[kind] = name = b"%s%d" % (self._name, next(self._numbers))
        new[place] = kind
        return [
            partial(pgconn.send_prepare, name, text, kind.types),
            partial(pgconn.send_query_prepared, name, values, adapt.formats),
        ]

    def _is_frequent(self, kind: _Kind) -> bool:
        if self._threshold is None:
            return False
        if len(self._uses) > 10 * _MOST:
            self._uses.clear()
        self._uses[kind] += 1
        return self._uses[kind] > self._threshold


def _round_trip(pgconn: pq.abc.PGconn, sends: Sequence[Callable[[], None]]) -> PQGen[list[Result]]:
    pgconn.enter_pipeline_mode()
    finished = False
    try:
        for send in sends:
            send()
        pgconn.pipeline_sync()
        while pgconn.flush():
            # The server may be waiting for us to read; a wait that was cancelled says nothing.
            if ((yield Wait.RW) or 0) & Wait.R:
                pgconn.consume_input()
        results: list[Result] = []
        while True:
            while pgconn.is_busy():
                while not (yield Wait.R):
                    pass
                pgconn.consume_input()
            result = pgconn.get_result()
            if result is None:
                continue  # the end of one statement's results
            if result.status == pq.ExecStatus.PIPELINE_SYNC:
                break
            results.append(result)
        pgconn.exit_pipeline_mode()
        finished = True
        return results
    finally:
        if not finished:  # nobody can tell what is still to come
            pgconn.finish()
