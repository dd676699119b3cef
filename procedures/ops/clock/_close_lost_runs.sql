-- Ends the runs whose node, or its connection, is gone. They are not run again: nobody knows how
-- far they came.
create or replace function ops._close_lost_runs(
    p_held_job text
)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    with
    lost as (
        update ops.job_run as r
        set
            finished_at = ops.now(),
            succeeded = false,
            detail = jsonb_build_object(
                'error', 'NodeLost',
                'message', 'The node ended, or lost the database, before the run did.'
            )
        where
            r.finished_at is null
            and r.started_at is not null
            and (
                r.job = p_held_job
                -- A run that ends while this statement looks commits before it gives its lock back:
                -- its row is then read again and is no longer unfinished.
                or not exists (
                    select
                    from pg_catalog.pg_locks as l
                    inner join pg_catalog.pg_database as d on l.database = d.oid
                    where
                        l.locktype = 'advisory'
                        and d.datname = current_database()
                        and l.classid = 27247
                        and l.objid::bigint = (hashtext(r.job)::bigint & 4294967295)
                        and l.objsubid = 2
                )
            )
        returning r.job, r.scheduled_for, r.detail
    )

    select ops._raise_alert('job_failed', l.job, l.scheduled_for, l.detail) from lost as l
$$;

comment on function ops._close_lost_runs(text) is
'Records runs as failed that nobody runs any more: those of p_held_job, whose lock the caller has, '
'and those whose lock nobody has.';
