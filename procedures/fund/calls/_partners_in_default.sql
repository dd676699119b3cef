-- Partners whom no call asks any more: declared in default, and that not taken back.
create or replace function fund._partners_in_default(
    p_fund_id uuid
)
returns table (investor_id uuid)
language sql
stable
security invoker
set search_path = ''
as $$
    select d.investor_id
    from fund.partner_default as d
    where
        d.fund_id = p_fund_id
        and not exists (
            select
            from fund.event as r
            where r.fund_id = d.fund_id and r.reverses_event_id = d.event_id
        )
$$;

comment on function fund._partners_in_default(uuid) is
'One row per partner of the fund that is in default.';
