-- The measures of a position, a partner's or a whole fund's, from its amounts and flows: the one
-- place where they are defined.
create or replace function fund.performance(
    p_commitment numeric,
    p_paid_in numeric,
    p_distributed numeric,
    p_residual numeric,
    p_excluded numeric,
    p_amounts numeric[],
    p_dates date[],
    p_as_of date,
    out dpi numeric,
    out rvpi numeric,
    out tvpi numeric,
    out pic numeric,
    out net_irr numeric,
    out is_under_one_year boolean,
    out net_irr_reason text,
    out has_other_irr boolean
)
language plpgsql
immutable
parallel safe
security invoker
set search_path = ''
as $$
declare
    v_paid_in numeric := p_paid_in - p_excluded;
    -- What is there at the end is as if it were paid out then.
    v_irr record := fund.xirr_detail(p_amounts || p_residual, p_dates || p_as_of);
begin
    if v_paid_in > 0 then
        dpi := (p_distributed - p_excluded) / v_paid_in;
        rvpi := p_residual / v_paid_in;
        tvpi := (p_distributed - p_excluded + p_residual) / v_paid_in;
    end if;
    if p_commitment > 0 then
        pic := v_paid_in / p_commitment;
    end if;
    net_irr := v_irr.rate;
    is_under_one_year := v_irr.is_under_one_year;
    net_irr_reason := v_irr.reason;
    has_other_irr := v_irr.multiple_roots;
    if is_under_one_year and net_irr is not null then
        -- Not a year's rate, but what the days from the first flow to the last returned: a day on
        -- which flows and residual come to nothing is none.
        net_irr := (
            (1 + net_irr)::double precision ^ (
                (
                    select max(d.flow_on) - min(d.flow_on)
                    from (
                        select f.flow_on
                        from unnest(p_amounts || p_residual, p_dates || p_as_of)
                        as f (amount, flow_on)
                        group by f.flow_on
                        having sum(f.amount) <> 0
                    ) as d
                ) / 365.0
            )
        )::numeric - 1;
    end if;
end
$$;

comment on function fund.performance(
    numeric, numeric, numeric, numeric, numeric, numeric[], date[], date
) is
'Measures of a position on p_as_of. p_excluded, recallable distributions that do not count, is '
'taken off both distributed and paid-in. dpi: distributed to paid-in; rvpi: residual to paid-in; '
'tvpi: both to paid-in; pic: paid-in to commitment; null where nothing is paid in or committed. '
'net_irr: fund.xirr of p_amounts (paid in negative) on p_dates and of the residual on p_as_of, a '
'fraction: a year''s, or when is_under_one_year what the whole time returned; null with a reason '
'of fund.xirr_detail; has_other_irr: other rates fit too, this is the one nearest 0. Raises what '
'fund.xirr_detail raises.';
grant execute on function
fund.performance(numeric, numeric, numeric, numeric, numeric, numeric[], date[], date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
