-- GET /v1/investors/{investor_id}/contacts: one page of an investor's contacts.
create or replace function fund.list_contacts(
    p_investor_id uuid,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/investors/contacts?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    perform fund.require_investor(p_investor_id);
    return query execute format(
        'with matching as (select r.* from fund.contact_record as r where r.investor_id = $1) '
        'select 200, null::text, ops.list_body(''Contacts.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $2 offset $3) as p'
        '), (select count(*) from matching), $2, $3, $4)',
        ops.sort_clause(
            'fund.contact_record', coalesce(p_sort, '-is_primary,name'), array['contact_id']
        )
    )
    using
        p_investor_id,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function fund.list_contacts(uuid, text, integer, integer, text) is
'One page of an investor''s contacts, the first one and then by name unless p_sort says otherwise. '
'Raises QB404 investor_not_found, QB400 sort_unknown.';
grant execute on function fund.list_contacts(uuid, text, integer, integer, text) to
qb_admin, qb_editor, qb_editor_scoped, qb_investor;
