-- What fund.xirr answers, and why: an internal rate of return is the one number of a fund that may
-- not exist, or exist twice. Flows are added up by day, in decimals; then, unless they are all of
-- one sign, the rate is looked for from where a straight line would have it, and proven to be the
-- only one. Where that fails, because money went back and forth, the whole range is searched.
--
-- Flows come as they are, or as text where an aggregate noted them one by one.
create or replace function fund._solve_xirr(
    p_amounts numeric[],
    p_dates date[],
    p_noted text,
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
security invoker
set search_path = ''
as $$
declare
    -- log(1 + r) of a day: beyond it, a rate has 280 digits.
    v_limit constant double precision := 660.0 / 365;
    v_net record;
    v_in double precision;
    v_out double precision;
    v_distance double precision;
    v_tilt double precision;
    v_root record;
    v_brackets record;
    v_found double precision[] := '{}';
    v_residuals double precision[] := '{}';
begin
    select
        array_agg(d.amount) filter (where d.amount <> 0) as amounts,
        array_agg(d.day) filter (where d.amount <> 0) as days,
        min(d.amount) as least,
        max(d.amount) as most,
        sum(d.amount) as net,
        sum(abs(d.amount)) as gross,
        sum(d.amount * d.day) as net_days,
        sum(abs(d.amount) * d.day) as gross_days,
        count(*) as flow_days,
        coalesce(sum(d.flow_count), 0) as flow_count
    into v_net
    from (
        select
            f.day::double precision as day,
            sum(f.amount)::double precision as amount,
            count(*) as flow_count
        from (
            select
                g.amount,
                g.flow_on - date '2000-01-01' as day
            from (select unnest(p_amounts) as amount, unnest(p_dates) as flow_on) as g
            where g.amount is not null and g.flow_on is not null
            union all
            select
                split_part(t.flow, ' ', 1)::numeric,
                split_part(t.flow, ' ', 2)::integer
            from (select string_to_table(p_noted, ';') as flow) as t
            where t.flow like '% %'
        ) as f
        group by f.day
        order by f.day
    ) as d;
    flow_count := v_net.flow_count;
    multiple_roots := false;
    root_count := 0;
    roots := '{}';
    is_under_one_year := v_net.days[cardinality(v_net.days)] - v_net.days[1] < 365;
    reason := case
        when v_net.gross >= 'infinity' then 'not_finite'
        when v_net.flow_days = 1 and v_net.flow_count > 1 then 'same_day_only'
        when v_net.least < 0 and v_net.most > 0 then null
        else 'no_sign_change'
    end;
    if reason is not null then
        return;
    end if;

    -- Signs that differ at both ends promise a root, and one that is proven to be the only one is
    -- the answer.
    reason := 'no_root';
    if sign(v_net.amounts[1]) <> sign(v_net.amounts[cardinality(v_net.amounts)]) then
        v_in := (v_net.gross + v_net.net) / 2;
        v_out := (v_net.gross - v_net.net) / 2;
        if v_in > 0 and v_out > 0 then
            v_distance := ln(v_in / v_out);
            v_tilt := 2 / nullif(
                (v_net.gross_days - v_net.net_days) / v_out
                - (v_net.gross_days + v_net.net_days) / v_in,
                0
            );
        end if;
        v_root := fund._npv_root(
            v_net.amounts, v_net.days, -v_limit, v_limit, v_net.amounts[1] > 0,
            0, v_distance, v_tilt
        );
        if v_root.residual < 1e-9
            and v_root.gross < 1e9 * v_net.gross
            and fund._is_only_root(v_net.amounts, v_net.days, v_root.log_rate)
        then
            reason := null;
            rate := fund._annual_rate(v_root.log_rate);
            roots := array[rate];
            root_count := 1;
            residual := v_root.residual * v_root.gross / v_net.gross;
            return;
        end if;
        reason := case when v_root.residual < 1e-9 then 'not_converged' else 'out_of_range' end;
    end if;

    v_brackets := fund._npv_brackets(v_net.amounts, v_net.days);
    for i in 1 .. cardinality(v_brackets.lows) loop
        v_root := fund._npv_root(
            v_net.amounts, v_net.days, v_brackets.lows[i], v_brackets.highs[i],
            v_brackets.are_rising[i], (v_brackets.lows[i] + v_brackets.highs[i]) / 2
        );
        if v_root.residual < 1e-9 and v_root.gross < 1e9 * v_net.gross then
            v_found := v_found || v_root.log_rate;
            v_residuals := v_residuals || v_root.residual * v_root.gross / v_net.gross;
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

comment on function fund._solve_xirr(numeric[], date[], text) is
'fund.xirr_detail of p_amounts on p_dates, equally many, and of flows in p_noted as fund._xirr_add '
'notes them: "<amount> <day>;…", days from 2000-01-01 on.';
