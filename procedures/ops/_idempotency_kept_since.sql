-- Since when answers are kept under their Idempotency-Key: older ones count as absent, whether or
-- not the nightly job has been there.
create or replace function ops._idempotency_kept_since()
returns timestamptz
language sql
stable
security invoker
set search_path = ''
as $$
    select ops.now() - interval '24 hours'
$$;

comment on function ops._idempotency_kept_since() is
'Time before which a kept Idempotency-Key counts as absent: 24 hours ago.';
