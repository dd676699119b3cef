-- Removes what is kept under Idempotency-Keys and counts as absent. Nothing depends on it: it frees
-- space, and answers hold business data that need not be stored twice.
create or replace function ops.prune_idempotency_keys()
returns bigint
language sql
volatile
-- Definer: keys and answers are nobody's to delete.
security definer
set search_path = ''
as $$
    with
    pruned as (
        delete from ops.idempotency_key as k
        where k.created_at <= ops._idempotency_kept_since()
        returning 1 as one
    )

    select count(*) from pruned
$$;

comment on function ops.prune_idempotency_keys() is
'Deletes Idempotency-Keys older than 24 hours with their answers; returns how many.';
grant execute on function ops.prune_idempotency_keys() to qb_jobs;
