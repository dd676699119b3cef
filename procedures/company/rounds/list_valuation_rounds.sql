-- GET /v1/company/{company_id}/valuation-rounds: one page of a company's rounds.
create or replace function company.list_valuation_rounds(
    p_company_id text,
    p_currency text default null,
    p_start_reporting_date date default null,
    p_end_reporting_date date default null,
    p_reporting_year integer default null,
    p_reporting_quarter integer default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/company/valuation-rounds?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    perform company.require_company(p_company_id);
    return query execute format(
        'with matching as ('
        'select r.* from company.valuation_round_record as r where r.company_id = $1 '
        'and ($2 is null or r.currency = $2) '
        'and ($3 is null or r.round_on >= $3) and ($4 is null or r.round_on <= $4) '
        'and ($5 is null or extract(year from r.round_on) = $5) '
        'and ($6 is null or extract(quarter from r.round_on) = $6)) '
        'select 200, null::text, ops.list_body(''Valuation rounds.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $7 offset $8) as p'
        '), (select count(*) from matching), $7, $8, $9)',
        ops.sort_clause('company.valuation_round_record', p_sort, array['round_on'])
    )
    using
        p_company_id,
        p_currency,
        p_start_reporting_date,
        p_end_reporting_date,
        p_reporting_year,
        p_reporting_quarter,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function company.list_valuation_rounds(
    text, text, date, date, integer, integer, text, integer, integer, text
) is
'One page of a company''s valuation rounds by currency and by the day, calendar year and calendar '
'quarter of round_on; ordered by p_sort, then round_on. Raises QB404 company_not_found, QB400 '
'sort_unknown.';
grant execute on function company.list_valuation_rounds(
    text, text, date, date, integer, integer, text, integer, integer, text
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
