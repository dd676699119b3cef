-- GET /v1/input/: one page of reported quarters as submitted.
create or replace function company.list_metrics_inputs(
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
    p_link text default '/v1/input/?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query execute company.quarters_query(
        'company.input_record',
        'company.metrics_input',
        false,
        p_company_id,
        p_currency,
        p_fund,
        p_start_reporting_date,
        p_end_reporting_date,
        p_reporting_year,
        p_reporting_quarter,
        p_sort,
        p_limit,
        p_offset
    )
    using
        p_company_id,
        p_currency,
        p_fund,
        p_start_reporting_date,
        p_end_reporting_date,
        p_reporting_year,
        p_reporting_quarter,
        'Metrics inputs.'::text,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function company.list_metrics_inputs(
    text, text, text, date, date, integer, integer, text, integer, integer, text
) is
'One page of reported quarters as submitted, by company, currency, fund (name or id), last day of '
'the fiscal quarter and reporting quarter; ordered by p_sort, then company, quarter and currency. '
'Raises QB400 sort_unknown.';
grant execute on function company.list_metrics_inputs(
    text, text, text, date, date, integer, integer, text, integer, integer, text
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
