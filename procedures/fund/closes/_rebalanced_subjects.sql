-- What a close shares again: calls of capital, and distributions that were made pro rata, in the
-- order in which they were made. A split that somebody gave stays as it was given.
create or replace function fund._rebalanced_subjects(
    p_fund_id uuid
)
returns table (
    subject_id uuid,
    kind text,
    event_number bigint,
    interest_from_on date,
    is_by_unfunded boolean
)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        s.subject_id,
        e.kind,
        e.event_number,
        s.interest_from_on,
        s.is_by_unfunded
    from (
        select
            c.event_id as subject_id,
            c.due_on as interest_from_on,
            (fund._terms_on(c.fund_id, c.notice_on)).allocation_basis = 'unfunded'
                as is_by_unfunded
        from fund.capital_call as c
        where c.fund_id = p_fund_id and c.capital_amount > 0
        union all
        select
            d.event_id,
            d.paid_on,
            false
        from fund.distribution as d
        where
            d.fund_id = p_fund_id
            and not exists (
                select
                from fund.distribution_line as l
                where l.fund_id = d.fund_id and l.event_id = d.event_id and l.reason = 'given'
            )
    ) as s
    inner join fund.event as e on e.fund_id = p_fund_id and s.subject_id = e.event_id
    where not exists (
        select
        from fund.event as r
        where r.fund_id = e.fund_id and r.reverses_event_id = e.event_id
    )
    order by e.event_number
$$;

comment on function fund._rebalanced_subjects(uuid) is
'One row per call of capital and pro-rata distribution that stands, in order, with the day from '
'which true-up interest runs. Raises QB409 terms_cover_the_day.';
