-- What a waiver, rebate or offset is, and which accruals of the management fee it has reduced.
create or replace function fund.explain_fee_adjustment(
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
    adjustment as materialized (
        select a.*
        from fund.fee_adjustment as a
        where
            a.fund_id = p_fund_id
            and a.event_id = p_event_id
            and coalesce(a.investor_id, p_investor_id) = p_investor_id
    ),

    taken as materialized (
        select
            x.amount,
            r.from_on,
            r.to_on,
            e.event_number,
            (
                select
                    case a.kind
                        when 'waiver' then l.waived_amount
                        when 'rebate' then l.rebated_amount
                        else l.offset_amount
                    end
                from fund.fee_line as l
                where
                    l.fund_id = x.fund_id
                    and l.event_id = x.event_id
                    and l.investor_id = p_investor_id
            ) as own_amount
        from adjustment as a
        inner join fund.fee_reduction as x
            on a.fund_id = x.fund_id and a.event_id = x.adjustment_id
        inner join fund.fee_run as r on x.fund_id = r.fund_id and x.event_id = r.event_id
        inner join fund.event as e on x.fund_id = e.fund_id and x.event_id = e.event_id
        where not exists (
            select
            from fund.event as b
            where b.fund_id = x.fund_id and b.reverses_event_id = x.event_id
        )
    ),

    told as (
        select
            array[1] as place,
            case when a.kind = 'offset' then 'received' else a.kind end as what,
            coalesce(a.amount, a.share) as amount,
            format(
                '%s%s.%s',
                case
                    when a.kind = 'offset'
                        then format('By the manager on %s, from a company', a.from_on)
                    else format(
                        '%s from %s %s, of %s',
                        case
                            when a.share is null then 'Once, of the fee'
                            else 'This part of the gross fee'
                        end,
                        a.from_on,
                        coalesce('to ' || (a.to_on - 1), 'on'),
                        case when a.investor_id is null then 'all partners' else 'the partner' end
                    )
                end,
                case when a.kind = 'offset' then ', for all partners' end,
                ' ' || a.memo
            ) as explanation
        from adjustment as a
        union all
        select
            array[2],
            'credited',
            a.credited_amount,
            format('%s of it, as the terms of that day say.', trim_scale(t.fee_offset_share))
        from adjustment as a
        inner join fund.terms as t
            on
                a.fund_id = t.fund_id
                and a.from_on >= t.valid_from
                and (t.valid_to is null or a.from_on < t.valid_to)
        where a.kind = 'offset'
        union all
        select
            array[3, x.event_number],
            format('fee from %s to %s (event %s)', x.from_on, x.to_on - 1, x.event_number),
            -x.amount,
            format(
                'Taken off of all partners; with others of its kind %s of the partner.',
                coalesce(x.own_amount, 0)
            )
        from taken as x
        union all
        select
            array[4],
            'left',
            coalesce(a.credited_amount, a.amount)
            - coalesce((select sum(x.amount) from taken as x), 0),
            case
                when a.kind = 'offset' then 'Carried forward to the next accrual.'
                else 'For the next accruals of its days.'
            end
        from adjustment as a
        where a.amount is not null
    )

    select
        row_number() over (order by t.place)::integer,
        t.what,
        t.amount,
        t.explanation
    from told as t
    order by t.place
$$;

comment on function fund.explain_fee_adjustment(uuid, uuid, uuid) is
'What the waiver, rebate or offset p_event_id took off of accruals of the management fee (below '
'0), in the fund''s currency, as far as it concerns a partner; a share is a fraction. For '
'fund.explain_line.';
grant execute on function fund.explain_fee_adjustment(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
