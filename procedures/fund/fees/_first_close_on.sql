-- The day from which a fund has partners.
create or replace function fund._first_close_on(
    p_fund_id uuid
)
returns date
language sql
stable
security invoker
set search_path = ''
as $$
    select min(c.closed_on)
    from fund.close as c
    where
        c.fund_id = p_fund_id
        and not exists (
            select
            from fund.event as r
            where r.fund_id = c.fund_id and r.reverses_event_id = c.event_id
        )
$$;

comment on function fund._first_close_on(uuid) is
'Day of the fund''s first close that stands; null before it.';
