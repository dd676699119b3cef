"""What stops a deployment: one sentence that names it, and nothing changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from db.apply import apply, rollback
from db.settings import UserError
from tests.conftest import Database
from tests.db.mini_tree import CHANGES, FILES, first_release, second_release, write
from tests.db.snapshots import state


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return first_release(tmp_path)


@pytest.fixture
def deployed(bare_database: Database, root: Path) -> Database:
    apply(bare_database.dsn(), root=root, echo=lambda line: None)
    return bare_database


def refused(database: Database, root: Path, **options: float) -> str:
    """The sentence of a refused deployment, after checking that it changed nothing."""
    before = state(database)
    with pytest.raises(UserError) as caught:
        apply(database.dsn(), root=root, echo=lambda line: None, **options)  # type: ignore[arg-type]
    assert state(database) == before
    return str(caught.value)


@pytest.mark.parametrize("changed", ["columns", "column type"])
def test_analysts_view_stops_the_deployment_and_is_named(
    deployed: Database, root: Path, changed: str
) -> None:
    with deployed.connect("postgres") as conn:
        conn.execute("create schema desk")
        conn.execute("create view desk.my_companies as select company_id, amount from bi.company")
    if changed == "columns":
        write(
            root, {"views/bi/company.sql": FILES["views/bi/company.sql"].replace("v.amount, ", "")}
        )
    else:
        migration = "db/migrations/0003.company-wider-amounts.sql"
        write(root, {migration: CHANGES[migration]})
    assert "view desk.my_companies" in refused(deployed, root)


def test_analysts_view_stays_when_columns_do(deployed: Database, root: Path) -> None:
    with deployed.connect("postgres") as conn:
        conn.execute("create view public.mine as select company_id from bi.company")
    view = "views/company/valued.sql"
    write(root, {view: FILES[view].rstrip(";\n") + " where c.amount > 0;\n"})
    assert apply(deployed.dsn(), root=root, echo=lambda line: None)


def test_edited_released_migration_is_refused(bare_database: Database, root: Path) -> None:
    name = "0001.company-tables.sql"
    path = root / "db" / "migrations" / name
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    write(root, {"db/migrations/frozen.txt": f"{digest}  {name}\n"})
    assert apply(bare_database.dsn(), root=root, rehearse=True, echo=lambda line: None)
    path.write_text(FILES[f"db/migrations/{name}"] + "-- a harmless remark\n")
    assert name in refused(bare_database, root)
    path.unlink()
    assert name in refused(bare_database, root)


def test_migration_edited_after_it_was_applied_here_is_refused(
    deployed: Database, root: Path
) -> None:
    name = "db/migrations/0002.bi-and-fund.sql"
    write(root, {name: FILES[name] + "create schema more;\n"})
    assert name in refused(deployed, root)


def test_older_code_does_not_touch_a_newer_database(deployed: Database, root: Path) -> None:
    write(root, {"db/migrations/0002.bi-and-fund.sql": None})
    assert "0002.bi-and-fund" in refused(deployed, root)


def test_lint_finding_rolls_everything_back(deployed: Database, root: Path) -> None:
    second_release(root)
    view = "views/company/valued.sql"
    text = CHANGES[view] or ""
    write(root, {view: text.replace(" as doubled", " as doubled, 1 as forbidden_column")})
    write(root, {"tests/lint/also.sql": "select 'something else' as finding;"})
    said = refused(deployed, root)
    assert "views_have_no_star_column: valued" in said
    assert "also: something else" in said


def test_promise_to_bi_tools_is_kept_for_a_release(deployed: Database, root: Path) -> None:
    view = "views/bi/company.sql"
    write(root, {view: FILES[view].replace("v.company_id, ", "v.company_id || '' as id, ")})
    said = refused(deployed, root)
    assert "published_column_goes_after_a_warning: bi.company.company_id is gone" in said
    changed = FILES[view].replace("v.company_id,", "v.company_id::varchar(9) as company_id,")
    write(root, {view: changed})
    assert "bi.company.company_id was text, is character varying(9)" in refused(deployed, root)
    write(root, {view: None, "views/bi/total.sql": None, "views/bi/total_mv.sql": None})
    assert "bi.company is gone, and what is deployed does not call it" in refused(deployed, root)


def test_function_that_cannot_run_is_named_with_its_file(deployed: Database, root: Path) -> None:
    path = "procedures/fund/api/list_funds.sql"
    write(root, {path: FILES[path].replace("f.name", "f.no_such_column")})
    assert path in refused(deployed, root)


def test_error_names_file_and_line(deployed: Database, root: Path) -> None:
    view = "views/bi/company.sql"
    write(root, {view: FILES[view].replace("v.amount", "v.amoun")})
    assert f"{view}, line 3" in refused(deployed, root)


@pytest.mark.parametrize(
    ("path", "text", "named"),
    [
        ("views/bi/other.sql", "create view bi.another as select 1 as one;", "bi.another"),
        ("procedures/fund/fee.sql", "-- nothing here\nselect 1;", "fund.fee"),
        ("procedures/fund/fee.sql", "commit;", "procedures/fund/fee.sql"),
        ("views/fund/a.sql", "create view fund.a as select * from fund.b;", "views/fund/b.sql"),
        ("procedures/fund/doubled.sql", "-- requires: fund.nobody\n", "fund.nobody"),
        ("db/migrations/0003.fund-x.sql", "create schema x; rollback;", "0003.fund-x"),
    ],
)
def test_file_that_breaks_a_convention_is_named(
    deployed: Database, root: Path, path: str, text: str, named: str
) -> None:
    if named == "views/fund/b.sql":
        write(root, {named: "create view fund.b as select * from fund.a;"})
    write(root, {path: text})
    assert named in refused(deployed, root)


def test_table_in_use_is_a_sentence_about_time(deployed: Database, root: Path) -> None:
    second_release(root)
    with deployed.connect("postgres") as reader:
        reader.execute("select * from company.company")
        assert "0003.company-wider-amounts" in refused(deployed, root, lock_timeout=0.1)


def test_migration_without_rollback_is_refused_before_anything_goes(
    deployed: Database, root: Path
) -> None:
    (root / "db/migrations/0002.bi-and-fund.rollback.sql").unlink()
    before = state(deployed)
    with pytest.raises(UserError, match=r"0002\.bi-and-fund"):
        rollback(deployed.dsn(), "0001", root, lambda line: None)
    assert state(deployed) == before


def test_missing_roles_and_rights_are_named(deployed: Database, root: Path) -> None:
    said = (root / "db/bootstrap.sql").read_text() + "\n-- and\nselect 'qb_newcomer';\n"
    write(root, {"db/bootstrap.sql": said})
    assert "qb_newcomer" in refused(deployed, root)
    with pytest.raises(UserError, match="qb_jobs may not act as qb_owner"):
        apply(deployed.dsn("qb_jobs"), root=first_release(root), echo=lambda line: None)


def test_server_that_does_not_answer_is_a_sentence(root: Path) -> None:
    with pytest.raises(UserError, match="does not answer"):
        apply("postgresql://qb_deploy@127.0.0.1:1/quarterbase", root=root)
