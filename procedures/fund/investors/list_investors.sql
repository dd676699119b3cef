-- GET /v1/investors: one page of the investors that the caller sees.
create or replace function fund.list_investors(
    p_investor_code text default null,
    p_investor_type text default null,
    p_country text default null,
    p_fund text default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/investors?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query execute format(
        'with matching as (select r.* from fund.investor_record as r '
        'where ($1 is null or r.investor_code = $1) '
        'and ($2 is null or r.investor_type = $2) '
        'and ($3 is null or r.country = $3) '
        'and ($4 is null or r.investor_id in ('
        'select c.investor_id from fund.commitment as c '
        'inner join fund.fund as f on c.fund_id = f.fund_id '
        'where f.name = $4 or f.fund_id::text = $4))) '
        'select 200, null::text, ops.list_body(''Investors.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $5 offset $6) as p'
        '), (select count(*) from matching), $5, $6, $7)',
        ops.sort_clause('fund.investor_record', p_sort, array['investor_code'])
    )
    using
        p_investor_code,
        p_investor_type,
        p_country,
        p_fund,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function fund.list_investors(
    text, text, text, text, text, integer, integer, text
) is
'One page of investors by code, type, country (ISO 3166-1 alpha-2) and fund that they are partners '
'of (name or id); ordered by p_sort, then investor_code. Raises QB400 sort_unknown.';
grant execute on function fund.list_investors(
    text, text, text, text, text, integer, integer, text
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
