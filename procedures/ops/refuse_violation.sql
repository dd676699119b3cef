-- Turns what a declared constraint or a type said about a request into an error with words, as the
-- API does for its callers: functions are called from psql too. The words are the constraint's own.
create or replace function ops.refuse_violation(
    p_schema text,
    p_sqlstate text,
    p_table text,
    p_constraint text,
    p_column text,
    p_message text,
    p_detail text,
    p_rule text,
    p_hint text
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_rule record;
    -- Of a row that a check or not null refuses, PostgreSQL tells every value; of a key its columns
    -- and tables too, where the last value is what somebody sent.
    v_detail text := case
        when p_sqlstate in ('23502', '23514') then ''
        when p_sqlstate in ('23503', '23505') then substring(p_detail from '=\((?:.*, )?(.*)\) ')
        else p_detail
    end;
begin
    select r.field, r.message, r.hint
    into v_rule
    from ops.explain_rule(p_schema, p_table, p_constraint) as r;

    if p_sqlstate = '23505' then
        raise exception using
            errcode = 'QB409',
            constraint = p_constraint,
            column = coalesce(v_rule.field, ''),
            message = coalesce(v_rule.message, p_message),
            detail = coalesce(v_detail, ''),
            hint = coalesce(v_rule.hint, 'Use another one.');
    end if;
    raise exception using
        errcode = 'QB400',
        constraint = coalesce(nullif(p_constraint, ''), p_rule),
        column = coalesce(v_rule.field, p_column, ''),
        message = coalesce(v_rule.message, p_message),
        detail = coalesce(v_detail, ''),
        hint = coalesce(v_rule.hint, p_hint);
end
$$;

comment on function ops.refuse_violation(text, text, text, text, text, text, text, text, text) is
'Raises a violated constraint with the words of its comment: QB409 for 23505, else QB400; QB400 '
'p_rule with p_hint for what has no constraint, a missing or unreadable value.';
grant execute on function
ops.refuse_violation(text, text, text, text, text, text, text, text, text) to
qb_admin, qb_editor, qb_editor_scoped;
