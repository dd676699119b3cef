-- GET /v1/funds/{fund_id}/periods: the periods of a fund's books, and which are closed.
create or replace function ledger.list_periods(
    p_fund_id uuid,
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
    return query execute format(
        'with matching as ('
        'select r.* from ledger.period_record as r where r.fund_id = $1) '
        'select 200, null::text, ops.list_body(''Periods.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $2 offset $3) as p'
        '), (select count(*) from matching), $2, $3, $4)',
        ops.sort_clause('ledger.period_record', p_sort, array['first_on'])
    )
    using
        p_fund_id,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function ledger.list_periods(uuid, text, integer, integer, text) is
'One page of the periods of a fund''s books; ordered by p_sort, then first_on. Raises QB404 '
'fund_not_found, QB400 sort_unknown.';
grant execute on function ledger.list_periods(uuid, text, integer, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
