"""Reading kept totals costs a look at each, however many funds there are."""

from __future__ import annotations

import pytest

from tests.conftest import Connection


@pytest.mark.parametrize("view", ["bi.portfolio_quarter", "fund.portfolio_quarter_record"])
def test_companies_are_counted_once_for_all_funds(owner: Connection, view: str) -> None:
    owner.execute("set enable_nestloop = off")
    plan = owner.execute(f"explain select sum(company_count) from {view}".encode()).fetchall()
    assert not any("Nested Loop" in line for (line,) in plan)
