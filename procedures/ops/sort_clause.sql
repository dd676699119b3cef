-- The `order by` of a list, for the alias r of a record view: what the caller asked for, then the
-- natural key, so that every order is total and pages neither repeat nor skip a record.
create or replace function ops.sort_clause(
    p_record_view regclass,
    p_sort text,
    p_natural_key text[]
)
returns text
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_columns text[] := array(
        select a.attname::text
        from pg_catalog.pg_attribute as a
        where a.attrelid = p_record_view and a.attnum > 0 and not a.attisdropped
        order by a.attnum
    );
    v_terms text[] := '{}';
    v_sorted text[] := '{}';
    v_term text;
    v_column text;
begin
    foreach v_term in array coalesce(string_to_array(p_sort, ','), '{}') loop
        v_column := regexp_replace(v_term, '^-', '');
        if v_column <> all (v_columns) then
            raise exception using
                errcode = 'QB400',
                constraint = 'sort_unknown',
                column = 'sort',
                message = 'The list cannot be sorted by this.',
                detail = left(v_column, 100),
                hint = 'Use one or several of ' || array_to_string(v_columns, ', ')
                || '; a leading - sorts from high to low.';
        end if;
        -- What is missing stands last either way: the caller asks for the highest, not for gaps.
        v_terms := v_terms || format(
            'r.%I %s nulls last', v_column, case when v_term like '-%' then 'desc' else 'asc' end
        );
        v_sorted := v_sorted || v_column;
    end loop;

    foreach v_column in array p_natural_key loop
        if v_column <> all (v_sorted) then
            v_terms := v_terms || format('r.%I', v_column);
        end if;
    end loop;
    return 'order by ' || array_to_string(v_terms, ', ');
end
$$;

comment on function ops.sort_clause(regclass, text, text[]) is
'The order by clause, for alias r of a record view, of a list parameter such as '
'-fiscal_reporting_date,company_id, with the natural key appended. Raises QB400 sort_unknown.';
grant execute on function ops.sort_clause(regclass, text, text[]) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped;
