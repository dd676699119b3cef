-- What fund.xirr answers, and why: an internal rate of return is the one number of a fund that may
-- not exist, or exist twice. Flows are added up by day; then, unless they are all of one sign, the
-- rate is looked for from 0 on, and proven to be the only one. Where that fails, because money went
-- back and forth, the whole range of rates is searched.
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
declare
    -- log(1 + r) of a day: beyond it, a rate has 280 digits.
    v_limit constant double precision := 660.0 / 365;
    v_amounts double precision[];
    v_days double precision[];
    v_least double precision;
    v_most double precision;
    v_gross double precision;
    v_day_count integer;
    v_root record;
    v_brackets record;
    v_found double precision[] := '{}';
    v_residuals double precision[] := '{}';
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
        array_agg(d.amount) filter (where d.amount <> 0),
        array_agg(d.day) filter (where d.amount <> 0),
        min(d.amount),
        max(d.amount),
        sum(abs(d.amount)),
        sum(d.flows),
        count(*)
    into v_amounts, v_days, v_least, v_most, v_gross, flow_count, v_day_count
    from (
        select
            (f.flow_on - date '2000-01-01')::double precision as day,
            sum(f.amount)::double precision as amount,
            count(*) as flows
        from (select unnest(p_amounts) as amount, unnest(p_dates) as flow_on) as f
        where f.amount is not null and f.flow_on is not null
        group by f.flow_on
        order by 1
    ) as d;
    flow_count := coalesce(flow_count, 0);
    multiple_roots := false;
    root_count := 0;
    roots := '{}';
    is_under_one_year := v_days[cardinality(v_days)] - v_days[1] < 365;
    reason := case
        when v_gross >= 'infinity' then 'not_finite'
        when v_day_count = 1 and flow_count > 1 then 'same_day_only'
        when v_least < 0 and v_most > 0 then null
        else 'no_sign_change'
    end;
    if reason is not null then
        return;
    end if;

    -- Signs that differ at both ends promise a root, and one that is proven to be the only one
    -- is the answer.
    if sign(v_amounts[1]) <> sign(v_amounts[cardinality(v_amounts)]) then
        v_root := fund._npv_root(v_amounts, v_days, -v_limit, v_limit, v_amounts[1] > 0, 0);
        if v_root.residual < 1e-9
            and v_root.gross < 1e9 * v_gross
            and fund._is_only_root(v_amounts, v_days, v_root.log_rate)
        then
            rate := fund._annual_rate(v_root.log_rate);
            roots := array[rate];
            root_count := 1;
            residual := v_root.residual * v_root.gross / v_gross;
            return;
        end if;
        reason := case when v_root.residual < 1e-9 then 'not_converged' else 'out_of_range' end;
    else
        reason := 'no_root';
    end if;

    v_brackets := fund._npv_brackets(v_amounts, v_days);
    for i in 1 .. cardinality(v_brackets.lows) loop
        v_root := fund._npv_root(
            v_amounts, v_days, v_brackets.lows[i], v_brackets.highs[i],
            v_brackets.are_rising[i], (v_brackets.lows[i] + v_brackets.highs[i]) / 2
        );
        if v_root.residual < 1e-9 and v_root.gross < 1e9 * v_gross then
            v_found := v_found || v_root.log_rate;
            v_residuals := v_residuals || v_root.residual * v_root.gross / v_gross;
        else
            reason := 'not_converged';
        end if;
    end loop;
    if v_found <> '{}' then
        select
            array_agg(r.rate order by r.log_rate),
            (array_agg(r.rate order by abs(r.log_rate)))[1],
            (array_agg(r.residual order by abs(r.log_rate)))[1],
            count(*),
            count(*) > 1,
            null
        into roots, rate, residual, root_count, multiple_roots, reason
        from (
            select
                avg(f.log_rate) as log_rate,
                fund._annual_rate(avg(f.log_rate)) as rate,
                max(f.residual) as residual
            from (
                select
                    g.log_rate,
                    g.residual,
                    -- Where 0 is touched, six digits are known, and it is found from both sides.
                    count(*) filter (where g.gap > 1e-6 / 365) over (order by g.log_rate) as place
                from (
                    select
                        v.log_rate,
                        v.residual,
                        v.log_rate - lag(v.log_rate) over (order by v.log_rate) as gap
                    from (
                        select
                            unnest(v_found) as log_rate,
                            unnest(v_residuals) as residual
                    ) as v
                ) as g
            ) as f
            group by f.place
        ) as r;
    end if;
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
