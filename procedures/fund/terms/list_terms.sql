-- GET /v1/funds/{fund_id}/terms: one page of the versions of a fund's terms, or the one of a day.
create or replace function fund.list_terms(
    p_fund_id uuid,
    p_as_of date default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/funds/terms?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    if not exists (select from fund.fund as f where f.fund_id = p_fund_id) then
        raise exception using
            errcode = 'QB404',
            constraint = 'fund_not_found',
            column = 'fund_id',
            message = 'There is no fund with this fund_id.',
            hint = 'GET /v1/funds lists the funds you may see.';
    end if;
    return query execute format(
        'with matching as (select r.* from fund.terms_record as r where r.fund_id = $1 '
        'and ($2 is null or (r.valid_from <= $2 and (r.valid_to is null or r.valid_to > $2)))) '
        'select 200, null::text, ops.list_body(''Terms.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $3 offset $4) as p'
        '), (select count(*) from matching), $3, $4, $5)',
        ops.sort_clause('fund.terms_record', p_sort, array['valid_from'])
    )
    using
        p_fund_id,
        p_as_of,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function fund.list_terms(uuid, date, text, integer, integer, text) is
'One page of the versions of a fund''s terms, or the one that holds on p_as_of; ordered by p_sort, '
'then valid_from. Raises QB404 fund_not_found, QB400 sort_unknown.';
grant execute on function fund.list_terms(uuid, date, text, integer, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
