"""The life of a fund: in a transaction that is rolled back, or in a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.conftest import DEPLOYED, Connection, Database, TestServer, clone
from tests.fund.fund_life import FundLife
from tests.fund.measure_words import TWO


@pytest.fixture(scope="module")
def shared(server: TestServer) -> Iterator[Database]:
    """One database for a file of tests that commit nothing."""
    with clone(server, DEPLOYED) as database:
        yield database


@pytest.fixture
def conn(shared: Database) -> Iterator[Connection]:
    """A transaction of the owner that is rolled back."""
    with shared.connect(options="-c role=qb_owner") as conn:
        conn.execute("begin")
        yield conn
        conn.rollback()


@pytest.fixture
def begin(shared: Database) -> Iterator[Callable[..., FundLife]]:
    """`begin(**terms)`: FundLife.begun in a transaction of the owner that is rolled back."""
    with shared.connect(options="-c role=qb_owner") as conn:
        yield lambda *args, **kwargs: FundLife.begun(conn, *args, **kwargs)
        conn.rollback()


@pytest.fixture
def life(begin: Callable[..., FundLife]) -> FundLife:
    """A fund of three partners, 50, 30 and 20 million, since 15 January 2024."""
    return begin()


@pytest.fixture
def kept(owner: Connection) -> FundLife:
    """The same, committed statement by statement, in a database of its own."""
    return FundLife.begun(owner)


@pytest.fixture
def two(begin: Callable[..., FundLife]) -> FundLife:
    """A fund of 1,000 of which 500 are called on 1 February 2024, due on the 20th, nothing paid."""
    life = begin(commitments=TWO, late_interest_rate="0.10")
    life.issue("2024-02-01", 500, due_on="2024-02-20")
    return life
