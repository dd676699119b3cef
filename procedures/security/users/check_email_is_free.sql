-- Says in words that an address is taken, or none. Two at the same moment are told apart by the
-- index.
create or replace function security.check_email_is_free(
    p_email text,
    p_user_id uuid
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    if btrim(p_email) ~ '\s' then
        raise exception using
            errcode = 'QB400',
            constraint = 'email_has_no_spaces',
            column = 'email',
            message = 'An e-mail address has no spaces in it.',
            hint = 'Give a full address such as ann@example.com.';
    end if;
    if exists (
        select
        from security.person as p
        where lower(p.email) = lower(btrim(p_email)) and p.user_id is distinct from p_user_id
    ) then
        raise exception using
            errcode = 'QB409',
            constraint = 'person_email_key',
            column = 'email',
            message = 'There already is a user with this e-mail address.',
            hint = 'Use another address, or change that user.';
    end if;
end
$$;

comment on function security.check_email_is_free(text, uuid) is
'Passes when nobody but p_user_id has this e-mail address, however it is written. Raises QB400 '
'email_has_no_spaces, QB409 person_email_key.';
grant execute on function security.check_email_is_free(text, uuid) to qb_admin;
