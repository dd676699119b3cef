"""What the database says beside its answers: errors, notices, copies, keys that are taken.

No text and no number of a hidden company comes out.
"""

from __future__ import annotations

import contextlib

import psycopg
import pytest

from tests.security.ears import HIDDEN, OWN, Ears
from tests.security.firm import Firm, seen

RELATIONS = ("company.company", "bi.company", "company.company_record")


def test_a_leaky_function_of_its_own_cannot_be_made(ears: Ears) -> None:
    """Cheap enough to be run before a filter, it would print every row it is shown."""
    body = "returns boolean language plpgsql cost 0.0000001 as $$ begin raise notice '%', $1;"
    body += " return true; end $$"
    for place in ("pg_temp", "public", "bi", "company", "pg_catalog"):
        assert ears.ask(f"create function {place}.leak(text) {body}") in ("42501", "3F000")
        for what in ("table leak (x int)", "view leak as select 1", "sequence leak",
                     "domain leak as text", "type leak as (x int)"):  # fmt: skip
            kind, rest = what.split(" ", 1)
            assert ears.ask(f"create {kind} {place}.{rest}") in ("42501", "3F000"), place
    assert ears.ask("create temporary table t (x int)") == "42501"
    assert ears.ask("select 1 as x into temporary table t") == "42501"
    for statement in (
        "create operator public.<<< (leftarg = text, rightarg = text, procedure = texteq)",
        "create cast (text as integer) with inout",
        "create aggregate public.leak(text) (sfunc = textcat, stype = text)",
        "create schema mine", "create extension dblink", "create extension plpython3u",
        "create language plsh", "create event trigger e on ddl_command_end execute function x()",
        "create publication p for all tables", "create subscription s connection '' publication p",
        "create server s foreign data wrapper postgres_fdw", "create tablespace t location '/x'",
        "create statistics s on name, company_id from company.company", "analyze company.company",
    ):  # fmt: skip
        ears.ask(statement)
    assert ears.ask("select * from s") == ears.ask("select * from leak") == "42P01"
    assert ears.leaked() == []


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize(
    "condition",
    [
        "1 / (case when company_id = '{hidden}' then 0 else 1 end) = 1",
        "1 / (case when {name} like '%{hidden}' then 0 else 1 end) = 1",
        "company_id::integer = 1", "{name}::integer = 1", "{name}::json is null",
        "{name}::xml is document", "{name}::inet = '::1'", "{name}::regclass is null",
        "to_date({name}, 'YYYY') is null", "decode({name}, 'hex') is null",
        "query_to_xml('select ' || quote_literal({name}) || '::integer', true, true, '') is null",
        "{name} ~ ('(' || company_id)", "repeat({name}, 2000000000) = ''",
        "set_config('leak.x', {name}, false) = ''", "pg_input_is_valid(company_id, 'integer')",
        "num_nulls(variadic array[company_id, {name}]) > 5", "pg_sleep(0.001)::text = company_id",
        "string_to_array(company_id, '-')::integer[] is null", "(company_id || 'x')::uuid is null",
    ],
)  # fmt: skip
def test_an_error_of_a_condition_is_about_visible_rows_only(
    ears: Ears, relation: str, condition: str
) -> None:
    name = "name" if relation == "company.company" else "company_name"
    words = condition.format(hidden=min(OWN.hidden), name=name)
    state = ears.ask(f"select count(*) from {relation} where {words}")
    if "case when" in condition:
        assert state is None  # no row of the hidden company was divided by zero
    ears.ask("select current_setting('leak.x', true)")
    for place in (f"order by {words}", f"group by {words} having count(*) > 0"):
        ears.ask(f"select count(*) from {relation} {place}")
    ears.ask(f"select sum(case when {words} then 1 end) over () from {relation}")
    # Asked for by name, a hidden company's id is heard from the question, not from the row.
    assert [text for text in ears.leaked() if "Name of" in text or "hidden" not in condition] == []


def test_a_block_of_code_meets_visible_rows_only(ears: Ears) -> None:
    assert (
        ears.ask(
            "do $$ declare r record; begin"
            " for r in select * from company.company loop"
            "   begin perform r.name::integer;"
            "   exception when others then raise notice '%', sqlerrm; end;"
            " end loop;"
            " for r in execute 'select * from bi.quarterly_metrics' loop"
            "   raise notice '%', r.company_id; end loop; end $$"
        )
        is None
    )
    assert len(ears.heard) > len(OWN.visible)
    assert ears.leaked() == []


def test_copy_shows_visible_rows_only(firm: Firm) -> None:
    with firm.connect("fund") as conn:
        for what in ("company.company", "(select * from bi.company)", "(table bi.quarterly_input)"):
            with conn.cursor().copy(f"copy {what} to stdout".encode()) as copy:
                text = b"".join(bytes(part) for part in copy).decode()
            assert "c-01" in text
            assert not HIDDEN.search(text)


def test_xml_and_json_of_whole_tables_are_of_visible_rows(ears: Ears) -> None:
    for call in (
        "query_to_xml('select * from company.company', true, false, '')",
        "table_to_xml('bi.company', true, false, '')", "schema_to_xml('fund', true, false, '')",
        "cursor_to_xml('c', 10, true, false, '')", "database_to_xmlschema(true, false, '')",
        "json_agg(c) from company.company as c",
    ):  # fmt: skip
        ears.ask(f"select {call}")
    ears.ask("select ts_stat('select to_tsvector(name) from company.company')")
    ears.ask("select * from company.company tablesample system (100)")
    ears.ask("table company.company")
    assert "c-01" in str(ears.heard)
    assert ears.leaked() == []


def test_a_write_that_would_hit_a_hidden_key_says_nothing_of_it(ears: Ears) -> None:
    """Unique and foreign keys know every row: so nobody who types SQL writes."""
    for company_id in ("c-02", "x-99"):
        for statement in (
            f"insert into company.company (company_id, name) values ('{company_id}', 'x')",
            f"insert into company.valuation_round (company_id) values ('{company_id}')",
            f"insert into company.metrics_input (company_id, currency) values ('{company_id}', '')",
            f"update company.company set name = '' where company_id = '{company_id}'",
            f"delete from company.company where company_id = '{company_id}'",
            f"merge into company.company as c using (select '{company_id}' as i) as n"
            " on c.company_id = n.i when matched then delete",
            f"insert into bi.company (company_id) values ('{company_id}')",
            "truncate company.company",
            "do $$ begin lock table company.company in row exclusive mode; end $$",
            "select * from company.company for update", "table company.company for key share",
        ):  # fmt: skip
            assert ears.ask(statement) in ("42501", "55000"), statement
    assert [text for text in ears.leaked() if "c-02" not in text] == []


def test_shadows_of_our_names_hide_nothing(ears: Ears) -> None:
    """`search_path` decides nothing inside our functions, and there is nowhere to put a shadow."""
    for path in ("pg_temp, public, pg_catalog", "bi, company, pg_catalog", '"$user", public', "''"):
        ears.conn.execute(f"set search_path = {path}".encode())
        assert seen(ears.conn) == seen(ears.conn, "bi.company") == OWN.visible
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
            ears.conn.execute("create function pg_temp.current_user_id() returns uuid language sql"
                              " as $$ select null::uuid $$")  # fmt: skip
            pytest.fail("a shadow could be made")
