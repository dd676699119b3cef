-- After a user was changed: closes the connections that came in while that was being committed and
-- were still let in by the rights of before. Called in a transaction of its own.
create or replace function security.end_user_sessions(
    p_user_id uuid
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
-- Definer: the owner alone may act for a login.
security definer
set search_path = ''
as $$
declare
    v_login text;
    v_since timestamptz;
    v_count integer := 0;
begin
    -- Who logs in may take that long from the first byte to the last.
    for v_login, v_since in
        select
            l.login,
            case
                when
                    u.is_active
                    and u.group_role = any(security.reading_roles())
                    then coalesce(u.last_update_date, u.created_at)
                    - current_setting('authentication_timeout')::interval
                else '-infinity'
            end
        from security.database_login as l
        inner join security.app_user as u on l.user_id = u.user_id
        where l.user_id = p_user_id
        order by l.login
    loop
        v_count := v_count + security.end_database_sessions(v_login, v_since);
    end loop;
    return query
    select
        200,
        null::text,
        ops.success_body(200, 'Connections closed.', json_build_object('closed', v_count));
end
$$;

comment on function security.end_user_sessions(uuid) is
'Closes, of a user''s database logins, the connections made while a change of the user was being '
'committed, or all when the user has no login any more; returns how many.';
grant execute on function security.end_user_sessions(uuid) to qb_admin;
