-- One page of any of the room's quarter records: the GET endpoints differ in the view only.
-- Built as text because a filter that was not given must not be in the plan.
create or replace function company.list_quarters(
    p_record_view regclass,
    p_message text,
    p_latest_only boolean,
    p_company_id text,
    p_currency text,
    p_fund text,
    p_start_reporting_date date,
    p_end_reporting_date date,
    p_reporting_year integer,
    p_reporting_quarter integer,
    p_sort text,
    p_limit integer,
    p_offset integer,
    p_link text
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_where text := concat_ws(
        ' and ',
        'true',
        case when p_company_id is not null then 'r.company_id = $1' end,
        case when p_currency is not null then 'r.currency = $2' end,
        case
            when p_fund is not null
                then 'r.company_id in ('
                    'select c.company_id from company.company as c '
                    'inner join fund.fund as f on c.fund_id = f.fund_id '
                    'where f.name = $3 or f.fund_id::text = $3)'
        end,
        case when p_start_reporting_date is not null then 'r.fiscal_reporting_date >= $4' end,
        case when p_end_reporting_date is not null then 'r.fiscal_reporting_date <= $5' end,
        case when p_reporting_year is not null then 'r.reporting_year = $6' end,
        case when p_reporting_quarter is not null then 'r.reporting_quarter = $7' end
    );
begin
    return query execute format(
        'select 200, null::text, ops.list_body($8, ('
        'select json_agg(to_json(p)) from (select r.* from %1$s as r %2$s limit $9 offset $10) as p'
        '), (select count(*) from %1$s as r), $9, $10, $11)',
        format(
            case
                -- The latest of what the filters let through: with an end, the latest by then.
                when p_latest_only
                    then '(select r.* from %1$s as r where (r.company_id, r.currency, '
                        'r.reporting_year * 4 + r.reporting_quarter) in ('
                        'select r.company_id, r.currency, '
                        'max(r.reporting_year * 4 + r.reporting_quarter) '
                        'from %1$s as r where %2$s group by r.company_id, r.currency))'
                else '(select r.* from %1$s as r where %2$s)'
            end,
            p_record_view,
            v_where
        ),
        ops.sort_clause(
            p_record_view,
            p_sort,
            array['company_id', 'reporting_year', 'reporting_quarter', 'currency']
        )
    )
    using
        p_company_id,
        p_currency,
        p_fund,
        p_start_reporting_date,
        p_end_reporting_date,
        p_reporting_year,
        p_reporting_quarter,
        p_message,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function company.list_quarters(
    regclass, text, boolean, text, text, text, date, date, integer, integer, text, integer, integer,
    text
) is
'One page of a record view of this room (input_record, financials_record, metrics_record) under '
'the given filters, or of the latest quarter of each company and currency among them; row security '
'applies. Raises QB400 sort_unknown.';
grant execute on function company.list_quarters(
    regclass, text, boolean, text, text, text, date, date, integer, integer, text, integer, integer,
    text
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
