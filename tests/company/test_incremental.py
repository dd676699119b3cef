"""Whatever happens, in whatever order: what the triggers keep equals a rebuild, row for row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.company.books import Books
from tests.company.incremental import prepare
from tests.company.incremental_fx import FullHistory
from tests.conftest import DEPLOYED, TestServer, clone


@pytest.fixture
def portfolio(server: TestServer) -> Iterator[Books]:
    with clone(server, DEPLOYED) as database, database.connect("postgres") as conn:
        books = Books(conn)
        prepare(books)
        conn.commit()
        yield books
        conn.rollback()


def run(books: Books, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        lambda: FullHistory(books),  # type: ignore[arg-type]
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            # A failure prints the steps and a line that repeats it.
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_what_triggers_keep_equals_a_rebuild(portfolio: Books) -> None:
    run(portfolio, examples=17, steps=16)


@pytest.mark.long
def test_what_triggers_keep_equals_a_rebuild_in_long_histories(portfolio: Books) -> None:
    run(portfolio, examples=300, steps=40)
