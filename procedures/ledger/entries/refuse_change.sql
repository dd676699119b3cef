-- What is posted stays: an auditor finds what was once reported, and the entry that took it back.
create or replace function ledger.refuse_change()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    raise exception using
        errcode = 'QB409',
        constraint = 'posted_entry_is_immutable',
        message = 'What is posted is not changed or deleted.',
        detail = format('%s on %I.%I', lower(tg_op), tg_table_schema, tg_table_name),
        hint = 'Reverse it with ledger.reverse_entry, and post what should stand instead.';
end
$$;

comment on function ledger.refuse_change() is
'Trigger _040_keep on the journal and the periods. Raises QB409 posted_entry_is_immutable.';
