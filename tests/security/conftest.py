"""The shared databases, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg.types.json import Jsonb

from tests.company.worlds import books, history, history_books, request_as, shared
from tests.conftest import Connection, TestServer
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


@pytest.fixture
def portfolio(owner: Connection) -> None:
    for company_id, fund in (("a", "Fund One"), ("b", "Fund Two"), ("c", None)):
        company = {"company_id": company_id, "company_name": company_id, "fund": fund}
        owner.execute(
            "select company.save_company(%s)", [Jsonb(company | {"reporting_currency": "USD"})]
        )


@pytest.fixture
def investors(owner: Connection) -> None:
    owner.execute(
        "insert into fund.investor (investor_code, name)"
        " values ('LP-1', 'Pension fund'), ('LP-2', 'Endowment')"
    )
