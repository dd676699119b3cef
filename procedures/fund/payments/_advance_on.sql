-- What a partner had paid in advance by a day, and nothing later has used.
create or replace function fund._advance_on(
    p_fund_id uuid,
    p_investor_id uuid,
    p_day date
)
returns numeric
language sql
stable
security invoker
set search_path = ''
as $$
    select greatest(
        least(
            coalesce(sum(l.amount) filter (where l.event_on <= p_day), 0),
            coalesce(sum(l.amount), 0)
        ),
        0
    )
    from fund.payment_line as l
    where
        l.fund_id = p_fund_id
        and l.investor_id = p_investor_id
        and l.applied_to = 'advance'
$$;

comment on function fund._advance_on(uuid, uuid, date) is
'Advance of a partner that can be used on p_day, in the fund''s currency.';
