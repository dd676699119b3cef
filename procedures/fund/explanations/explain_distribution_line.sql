-- Why a partner's part of a distribution is what it is: what was distributed, the shares, what can
-- be called again, what came later. The shares are divided again from what stood before.
create or replace function fund.explain_distribution_line(
    p_fund_id uuid,
    p_event_id uuid,
    p_investor_id uuid
)
returns table (step integer, what text, amount numeric, explanation text)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    distribution as materialized (
        select
            d.*,
            e.event_number,
            e.request -> 'lines' @? '$[*].recallable_amount ? (@ != null)' as is_recallable_given
        from fund.distribution as d
        inner join fund.event as e on d.fund_id = e.fund_id and d.event_id = e.event_id
        where d.fund_id = p_fund_id and d.event_id = p_event_id
    ),

    distributed as materialized (
        select
            i.investor_code,
            l.*,
            b.exact_before,
            b.amount_before
        from distribution as d
        inner join fund.distribution_line as l
            on
                d.fund_id = l.fund_id
                and d.declared_on = l.event_on
                and d.event_id = l.event_id
        inner join fund.investor as i on l.investor_id = i.investor_id
        left join lateral (
            select
                sum(x.exact_amount) as exact_before,
                sum(x.amount) as amount_before
            from fund.distribution_line as x
            inner join fund.event as y on x.fund_id = y.fund_id and x.event_id = y.event_id
            where
                x.fund_id = l.fund_id
                and x.investor_id = l.investor_id
                and y.event_number < d.event_number
        ) as b on true
    ),

    share as (
        select
            x.step,
            x.what,
            x.amount,
            x.explanation
        from distribution as d
        cross join lateral (
            select
                max(s.investor_code) filter (where s.investor_id = p_investor_id) as code,
                array_agg(s.investor_code) as codes,
                array_agg(s.weight) as weights,
                array_agg(s.exact_before) as exact_before,
                array_agg(s.amount_before) as amounts_before
            from distributed as s
            where s.reason = 'pro_rata'
        ) as a
        cross join lateral fund.explain_allocation(
            a.code, d.amount, a.codes, a.weights, a.exact_before, a.amounts_before
        ) as x
        where a.code is not null
    ),

    later as (
        select
            e.event_number,
            format(
                '%s of %s (event %s)', replace(e.kind, '_', ' '), e.event_on, e.event_number
            ) as what,
            sum(l.amount) as amount,
            sum(l.recallable_amount) as recallable_amount,
            string_agg(distinct l.reason, ', ') as reason,
            string_agg(
                distinct coalesce(
                    l.flow_on, case l.reason when 'rebalancing' then l.event_on else d.paid_on end
                )::text,
                ', '
            ) as flow_days
        from distribution as d
        inner join fund.distribution_line as l
            on d.fund_id = l.fund_id and d.event_id = l.distribution_id
        inner join fund.event as e on l.fund_id = e.fund_id and l.event_id = e.event_id
        where l.event_id <> p_event_id and l.investor_id = p_investor_id
        group by e.event_number, e.kind, e.event_on
    ),

    told as (
        select
            0 as place,
            'distribution' as what,
            d.amount,
            format(
                'Number %s, declared on %s and paid on %s, its whole amount: %s.',
                d.distribution_number,
                d.declared_on,
                d.paid_on,
                case
                    when exists (select from distributed as s where s.reason = 'given')
                        then 'as its split was given'
                    else 'by their commitments on the day it was declared'
                end
            ) as explanation
        from distribution as d
        union all
        select
            s.step,
            s.what,
            s.amount,
            s.explanation
        from share as s
        union all
        select
            10,
            'amount',
            s.amount,
            'As its line was given.'
        from distributed as s
        where s.investor_id = p_investor_id and s.reason = 'given'
        union all
        select
            20,
            'recallable',
            s.recallable_amount,
            format(
                'Of that, what can be called again %s: %s.',
                coalesce('until ' || d.recallable_until, 'without end'),
                case
                    when d.is_recallable_given then 'as its line was given'
                    else format(
                        '%s x %s / %s, odd cents to the largest remainders, then by code',
                        d.recallable_amount, s.amount, d.amount
                    )
                end
            )
        from distribution as d
        cross join distributed as s
        where s.investor_id = p_investor_id and d.recallable_amount > 0
        union all
        select
            100 + l.event_number,
            l.what,
            l.amount,
            format(
                'Changed the partner''s part: %s%s. The money counts on %s.',
                l.reason,
                ', ' || nullif(l.recallable_amount, 0) || ' of it recallable',
                l.flow_days
            )
        from later as l
        union all
        select
            9223372036854775807,
            'distributed',
            sum(l.amount),
            'What stands of it now.'
        from fund.distribution_line as l
        where
            l.fund_id = p_fund_id
            and l.distribution_id = p_event_id
            and l.investor_id = p_investor_id
        having count(*) > 0
    )

    select
        row_number() over (order by t.place)::integer,
        t.what,
        t.amount,
        t.explanation
    from told as t
    where exists (select from told as x where x.what = 'distributed')
    order by t.place
$$;

comment on function fund.explain_distribution_line(uuid, uuid, uuid) is
'How a partner''s part of the distribution p_event_id came about, step by step, up to what stands '
'of it now; amounts in the fund''s currency, weights in what they weigh. For fund.explain_line.';
grant execute on function fund.explain_distribution_line(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
