"""A year as a firm lives it: each step by the user who does it, committed as the API commits it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.company.books import Books, quarter_end, weekdays
from tests.company.oracle_check import check_stored, oracle_of
from tests.company.rebuild import differences
from tests.company.worlds import OWNER
from tests.conftest import Database

As = Callable[[str], Any]


@pytest.fixture
def owner_books(database: Database) -> Iterator[Books]:
    with database.connect(autocommit=True, options=OWNER) as conn:
        yield Books(conn)


@pytest.fixture
def acting_as(database: Database, owner_books: Books) -> As:
    """`with acting_as("editor") as books`: one request, committed at its end."""

    @contextmanager
    def act(role: str) -> Iterator[Books]:
        email = f"{role}@example.com"
        user_id = owner_books.value(
            "select coalesce(security.user_id_by_email(%s), security.add_user(%s, %s))",
            *(email, email, role),
        )
        with database.connect("qb_api") as conn:
            conn.execute("select security.begin_request(%s)", [user_id])
            yield Books(conn)

    return act


def healthy(books: Books) -> None:
    """Stored numbers are those of the rules, of a rebuild and of the oracle; no check complains."""
    assert differences(books) == []
    assert books.row("select * from company.rebuild_derived()")["rows_changed"] == 0
    compared, wrong = check_stored(books, oracle_of(books), Decimal("1e-8"))
    assert wrong == []
    assert compared > 0
    for view in books.rows(
        "select quote_ident(viewname) as name from pg_views"
        " where schemaname = 'ops' and starts_with(viewname, 'check_')"
    ):
        assert books.rows(f"select * from ops.{view['name']}") == [], view["name"]


def load_rates(database: Database, first: date, last: date, **rates: str) -> None:
    """As the clock does: the jobs' own login, which can do nothing else."""
    rows = [
        {"date": str(day), "currency": currency, "rate": rate}
        for day in weekdays(first, last)
        for currency, rate in rates.items()
    ]
    with database.connect("qb_jobs") as conn:
        conn.execute("select fx.record_rates('ecb_bundled', %s)", [Jsonb(rows)])
        conn.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select * from company.company")


def test_year_of_a_company(database: Database, owner_books: Books, acting_as: As) -> None:
    # The year before: rates come in, the company is taken on, its first quarters are reported.
    load_rates(database, date(2023, 1, 1), date(2023, 12, 31), USD="1.08", CAD="1.46")
    with acting_as("editor") as books:
        books.company("lumen", company_name="Lumen", reporting_currency="EUR", fund="Fund VI",
                      post_money_valuation=40, equity_raised=15)  # fmt: skip
        for quarter in (1, 2, 4):
            books.quarter(2023, quarter, "lumen", total_revenue=1_000_000 + quarter)
    with acting_as("viewer") as books:
        assert set(books.metrics(2023, 4, "lumen")) == {"EUR", "USD", "CAD"}
        assert books.metrics(2023, 4, "lumen")["USD"]["ltm_total_revenue"] is None
    healthy(owner_books)

    # The missing quarter arrives late, and the last one is restated.
    with acting_as("editor") as books:
        books.quarter(2023, 3, "lumen", total_revenue=1_000_003)
        books.correct(2023, 4, "lumen", total_revenue=2_000_000)
    with acting_as("viewer") as books:
        expected = Decimal("1.08") * 5_000_006
        assert books.metrics(2023, 4, "lumen")["USD"]["ltm_total_revenue"] == expected
    healthy(owner_books)

    # A quarter comes before its rates do: shown in euro alone until the clock has loaded them.
    with acting_as("editor") as books:
        books.quarter(2024, 1, "lumen", total_revenue=2_200_000)
    with acting_as("viewer") as books:
        assert set(books.metrics(2024, 1, "lumen")) == {"EUR"}
    load_rates(database, date(2024, 1, 1), date(2024, 6, 30), USD="1.10", CAD="1.48")
    with acting_as("viewer") as books:
        growth = books.metrics(2024, 1, "lumen")["USD"]
        assert growth["revenue_growth_constant_currency"] == Decimal("0.1")
        assert growth["revenue_growth"] > Decimal("0.1")
    healthy(owner_books)

    # A priced round, a wrong fixing that is put right, a change of the firm's currencies.
    with acting_as("editor") as books:
        books.rows(
            "insert into company.valuation_round"
            " (company_id, round_on, post_money_valuation, equity_raised, currency)"
            " values ('lumen', '2024-02-01', 90, 35, 'USD')"
        )
        books.quarter(2024, 2, "lumen", total_revenue=2_500_000)
    with acting_as("viewer") as books:
        assert books.metrics(2023, 4, "lumen")["EUR"]["enterprise_value"] is None
        assert books.metrics(2024, 1, "lumen")["EUR"]["enterprise_value"] > 80_000_000
    with acting_as("admin") as books:
        books.record([(date(2024, 5, 2), "USD", "11.0")])
        wrong = books.financials(2024, 2, "lumen")["USD"]["exchange_rate_used"]
        books.record([(date(2024, 5, 2), "USD", "1.10")])
        assert wrong > books.financials(2024, 2, "lumen")["USD"]["exchange_rate_used"]
        books.set("presentation_currencies", ["USD"])
    healthy(owner_books)

    # The company is restated by its new auditor and reports in dollars from now on.
    load_rates(database, date(2024, 7, 1), quarter_end(2024, 3), USD="1.12", CAD="1.5")
    with acting_as("editor") as books:
        books.remove(2023, 1, "lumen")
        books.company("lumen", reporting_currency="USD", burn_sign="positive_is_burn")
        books.quarter(2024, 3, "lumen", cash_burn=600_000)
    with acting_as("auditor") as books:
        assert set(books.metrics(2024, 3, "lumen")) == {"USD"}
        assert set(books.metrics(2024, 2, "lumen")) == {"EUR", "USD"}
        assert books.metrics(2023, 1, "lumen") == {}
        assert books.metrics(2024, 3, "lumen")["USD"]["monthly_cash_burn"] == 200_000
    healthy(owner_books)
