"""The books of a fund: in one transaction of an editor, or of the owner in a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.conftest import DEPLOYED, Connection, Database, TestServer, clone
from tests.ledger.fund_books import FundBooks


@pytest.fixture(scope="module")
def shared(server: TestServer) -> Iterator[Database]:
    """One database for a file of tests that commit nothing."""
    with clone(server, DEPLOYED) as database:
        yield database


@pytest.fixture
def books(shared: Database) -> Iterator[FundBooks]:
    """Quarterly books from 2024 on, in a transaction of the owner that is rolled back."""
    with shared.connect(options="-c role=qb_owner") as conn:
        yield FundBooks.opened(conn)
        conn.rollback()


@pytest.fixture
def editor(as_role: Callable[..., Connection]) -> FundBooks:
    """The same, in the middle of an editor's request, in a database of its own."""
    return FundBooks.opened(as_role("editor"))


@pytest.fixture
def kept(owner: Connection) -> FundBooks:
    """The same, committed statement by statement, in a database of its own."""
    return FundBooks.opened(owner)
