"""Narrowed users see the funds and companies they were given, and nothing else, by any door."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.conftest import Connection

COMPANIES = {"in-one": "Fund One", "in-two": "Fund Two", "alone": None}

Open = Callable[..., Connection]


@pytest.fixture(autouse=True)
def books(owner: Connection) -> None:
    for company_id, fund in COMPANIES.items():
        company = {
            "company_id": company_id,
            "company_name": company_id.title(),
            "reporting_currency": "USD",
            "fund": fund,
        }
        owner.execute("select company.save_company(%s)", [Jsonb(company)])
        owner.execute(
            "insert into company.metrics_input (company_id, fiscal_reporting_date, total_revenue)"
            " values (%s, '2024-03-31', 100)",
            [company_id],
        )


def narrow(owner: Connection, email: str, *, fund: str = "", company_id: str = "") -> None:
    """Gives an existing user a fund by name, a company, or both."""
    user = {"email": email, "fund": fund, "company_id": company_id}
    owner.execute(
        "insert into security.user_fund (user_id, fund_id)"
        " select security.user_id_by_email(%(email)s), fund_id from fund.fund"
        " where name = %(fund)s",
        user,
    )
    owner.execute(
        "insert into security.user_company (user_id, company_id)"
        " select security.user_id_by_email(%(email)s), company_id from company.company"
        " where company_id = %(company_id)s",
        user,
    )


def seen(conn: Connection, relation: str = "company.company") -> set[str]:
    return {row[0] for row in conn.execute(f"select company_id from {relation}".encode())}


@pytest.mark.parametrize("role", ["viewer_scoped", "editor_scoped", "submitter"])
def test_without_funds_and_companies_there_is_nothing(as_role: Open, role: str) -> None:
    conn = as_role(role)
    assert seen(conn) == seen(conn, "company.metrics_input") == set()


@pytest.mark.parametrize("role", ["viewer_scoped", "editor_scoped"])
@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({"fund": "Fund One"}, {"in-one"}),
        ({"company_id": "in-two"}, {"in-two"}),
        ({"fund": "Fund One", "company_id": "alone"}, {"in-one", "alone"}),
    ],
)
def test_narrowed_users_see_their_rows_in_every_table(
    owner: Connection, as_role: Open, role: str, scope: dict[str, str], expected: set[str]
) -> None:
    as_role(role)
    narrow(owner, f"{role}@example.com", **scope)
    conn = as_role(role)
    for relation in (
        "company.company",
        "company.metrics_input",
        "company.quarterly_reporting_financials",
        "company.quarterly_reporting_metrics",
        "company.company_record",
        "company.metrics_record",
        "bi.company",
        "bi.quarterly_metrics",
    ):
        assert seen(conn, relation) == expected, relation


def test_a_fund_is_seen_by_those_who_see_all_of_it(owner: Connection, as_role: Open) -> None:
    as_role("viewer_scoped")
    narrow(owner, "viewer_scoped@example.com", fund="Fund One", company_id="in-two")
    conn = as_role("viewer_scoped")
    assert conn.execute("select name from fund.fund").fetchall() == [("Fund One",)]
    funds: dict[str, str | None] = dict(
        conn.execute("select company_id, fund from company.company_record").fetchall()
    )
    assert funds == {"in-one": "Fund One", "in-two": None}


def test_a_submitter_sees_companies_only_one_by_one(owner: Connection, as_role: Open) -> None:
    as_role("submitter")
    narrow(owner, "submitter@example.com", fund="Fund One", company_id="in-two")
    conn = as_role("submitter")
    assert seen(conn) == {"in-two"}
    assert conn.execute("select name from fund.fund").fetchall() == []


def test_a_submitter_submits_and_corrects_and_takes_nothing_back(
    owner: Connection, as_role: Open
) -> None:
    as_role("submitter")
    narrow(owner, "submitter@example.com", company_id="in-one")
    conn = as_role("submitter")
    call = (
        "select status, (body::jsonb -> 'data' ->> 'id')::uuid from company.submit_metrics_input("
        "p_company_id => %s, p_fiscal_reporting_date => '2024-06-30', p_total_revenue => 120)"
    )
    status, input_id = row(conn, call, "in-one")
    assert status == 201
    correct = "select status from company.update_input(%s, '{\"total_revenue\": 130}')"
    assert row(conn, correct, input_id) == (200,)
    assert row(
        conn,
        "select total_revenue, revenue_growth from company.metrics_record join"
        " company.financials_record using (company_id, currency, reporting_year, reporting_quarter)"
        " where reporting_quarter = 2 and currency = 'USD'",
    ) == (130, Decimal("0.3"))
    with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
        conn.execute("select company.delete_input(%s)", [input_id])
    with pytest.raises(psycopg.errors.InsufficientPrivilege), conn.transaction():
        conn.execute("select company.update_company('in-one', '{}')")
    with pytest.raises(psycopg.Error) as refused, conn.transaction():
        conn.execute(call.encode(), ["in-two"])
    assert rule(refused) == ("QB400", "company_unknown")


def test_what_is_hidden_does_not_exist(owner: Connection, as_role: Open) -> None:
    as_role("editor_scoped")
    narrow(owner, "editor_scoped@example.com", fund="Fund One")
    [hidden_input] = row(owner, "select id from company.metrics_input where company_id = 'in-two'")
    conn = as_role("editor_scoped")
    for statement, value, expected in (
        ("select company.get_company(%s)", "in-two", "company_not_found"),
        ("select company.update_company(%s, '{}')", "in-two", "company_not_found"),
        ("select company.delete_company(%s)", "in-two", "company_not_found"),
        ("select company.get_input(%s)", hidden_input, "input_not_found"),
        ("select company.update_input(%s, '{}')", hidden_input, "input_not_found"),
        ("select company.delete_input(%s)", hidden_input, "input_not_found"),
        ("select company.list_valuation_rounds(%s)", "in-two", "company_not_found"),
    ):
        with pytest.raises(psycopg.Error) as refused, conn.transaction():
            conn.execute(statement.encode(), [value])
        assert rule(refused) == ("QB404", expected)


NEW = {"company_id": "new", "company_name": "New", "reporting_currency": "USD"}


@pytest.mark.parametrize(
    ("company", "code", "name"),
    [
        (NEW | {"fund": "Fund Two"}, "QB400", "fund_unknown"),
        (NEW | {"fund": "Fund Nine"}, "QB400", "fund_unknown"),
        (NEW, "QB400", "fund_required"),
        (NEW | {"company_id": "in-two", "fund": "Fund One"}, "23505", "company_pkey"),
        ({"company_id": "in-one", "fund": None}, "QB400", "fund_required"),
        ({"company_id": "in-one", "fund": "Fund Two"}, "QB400", "fund_unknown"),
    ],
)
def test_a_narrowed_editor_keeps_companies_in_his_funds(
    owner: Connection, as_role: Open, company: dict[str, Any], code: str, name: str
) -> None:
    as_role("editor_scoped")
    narrow(owner, "editor_scoped@example.com", fund="Fund One")
    conn = as_role("editor_scoped")
    with pytest.raises(psycopg.Error) as refused, conn.transaction():
        conn.execute("select company.save_company(%s)", [Jsonb(company)])
    assert rule(refused) == (code, name)
    created = NEW | {"fund": "Fund One"}
    assert row(conn, "select status from company.save_company(%s)", Jsonb(created)) == (201,)


def test_a_company_given_alone_keeps_the_fund_its_editor_cannot_see(
    owner: Connection, as_role: Open
) -> None:
    as_role("editor_scoped")
    narrow(owner, "editor_scoped@example.com", company_id="in-two")
    conn = as_role("editor_scoped")
    change = Jsonb({"company_id": "in-two", "company_name": "Renamed", "fund": None})
    conn.execute("select company.save_company(%s)", [change])
    conn.commit()
    query = "select f.name from company.company join fund.fund as f using (fund_id)"
    assert row(owner, f"{query} where company.name = 'Renamed'") == ("Fund Two",)


def test_a_company_given_alone_is_neither_moved_nor_deleted(
    owner: Connection, as_role: Open
) -> None:
    """Its fund's people would lose it to somebody who does not know of them."""
    as_role("editor_scoped")
    narrow(owner, "editor_scoped@example.com", fund="Fund One", company_id="in-two")
    owner.execute("delete from company.metrics_input where company_id = 'in-two'")
    owner.execute(
        "insert into company.valuation_round (company_id, round_on, post_money_valuation, currency)"
        " values ('in-two', '2024-01-31', 5, 'USD')"
    )
    conn = as_role("editor_scoped")
    move = 'select company.save_company(\'{"company_id": "in-two", "fund": "Fund One"}\')'
    with pytest.raises(psycopg.Error) as refused, conn.transaction():
        conn.execute(move.encode())
    assert rule(refused) == ("QB400", "company_keeps_its_fund")
    with pytest.raises(psycopg.Error) as refused, conn.transaction():
        conn.execute("select company.delete_company('in-two')")
    assert rule(refused) == ("QB403", "company_deleted_by_its_fund")
    assert seen(conn, "company.valuation_round") == {"in-two"}
    owner.execute("delete from company.metrics_input where company_id = 'in-one'")
    assert row(conn, "select status from company.delete_company('in-one')") == (200,)


def test_an_editor_without_a_fund_creates_no_company(owner: Connection, as_role: Open) -> None:
    as_role("editor_scoped")
    narrow(owner, "editor_scoped@example.com", company_id="in-two")
    conn = as_role("editor_scoped")
    with pytest.raises(psycopg.Error) as refused, conn.transaction():
        conn.execute("select company.save_company(%s)", [Jsonb(NEW)])
    assert rule(refused) == ("QB400", "fund_required")
    assert "no fund" in str(refused.value.diag.message_hint)


def test_a_fund_that_is_not_seen_has_no_key_either(owner: Connection, as_role: Open) -> None:
    as_role("viewer_scoped")
    narrow(owner, "viewer_scoped@example.com", fund="Fund One", company_id="in-two")
    conn = as_role("viewer_scoped")
    [(fund_id,)] = conn.execute("select fund_id from fund.fund").fetchall()
    for relation in (
        "company.company_record",
        "bi.company",
        "bi.quarterly_input",
        "bi.quarterly_financials",
        "bi.quarterly_metrics",
        "bi.quarterly_metrics_tidy",
    ):
        found = conn.execute(f"select distinct company_id, fund_id::text from {relation}".encode())
        assert set(found) == {("in-one", str(fund_id)), ("in-two", None)}, relation


def test_rates_of_a_quarter_are_those_of_visible_companies(
    owner: Connection, as_role: Open
) -> None:
    """Which are kept tells which quarter ends and currencies are in use."""
    swiss = {"company_id": "swiss", "company_name": "Swiss", "reporting_currency": "CHF"}
    owner.execute("select company.save_company(%s)", [Jsonb(swiss | {"fund": "Fund Two"})])
    owner.execute(
        "insert into company.metrics_input (company_id, fiscal_reporting_date, total_revenue)"
        " values ('swiss', '2024-01-31', 100), ('swiss', '2024-04-30', 100)"
    )
    used = "select distinct from_currency, quarter_end_on::text from fx.quarter_rate"
    as_role("viewer_scoped")
    narrow(owner, "viewer_scoped@example.com", fund="Fund One")
    as_role("submitter")
    narrow(owner, "submitter@example.com", company_id="swiss")
    everybody = {("USD", "2024-03-31"), ("CHF", "2024-01-31"), ("CHF", "2024-04-30")}
    assert set(as_role("viewer").execute(used.encode())) == everybody
    narrowed = as_role("viewer_scoped")
    assert set(narrowed.execute(used.encode())) == {("USD", "2024-03-31")}
    assert set(as_role("submitter").execute(used.encode())) == everybody - {("USD", "2024-03-31")}
    for function in ("visible_currencies", "shown_currencies", "visible_quarter_ends"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role("viewer").execute(f"select security.{function}()".encode())
    shown = "select to_currency from fx.quarter_rate"
    assert "CHF" not in {currency for (currency,) in narrowed.execute(shown)}
    # What is translated with them is the same for both.
    translated = "select company_id, currency, total_revenue from company.translated_quarter"
    mine = set(narrowed.execute(translated.encode()))
    assert mine == {r for r in owner.execute(translated.encode()) if r[0] == "in-one"} != set()
    assert row(narrowed, "select company.explain_metric('in-one', 2024, 1, 'USD', 'arr') is null")


def test_authors_of_other_companies_stay_unnamed(owner: Connection, as_role: Open) -> None:
    """Named are those who see the whole firm, and who may write what the reader sees."""
    people: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("submitter", "submitter@one", {"company_id": "in-one"}),
        ("submitter", "submitter@two", {"company_id": "in-two"}),
        ("editor_scoped", "editor@one", {"fund": "Fund One"}),
        ("editor_scoped", "editor@in-one", {"company_id": "in-one"}),
        ("editor_scoped", "editor@two", {"fund": "Fund Two"}),
        ("viewer_scoped", "reader@one", {"fund": "Fund One"}),
        ("viewer", "viewer@firm", {}),
        ("viewer_scoped", "asking@fund", {"fund": "Fund One"}),
        ("submitter", "asking@company", {"company_id": "in-one"}),
    )
    for role, email, scope in people:
        as_role(role, email)
        narrow(owner, email, **scope)
    named = {"submitter@one", "editor@one", "editor@in-one", "viewer@firm", "asking@company"}
    for role, email in (("viewer_scoped", "asking@fund"), ("submitter", "asking@company")):
        conn = as_role(role, email)
        names = {name for (name,) in conn.execute("select display_name from security.person")}
        assert names - {"Quarterbase"} == named | {email}
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select email from security.person")


def test_a_change_of_scope_acts_on_the_next_statement(owner: Connection, as_role: Open) -> None:
    conn = as_role("viewer_scoped")
    assert seen(conn) == set()
    narrow(owner, "viewer_scoped@example.com", fund="Fund One")
    assert seen(conn) == {"in-one"}
    owner.execute("update security.app_user set is_active = false where group_role ~ 'scoped'")
    assert seen(conn) == set()


def test_a_deleted_company_is_nobodys(owner: Connection, as_role: Open) -> None:
    as_role("submitter")
    narrow(owner, "submitter@example.com", company_id="in-one")
    owner.execute("delete from company.metrics_input where company_id = 'in-one'")
    editor = as_role("editor")
    assert row(editor, "select status from company.delete_company('in-one')") == (200,)
    assert row(editor, "select count(*) from company.company where company_id = 'in-one'") == (0,)


def row(conn: Connection, statement: str, *values: object) -> tuple[Any, ...]:
    found = conn.execute(statement.encode(), values).fetchone()
    assert found is not None
    return found


def rule(refused: pytest.ExceptionInfo[psycopg.Error]) -> tuple[str | None, str | None]:
    return refused.value.sqlstate, refused.value.diag.constraint_name
