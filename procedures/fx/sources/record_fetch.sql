-- Remembers how asking a source went. After five failures in a row it is left alone for half an
-- hour, and for twice as long after each further one, up to a day: whoever is down is not helped
-- by being asked again.
create or replace function fx.record_fetch(
    p_source_id text,
    p_succeeded boolean,
    p_error text default null,
    p_retry_after_seconds integer default null
)
returns table (consecutive_failures integer, open_until timestamptz)
language plpgsql
volatile
-- Definer: the state of a source is nobody's to write but this function's.
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
    if not exists (select from fx.source as s where s.source_id = p_source_id) then
        raise exception using
            errcode = 'QB400',
            constraint = 'fx_source_unknown',
            column = 'source_id',
            message = 'The source of the rates is not known.',
            hint = 'Choose one of fx.source.';
    end if;
    insert into fx.source_state (source_id) values (p_source_id) on conflict do nothing;

    return query
    update fx.source_state as t
    set
        consecutive_failures = n.failures,
        -- A publisher that names the time (Retry-After) is taken at its word, for a day at most.
        open_until = nullif(
            greatest(
                case
                    when n.failures >= 5
                        then
                            ops.now()
                            + least(
                                interval '30 minutes' * 2 ^ least(n.failures - 5, 10),
                                interval '1 day'
                            )
                    else '-infinity'
                end,
                case
                    when p_succeeded or p_retry_after_seconds is null then '-infinity'
                    else
                        ops.now()
                        + interval '1 second' * least(greatest(p_retry_after_seconds, 0), 86400)
                end
            ),
            '-infinity'
        ),
        last_attempt_at = ops.now(),
        last_success_at = case when p_succeeded then ops.now() else t.last_success_at end,
        last_failure_at = case when p_succeeded then t.last_failure_at else ops.now() end,
        last_error = case
            when not p_succeeded then left(coalesce(p_error, 'It failed without saying why.'), 500)
        end
    from (
        select case when p_succeeded then 0 else o.consecutive_failures + 1 end as failures
        from fx.source_state as o
        where o.source_id = p_source_id
        for update
    ) as n
    where t.source_id = p_source_id
    returning t.consecutive_failures, t.open_until;
end
$$;

comment on function fx.record_fetch(text, boolean, text, integer) is
'Records that a source was asked: whether rates came, else why not in words without secrets, and '
'after how many seconds it wants to be asked again. Returns failures in a row and until when it is '
'not asked. Raises QB400 fx_source_unknown.';
grant execute on function fx.record_fetch(text, boolean, text, integer) to qb_admin, qb_jobs;
