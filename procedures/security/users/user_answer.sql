-- The answer that shows one user.
create or replace function security.user_answer(
    p_user_id uuid,
    p_status integer,
    p_message text
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query
    select
        p_status,
        format('"%s"', r.row_version),
        ops.success_body(p_status, p_message, to_json(r))
    from security.user_record as r
    where r.user_id = p_user_id;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'user_not_found',
            column = 'user_id',
            message = 'There is no user with this id.',
            hint = 'GET /v1/users lists them.';
    end if;
end
$$;

comment on function security.user_answer(uuid, integer, text) is
'Status, ETag and envelope of one user. Raises QB404 user_not_found.';
grant execute on function security.user_answer(uuid, integer, text) to qb_admin, qb_auditor;
