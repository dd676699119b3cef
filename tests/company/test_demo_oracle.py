"""Every derived number of the demo equals a second calculation, made from the rulebook's text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib.resources import files

from jobs.fx.ecb_bundled import ARCHIVE, read_rates
from tests.company.books import Books
from tests.company.oracle_check import check_stored, oracle_of
from tests.company.oracle_rates import Rates
from tests.company.worlds import read_demo


def archive_rates() -> Rates:
    """The fixings as the file has them, past the database."""
    rows = read_rates((files("currency_converter") / ARCHIVE).read_bytes())
    return Rates(
        [[(date.fromisoformat(r["date"]), r["currency"], Decimal(r["rate"])) for r in rows]]
    )


def test_every_stored_value_of_the_demo_equals_the_oracle(history_books: Books) -> None:
    oracle = oracle_of(history_books, archive_rates())
    assert len(oracle.inputs) == len(read_demo("metrics_input")) == 521
    compared, wrong = check_stored(history_books, oracle)
    assert wrong == []
    assert compared > 50_000


def test_oracle_notices_a_wrong_value(history_books: Books) -> None:
    history_books.rows(
        "update company.quarterly_reporting_metrics set yoy_growth_ltm_revenue = 0.1"
        " where company_id = 'crm' and currency = 'CAD' and reporting_year = 2020"
        " and reporting_quarter = 1"
    )
    _, wrong = check_stored(history_books, oracle_of(history_books))
    assert len(wrong) == 1
    assert "yoy_growth_ltm_revenue" in wrong[0]


def test_rebuild_finds_nothing_to_change(history_books: Books) -> None:
    assert history_books.row("select * from company.rebuild_derived()") == {
        "companies": 21,
        "rows_changed": 0,
    }
