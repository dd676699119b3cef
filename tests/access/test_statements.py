"""What the access matrix says about roles, in sentences: they hold for whatever is added to it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from tests.access.matrix import ROLES, matrix
from tests.conftest import DEPLOYED, Connection, TestServer, clone

Object = dict[str, str]
WRITES = {"insert", "update", "delete", "truncate", "references", "trigger", "maintain"}
READERS = ("qb_viewer", "qb_viewer_scoped", "qb_auditor")  # who may have a database login
CONTACTS = "investor_contact"  # personal data
# What only narrowed roles need: what they see, and where an editor of theirs keeps a company.
FOR_NARROWED = {
    "visible_companies()", "visible_funds()",
    "visible_fund_investors()", "own_investors()", "visible_people()", "visible_single_companies()",
    "visible_currencies()", "shown_currencies()", "visible_quarter_ends()",
    "narrowed_fund(uuid, uuid)",
}  # fmt: skip


@pytest.fixture(scope="module")
def deployed(server: TestServer) -> Iterator[Connection]:
    with clone(server, DEPLOYED) as database, database.connect("postgres", autocommit=True) as conn:
        yield conn


@pytest.fixture(scope="module")
def objects(deployed: Connection) -> list[Object]:
    return list(csv.DictReader(io.StringIO(matrix(deployed))))


def rights(cell: str) -> set[str]:
    """`select update(name amount)` as select, update:name, update:amount."""
    found, verb = set(), ""
    for word in cell.replace("(", "( ").replace(")", " )").split():
        if word.endswith("("):
            verb = word[:-1]
        elif word == ")":
            verb = ""
        else:
            found.add(f"{verb}:{word}" if verb else word)
    return found


def writes(cell: str) -> bool:
    return bool({right.split(":")[0] for right in rights(cell)} & WRITES)


def test_every_object_has_a_row_and_every_role_a_column(objects: list[Object]) -> None:
    assert {row["schema"] for row in objects} >= {"company", "fx", "fund", "security", "ops", "bi"}
    assert list(objects[0]) == ["schema", "object", "kind", *ROLES]


def test_tables_are_written_by_administrators_editors_and_submitters(objects: list[Object]) -> None:
    writers = {"qb_admin", "qb_editor", "qb_editor_scoped", "qb_submitter"}
    for row in objects:
        if row["kind"] != "function":
            assert {role for role in ROLES if writes(row[role])} <= writers, row["object"]


def test_a_submitter_writes_quarters_and_nothing_else(objects: list[Object]) -> None:
    written = {row["object"] for row in objects if writes(row["qb_submitter"])}
    assert written == {"metrics_input"}


def test_nobody_writes_views_sequences_or_derived_rows(objects: list[Object]) -> None:
    for row in objects:
        if row["kind"] in ("view", "sequence", "materialized view") or row["object"].startswith(
            ("quarterly_reporting", "quarter_rate", "deployed_object")
        ):
            assert not any(writes(row[role]) for role in ROLES), row["object"]


@pytest.mark.parametrize("role", ["qb_viewer", "qb_editor"])
def test_a_narrowed_role_has_no_right_that_its_twin_has_not(
    objects: list[Object], role: str
) -> None:
    for row in objects:
        more = rights(row[f"{role}_scoped"]) - rights(row[role])
        assert not more or row["object"] in FOR_NARROWED, (row["object"], more)


def test_a_reader_has_no_right_that_an_editor_or_auditor_has_not(objects: list[Object]) -> None:
    for row in objects:
        if row["schema"] in ("company", "fund", "fx", "bi"):
            assert rights(row["qb_viewer"]) <= rights(row["qb_editor"]), row["object"]
            assert rights(row["qb_viewer"]) <= rights(row["qb_auditor"]), row["object"]


def test_an_auditor_reads_what_anybody_reads_in_tables(objects: list[Object]) -> None:
    secret = {"credential", "refresh_token", "login_attempt", "idempotency_key"}
    for row in objects:
        if row["kind"] == "table" and row["object"] not in secret | {CONTACTS}:
            readable = any("select" in row[role] for role in ROLES)
            assert ("select" in rights(row["qb_auditor"])) is readable, row["object"]


def test_contacts_are_read_by_those_who_write_to_investors(objects: list[Object]) -> None:
    """Nobody with a database login: personal data stays out of BI tools."""
    readers = {"qb_admin", "qb_editor", "qb_editor_scoped", "qb_investor"}
    found = [row for row in objects if row["object"] in (CONTACTS, "contact_record")]
    assert {row["kind"] for row in found} == {"table", "view"}
    for row in found:
        assert {role for role in ROLES if "select" in row[role]} == readers
    assert not readers & set(READERS)


def test_secrets_are_readable_by_nobody(objects: list[Object]) -> None:
    for row in objects:
        if row["object"] in {"credential", "refresh_token", "login_attempt"}:
            assert not any(row[role] for role in ROLES), row["object"]


def test_users_roles_and_scopes_are_read_by_administrators_and_auditors(
    objects: list[Object],
) -> None:
    tables = {"app_user", "database_login", "external_identity", "claim_role", "user_fund"}
    tables |= {"user_company", "user_investor"}
    for row in objects:
        if row["schema"] == "security" and row["object"] in tables:
            assert {role for role in ROLES if row[role]} <= {"qb_admin", "qb_auditor"}


def test_an_investor_and_a_submitter_stay_out_of_the_views_for_bi(objects: list[Object]) -> None:
    for row in objects:
        if row["schema"] == "bi":
            assert not row["qb_investor"], row["object"]
            assert not row["qb_submitter"], row["object"]


def test_the_logins_of_the_platform_have_no_tables(objects: list[Object]) -> None:
    for row in objects:
        if row["kind"] in ("table", "view"):
            assert not row["qb_api"], row["object"]
            assert row["schema"] not in ("company", "fund", "bi") or not row["qb_jobs"]


@pytest.mark.parametrize("role", READERS)
def test_a_reader_runs_nothing_that_changes_something(deployed: Connection, role: str) -> None:
    """Who may have a database login types any SQL: what he can call only reads."""
    found = deployed.execute(
        "select p.oid::regproc::text from pg_proc as p"
        " join pg_namespace as n on p.pronamespace = n.oid"
        " where n.nspowner = 'qb_owner'::regrole and p.provolatile = 'v'"
        " and has_function_privilege(%s, p.oid, 'execute')",
        [role],
    )
    # run_checks counts offenders; it is volatile because it runs views by name.
    assert {name for (name,) in found} <= {"ops.run_checks"}
