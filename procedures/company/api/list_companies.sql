-- GET /v1/company/: one page of companies. Built as text because a filter that was not given must
-- not be in the plan.
create or replace function company.list_companies(
    p_company_id text default null,
    p_currency text default null,
    p_fund text default null,
    p_start_reporting_date date default null,
    p_end_reporting_date date default null,
    p_reporting_year integer default null,
    p_reporting_quarter integer default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/company/?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    -- A company has no period of its own: it is in one when it reported a quarter of it.
    v_reported text := concat_ws(
        ' and ',
        case when p_start_reporting_date is not null then 'i.fiscal_reporting_date >= $4' end,
        case when p_end_reporting_date is not null then 'i.fiscal_reporting_date <= $5' end,
        case when p_reporting_year is not null then 'i.reporting_year = $6' end,
        case when p_reporting_quarter is not null then 'i.reporting_quarter = $7' end
    );
    v_where text := concat_ws(
        ' and ',
        'true',
        case when p_company_id is not null then 'r.company_id = $1' end,
        case when p_currency is not null then 'r.reporting_currency = $2' end,
        case when p_fund is not null then '(r.fund = $3 or r.fund_id::text = $3)' end,
        case
            when v_reported <> ''
                then 'exists (select from company.metrics_input as i '
                    'where i.company_id = r.company_id and ' || v_reported || ')'
        end
    );
begin
    return query execute format(
        'select 200, null::text, ops.list_body(''Companies.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from company.company_record as r where %1$s %2$s limit $8 offset $9) as p'
        '), (select count(*) from company.company_record as r where %1$s), $8, $9, $10)',
        v_where,
        ops.sort_clause('company.company_record', p_sort, array['company_id'])
    )
    using
        p_company_id,
        p_currency,
        p_fund,
        p_start_reporting_date,
        p_end_reporting_date,
        p_reporting_year,
        p_reporting_quarter,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function company.list_companies(
    text, text, text, date, date, integer, integer, text, integer, integer, text
) is
'One page of companies by company_id, reporting currency, fund (name or id) and the period of a '
'quarter they reported; ordered by p_sort, then company_id. Raises QB400 sort_unknown.';
grant execute on function company.list_companies(
    text, text, text, date, date, integer, integer, text, integer, integer, text
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
