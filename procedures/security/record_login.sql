-- Counts wrong passwords and makes the user wait after the fifth: 30 seconds, doubling to an hour.
create or replace function security.record_login(
    p_user_id uuid,
    p_succeeded boolean
)
returns void
language sql
volatile
-- Definer: nobody else may touch the counter.
security definer
set search_path = ''
as $$
    update security.credential as c
    set
        failed_count = case when p_succeeded then 0 else c.failed_count + 1 end,
        locked_until = case
            when not p_succeeded and c.failed_count >= 4
                then clock_timestamp()
                    + least(3600, 30 * 2 ^ least(c.failed_count - 4, 7)) * interval '1 second'
        end
    where c.user_id = p_user_id and not (p_succeeded and c.failed_count = 0)
$$;

comment on function security.record_login(uuid, boolean) is
'Records a login attempt; from the fifth wrong password on the user has to wait, 30 s up to 1 h.';
grant execute on function security.record_login(uuid, boolean) to qb_api;
