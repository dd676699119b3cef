-- Takes something off the fees of partners: of each line what p_wanted says, and never more than is
-- left of it. The sum is rounded once, its cents go to the largest remainders, in ties to the first
-- line: a line that wanted whole cents gets them.
create or replace function fund._reduce_fee_lines(
    p_lines fund.fee_line[],
    p_kind text,
    p_wanted numeric[]
)
returns fund.fee_line[]
language sql
stable
security invoker
set search_path = ''
as $$
    with
    wanted as (
        select
            l.*,
            least(coalesce(w.amount, 0), l.net_amount) as exact
        from unnest(p_lines) with ordinality as l
        inner join unnest(p_wanted) with ordinality as w (amount, number)
            on l.ordinality = w.number
    ),

    reduced as (
        select
            w.*,
            trunc(w.exact, 2)
            + case
                when
                    row_number() over (order by w.exact - trunc(w.exact, 2) desc, w.ordinality)
                    <= 100 * (round(sum(w.exact) over (), 2) - sum(trunc(w.exact, 2)) over ())
                    then 0.01
                else 0
            end as amount
        from wanted as w
    )

    select
        coalesce(
            array_agg(
                row(
                    r.fund_id,
                    r.event_id,
                    r.event_on,
                    r.line_number,
                    r.fee_id,
                    r.investor_id,
                    r.exact_amount,
                    r.gross_amount,
                    r.waived_amount + case when p_kind = 'waiver' then r.amount else 0 end,
                    r.rebated_amount + case when p_kind = 'rebate' then r.amount else 0 end,
                    r.offset_amount + case when p_kind = 'offset' then r.amount else 0 end,
                    r.net_amount - r.amount
                )::fund.fee_line
                order by r.ordinality
            ),
            '{}'
        )
    from reduced as r
$$;

comment on function fund._reduce_fee_lines(fund.fee_line[], text, numeric[]) is
'p_lines with a p_kind (waiver, rebate, offset) of p_wanted taken off each, at most its net '
'amount, to the cent.';
