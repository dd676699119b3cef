-- Counts wrong passwords by address and makes it wait after the fifth: 30 seconds, doubling to an
-- hour. Whether the address is known plays no part, so a lock does not tell. A right password that
-- was compared while others of the same address failed waits too: guessing in parallel gains
-- nothing.
create or replace function security.record_login(
    p_email text,
    p_succeeded boolean
)
returns integer
language plpgsql
volatile
-- Definer: nobody else may touch the counter.
security definer
set search_path = ''
as $$
declare
    c_kept constant interval := interval '1 day';
    v_email_hash bytea := security._email_hash(p_email);
    v_now timestamptz := clock_timestamp();
    v_locked_until timestamptz;
begin
    if p_succeeded then
        select a.locked_until
        into v_locked_until
        from security.login_attempt as a
        where a.email_hash = v_email_hash
        for update;
        if v_locked_until > v_now then
            return ceil(extract(epoch from v_locked_until - v_now))::integer;
        end if;
        delete from security.login_attempt as a where a.email_hash = v_email_hash;
        return 0;
    end if;

    insert into security.login_attempt as a (email_hash, failed_count, last_failed_at)
    values (v_email_hash, 1, v_now)
    on conflict (email_hash) do update
        set
            failed_count = case
                when a.last_failed_at > excluded.last_failed_at - c_kept then a.failed_count + 1
                else 1
            end,
            locked_until = case
                when a.failed_count >= 4 and a.last_failed_at > excluded.last_failed_at - c_kept
                    then excluded.last_failed_at
                        + least(3600, 30 * 2 ^ least(a.failed_count - 4, 7)) * interval '1 second'
            end,
            last_failed_at = excluded.last_failed_at;

    -- Swept here, a few at a time, so that the table cannot grow beyond a day of attempts.
    delete from security.login_attempt as a
    where a.email_hash in (
        select o.email_hash
        from security.login_attempt as o
        where o.last_failed_at < v_now - c_kept
        limit 20
        for update skip locked
    );
    return 0;
end
$$;

comment on function security.record_login(text, boolean) is
'Records a login attempt of an address, known or not; from the fifth wrong password on it has to '
'wait, 30 s up to 1 h. Returns the seconds a right password still has to wait: 0 lets it in.';
grant execute on function security.record_login(text, boolean) to qb_api;
