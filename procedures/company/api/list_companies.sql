-- GET /v1/company/: one page of companies.
create or replace function company.list_companies(
    p_company_id text default null,
    p_currency text default null,
    p_fund text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/company/?'
)
returns table (status integer, etag text, body text)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    matching as (
        select r.*
        from company.company_record as r
        where
            (p_company_id is null or r.company_id = p_company_id)
            and (p_currency is null or r.reporting_currency = p_currency)
            and (p_fund is null or r.fund = p_fund or r.fund_id::text = p_fund)
    ),
    page as (
        select m.*
        from matching as m
        order by m.company_id
        limit p_limit
        offset p_offset
    )

    select
        200,
        null::text,
        ops.list_body(
            'Companies.',
            (select json_agg(to_json(p)) from page as p),
            (select count(*) from matching),
            p_limit,
            p_offset,
            p_link
        )
$$;

comment on function company.list_companies(text, text, text, integer, integer, text) is
'One page of companies by company_id, reporting currency and fund (name or id), ordered by '
'company_id.';
grant execute on function company.list_companies(text, text, text, integer, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor;
