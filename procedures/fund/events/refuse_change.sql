-- What was recorded stays: an auditor finds what was notified, and the event that took it back.
create or replace function fund.refuse_change()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    raise exception using
        errcode = 'QB409',
        constraint = 'recorded_event_is_immutable',
        message = 'What is recorded is not changed or deleted.',
        detail = format('%s on %I.%I', lower(tg_op), tg_table_schema, tg_table_name),
        hint = 'Reverse the event with fund.run_event, and record what should stand instead.';
end
$$;

comment on function fund.refuse_change() is
'Trigger _040_keep on everything that events write. Raises QB409 recorded_event_is_immutable.';
