-- What fund._fee_amounts says, as the rows of an event.
create or replace function fund._fee_segments(
    p_event fund.event,
    p_from_on date,
    p_to_on date,
    p_investor_ids uuid[] default null,
    p_as_if_from_first_close boolean default false,
    p_added_by uuid default null
)
returns fund.fee_segment[]
language sql
stable
security invoker
set search_path = ''
as $$
    select
        coalesce(
            array_agg(
                row(
                    p_event.fund_id,
                    p_event.event_id,
                    a.investor_id,
                    a.segment_number,
                    a.from_on,
                    a.to_on,
                    a.fee_rate,
                    a.fee_base,
                    a.base_amount,
                    a.day_count,
                    a.year_fraction,
                    a.exact_amount
                )::fund.fee_segment
                order by a.investor_id, a.segment_number
            ),
            '{}'
        )
    from fund._fee_amounts(
        p_event.fund_id,
        p_from_on,
        p_to_on,
        p_investor_ids,
        p_as_if_from_first_close,
        p_added_by
    ) as a
$$;

comment on function fund._fee_segments(fund.event, date, date, uuid[], boolean, uuid) is
'fund._fee_amounts as rows of fund.fee_segment of p_event.';
