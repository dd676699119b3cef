"""What was changed by hand shows in drift; what was deployed does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.apply import apply, drift
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
