"""What direct SQL meets: rules that hold whoever types, and locks that nobody else can take."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.company.books import Books, refused
from tests.conftest import Database


@pytest.mark.parametrize("table", ["company.metrics_input", "company.valuation_round", "fx.rate"])
def test_what_others_are_derived_from_is_not_truncated(books: Books, table: str) -> None:
    with refused(books.conn, "QB409", "truncate_leaves_derived_rows"):
        books.rows(f"truncate {table}")


def test_a_copied_quarter_of_an_unknown_company_is_refused_by_name(books: Books) -> None:
    with (
        refused(books.conn, "QB400", "company_unknown"),
        books.conn.cursor() as cursor,
        cursor.copy(
            "copy company.metrics_input (company_id, fiscal_reporting_date) from stdin"
        ) as copy,
    ):
        copy.write_row(("nobody", "2024-12-31"))


def test_a_row_that_keeps_its_period_is_not_judged_by_another_that_changes(books: Books) -> None:
    books.company()
    books.quarter(2024, 1)
    books.quarter(2024, 2)
    books.company(year_end_date="2024-11-30")  # the quarters before keep what they were
    books.rows(
        "update company.metrics_input set total_revenue = 7, fiscal_reporting_quarter = null,"
        " fiscal_reporting_date = case reporting_quarter"
        " when 2 then date '2024-05-31' else fiscal_reporting_date end"
        " where reporting_quarter = 2"
    )
    with refused(books.conn, "QB400", "fiscal_date_matches_year_end"):
        books.rows(
            "update company.metrics_input set fiscal_reporting_date = '2024-06-30',"
            " fiscal_reporting_quarter = null where reporting_quarter = 2"
        )
    books.rows(
        "update company.metrics_input set total_revenue = 8, fiscal_reporting_date ="
        " case reporting_quarter when 2 then date '2024-05-30' else fiscal_reporting_date end"
    )
    assert books.value("select sum(total_revenue) from company.metrics_input") == 16


@pytest.mark.parametrize(
    ("value", "sqlstate"),
    [
        ([None], "23514"),
        ("USD", "23514"),
        ({"a": 1}, "23514"),
        ([1], "QB400"),
        ([["USD"]], "QB400"),
        (["usd"], "QB400"),
        (["ZZZ"], "QB400"),
    ],
)
def test_presentation_currencies_are_known_codes(
    books: Books, value: object, sqlstate: str
) -> None:
    with refused(books.conn, sqlstate, "setting_value_allowed"):
        books.rows(
            "update ops.setting set value = %s where setting = 'presentation_currencies'",
            Jsonb(value),
        )


def test_a_setting_of_something_else_derives_nothing(books: Books) -> None:
    books.company()
    books.quarter(2024, 1)
    before = books.rows("select ctid::text from company.quarterly_reporting_metrics")
    books.rows("insert into ops.setting (setting, value, description) values ('x', '1', 'x')")
    books.rows("update ops.setting set value = '2' where setting = 'x'")
    books.rows("delete from ops.setting where setting = 'x'")
    assert books.rows("select ctid::text from company.quarterly_reporting_metrics") == before


def test_a_company_does_not_go_together_with_its_quarters(books: Books) -> None:
    """The derivation would find no company: numbers of nobody, and totals with them, would stay."""
    books.company()
    books.quarter(2024, 1)
    quarters = "delete from company.metrics_input where company_id = 'acme'"
    company = "delete from company.company where company_id = 'acme'"
    with refused(books.conn, "QB409", "company_has_inputs"):
        books.rows(f"with q as ({quarters} returning id) {company}")
    books.rows(quarters)
    books.rows(company)
    for table in ("quarterly_reporting_financials", "quarterly_reporting_metrics", "quarter_count"):
        assert books.rows(f"select * from company.{table} where company_id = 'acme'") == []


def test_a_reader_cannot_hold_up_a_submission(
    database: Database, owner: psycopg.Connection
) -> None:
    """It may take no advisory lock, and may not lock our table."""
    books = Books(owner)
    books.company()
    with database.connect("qb_api") as reader:
        books.rows("select security.add_user('v@example.com', 'viewer')")
        user_id = books.value("select security.user_id_by_email('v@example.com')")
        reader.execute("select security.begin_request(%s)", [user_id])
        for attempt in (
            b"select pg_advisory_xact_lock(29026, 26232)",
            b"lock table fx.derivation_lock in access share mode",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), reader.transaction():
                reader.execute(attempt)
        owner.execute("set lock_timeout = '2s'")
        books.quarter(2024, 1)
