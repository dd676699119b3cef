"""Whatever is posted, reversed and closed, in whatever order: the books and a model agree."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.conftest import DEPLOYED, TestServer, clone
from tests.ledger.fund_books import FundBooks
from tests.ledger.histories import History
from tests.machines import run_histories


@pytest.fixture
def world(server: TestServer) -> Iterator[FundBooks]:
    with (
        clone(server, DEPLOYED) as database,
        database.connect(options="-c role=qb_owner") as conn,
    ):
        yield FundBooks(conn, UUID(int=0))
        conn.rollback()


def test_books_and_model_agree(world: FundBooks) -> None:
    run_histories(lambda: History(world), examples=20, steps=20)


@pytest.mark.long
def test_books_and_model_agree_over_long_histories(world: FundBooks) -> None:
    run_histories(lambda: History(world), examples=300, steps=50)
