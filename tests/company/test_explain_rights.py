"""Who is told how a number came about: whoever sees the company, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.company.books import Books, refused
from tests.company.worlds import OWNER
from tests.conftest import Connection, Database

CALLS = (
    "select company.explain_metric(%s, 2024, 1, 'USD', 'enterprise_value')",
    "select company.explain_quarter(%s, 2024, 1, 'USD')",
    "select * from company.metric_lineage(%s, 2024, 1, 'USD', 'arr')",
    "select status from company.get_metric_explanation(%s, 2024, 1, 'USD', 'arr')",
)


@pytest.fixture
def owned(database: Database) -> Iterator[Books]:
    """Two companies of two funds, with rates: ours and theirs."""
    with database.connect(autocommit=True, options=OWNER) as conn:
        yield fill(Books(conn))


def fill(books: Books) -> Books:
    books.fix_quarter(2024, 1, USD="1.25", CAD="1.50")
    for company_id in ("ours", "theirs"):
        books.company(
            company_id, fund=f"Fund of {company_id}", reporting_currency="EUR",
            post_money_valuation=5,
        )  # fmt: skip
        books.quarter(2024, 1, company_id)
    return books


def test_explanations_follow_the_rows(owned: Books, as_role: Callable[..., Connection]) -> None:
    for role in ("admin", "editor", "viewer", "auditor"):
        asking = Books(as_role(role))
        for call in CALLS:
            assert asking.rows(call, "ours") and asking.rows(call, "theirs")
    for role in ("editor_scoped", "viewer_scoped", "submitter"):
        address = f"{role}@example.com"
        as_role(role)  # makes the user
        scope = "company" if role == "submitter" else "fund"
        owned.rows(
            f"insert into security.user_{scope} ({scope}_id, user_id)"
            f" select c.{scope}_id, security.user_id_by_email(%s) from company.company as c"
            " where c.company_id = 'ours'",
            address,
        )
        asking = Books(as_role(role))
        for call in CALLS:
            assert asking.rows(call, "ours")
            with refused(asking.conn, "QB404", "company_not_found"):
                asking.rows(call, "theirs")
        told: Any = asking.value(CALLS[0], "ours")
        rates = {o["operand"]: o["rate"] for o in told["operands"]}
        assert [f["currency"] for f in rates["valuation_rate"]["fixings"]] == ["USD"]
    asking = Books(as_role("investor"))
    for call in CALLS:
        with refused(asking.conn, "42501", None):
            asking.rows(call, "ours")
