-- Refuses to empty a table that others are derived from: truncate has no rows to derive from.
create or replace function ops.refuse_truncate()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    raise exception using
        errcode = 'QB409',
        constraint = 'truncate_leaves_derived_rows',
        message = format('%I.%I cannot be truncated.', tg_table_schema, tg_table_name),
        hint = 'Delete its rows: what is derived from them goes with them.';
end
$$;

comment on function ops.refuse_truncate() is
'Trigger _040_keep: refuses truncate where other rows are derived. Raises QB409 '
'truncate_leaves_derived_rows.';
