-- Makes the periods that are missing up to the one that holds a day. The books are locked.
create or replace function ledger.add_periods(
    p_fund_id uuid,
    p_until_on date
)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into ledger.period (fund_id, first_on)
    select
        b.fund_id,
        s.first_on::date
    from ledger.book as b
    cross join lateral (
        select coalesce(max(p.last_on) + 1, b.first_on) as next_on
        from ledger.period as p
        where p.fund_id = b.fund_id
    ) as n
    cross join lateral generate_series(
        n.next_on::timestamp, p_until_on::timestamp, make_interval(months => b.period_months)
    ) as s (first_on)
    where b.fund_id = p_fund_id
$$;

comment on function ledger.add_periods(uuid, date) is
'Adds the periods of a fund''s books that are missing up to the one that holds p_until_on.';
grant execute on function ledger.add_periods(uuid, date) to qb_admin, qb_editor, qb_editor_scoped;
