-- Waivers and rebates, one after the other: a share is one of the gross fee of the days that it
-- holds for, an amount is taken once, from all in proportion to what they still owe.
create or replace function fund._take_waivers(
    p_lines fund.fee_line[],
    p_segments fund.fee_segment[],
    p_from_on date,
    p_to_on date,
    out lines fund.fee_line[],
    out reductions fund.fee_reduction[]
)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_adjustment record;
    v_wanted numeric[];
    v_left numeric;
begin
    lines := p_lines;
    reductions := '{}';
    if cardinality(p_lines) = 0 then
        return;
    end if;

    for v_adjustment in
        select f.*
        from fund._fee_left_to_take(p_lines[1].fund_id, p_from_on, p_to_on) as f
        where f.kind in ('waiver', 'rebate')
        order by f.place
    loop
        with
        -- Which part of the gross fee is of days that it holds for.
        part as (
            select
                s.investor_id,
                sum(
                    s.base_amount * s.fee_rate * fund.year_fraction(
                        greatest(s.from_on, v_adjustment.from_on),
                        least(s.to_on, coalesce(v_adjustment.to_on, s.to_on)),
                        s.day_count
                    )
                ) as exact_amount
            from unnest(p_segments) as s
            group by s.investor_id
        ),

        line as (
            select
                l.ordinality,
                case
                    when p.exact_amount > 0
                        then
                            l.gross_amount * v_adjustment.share
                            * least(p.exact_amount / l.exact_amount, 1)
                end as share_wanted,
                case when p.exact_amount > 0 then l.net_amount end as left_amount
            from unnest(lines) with ordinality as l
            left join part as p
                on
                    l.investor_id = p.investor_id
                    and l.investor_id = coalesce(v_adjustment.investor_id, l.investor_id)
        )

        select array_agg(
            case
                when v_adjustment.share is not null then l.share_wanted
                else
                    l.left_amount * least(v_adjustment.amount, s.left_amount)
                    / nullif(s.left_amount, 0)
            end
            order by l.ordinality
        )
        into v_wanted
        from line as l
        cross join (select sum(x.left_amount) as left_amount from line as x) as s;

        select sum(l.net_amount) into v_left from unnest(lines) as l;
        lines := fund._reduce_fee_lines(lines, v_adjustment.kind, v_wanted);
        v_left := v_left - (select sum(l.net_amount) from unnest(lines) as l);
        if v_left > 0 then
            reductions := reductions || row(
                p_lines[1].fund_id, p_lines[1].event_id, v_adjustment.adjustment_id, v_left
            )::fund.fee_reduction;
        end if;
    end loop;
end
$$;

comment on function fund._take_waivers(fund.fee_line[], fund.fee_segment[], date, date) is
'p_lines less the waivers and rebates that hold between p_from_on and p_to_on, which is not '
'counted, and what each of these took.';
