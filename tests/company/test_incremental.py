"""Whatever happens, in whatever order: what the triggers keep equals a rebuild, row for row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.company.books import Books
from tests.company.incremental import prepare
from tests.company.incremental_fx import FullHistory
from tests.conftest import DEPLOYED, TestServer, clone
from tests.machines import run_histories


@pytest.fixture
def portfolio(server: TestServer) -> Iterator[Books]:
    with clone(server, DEPLOYED) as database, database.connect("postgres") as conn:
        books = Books(conn)
        prepare(books)
        conn.commit()
        yield books
        conn.rollback()


def test_what_triggers_keep_equals_a_rebuild(portfolio: Books) -> None:
    run_histories(lambda: FullHistory(portfolio), examples=17, steps=16)


@pytest.mark.long
def test_what_triggers_keep_equals_a_rebuild_in_long_histories(portfolio: Books) -> None:
    run_histories(lambda: FullHistory(portfolio), examples=300, steps=40)
