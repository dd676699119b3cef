-- Slots that no clock could start within their grace: a row and an alert, one for all of them when
-- they were many.
create or replace function ops.record_missed_slots(
    p_job text,
    p_first timestamptz,
    p_last timestamptz,
    p_node text
)
returns void
language plpgsql
volatile
-- Definer: runs are recorded by these functions only.
security definer
set search_path = ''
as $$
declare
    v_detail jsonb;
begin
    if p_first < p_last then
        v_detail := jsonb_build_object('first_slot', p_first, 'last_slot', p_last);
    end if;
    -- At the last slot: the clock goes on from the newest row.
    insert into ops.job_run (job, scheduled_for, node, detail)
    values (p_job, p_last, p_node, v_detail)
    on conflict do nothing;
    if found then
        perform ops._raise_alert('job_missed', p_job, p_last, v_detail);
    end if;
end
$$;

comment on function ops.record_missed_slots(text, timestamptz, timestamptz, text) is
'Records the slots of p_job from p_first to p_last as missed, in one row and one alert at p_last.';
grant execute on function ops.record_missed_slots(text, timestamptz, timestamptz, text) to qb_jobs;
