-- One open alert per kind, job and slot, however often it is found.
create or replace function ops._raise_alert(
    p_kind text,
    p_job text,
    p_scheduled_for timestamptz,
    p_detail jsonb
)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into ops.alert as a (kind, job, scheduled_for, raised_at, detail)
    values (p_kind, p_job, p_scheduled_for, ops.now(), coalesce(p_detail, '{}'))
    on conflict (kind, job, scheduled_for) where resolved_at is null do update
    set detail = excluded.detail
    where a.detail is distinct from excluded.detail
$$;

comment on function ops._raise_alert(text, text, timestamptz, jsonb) is
'Opens an alert; one that is open already takes p_detail over.';
