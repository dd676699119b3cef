"""Whatever is done to a fund, in whatever order: nothing is lost, and everything can be undone."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest
from hypothesis import seed

from tests.conftest import DEPLOYED, Connection, TestServer, clone
from tests.fund.life.machine import Life
from tests.fund.life.steps import KINDS, Tally
from tests.fund.life.world import check_statement
from tests.machines import run_histories


@pytest.fixture(scope="module")
def conn(server: TestServer) -> Iterator[Connection]:
    with (
        clone(server, DEPLOYED) as database,
        database.connect(options="-c role=qb_owner -c jit=off") as conn,
    ):
        yield conn
        conn.rollback()


def live(conn: Connection, steps: int, start: int) -> Tally:
    """Ten lives at a time until there are so many steps; each ten have a seed of their own."""
    start = int(os.environ.get("QUARTERBASE_TEST_SEED") or start)
    tally = Tally()
    checks = check_statement(conn)
    while tally.steps < steps:
        print(f"QUARTERBASE_TEST_SEED={start}")  # pytest shows it when this fails
        run_histories(
            seed(start)(type("Seeded", (Life,), {"given": (conn, tally, checks)})),
            examples=10,
            steps=50,
        )
        start += 1
    print(tally)
    return tally


def test_nothing_is_wrong_after_any_step(conn: Connection) -> None:
    # The same lives each time: whoever changes something else is not stopped by what only a rare
    # life shows. New ones are lived by the long test.
    tally = live(conn, steps=2000, start=2026)
    assert len(tally.taken) > 10, tally


@pytest.mark.long
def test_nothing_is_wrong_after_any_of_many_steps(conn: Connection) -> None:
    tally = live(conn, steps=50_000, start=random.SystemRandom().randrange(2**32))
    assert tally.taken.keys() >= KINDS, tally
