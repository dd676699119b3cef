-- GET /v1/funds: one page of the funds that the caller sees.
create or replace function fund.list_funds(
    p_name text default null,
    p_currency text default null,
    p_status text default null,
    p_vintage_year integer default null,
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
declare
    -- The books are the firm's.
    v_view regclass := case current_user
        when 'qb_investor' then 'fund.partner_fund_record' else 'fund.fund_record'
    end;
begin
    return query execute format(
        'with matching as (select r.* from %s as r '
        'where ($1 is null or r.name = $1) '
        'and ($2 is null or r.currency = $2) '
        'and ($3 is null or r.status = $3) '
        'and ($4 is null or r.vintage_year = $4)) '
        'select 200, null::text, ops.list_body(''Funds.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $5 offset $6) as p'
        '), (select count(*) from matching), $5, $6, $7)',
        v_view,
        ops.sort_clause(v_view, coalesce(p_sort, 'name'), array['fund_id'])
    )
    using
        p_name,
        p_currency,
        p_status,
        p_vintage_year,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function fund.list_funds(
    text, text, text, integer, text, integer, integer, text
) is
'One page of funds by name, currency, status and vintage year; by name unless p_sort says '
'otherwise. An investor is told nothing of their books. Raises QB400 sort_unknown.';
grant execute on function fund.list_funds(
    text, text, text, integer, text, integer, integer, text
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
