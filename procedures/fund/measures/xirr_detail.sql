-- What fund.xirr answers, and why; the flows are given as two arrays. Of a query's rows:
-- `select d.* from …, fund.xirr_detail(array_agg(amount), array_agg(flow_on)) as d`, in a lateral
-- sub-select or over what is grouped.
create or replace function fund.xirr_detail(
    p_amounts numeric[],
    p_dates date[],
    out rate numeric,
    out reason text,
    out multiple_roots boolean,
    out root_count integer,
    out roots numeric[],
    out residual double precision,
    out flow_count integer,
    out is_under_one_year boolean
)
language plpgsql
immutable
parallel safe
-- Definer: its steps are helpers that are granted to nobody; it reads no table.
security definer
set search_path = ''
as $$
begin
    if cardinality(p_amounts) is distinct from cardinality(p_dates) then
        raise exception using
            errcode = 'QB400',
            constraint = 'flow_has_amount_and_date',
            column = 'p_dates',
            message = 'Each flow needs an amount and a date.',
            detail = format('%s amounts, %s dates', cardinality(p_amounts), cardinality(p_dates)),
            hint = 'Give two arrays of the same length.';
    end if;
    select
        s.rate,
        s.reason,
        s.multiple_roots,
        s.root_count,
        s.roots,
        s.residual,
        s.flow_count,
        s.is_under_one_year
    into
        rate, reason, multiple_roots, root_count, roots, residual, flow_count, is_under_one_year
    from fund._solve_xirr(p_amounts, p_dates, null) as s;
end
$$;

comment on function fund.xirr_detail(numeric[], date[]) is
'One row about the annual internal rate of return of p_amounts on p_dates (see fund.xirr). The '
'rate is a fraction, or null and why in reason: no_sign_change (nothing was put in, or nothing '
'came out), same_day_only, no_root (no rate makes the net present value 0), not_converged (at the '
'one that does, present values are more than 10^9 times the flows: too many digits cancel to '
'verify it), out_of_range (a growth or loss of more than 10^280 times a year), not_finite. With '
'multiple_roots, roots has all root_count such rates, ascending, and rate is the one nearest to 0 '
'on the scale of log(1 + rate). The residual is the absolute net present value at rate, on the '
'first day, over the sum of absolute flows. A flow with a null is left out of flow_count too. '
'is_under_one_year: fewer than 365 days from the first flow to the last, so that an annual rate '
'says more than happened; null without flows. Raises QB400 flow_has_amount_and_date when the '
'arrays differ in length, 22008 for an infinite date.';
grant execute on function fund.xirr_detail(numeric[], date[]) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_investor, qb_editor_scoped, qb_viewer_scoped;
