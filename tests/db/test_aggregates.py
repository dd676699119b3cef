"""An aggregate is deployed like a function: one file, replaced in place, dropped with its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.apply import apply, drift
from tests.conftest import Database
from tests.db.mini_tree import first_release, write

STEP = """
create or replace function company._add (p_state numeric, p_amount numeric)
returns numeric language sql immutable set search_path = '' as $$
    select p_state + p_amount;
$$;
comment on function company._add (numeric, numeric) is 'One more.';
"""
AGGREGATE = """
create or replace aggregate company.summed (p_amount numeric)(
    sfunc = company._add,
    stype = numeric,
    initcond = '0'
);
comment on aggregate company.summed (numeric) is 'The sum.';
grant execute on function company.summed (numeric) to qb_viewer;
"""
FILE, STEP_FILE = "procedures/company/summed.sql", "procedures/company/zz/_add.sql"
VIEW = {
    "views/company/sum_of_all.sql": "create or replace view company.sum_of_all"
    " with (security_invoker = true) as\nselect company.summed(c.amount) as total"
    " from company.company as c;\n"
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The transition function's path comes after the aggregate's, and it has to be made before."""
    return write(first_release(tmp_path), {FILE: AGGREGATE, STEP_FILE: STEP, **VIEW})


@pytest.fixture
def deployed(bare_database: Database, root: Path) -> Database:
    deploy(bare_database, root)
    return bare_database


def deploy(database: Database, root: Path) -> list[str]:
    lines: list[str] = []
    apply(database.dsn(), root=root, echo=lines.append)
    return lines


def one(database: Database, query: str) -> object:
    with database.connect("postgres") as conn:
        row = conn.execute(query.encode()).fetchone()
    return row[0] if row else None


SUM = "select company.summed(n)::text from generate_series(1, 4) as n"
COUNT = "select count(*) from pg_proc where proname in ('summed', '_add')"


def test_aggregate_is_created_once(deployed: Database, root: Path) -> None:
    assert one(deployed, SUM) == "10"
    assert drift(deployed.dsn()) == []
    assert deploy(deployed, root) == ["nothing to do"]
    may = "select has_function_privilege('qb_viewer', 'company.summed(numeric)', 'execute')"
    assert one(deployed, may) is True
    assert one(deployed, "select obj_description('company.summed'::regproc)") == "The sum."


def test_aggregate_is_replaced_in_place(deployed: Database, root: Path) -> None:
    oid = one(deployed, "select 'company.summed'::regproc::oid::int")
    kept = AGGREGATE.replace("'0'", "'100'").split("comment on")[0]
    write(root, {FILE: kept})
    deploy(deployed, root)
    assert one(deployed, SUM) == "110"
    assert one(deployed, "select 'company.summed'::regproc::oid::int") == oid
    may = "select has_function_privilege('qb_viewer', 'company.summed(numeric)', 'execute')"
    assert one(deployed, may) is False
    assert one(deployed, "select obj_description('company.summed'::regproc)") is None
    assert drift(deployed.dsn()) == []


def test_changed_functions_of_an_aggregate_work_at_once(deployed: Database, root: Path) -> None:
    write(root, {STEP_FILE: STEP.replace("p_state + p_amount", "p_state + 2 * p_amount")})
    deploy(deployed, root)
    assert one(deployed, SUM) == "20"


def test_transition_function_of_another_type_rebuilds_what_uses_it(
    deployed: Database, root: Path
) -> None:
    """Without its aggregate and the view on top of that it could not be replaced."""
    step = STEP.replace("p_state numeric", "p_state float8").replace(
        "returns numeric", "returns float8"
    )
    step = step.replace("(numeric, numeric)", "(float8, numeric)")
    write(root, {STEP_FILE: step, FILE: AGGREGATE.replace("stype = numeric", "stype = float8")})
    lines = deploy(deployed, root)
    assert any("rebuild  aggregate company.summed" in line for line in lines)
    assert any("rebuild  view company.sum_of_all" in line for line in lines)
    assert one(deployed, "select pg_typeof(company.summed(1))::text") == "double precision"
    assert one(deployed, COUNT) == 2
    assert drift(deployed.dsn()) == []
    assert deploy(deployed, root) == ["nothing to do"]


def test_new_argument_of_an_aggregate_leaves_no_overload(deployed: Database, root: Path) -> None:
    wider = {
        STEP_FILE: STEP.replace("p_amount numeric)", "p_amount numeric, p_times integer)")
        .replace("(numeric, numeric)", "(numeric, numeric, integer)")
        .replace("p_state + p_amount", "p_state + p_amount * p_times"),
        FILE: AGGREGATE.replace("p_amount numeric", "p_amount numeric, p_times integer").replace(
            "(numeric)", "(numeric, integer)"
        ),
        "views/company/sum_of_all.sql": None,
    }
    write(root, wider)
    deploy(deployed, root)
    assert one(deployed, COUNT) == 2
    assert (
        one(deployed, "select company.summed(n, 2)::text from generate_series(1, 4) as n") == "20"
    )
    assert drift(deployed.dsn()) == []


def test_function_becomes_an_aggregate_and_back(deployed: Database, root: Path) -> None:
    function = (
        "create or replace function company.summed (p_amount numeric) returns numeric"
        " language sql immutable set search_path = '' as 'select p_amount';\n"
        "comment on function company.summed (numeric) is 'Itself.';\n"
    )
    for text, total in ((function, "1"), (AGGREGATE, "10")):
        write(root, {FILE: text})
        deploy(deployed, root)
        assert one(deployed, SUM) == total
        assert one(deployed, COUNT) == 2
        assert drift(deployed.dsn()) == []


def test_aggregate_goes_with_its_file(deployed: Database, root: Path) -> None:
    write(root, {FILE: None, STEP_FILE: None, "views/company/sum_of_all.sql": None})
    deploy(deployed, root)
    assert one(deployed, COUNT) == 0
    assert drift(deployed.dsn()) == []


def test_aggregate_in_the_wrong_file_is_refused(deployed: Database, root: Path) -> None:
    write(root, {STEP_FILE: STEP + AGGREGATE.replace("summed", "counted")})
    with pytest.raises(Exception, match="one object a file"):
        deploy(deployed, root)


PATCHES = {
    "create or replace aggregate company.summed(p_amount numeric)(sfunc = company._add,"
    " stype = numeric, initcond = '7')": "state at first was 0, is 7",
    "create or replace aggregate company.summed(p_amount numeric)(sfunc = company._add,"
    " stype = numeric, initcond = '0', combinefunc = company._add)": "combined by was added",
    "create or replace aggregate company.summed(p_amount numeric)(sfunc = numeric_add,"
    " stype = numeric, initcond = '0')": "added by was company._add, is numeric_add",
    "grant execute on function company.summed(numeric) to qb_editor": "grant EXECUTE to qb_editor",
    "comment on aggregate company.summed(numeric) is 'patched'": "comment was The sum., is patched",
    "drop view company.sum_of_all; drop aggregate company.summed(numeric)": "missing  aggregate",
    "create aggregate company.mine(numeric)(sfunc = numeric_add, stype = numeric)": "not ours agg",
}


@pytest.mark.parametrize("patch", PATCHES)
def test_patch_of_an_aggregate_by_hand_is_named_and_taken_back(
    deployed: Database, root: Path, patch: str
) -> None:
    with deployed.connect(options="-c role=qb_owner") as conn:
        conn.execute(patch.encode())
    assert any(PATCHES[patch] in line for line in drift(deployed.dsn()))
    apply(deployed.dsn(), root=root, repair=True, echo=lambda line: None)
    left = [line for line in drift(deployed.dsn()) if not line.startswith("not ours")]
    assert left == []
    assert one(deployed, SUM) == "10"
