-- The rates of quarters, from the daily fixings: the one place where they are computed.
create or replace function fx.derive_quarter_rates(
    p_from_currencies text[],
    p_quarter_ends date[],
    p_to_currencies text[]
)
returns table (
    from_currency text,
    quarter_end_on date,
    to_currency text,
    quarter_start_on date,
    fixing_count integer,
    average_rate numeric,
    closing_rate numeric,
    closing_on date,
    flow_rate numeric
)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        w.from_currency,
        w.quarter_end_on,
        w.to_currency,
        fx.quarter_start(w.quarter_end_on),
        coalesce(f.fixing_count, 0)::integer,
        r.average_rate,
        r.closing_rate,
        f.closing_on,
        case ops.setting_value('fx_flow_rate')
            when '"closing"'::jsonb then r.closing_rate
            else r.average_rate
        end
    from unnest(p_from_currencies, p_quarter_ends, p_to_currencies) as w (
        from_currency, quarter_end_on, to_currency
    )
    left join lateral (
        select
            count(*) as fixing_count,
            avg(x.rate) as mean_rate,
            (array_agg(x.rate order by x.rate_on desc))[1] as last_rate,
            max(x.rate_on) as closing_on
        from fx.cross_rate as x
        where
            w.from_currency <> w.to_currency
            and x.from_currency = w.from_currency
            and x.to_currency = w.to_currency
            and x.rate_on between fx.quarter_start(w.quarter_end_on) and w.quarter_end_on
    ) as f on true
    cross join lateral (
        select
            case
                when w.from_currency = w.to_currency then 1
                when f.fixing_count >= 40 then f.mean_rate
            end as average_rate,
            case
                when w.from_currency = w.to_currency then 1
                when f.closing_on >= w.quarter_end_on - 7 then f.last_rate
            end as closing_rate
    ) as r
$$;

comment on function fx.derive_quarter_rates(text[], date[], text[]) is
'Average, closing and flow rate for each triple of the three parallel arrays (from currency, last '
'day of the quarter, to currency), computed from the fixings.';
grant execute on function fx.derive_quarter_rates(text[], date[], text[]) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
