"""Every bench runs, on next to nothing. What it measures here means nothing."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
import pytest

from db.settings import SUPERUSER
from tests.bench.__main__ import BENCHES, report
from tests.bench.data import Scale, fill
from tests.bench.measure import Contest, Side, measure, percentile
from tests.bench.server import Connection, Platform
from tests.conftest import DEPLOYED, TestServer, clone


@dataclass(frozen=True)
class SharedPlatform(Platform):
    """A database of the run's server; logins belong to all of it, so one worker at a time adds."""

    server: TestServer

    def bi_login(self, login: str, role: str, *funds: str) -> Connection:
        with self.server.alone():
            return super().bi_login(login, role, *funds)


def test_every_bench_fills_the_table(server: TestServer) -> None:
    scale = Scale(companies=40, quarters=4)
    try:
        with clone(server, DEPLOYED) as database:
            running = SharedPlatform(database.dsn, lambda login: server.password, server)
            fill(running.owner, scale)
            lines = report(running, scale, list(BENCHES), 0).splitlines()
    finally:
        with server.alone(), psycopg.connect(server.dsn(SUPERUSER, "postgres")) as admin:
            admin.execute("drop role if exists bench_viewer, bench_narrowed")
    assert len(lines) > 20
    assert "40 companies × 4 quarters" in lines[-1]


def test_sides_that_find_different_things_are_not_compared() -> None:
    contest = Contest("work", Side("one", lambda: 1), Side("two", lambda: 2), bar=1, rows=1)
    with pytest.raises(AssertionError):
        measure(contest, seconds=0)


def test_ratio_is_of_neighbouring_runs() -> None:
    result = measure(
        Contest("work", Side("a", lambda: sum(range(20_000))), Side("b", lambda: 199990000), 2, 1),
        seconds=0,
        least=3,
    )
    assert result.ratio > 2
    assert not result.holds
    assert result.runs == 3
    assert percentile([3, 1, 2], 0.5) == 2
