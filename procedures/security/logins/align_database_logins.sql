-- Puts every login right, for a DBA to call: after a restore under another name or on another
-- server. A copy lets nobody in by itself: the right to connect is not copied.
create or replace function security.align_database_logins()
returns integer
language plpgsql
volatile
-- Definer: a login's maker alone may change it, and that is the owner.
security definer
set search_path = ''
as $$
declare
    v_login text;
    v_count integer := 0;
begin
    for v_login in select l.login from security.database_login as l order by l.login loop
        perform security.align_database_login(v_login);
        v_count := v_count + 1;
    end loop;
    return v_count;
end
$$;

comment on function security.align_database_logins() is
'Makes every database login what its user is and returns how many there are; logins that had to be '
'made have no password. For owners.';
