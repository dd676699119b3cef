"""What a deployment changes, and that it changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.apply import apply, drift, plan
from tests.conftest import Database
from tests.db.mini_tree import CHANGES, FILES, first_release, second_release, write
from tests.db.snapshots import dump, state


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return first_release(tmp_path)


def deploy(database: Database, root: Path) -> list[str]:
    lines: list[str] = []
    apply(database.dsn(), root=root, echo=lines.append)
    return lines


def one(database: Database, query: str) -> object:
    with database.connect("postgres") as conn:
        row = conn.execute(query.encode()).fetchone()
    return row[0] if row else None


def test_second_run_has_nothing_to_do(bare_database: Database, root: Path) -> None:
    deploy(bare_database, root)
    before = state(bare_database)
    assert deploy(bare_database, root) == ["nothing to do"]
    assert state(bare_database) == before


def test_plan_changes_nothing_and_names_what_apply_does(
    bare_database: Database, root: Path
) -> None:
    before = dump(bare_database)
    lines: list[str] = []
    assert plan(bare_database.dsn(), root, lines.append)
    assert dump(bare_database) == before
    assert set(lines) <= set(deploy(bare_database, root))
    second_release(root)
    write(root, {"views/bi/total.sql": FILES["views/bi/total.sql"]})
    with bare_database.connect("postgres") as conn:
        conn.execute("create view public.mine as select company_id from bi.company")
    lines.clear()
    plan(bare_database.dsn(), root, lines.append)
    assert "  migrate  0003.company-wider-amounts" in lines
    assert "  replace  procedures/company/doubled.sql" in lines
    assert "  create   procedures/company/founded.sql" in lines
    assert "  note     views/bi/company.sql is used by view bi.total" in lines
    assert any("view public.mine, which is not ours" in line for line in lines)


def test_rehearsal_changes_nothing(bare_database: Database, root: Path) -> None:
    deploy(bare_database, root)
    before = dump(bare_database)
    second_release(root)
    lines: list[str] = []
    assert apply(bare_database.dsn(), root=root, rehearse=True, echo=lines.append)
    assert lines[-1] == "rehearsed, rolled back"
    assert dump(bare_database) == before


def test_rehearsal_on_an_empty_database_changes_nothing(
    bare_database: Database, root: Path
) -> None:
    before = dump(bare_database)
    assert apply(bare_database.dsn(), root=root, rehearse=True, echo=lambda line: None)
    assert dump(bare_database) == before


def test_column_type_changes_under_deployed_views(bare_database: Database, root: Path) -> None:
    deploy(bare_database, root)
    with bare_database.connect("postgres") as conn:
        conn.execute("insert into company.company (company_id, amount) values ('a', 1.25)")
    migration = "db/migrations/0003.company-wider-amounts.sql"
    write(root, {migration: CHANGES[migration]})
    lines = deploy(bare_database, root)
    rebuilt = [line.split("(")[0].strip() for line in lines if line.startswith("  rebuild")]
    assert rebuilt.index("rebuild  view bi.company") < rebuilt.index("rebuild  view company.valued")
    with bare_database.connect("postgres") as conn:
        row = conn.execute("select amount, doubled from bi.company").fetchone()
        assert row is not None
        assert [str(value) for value in row] == ["1.2500", "2.5000"]
        conn.execute("update company.company set amount = 2")
        assert conn.execute("select changed_by from company.company").fetchone() == ("postgres",)
    assert one(bare_database, "select has_table_privilege('qb_viewer', 'bi.company', 'select')")
    assert drift(bare_database.dsn()) == []


def test_new_defaulted_argument_leaves_no_overload(bare_database: Database, root: Path) -> None:
    deploy(bare_database, root)
    function = "procedures/company/doubled.sql"
    write(root, {function: CHANGES[function]})
    deploy(bare_database, root)
    query = "select string_agg(oid::regprocedure::text, ' ') from pg_proc where proname = 'doubled'"
    assert one(bare_database, query) == "company.doubled(numeric,integer)"
    assert deploy(bare_database, root) == ["nothing to do"]


def test_changed_return_type_rebuilds_what_uses_the_function(
    bare_database: Database, root: Path
) -> None:
    deploy(bare_database, root)
    function = "procedures/company/doubled.sql"
    write(root, {function: FILES[function].replace("returns numeric", "returns float8")})
    deploy(bare_database, root)
    assert one(bare_database, "select pg_typeof(company.doubled(1))::text") == "double precision"
    assert drift(bare_database.dsn()) == []


def test_removed_grant_comment_and_policy_are_gone(bare_database: Database, root: Path) -> None:
    deploy(bare_database, root)
    for path in ("procedures/company/doubled.sql", "views/bi/company.sql"):
        kept = [line for line in FILES[path].splitlines() if not line.startswith(("grant", "comm"))]
        write(root, {path: "\n".join(kept)})
    write(root, {"db/policies/company.sql": CHANGES["db/policies/company.sql"]})
    deploy(bare_database, root)
    assert one(bare_database, "select has_table_privilege('qb_viewer','bi.company','select')") is (
        False
    )
    assert (
        one(
            bare_database,
            "select has_function_privilege('qb_viewer','company.doubled(numeric)','x')".replace(
                "'x'", "'execute'"
            ),
        )
        is False
    )
    assert one(bare_database, "select obj_description('bi.company'::regclass)") is None
    assert one(bare_database, "select col_description('bi.company'::regclass, 3)") is None
    insert = "select has_table_privilege('qb_viewer', 'company.company', 'insert')"
    assert one(bare_database, insert) is False
    assert one(bare_database, "select qual from pg_policies") == "true"


def test_file_that_moves_keeps_its_object(bare_database: Database, root: Path) -> None:
    deploy(bare_database, root)
    query = "select 'fund.list_funds'::regproc::oid::int"
    before = one(bare_database, query)
    for path in ("procedures/fund/list_funds.sql", "procedures/fund/api/list_funds.sql"):
        write(root, {path: CHANGES[path]})
    lines = deploy(bare_database, root)
    assert lines[0] == (
        "  move     procedures/fund/api/list_funds.sql -> procedures/fund/list_funds.sql"
    )
    assert one(bare_database, query) == before
    assert deploy(bare_database, root) == ["nothing to do"]


def test_object_of_a_removed_file_goes(bare_database: Database, root: Path) -> None:
    deploy(bare_database, root)
    write(root, {"views/bi/total.sql": None, "procedures/company/triggers/company.sql": None})
    write(root, {"procedures/company/stamp.sql": None})
    deploy(bare_database, root)
    assert one(bare_database, "select to_regclass('bi.total')") is None
    assert one(bare_database, "select to_regproc('company.stamp')") is None
    assert drift(bare_database.dsn()) == []


def test_view_that_becomes_a_table_makes_room_for_it(bare_database: Database, root: Path) -> None:
    deploy(bare_database, root)
    table = (
        "create table bi.total (total numeric);\nalter table bi.total enable row level security;"
    )
    write(root, {"views/bi/total.sql": None, "db/migrations/0003.bi-total.sql": table})
    deploy(bare_database, root)
    assert (
        one(bare_database, "select relkind from pg_class where oid = 'bi.total'::regclass") == "r"
    )
    assert drift(bare_database.dsn()) == []


def test_policies_reach_a_new_table(bare_database: Database, root: Path) -> None:
    policies = "grant select on all tables in schema fund to qb_viewer;"
    write(root, {"db/policies/fund.sql": policies})
    deploy(bare_database, root)
    assert deploy(bare_database, root) == ["nothing to do"]
    write(root, {"db/migrations/0003.fund-fee.sql": "create table fund.fee (fee_id text);"})
    deploy(bare_database, root)
    assert one(bare_database, "select has_table_privilege('qb_viewer', 'fund.fee', 'select')")


def test_materialized_view_follows_changed_data(bare_database: Database, root: Path) -> None:
    deploy(bare_database, root)
    with bare_database.connect("postgres") as conn:
        conn.execute("insert into company.company (company_id, amount) values ('a', 2)")
    function = "procedures/company/doubled.sql"
    write(root, {function: FILES[function].replace("p_amount * 2", "p_amount * 3")})
    assert "  refresh  materialized view bi.total_mv" in deploy(bare_database, root)
    assert str(one(bare_database, "select total from bi.total")) == "6.00"


def test_index_is_built_concurrently_and_marked(bare_database: Database, root: Path) -> None:
    deploy(bare_database, root)
    migration = (
        "-- transactional: false\n"
        "drop index concurrently if exists fund.fund_name_idx;\n"
        "create index concurrently fund_name_idx on fund.fund (name); -- repeatable\n"
    )
    write(root, {"db/migrations/0003.fund-index.sql": migration})
    lines: list[str] = []
    apply(bare_database.dsn(), root=root, rehearse=True, echo=lines.append)
    assert lines[0].startswith("  not rehearsed") and "0003.fund-index" in lines[0]
    assert one(bare_database, "select to_regclass('fund.fund_name_idx')") is None
    assert deploy(bare_database, root)[-1] == "nothing else to do"
    assert one(
        bare_database,
        "select indisvalid from pg_index where indexrelid = 'fund.fund_name_idx'::regclass",
    )
    assert deploy(bare_database, root) == ["nothing to do"]
    assert drift(bare_database.dsn()) == []


def test_index_that_waits_for_a_table_runs_with_it(bare_database: Database, root: Path) -> None:
    index = "-- transactional: false\ncreate index concurrently fund_name_idx on fund.fund (name);"
    write(root, {"db/migrations/0003.fund-index.sql": index})
    deploy(bare_database, root)
    assert one(bare_database, "select to_regclass('fund.fund_name_idx')") is not None


def test_administrator_runs_bootstrap_by_applying(bare_database: Database, root: Path) -> None:
    with bare_database.connect("postgres", autocommit=True) as conn:
        conn.execute("alter database " + bare_database.name + " set jit = on")
    with bare_database.server.alone():
        assert apply(bare_database.dsn("postgres"), root=root, echo=lambda line: None)
    assert one(bare_database, "select current_setting('jit')") == "off"
    assert (
        one(
            bare_database,
            "select pg_get_userbyid(relowner) from pg_class where oid ="
            " 'company.company'::regclass",
        )
        == "qb_owner"
    )


def test_grants_of_a_removed_policy_file_go(bare_database: Database, root: Path) -> None:
    deploy(bare_database, root)
    write(root, {"db/policies/company.sql": None})
    deploy(bare_database, root)
    select = "select has_table_privilege('qb_viewer', 'company.company', 'select')"
    assert one(bare_database, select) is False
    assert one(bare_database, "select count(*) from pg_policies") == 0
