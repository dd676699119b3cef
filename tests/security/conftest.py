"""The shared databases, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.company.worlds import books, history, history_books, request_as, shared
from tests.conftest import TestServer
from tests.security.ears import Ears
from tests.security.firm import Firm, open_firm

__all__ = ["books", "history", "history_books", "request_as", "shared"]


@pytest.fixture(scope="module")
def firm(server: TestServer) -> Iterator[Firm]:
    """A firm of four funds with narrowed BI logins, for the tests of a file."""
    with open_firm(server) as firm:
        yield firm


@pytest.fixture
def ears(firm: Firm) -> Iterator[Ears]:
    with firm.connect("fund") as conn:
        conn.execute("set default_transaction_read_only = off")
        yield Ears(conn)
