-- The address as attempts are counted by it: not readable, and the same however it is written.
create or replace function security._email_hash(
    p_email text
)
returns bytea
language sql
immutable
security invoker
set search_path = ''
as $$
    select sha256(convert_to(lower(btrim(p_email)), 'UTF8'))
$$;

comment on function security._email_hash(text) is 'sha256 of an e-mail address in lower case.';
