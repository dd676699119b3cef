"""What was changed by hand shows in drift; what was deployed does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.apply import apply, audit, drift
from db.catalog import query
from db.settings import UserError
from tests.conftest import Database
from tests.db.mini_tree import FILES, first_release, second_release, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return first_release(tmp_path)


@pytest.fixture
def deployed(bare_database: Database, root: Path) -> Database:
    apply(bare_database.dsn(), root=root, echo=lambda line: None)
    return bare_database


PATCHES = {
    "create or replace function company.doubled(p_amount numeric) returns numeric language sql"
    " immutable set search_path = '' as 'select p_amount * 3'": "changed  function company.doubled",
    "grant execute on function company.doubled(numeric) to qb_editor": "changed  function",
    "comment on view bi.company is 'patched'": "changed  view bi.company",
    "alter view bi.company reset (security_invoker)": "changed  view bi.company",
    "alter table company.company disable trigger _100_stamp": "changed  trigger _100_stamp on comp",
    "drop policy select_everyone on company.company": "missing  policy select_everyone on company",
    "alter policy select_everyone on company.company using (true)": "changed  policy select_every",
    "alter table fund.fund add column note text": "changed  table fund.fund",
    "alter table fund.fund disable row level security": "changed  table fund.fund",
    "create index on fund.fund (name)": "changed  table fund.fund",
    "alter table fund.fund add constraint fund_named check (name <> '')": "changed  table",
    "drop view bi.total": "missing  view bi.total",
    "create view bi.mine as select 1 as one": "not ours view bi.mine",
    "create table fund.mine (one integer)": "not ours table fund.mine",
    "create function fund.mine() returns integer language sql as 'select 1'": "not ours function f",
    "create policy mine on fund.fund using (true)": "not ours policy mine on fund.fund",
}


@pytest.mark.parametrize("patch", PATCHES)
def test_patch_by_hand_is_named(deployed: Database, patch: str) -> None:
    assert drift(deployed.dsn()) == []
    with deployed.connect(options="-c role=qb_owner") as conn:
        conn.execute(patch.encode())
    (line,) = drift(deployed.dsn())
    assert line.startswith(PATCHES[patch])


def test_analysts_own_schema_is_no_drift(deployed: Database) -> None:
    with deployed.connect("postgres") as conn:
        conn.execute("create schema desk create view mine as select 1 as one")
    assert drift(deployed.dsn()) == []


def test_patch_stays_in_drift_through_a_deployment_that_does_not_touch_it(
    deployed: Database, root: Path
) -> None:
    with deployed.connect(options="-c role=qb_owner") as conn:
        conn.execute("alter function company.stamp() cost 7")
        conn.execute("alter table fund.fund add column note text")
    second_release(root)
    apply(deployed.dsn(), root=root, echo=lambda line: None)
    assert [line.split("  (")[0] for line in drift(deployed.dsn())] == [
        "changed  function company.stamp()",
        "changed  table fund.fund",
    ]
    adopted = "alter table fund.fund add column if not exists note text;"
    stamp = "procedures/company/stamp.sql"
    write(root, {"db/migrations/0004.fund-note.sql": adopted, stamp: FILES[stamp] + "\n"})
    apply(deployed.dsn(), root=root, echo=lambda line: None)
    assert drift(deployed.dsn()) == []


def test_object_dropped_by_hand_is_restored(deployed: Database, root: Path) -> None:
    with deployed.connect(options="-c role=qb_owner") as conn:
        conn.execute("drop view bi.total")
    lines: list[str] = []
    assert apply(deployed.dsn(), root=root, echo=lines.append)
    assert "  restore  views/bi/total.sql" in lines
    assert drift(deployed.dsn()) == []


def by_hand(database: Database, *statements: str) -> None:
    with database.connect(options="-c role=qb_owner") as conn:
        for statement in statements:
            conn.execute(statement.encode())


def test_every_difference_is_said_in_words(deployed: Database) -> None:
    by_hand(
        deployed,
        "alter table fund.fund disable row level security, alter column name drop not null,"
        " add column note text default 'x', add constraint named check (name <> '')",
        "create index by_name on fund.fund (name)",
        "alter view bi.company reset (security_invoker)",
        "revoke select on bi.company from qb_viewer",
        "grant update on company.company to qb_viewer",
        "alter policy select_everyone on company.company using (true)",
        "alter function company.doubled (numeric) security definer",
        "create or replace function company.stamp () returns trigger language plpgsql as"
        " 'begin return null; end'",
        "alter table company.company disable trigger _100_stamp",
    )
    doubled, stamp = "procedures/company/doubled.sql", "procedures/company/stamp.sql"
    view, policies = "views/bi/company.sql", "db/policies/company.sql"
    trigger, tables = "procedures/company/triggers/company.sql", "db/migrations"
    said = drift(deployed.dsn())
    for words in (
        f"function company.doubled(numeric)  ({doubled}): security definer was false, is true",
        f"policy select_everyone on company.company  ({policies}): using was (amount IS NOT NULL),"
        " is true",
        f"table company.company  ({tables}): grant UPDATE to qb_viewer was added",
        f"table fund.fund  ({tables}): column name not null was true, is false",
        f"table fund.fund  ({tables}): column note was added: text",
        f"table fund.fund  ({tables}): constraint named was added: CHECK ((name <> ''::text))",
        f"table fund.fund  ({tables}): index fund.by_name was added: CREATE INDEX by_name ON"
        " fund.fund USING btree (name)",
        f"table fund.fund  ({tables}): row security was on, is off",
        f"trigger _100_stamp on company.company  ({trigger}): fires was always but on replicas,"
        " is never",
        f"view bi.company  ({view}): grant SELECT to qb_viewer was taken away",
        f"view bi.company  ({view}): option security_invoker was taken away: true",
    ):
        assert f"changed  {words}" in said
    [body] = [line for line in said if stamp in line]
    assert ": body was rewritten, first in line 1: was ``, is `begin return null; end`" in body
    assert len(said) == 12


def test_grant_that_is_taken_back_leaves_no_drift(deployed: Database) -> None:
    by_hand(
        deployed,
        "grant select on fund.fund to qb_editor",
        "revoke select on fund.fund from qb_editor",
        "grant execute on function fund.list_funds () to qb_editor",
        "revoke execute on function fund.list_funds () from qb_editor",
    )
    assert drift(deployed.dsn()) == []


def test_repair_takes_back_what_files_say_and_names_the_rest(
    deployed: Database, root: Path
) -> None:
    by_hand(
        deployed,
        "alter table fund.fund disable row level security",
        "alter view bi.company reset (security_invoker)",
        "alter function company.doubled (numeric) security definer",
        "alter table company.company disable trigger _100_stamp",
        "alter policy select_everyone on company.company using (true)",
        "create policy mine on company.company for delete to qb_viewer using (true)",
        "grant update on company.company to qb_viewer",
        "alter table fund.fund add column note text",
    )
    lines: list[str] = []
    assert apply(deployed.dsn(), root=root, repair=True, echo=lines.append)
    assert "  repair   table fund.fund: row security" in lines
    assert "  repair   views/bi/company.sql" in lines
    (left,) = drift(deployed.dsn())
    assert left == "changed  table fund.fund  (db/migrations): column note was added: text"
    assert not apply(deployed.dsn(), root=root, repair=True, echo=lines.append)


def test_lints_and_drift_are_told_when_no_file_changed(deployed: Database, root: Path) -> None:
    assert audit(deployed.dsn(), root) == []
    by_hand(deployed, "alter table fund.fund add column forbidden_column text")
    assert not apply(deployed.dsn(), root=root, echo=lambda line: None)
    assert audit(deployed.dsn(), root) == [
        "views_have_no_star_column: fund",
        "changed  table fund.fund  (db/migrations): column forbidden_column was added: text",
    ]


def test_record_of_hashes_is_carried_over(deployed: Database, root: Path) -> None:
    """A database whose last deployment recorded a hash of each object, and no facts."""
    hashes = query("fingerprints").decode()
    by_hand(
        deployed,
        "set local search_path = ''",
        "update ops.deployed_object as o set catalog_sha256 = h.fingerprint from ("
        f"{query('objects').decode()}) as i inner join ({hashes}) as h"
        " on i.class_id = h.class_id and i.oid = h.oid where i.identity = o.identity",
        "alter table ops.deployed_object drop column catalog_facts",
        "update ops.deployed_object set sha256 = '' where path = 'db/bookkeeping.sql'",
        "comment on view bi.company is 'patched'",
    )
    told = [line for line in drift(deployed.dsn()) if "deployed_object" not in line]
    (changed,) = told
    assert changed.startswith("changed  view bi.company  (views/bi/company.sql): by hand before")
    second_release(root)
    apply(deployed.dsn(), root=root, echo=lambda line: None)
    by_hand(deployed, "alter function company.stamp() cost 7")
    assert "cost was 100, is 7" in "".join(drift(deployed.dsn()))


def test_database_that_never_saw_a_deployment_is_told_so(bare_database: Database) -> None:
    with pytest.raises(UserError, match="is not deployed in this database yet"):
        drift(bare_database.dsn())
