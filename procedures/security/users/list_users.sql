-- GET /v1/users: one page of the people, BI services included; not the platform itself.
create or replace function security.list_users(
    p_role text default null,
    p_email text default null,
    p_active boolean default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/users?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query execute format(
        'with matching as (select r.* from security.user_record as r '
        'where ($1 is null or r.role = $1) '
        'and ($2 is null or lower(r.email) = lower(btrim($2))) '
        'and ($3 is null or r.active = $3)) '
        'select 200, null::text, ops.list_body(''Users.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $4 offset $5) as p'
        '), (select count(*) from matching), $4, $5, $6)',
        ops.sort_clause(
            'security.user_record', coalesce(p_sort, 'email'), array['user_id']
        )
    )
    using
        p_role,
        p_email,
        p_active,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function security.list_users(text, text, boolean, text, integer, integer, text) is
'One page of users by role, e-mail address (however it is written) and activity; by address unless '
'p_sort says otherwise. Raises QB400 sort_unknown.';
grant execute on function security.list_users(
    text, text, boolean, text, integer, integer, text
) to qb_admin, qb_auditor;
