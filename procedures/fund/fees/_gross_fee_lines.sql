-- The gross fee of each partner: what the runs of days come to together is rounded once, and shared
-- to the cent so that over all accruals no partner drifts from its exact fees. In the order of the
-- investors' codes.
create or replace function fund._gross_fee_lines(
    p_event fund.event,
    p_segments fund.fee_segment[]
)
returns fund.fee_line[]
language sql
stable
security invoker
set search_path = ''
as $$
    with
    owed as (
        select
            s.investor_id,
            i.investor_code,
            sum(s.exact_amount) as exact_amount
        from unnest(p_segments) as s
        inner join fund.investor as i on s.investor_id = i.investor_id
        group by s.investor_id, i.investor_code
    ),

    line as (
        select
            row_number() over (order by o.investor_code collate "C") as number,
            o.investor_id,
            o.investor_code,
            trim_scale(o.exact_amount) as exact_amount,
            coalesce(f.exact_amount, 0) as exact_before,
            coalesce(f.gross_amount, 0) as gross_before
        from owed as o
        left join fund.fee_so_far(p_event.fund_id) as f on o.investor_id = f.investor_id
    ),

    line_array as (
        select
            coalesce(round(sum(l.exact_amount), 2), 0) as gross_amount,
            coalesce(array_agg(l.investor_code order by l.number), '{}') as codes,
            coalesce(array_agg(l.exact_amount order by l.number), '{}') as exact,
            array_agg(l.exact_before order by l.number) as exact_before,
            array_agg(l.gross_before order by l.number) as gross_before
        from line as l
    )

    select
        coalesce(
            array_agg(
                row(
                    p_event.fund_id,
                    p_event.event_id,
                    p_event.event_on,
                    l.number,
                    p_event.event_id,
                    l.investor_id,
                    l.exact_amount,
                    a.amount,
                    0,
                    0,
                    0,
                    a.amount
                )::fund.fee_line
                order by l.number
            ),
            '{}'
        )
    from line_array as r
    cross join lateral fund.allocate(
        r.gross_amount, r.codes, r.exact, r.exact_before, r.gross_before
    ) as a
    inner join line as l on a.key = l.investor_code
$$;

comment on function fund._gross_fee_lines(fund.event, fund.fee_segment[]) is
'One line per partner of p_segments with its gross fee to the cent, and nothing taken off yet. '
'They add up to the exact fee of all, rounded. Raises what fund.allocate raises.';
