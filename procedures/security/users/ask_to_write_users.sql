-- Asked before a password is hashed, which is slow on purpose: nobody else makes the door do it.
create or replace function security.ask_to_write_users()
returns table (status integer, etag text, body text)
language sql
immutable
security invoker
set search_path = ''
as $$
    select
        200,
        null::text,
        ''
$$;

comment on function security.ask_to_write_users() is
'Answers whoever may add and change users; PostgreSQL refuses everybody else.';
grant execute on function security.ask_to_write_users() to qb_admin;
