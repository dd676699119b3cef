"""The text of every SQL file keeps the house rules, and each rule finds what breaks it."""

from __future__ import annotations

import re

import pytest

from db.settings import ROOT
from tests.lint import sql_files as rules

RULES: list[rules.Rule] = [
    rules.cascades,
    rules.is_too_long,
    rules.is_untidy,
    rules.is_at_the_wrong_address,
    rules.is_told_out_of_order,
    rules.hides_how_it_runs,
    rules.selects_star,
    rules.has_no_way_back,
]

FUNCTION = """-- Says one.
create or replace function fx.one()
returns integer
language sql
immutable
as $$
    select 1
$$;

comment on function fx.one() is 'One.';
grant execute on function fx.one() to qb_admin;
"""
AGGREGATE = """-- Sums.
create or replace aggregate fx.one (p_amount numeric)(
    sfunc = pg_catalog.numeric_add,
    stype = numeric,
    parallel = safe
);

comment on aggregate fx.one (numeric) is 'The sum.';
grant execute on function fx.one(numeric) to qb_admin;
"""
VIEW = """-- One.
create or replace view fx.one
as
select 1 as one;

comment on view fx.one is 'One row.';
"""
ONE = "procedures/fx/one.sql"

BROKEN: list[tuple[rules.Rule, str, str]] = [
    (rules.cascades, "db/migrations/0001.x.sql", "-- Drops.\ndrop table fx.rate cascade;\n"),
    (rules.cascades, ONE, FUNCTION.replace("select 1", "truncate fx.rate CASCADE")),
    (rules.is_too_long, ONE, FUNCTION + "--\n" * 200),
    (rules.is_untidy, ONE, FUNCTION.removeprefix("-- Says one.\n")),
    (rules.is_untidy, ONE, FUNCTION.replace("select 1", "SELECT 1")),
    (rules.is_untidy, ONE, FUNCTION.replace("select 1", "select 1 ")),
    (rules.is_untidy, ONE, FUNCTION.replace("select 1", "select" + " 1" * 60)),
    (rules.is_untidy, ONE, FUNCTION + "\n"),
    (rules.is_at_the_wrong_address, "procedures/fx/two.sql", FUNCTION),
    (rules.is_at_the_wrong_address, "procedures/company/one.sql", FUNCTION),
    (rules.is_at_the_wrong_address, "views/fx/one.sql", FUNCTION),
    (rules.is_at_the_wrong_address, ONE, FUNCTION + "create view fx.two as select 1;\n"),
    (rules.is_at_the_wrong_address, ONE, "-- Nothing.\n"),
    (
        rules.is_at_the_wrong_address,
        "procedures/fx/triggers/rate.sql",
        "-- T.\ncreate or replace trigger _100_stamp\nbefore update on fx.source\nfor each row;\n",
    ),
    (rules.is_told_out_of_order, ONE, FUNCTION.split("comment on")[0]),
    (rules.is_told_out_of_order, ONE, "-- One.\n" + "\n".join(reversed(FUNCTION.splitlines()))),
    (rules.hides_how_it_runs, ONE, FUNCTION.replace("immutable\n", "")),
    (rules.hides_how_it_runs, ONE, FUNCTION.replace("immutable", "immutable\nsecurity definer")),
    (rules.hides_how_it_runs, ONE, AGGREGATE.replace(",\n    parallel = safe", "")),
    (rules.is_at_the_wrong_address, "procedures/fx/two.sql", AGGREGATE),
    (rules.is_at_the_wrong_address, "views/fx/one.sql", AGGREGATE),
    (rules.is_told_out_of_order, ONE, AGGREGATE.split("comment on")[0]),
    (rules.selects_star, "views/fx/one.sql", VIEW.replace("1 as one", "*")),
    (
        rules.selects_star,
        "views/fx/one.sql",
        VIEW.replace("1 as one", "\n    r.*\nfrom fx.rate as r"),
    ),
    (rules.has_no_way_back, "db/migrations/9999.fx-nowhere.sql", "-- Nothing.\nselect 1;\n"),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_sql_file_offends(rule: rules.Rule) -> None:
    files = list(rules.sql_files())
    assert len(files) > 100
    assert {address: found for address, text in files if (found := rule(address, text))} == {}


@pytest.mark.parametrize(("rule", "address", "text"), BROKEN)
def test_a_rule_finds_what_breaks_it(rule: rules.Rule, address: str, text: str) -> None:
    assert rule(address, text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_passes_what_keeps_it(rule: rules.Rule) -> None:
    assert rule(ONE, FUNCTION) == []
    assert rule(ONE, AGGREGATE) == []
    assert rule("views/fx/one.sql", VIEW) == []
    assert {broken for broken, _, _ in BROKEN} == set(RULES)


def test_no_program_drops_with_cascade() -> None:
    """SQL that programs build is held to the same rule."""
    pattern = re.compile(r"(?i)\b(drop|truncate)\b[^\n]*\bcascade\b")
    assert pattern.search("conn.execute('drop schema fx cascade')")
    programs = [p for folder in ("db", "server", "jobs") for p in (ROOT / folder).rglob("*.py")]
    assert [path for path in programs if pattern.search(path.read_text(encoding="utf-8"))] == []
