"""One deployed database for a whole file of tests: each looks, or plants in a transaction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import DEPLOYED, Connection, TestServer, clone


@pytest.fixture(scope="module")
def deployed(server: TestServer) -> Iterator[Connection]:
    """A superuser's connection to a clone of what a deployment makes."""
    with clone(server, DEPLOYED) as database, database.connect("postgres", autocommit=True) as conn:
        yield conn
