-- GET /v1/fx/rates: cross rates of a pair, one a day as the derivation uses them (or those of one
-- source); without a pair, fixings as recorded. Built as text because a filter that was not given
-- must not be in the plan.
create or replace function fx.list_rates(
    p_from_currency text default null,
    p_to_currency text default null,
    p_source text default null,
    p_start_date date default null,
    p_end_date date default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/fx/rates?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_is_pair boolean := p_from_currency is not null and p_to_currency is not null;
    v_one_a_day boolean := v_is_pair and p_source is null;
    v_where text := concat_ws(
        ' and ',
        'true',
        case when p_from_currency is not null then 'x.from_currency = $1' end,
        case when p_to_currency is not null then 'x.to_currency = $2' end,
        case when p_source is not null then 'x.source = $3' end,
        case when p_start_date is not null then 'x.rate_date >= $4' end,
        case when p_end_date is not null then 'x.rate_date <= $5' end,
        case when v_one_a_day then 'x.is_enabled' end
    );
begin
    return query execute format(
        'with matching as (select %1$s '
        'x.rate_date, x.from_currency, x.to_currency, x.rate, x.source, x.is_corrected '
        'from %2$s as x where %3$s %4$s) '
        'select 200, null::text, ops.list_body($6, ('
        'select json_agg(to_json(p)) from (select r.* from matching as r %5$s limit $7 offset $8) '
        'as p), (select count(*) from matching), $7, $8, $9)',
        case when v_one_a_day then 'distinct on (x.rate_date)' end,
        case when v_is_pair then 'fx.cross_rate_record' else 'fx.rate_record' end,
        v_where,
        case when v_one_a_day then 'order by x.rate_date, x.priority' end,
        ops.sort_clause(
            'fx.rate_record',
            coalesce(p_sort, '-rate_date'),
            array['rate_date', 'from_currency', 'to_currency', 'source']
        )
    )
    using
        p_from_currency,
        p_to_currency,
        p_source,
        p_start_date,
        p_end_date,
        case when v_is_pair then 'Cross rates.' else 'Fixings.' end,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function fx.list_rates(
    text, text, text, date, date, text, integer, integer, text
) is
'One page of rates, units of to_currency per 1 from_currency. With both currencies: the cross rate '
'of each day from the preferred source that has both legs (or from p_source); else fixings, whose '
'from_currency is the base of their source. Newest first unless p_sort says otherwise. Raises '
'QB400 sort_unknown.';
grant execute on function fx.list_rates(
    text, text, text, date, date, text, integer, integer, text
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
