-- GET /v1/funds/{fund_id}/investors: one page of the fund's partners that the caller sees.
create or replace function fund.list_partners(
    p_fund_id uuid,
    p_investor_code text default null,
    p_investor_type text default null,
    p_country text default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/funds?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    perform fund.require_fund(p_fund_id);
    return query
    select
        l.status,
        l.etag,
        l.body
    from fund.list_investors(
        p_investor_code, p_investor_type, p_country, p_fund_id::text, p_sort, p_limit, p_offset,
        p_link
    ) as l;
end
$$;

comment on function fund.list_partners(
    uuid, text, text, text, text, integer, integer, text
) is
'One page of the investors that are partners of a fund, as fund.list_investors shows them. Raises '
'QB404 fund_not_found, QB400 sort_unknown.';
grant execute on function fund.list_partners(
    uuid, text, text, text, text, integer, integer, text
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
