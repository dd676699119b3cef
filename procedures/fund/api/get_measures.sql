-- GET /v1/funds/{fund_id}/measures: how a fund stands as a whole on the evening of a day.
create or replace function fund.get_measures(
    p_fund_id uuid,
    p_as_of date default null,
    p_limited_only boolean default false
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    perform fund.require_fund(p_fund_id);
    return query
    select
        200,
        null::text,
        ops.success_body(
            200,
            'Measures.',
            (
                jsonb_build_object(
                    'fund_id', p_fund_id,
                    'as_of', coalesce(p_as_of, ops.today()),
                    'limited_only', p_limited_only,
                    'currency', f.currency
                )
                || coalesce(
                    to_jsonb(m),
                    -- No partner yet: the keys of a row, all null.
                    jsonb_build_object(
                        'investor_count', 0,
                        'commitment_amount', null,
                        'called_amount', null,
                        'paid_in_amount', null,
                        'receivable_amount', null,
                        'distributed_amount', null,
                        'payable_amount', null,
                        'recallable_amount', null,
                        'unfunded_amount', null,
                        'nav_amount', null,
                        'residual_amount', null,
                        'dpi', null,
                        'rvpi', null,
                        'tvpi', null,
                        'pic', null,
                        'net_irr', null,
                        'is_under_one_year', null,
                        'net_irr_reason', null,
                        'has_other_irr', null,
                        'recallable_in_performance', null
                    )
                )
            )::json
        )
    from fund.fund as f
    left join fund.measures(p_fund_id, p_as_of, p_limited_only) as m on true
    where f.fund_id = p_fund_id;
end
$$;

comment on function fund.get_measures(uuid, date, boolean) is
'Amounts and measures of a fund on p_as_of (null: today) as fund.measures tells them, with '
'p_limited_only without the general partner; all null while it has no partners. Raises QB404 '
'fund_not_found, what fund.measures raises.';
grant execute on function fund.get_measures(uuid, date, boolean) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
