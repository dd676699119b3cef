"""What each role can read and write in tables, whatever functions it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.company.books import Books, refused
from tests.company.worlds import OWNER, ROLES
from tests.conftest import Database

RequestAs = Callable[[str], Books]
WRITERS = ("admin", "editor")
NARROWED_WRITERS = ("editor_scoped", "submitter")
DERIVED = (
    "company.quarterly_reporting_financials", "company.quarterly_reporting_metrics",
    "fx.quarter_rate", "fx.rate", "fx.quarantine", "company.metric_definition", "company.country",
    "fx.currency",
)  # fmt: skip


def a_column(books: Books, table: str) -> str:
    query = (
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0"
        " and attidentity = '' order by attnum limit 1"
    )
    name: str = books.value(query, table)
    return name


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", DERIVED)
def test_nobody_writes_what_is_derived_or_deployed(
    request_as: RequestAs, books: Books, role: str, table: str
) -> None:
    column = a_column(books, table)
    asking = request_as(role)
    for query in (
        f"insert into {table} default values",
        f"update {table} set {column} = {column}",
        f"delete from {table}",
        f"truncate {table}",
    ):
        with refused(asking.conn, "42501", None):
            asking.rows(query)


@pytest.mark.parametrize("role", ROLES)
def test_password_hashes_and_failed_logins_are_readable_by_nobody(
    request_as: RequestAs, role: str
) -> None:
    asking = request_as(role)
    for query in (
        "select * from security.credential",
        "select password_hash from security.credential",
        "update security.login_attempt set failed_count = 0",
        "select * from security.find_login('admin@example.com')",
        "select security.record_login('admin@example.com', true)",
        "select security.request_role(null)",
        "select security.begin_request(null)",
    ):
        with refused(asking.conn, "42501", None):
            asking.rows(query)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_makes_logins_or_forges_users_in_a_request(request_as: RequestAs, role: str) -> None:
    asking = request_as(role)
    for query in (
        "select security.add_database_login('x', 'viewer')",
        "select security.set_login_password('x', 'y')",
        "select security.end_database_sessions('x')",
        "select security.align_database_login('x')",
        "select security.align_database_logins()",
        "insert into security.database_login (login, user_id) values ('x', gen_random_uuid())",
        "delete from security.database_login",
        "delete from security.app_user",
        "update security.credential set password_hash = 'x'",
        "update security.app_user set row_version = 1",
    ):
        with refused(asking.conn, "42501", None):
            asking.rows(query)


@pytest.mark.parametrize("role", ROLES)
def test_mail_addresses_are_for_those_who_look_after_users(
    request_as: RequestAs, role: str
) -> None:
    asking = request_as(role)
    if role in ("admin", "auditor"):
        assert len(asking.rows("select email from security.person")) == len(ROLES) + 1
    else:
        with refused(asking.conn, "42501", None):
            asking.rows("select email from security.person")


@pytest.mark.parametrize("role", sorted({*ROLES} - {*WRITERS} - {*NARROWED_WRITERS}))
def test_readers_write_nothing(request_as: RequestAs, role: str) -> None:
    asking = request_as(role)
    for query in (
        "insert into company.company (company_id, name) values ('x', 'x')",
        "update company.company set name = 'x'",
        "delete from company.metrics_input",
        "update company.metrics_input set total_revenue = 1",
        "delete from company.valuation_round",
        "update fund.fund set name = 'x'",
        "select * from company.rebuild_derived()",
        "select * from fx.record_rates('manual', '[]')",
    ):
        with refused(asking.conn, "42501", None):
            asking.rows(query)


def test_roles_without_a_policy_see_no_row_even_with_a_grant(
    database: Database, as_role: Callable[[str], Any]
) -> None:
    """Row security holds against a grant that somebody gives by mistake."""
    books = Books(database.connect(autocommit=True, options=OWNER))
    books.company()
    books.quarter(2024, 1)
    asking = Books(as_role("investor"))
    books.rows("grant usage on schema company to qb_investor")
    for table in ("company.company", "company.metrics_input", *DERIVED[:2], "security.app_user"):
        books.rows(f"grant select on {table} to qb_investor")
        assert asking.rows(f"select * from {table}") == []
    assert len(Books(as_role("viewer")).rows("select * from company.company")) == 1
    books.conn.close()


@pytest.mark.parametrize("role", NARROWED_WRITERS)
def test_narrowed_writers_write_what_they_see(request_as: RequestAs, role: str) -> None:
    """Nothing is visible to these: whatever they try changes no row, or is refused."""
    asking = request_as(role)
    assert asking.rows("update company.metrics_input set total_revenue = 1 returning 1") == []
    with refused(asking.conn, "QB400", "company_unknown"):
        asking.rows(
            "insert into company.metrics_input (company_id, fiscal_reporting_date)"
            " values ('acme', '2024-03-31')"
        )
    for query in ("update fund.fund set name = 'x'", "insert into fund.fund (name) values ('x')"):
        if role == "editor_scoped" and query.startswith("update"):
            assert asking.rows(f"{query} returning 1") == []
            continue
        with refused(asking.conn, "42501", None):
            asking.rows(query)
    for query in (
        "select * from company.rebuild_derived()",
        "select * from fx.record_rates('manual', '[]')",
    ):
        with refused(asking.conn, "42501", None):
            asking.rows(query)


@pytest.mark.parametrize("role", ["editor", "viewer", "auditor"])
def test_settings_and_sources_are_for_administrators(request_as: RequestAs, role: str) -> None:
    asking = request_as(role)
    for query in (
        "update ops.setting set value = '\"closing\"' where setting = 'fx_flow_rate'",
        "update fx.source set is_enabled = false",
        "insert into ops.setting values ('x', '1', 'x')",
        "delete from ops.setting",
    ):
        with refused(asking.conn, "42501", None):
            asking.rows(query)


def test_administrator_changes_settings_sources_and_rates(request_as: RequestAs) -> None:
    admin = request_as("admin")
    admin.set("fx_flow_rate", "closing")
    admin.rows("update fx.source set priority = 95 where source_id = 'manual'")
    assert admin.record([]) == dict.fromkeys(
        ("received", "inserted", "updated", "unchanged", "quarantined"), 0
    )
    assert admin.row("select * from company.rebuild_derived()")["companies"] == 0
    with refused(admin.conn, "23514", "setting_value_allowed"):
        admin.set("fx_flow_rate", "historical")
    with refused(admin.conn, "23514", "setting_value_allowed"):
        admin.set("presentation_currencies", "USD")


@pytest.mark.parametrize("role", WRITERS)
def test_writers_cannot_forge_stamps_or_keys(request_as: RequestAs, role: str) -> None:
    asking = request_as(role)
    asking.company()
    for query in (
        "update company.company set created_by = gen_random_uuid()",
        "update company.company set last_updated_by = null",
        "update company.company set row_version = 1",
        "update company.company set company_id = 'other'",
        "update company.metrics_input set company_id = 'other'",
        "update company.metrics_input set created_date = now()",
    ):
        with refused(asking.conn, "42501", None):
            asking.rows(query)
